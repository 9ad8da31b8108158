"""Addresses of telling, reading over and confirming; under the app's own names."""

from django.urls import path

from .views import confirm, contribute, review

urlpatterns = [
    path("contribuer/", contribute.contribute, name="contribute"),
    path("contribuer/reprendre/", contribute.resume, name="draft-resume"),
    path("contribuer/papier/", contribute.paper, name="draft-paper"),
    path("contribuer/<str:code>/", contribute.draft, name="draft"),
    path("contribuer/<str:code>/plus-tard/", contribute.later, name="draft-later"),
    path("contribuer/<str:code>/envoye/", contribute.sent, name="draft-sent"),
    path("contribuer/<str:code>/photo/", contribute.picture, name="draft-picture"),
    path("contribuer/<str:code>/<slug:key>/", contribute.question, name="draft-question"),
    path("redaction/", review.drafts, name="review-list"),
    path("redaction/a-appeler/", confirm.calls, name="call-list"),
    path("redaction/a-appeler/<int:pk>/", confirm.outcome, name="call-outcome"),
    path("redaction/<str:code>/", review.draft, name="review-draft"),
    path("redaction/<str:code>/photo/", review.picture, name="review-picture"),
    path("redaction/<str:code>/renvoyer/", review.return_, name="review-return"),
    path("redaction/<str:code>/publier/", review.publish, name="review-publish"),
    path("redaction/<str:code>/refuser/", review.refuse, name="review-refuse"),
    path("encore-vrai/<str:token>/", confirm.still_true, name="still-true"),
]
