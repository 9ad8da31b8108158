from typing import Any

CONTACT = ("interest-answer", "visit-ask")
VISIT = ("visit-choose", "visit-verdict", "visit-cancel")
LISTING = ("listing", "favourite", "interest")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """Two households that like each other, the visit of one to the other, a search kept."""
    from django.utils import timezone

    from traboule.exchanges.housing.actions import contacts, visits
    from traboule.exchanges.housing.models import SavedSearch
    from traboule.exchanges.housing.tests.factories import (
        make_dwelling,
        make_landlord,
        make_listing,
        make_tenant,
    )

    landlord = make_landlord(space)
    one, other = (
        make_listing(make_dwelling(landlord), tenant=make_tenant(space, name))
        for name in ("Nour", "Paul")
    )
    liked = contacts.show_interest(sender=one, receiver=other, by=one.tenant)
    contacts.answer(interest=liked, listing=other, yes=True, by=other.tenant)
    visit = visits.ask(interest=liked, visitor=one, by=one.tenant)
    saved = SavedSearch.objects.create(
        space=space, person=one.tenant, criteria="?loyer=500", title="500 € au plus",
        told_until=timezone.now(),
    )  # fmt: skip
    return {
        **{f"housing:{name} code": one.code for name in LISTING},
        **{f"housing:{name} pk": liked.pk for name in CONTACT},
        **{f"housing:{name} pk": visit.pk for name in VISIT},
        "housing:search-remove pk": saved.pk,
    }
