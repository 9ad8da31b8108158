from django.urls import include, path

from .behaviour import SignedUserInfoView

urlpatterns = [
    path("o/userinfo/", SignedUserInfoView.as_view()),
    path("o/", include("oauth2_provider.urls")),
]
