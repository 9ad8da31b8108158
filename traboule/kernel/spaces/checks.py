"""What is wrong with recipes, told when the site starts."""

from typing import Any

from django.core import checks
from django.utils.translation import gettext as _

from . import shelf


def recipes(**kwargs: Any) -> list[checks.CheckMessage]:
    """An error for what was shipped broken; a warning for what the installation's folder holds."""
    found = shelf.shelf()
    return [
        *(checks.Error(str(mistake), id="spaces.E001") for mistake in found.broken),
        *(checks.Warning(str(mistake), id="spaces.W001") for mistake in found.left_out),
        *(
            checks.Info(
                _("Le modèle « %(key)s » de votre dossier remplace celui qui est livré.")
                % {"key": key},
                id="spaces.I001",
            )
            for key in found.replaced
        ),
    ]
