from django.urls import path

from .views import feeds

urlpatterns = [
    path("espaces/<slug:slug>/agenda.ics", feeds.space_calendar, name="space-ics"),
    path("espaces/<slug:slug>/agenda/<int:pk>/agenda.ics", feeds.event_calendar, name="event-ics"),
    path("espaces/<slug:slug>/agenda/<int:pk>/affiche.pdf", feeds.poster, name="poster"),
    path("espaces/<slug:slug>/agenda/<int:pk>/porte.pdf", feeds.door_sheet, name="door-sheet"),
    path(
        "espaces/<slug:slug>/agenda/<int:pk>/inscriptions.pdf",
        feeds.expected_list,
        name="expected-list",
    ),
    path("espaces/<slug:slug>/agenda/mois.pdf", feeds.space_month, name="space-month"),
    path("agenda.ics", feeds.territory_calendar, name="territory-ics"),
    path("agenda/mois.pdf", feeds.month, name="month"),
    path("moi/agenda/", feeds.personal_feed, name="personal-feed"),
    path("moi/agenda/adresse/", feeds.renew_feed, name="renew-feed"),
    path("moi/agenda/<str:token>.ics", feeds.personal_calendar, name="personal-ics"),
]
