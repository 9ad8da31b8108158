"""Every address. Each app brings its own; none is prefixed by a language."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView
from django.views.i18n import set_language

from traboule.kernel.initiatives.api import api

from . import media
from .register import processing_register

_favicon = login_not_required(
    RedirectView.as_view(url=lazy(static, str)("ui/favicon.svg"), permanent=False)
)

urlpatterns = [
    path("favicon.ico", _favicon, name="favicon"),
    path("sante/", include("traboule.config.health")),
    path("langue/", login_not_required(set_language), name="set_language"),
    path("gestion/", admin.site.urls),
    path("api/", api.urls),
    path("confidentialite/", processing_register, name="privacy"),
    path("media/<path:name>", media.public_file, name="media"),
    path("", include("traboule.ui.urls")),
    path("", include("traboule.kernel.places.urls")),
    path("", include("traboule.kernel.people.urls")),
    path("", include("traboule.kernel.files.urls")),
    path("", include("traboule.kernel.notices.urls")),
    path("", include("traboule.kernel.spaces.urls")),
    path("", include("traboule.kernel.moderation.urls")),
    path("", include("traboule.kernel.conversations.urls")),
    path("", include("traboule.blocks.agenda.urls")),
    path("", include("traboule.blocks.documents.urls")),
    path("", include("traboule.blocks.mailings.urls")),
    path("", include("traboule.blocks.meetings.urls")),
    path("", include("traboule.blocks.outreach.urls")),
    path("", include("traboule.blocks.publishing.urls")),
    path("", include("traboule.blocks.reports.urls")),
    path("", include("traboule.blocks.roster.urls")),
    path("", include("traboule.blocks.surveys.urls")),
    path("", include("traboule.exchanges.housing.urls")),
    path("", include("traboule.exchanges.services.urls")),
    path("", include("traboule.kernel.initiatives.urls")),
]
