from django.urls import path

from . import views

app_name = "people"

urlpatterns = [
    path("connexion/", views.sign_in, name="sign-in"),
    path("connexion/code/", views.sign_in_code, name="sign-in-code"),
    path("connexion/code/autre/", views.resend_code, name="resend-code"),
    path("connexion/nom/", views.sign_in_name, name="sign-in-name"),
    path("deconnexion/", views.sign_out, name="sign-out"),
    path("moi/", views.me, name="me"),
    path("moi/contacts/ajouter/", views.add_channel, name="add-channel"),
    path("moi/contacts/code/", views.confirm_channel, name="confirm-channel"),
    path("moi/contacts/<int:pk>/retirer/", views.remove_channel, name="remove-channel"),
]
