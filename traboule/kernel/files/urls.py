from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("envois/", views.begin, name="begin"),
    path("envois/<uuid:key>/", views.piece, name="piece"),
    path("fichiers/<uuid:key>/", views.open_file, name="open"),
    path("fichiers/<uuid:key>/<slug:part>/", views.open_file, name="open"),
    path("moi/photos/", views.mine, name="mine"),
    path("moi/photos/<uuid:key>/retirer/", views.withdraw, name="withdraw"),
]
