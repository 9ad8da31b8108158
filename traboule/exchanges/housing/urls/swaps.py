from django.urls import path

from ..views import proposing, swap_decisions, swap_files, swap_runs, swaps, what_if

HERE = "espaces/<slug:slug>/logements/"
ALL = f"{HERE}echanges/"
ONE = f"{ALL}<str:code>/"
DECISIONS = f"{HERE}decisions/"
RUNS = f"{HERE}calculs/"

urlpatterns = [
    path(ALL, swaps.swaps, name="swaps"),
    path(f"{HERE}annonces/<str:code>/proposer/", swaps.propose, name="swap-propose"),
    path(f"{HERE}annonces/<str:code>/possibles/", proposing.found, name="found"),
    path(f"{HERE}annonces/<str:code>/possibles/proposer/", proposing.propose, name="found-propose"),
    path(f"{HERE}annonces/<str:code>/et-si/", what_if.what_if, name="what-if"),
    path(f"{ONE}", swaps.swap, name="swap"),
    path(f"{ONE}repondre/<int:pk>/", swaps.answer, name="swap-answer"),
    path(f"{ONE}quitter/<int:pk>/", swaps.leave, name="swap-leave"),
    path(f"{ONE}dossier.pdf", swaps.pdf, name="swap-pdf"),
    path(f"{ONE}pieces/<int:pk>/", swap_files.give, name="piece-give"),
    path(f"{ONE}pieces/<int:pk>/regarder/", swap_decisions.refuse_piece, name="piece-check"),
    path(f"{ONE}etats-des-lieux/", swap_files.inventory, name="inventory"),
    path(f"{ONE}bail/<int:pk>/", swap_files.lease, name="lease"),
    path(f"{ONE}realise/", swap_files.finish, name="swap-done"),
    path(DECISIONS, swap_decisions.decisions, name="decisions"),
    path(f"{DECISIONS}<int:pk>/", swap_decisions.decision, name="decision"),
    path(f"{DECISIONS}<int:pk>/donner/", swap_decisions.give, name="decision-give"),
    path(
        f"{DECISIONS}<int:pk>/pieces/<int:move>/",
        swap_decisions.accept_pieces,
        name="pieces-accept",
    ),
    path(RUNS, swap_runs.runs, name="runs"),
    path(f"{RUNS}lancer/", swap_runs.start, name="run-start"),
    path(f"{RUNS}<int:pk>/", swap_runs.run, name="run"),
]
