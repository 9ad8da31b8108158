from django.urls import path

from .feed_urls import urlpatterns as feeds
from .views import events

app_name = "agenda"

urlpatterns = [
    *feeds,
    path("espaces/<slug:slug>/agenda/", events.agenda, name="agenda"),
    path("espaces/<slug:slug>/agenda/<int:pk>/", events.event, name="event"),
]
