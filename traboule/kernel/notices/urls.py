from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("messages/", views.mine, name="mine"),
    path("messages/lus/", views.read_all, name="read-all"),
    path("messages/sms/reprendre/", views.resume_sms, name="resume-sms"),
    path("messages/<int:pk>/repondre/", views.answer, name="answer"),
    path("messages/suivi/", views.follow_up, name="follow-up"),
    path("messages/suivi/appels.pdf", views.call_list, name="call-list"),
    path("messages/suivi/<int:pk>/", views.follow_up_act, name="follow-up-act"),
    path("messages/suivi/sms/<int:pk>/", views.handle_sms, name="handle-sms"),
    path("messages/courriers/", views.letters, name="letters"),
    path("messages/courriers/<int:pk>.pdf", views.letters_pdf, name="letters-pdf"),
    path("messages/courriers/<int:pk>/postes/", views.letters_posted, name="letters-posted"),
    path("messages/boite/", views.mailbox, name="mailbox"),
    path("messages/entrants/", views.inbound, name="inbound"),
    path("messages/accuses/", views.report, name="report"),
    path("messages/retours/", views.returned, name="returned"),
]
