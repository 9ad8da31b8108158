from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """People, and the doors they come in by."""

    name = "traboule.kernel.people"
    label = "people"
    verbose_name = _("personnes et organisations")

    def ready(self) -> None:
        from traboule.ui.navigation import Entry, register

        register(
            Entry(
                label=_("Se connecter"),
                url_name="people:sign-in",
                place="account",
                icon="log-in",
                order=10,
                visible=_is_visitor,
            ),
            Entry(
                label=_("Moi"),
                url_name="people:me",
                place="account",
                icon="user",
                order=10,
                visible=_is_signed_in,
                text=_name,
            ),
            Entry(
                label=_("Me déconnecter"),
                url_name="people:sign-out",
                place="account",
                icon="log-out",
                order=20,
                visible=_is_signed_in,
                post=True,
            ),
        )


def _is_visitor(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _name(request: HttpRequest) -> str:
    return str(request.user)
