"""Every address. Each app brings its own; none is prefixed by a language."""

from django.contrib import admin
from django.urls import include, path

from traboule.kernel.initiatives.api import api

from . import media
from .register import processing_register

urlpatterns = [
    path("sante/", include("traboule.config.health")),
    path("langue/", include("django.conf.urls.i18n")),
    path("gestion/", admin.site.urls),
    path("api/", api.urls),
    path("confidentialite/", processing_register, name="privacy"),
    path("media/<path:name>", media.public_file, name="media"),
    path("", include("traboule.ui.urls")),
    path("", include("traboule.kernel.places.urls")),
    path("", include("traboule.kernel.people.urls")),
    path("", include("traboule.kernel.initiatives.urls")),
]
