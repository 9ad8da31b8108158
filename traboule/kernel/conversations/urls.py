from django.urls import path

from . import views

app_name = "conversations"

ONE = "conversations/<uuid:key>/"

urlpatterns = [
    path("conversations/", views.mine, name="mine"),
    path("conversations/blocages/<int:pk>/lever/", views.unblock, name="unblock"),
    path(ONE, views.conversation, name="conversation"),
    path(f"{ONE}lu/", views.read, name="read"),
    path(f"{ONE}fermer/", views.close, name="close"),
    path(f"{ONE}bloquer/<int:pk>/", views.block, name="block"),
]
