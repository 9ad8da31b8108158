from django.urls import path

from .views import polls, polls_held

urlpatterns = [
    path("espaces/<slug:slug>/dates/nouveau/", polls.new_poll, name="poll-new"),
    path("dates/<slug:code>/", polls.poll, name="poll"),
    path("dates/<slug:code>/reponses/", polls_held.poll_results, name="poll-results"),
    path("dates/<slug:code>/reponses/<int:pk>/", polls_held.correct_answer, name="poll-answer"),
    path(
        "dates/<slug:code>/reponses/<int:pk>/retirer/",
        polls_held.remove_answer,
        name="poll-answer-remove",
    ),
    path("dates/<slug:code>/saisir/", polls_held.type_answer, name="poll-type"),
    path("dates/<slug:code>/recopier/", polls_held.copy_grid, name="poll-copy"),
    path("dates/<slug:code>/envoyer/", polls_held.send_poll, name="poll-send"),
    path("dates/<slug:code>/clore/", polls_held.close_poll, name="poll-close"),
    path("dates/<slug:code>/rouvrir/", polls_held.reopen_poll, name="poll-reopen"),
    path("dates/<slug:code>/grille.pdf", polls_held.poll_grid, name="poll-grid"),
    path("dates/<slug:code>/choisir/<int:pk>/", polls_held.choose_date, name="poll-choose"),
]
