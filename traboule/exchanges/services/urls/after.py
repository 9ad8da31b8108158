from django.urls import path

from ..views import after

HERE = "espaces/<slug:slug>/services/"
ONE = f"{HERE}contrats/<str:code>/"

urlpatterns = [
    path(f"{ONE}avis/", after.reviews, name="reviews"),
    path(f"{ONE}avis/<str:side>/", after.write_review, name="write-review"),
    path(f"{HERE}avis/<int:pk>/repondre/", after.reply, name="reply-review"),
    path(f"{HERE}assurance/", after.policy, name="policy"),
    path(f"{ONE}assurance/", after.certificate, name="certificate"),
    path(f"{ONE}incident/<str:side>/", after.tell_incident, name="tell-incident"),
    path(f"{HERE}incidents/", after.incidents, name="incidents"),
    path(f"{HERE}incidents/<int:pk>/regler/", after.close_incident, name="close-incident"),
]
