"""For whom one asks here: oneself, and whoever gave one a mandate for everything."""

from django.utils import timezone

from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.people.models.guardianship import is_surely_a_child


def employers(person: Person) -> list[Person]:
    """Oneself first, then those whose mandate one holds, by name; a child employs nobody."""
    today = timezone.localdate()
    others = people_i_act_for(person, MandateScope.ALL)
    return [person, *(one for one in others if not is_surely_a_child(one, today))]
