from django.urls import path

from .views import events

app_name = "agenda"

urlpatterns = [
    path("espaces/<slug:slug>/agenda/", events.agenda, name="agenda"),
    path("espaces/<slug:slug>/agenda/<int:pk>/", events.event, name="event"),
]
