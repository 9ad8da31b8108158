from django.urls import path

from .meeting_urls import MEETING, SPACE
from .views import amending, approving, doing, reading, report, writing

urlpatterns = [
    path(f"{SPACE}a-faire/", doing.actions, name="actions"),
    path(f"{SPACE}a-faire/<int:pk>/", doing.finish, name="finish"),
    path(f"{SPACE}bilan/<year:year>/", report.report, name="report"),
    path(f"{SPACE}bilan/<year:year>/avant-propos/", report.foreword, name="foreword"),
    path(f"{SPACE}bilan/<year:year>/bilan.pdf", report.printed, name="report-pdf"),
    path(f"{MEETING}terminee/", writing.hold, name="hold"),
    path(f"{MEETING}commencer-le-compte-rendu/", writing.draft, name="draft"),
    path(f"{MEETING}ecrire/", writing.write, name="write"),
    path(f"{MEETING}ecrire/<int:pk>/decision/", writing.decide, name="decide"),
    path(f"{MEETING}ecrire/<int:pk>/a-faire/", writing.action, name="note-action"),
    path(f"{MEETING}compte-rendu.pdf", reading.minutes_pdf, name="minutes-pdf"),
    path(f"{MEETING}essentiel.pdf", reading.summary_pdf, name="summary-pdf"),
    path(f"{MEETING}a-relire/", approving.open_to_amendments, name="open-amendments"),
    path(f"{MEETING}corriger/<int:pk>/", amending.propose, name="propose"),
    path(f"{MEETING}corrections/", amending.amendments, name="amendments"),
    path(f"{MEETING}corrections/<int:pk>/", amending.answer, name="answer-amendment"),
    path(f"{MEETING}approuver/", approving.adopt, name="adopt"),
    path(f"{MEETING}publier/", approving.publish, name="publish"),
    path(f"{MEETING}envoyer/", approving.send, name="send"),
]
