from django.urls import path

from .views import polls

urlpatterns = [
    path("espaces/<slug:slug>/dates/nouveau/", polls.new_poll, name="poll-new"),
    path("dates/<slug:code>/", polls.poll, name="poll"),
    path("dates/<slug:code>/reponses/", polls.poll_results, name="poll-results"),
    path("dates/<slug:code>/saisir/", polls.type_answer, name="poll-type"),
    path("dates/<slug:code>/envoyer/", polls.send_poll, name="poll-send"),
    path("dates/<slug:code>/grille.pdf", polls.poll_grid, name="poll-grid"),
    path("dates/<slug:code>/choisir/<int:pk>/", polls.choose_date, name="poll-choose"),
]
