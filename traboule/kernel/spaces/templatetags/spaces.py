"""What every page of a space shows."""

from django import template
from django.template.context import Context

from .. import access, rules
from ..models import Space

register = template.Library()


@register.inclusion_tag("spaces/space/_referents.html", takes_context=True)
def referents(context: Context, *, space: Space, heading: bool = True) -> dict[str, object]:
    """Whom to call or find, for what and when; those kept for the space's own apart."""
    request = context["request"]
    reads = rules.can_read(request.user, space) or access.opened(request.session, space)
    named = space.referents.select_related("person")
    role = rules.role_in(request.user, space)
    return {
        "named": [
            (one, one.person.name if role else one.person.name.split()[0])
            for one in (named if reads else named.filter(is_public=True))
        ],
        "heading": heading,
    }
