"""Something at every address of outreach."""

from typing import Any

CONTACT_PAGES = (
    "contact", "edit-contact", "exchange", "move", "opt-out", "outcome", "plan-next", "take",
)  # fmt: skip
"""The addresses of outreach that speak of one contact."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A contact with a draft and a plan, a group, a list read, and the models of the space."""
    from traboule.blocks.agenda.tests.factories import past_event
    from traboule.blocks.outreach import informing
    from traboule.blocks.outreach.models import (
        Contact,
        ContactImport,
        FollowUp,
        Message,
        MessageTemplate,
        Plan,
        Segment,
    )

    contact = Contact.objects.create(space=space, person=participant)
    event = past_event(space)
    follow_up = FollowUp.objects.create(contact=contact, event=event, title="Après l’atelier")
    step = follow_up.steps.create(label="Mettre une photo", due_on=event.starts_at.date())
    message = Message.objects.create(contact=contact, way="email", subject="Bonjour", text="…")
    read = ContactImport.objects.create(
        space=space, file_name="contacts.csv", content="Nom\nOmar", source_note="Une liste"
    )
    return {
        **{f"outreach:{name} pk": contact.pk for name in CONTACT_PAGES},
        "outreach:after pk": event.pk,
        "outreach:import-checked key": read.key,
        "outreach:message pk": message.pk,
        "outreach:message-fate pk": message.pk,
        "outreach:plan pk": Plan.objects.create(space=space, title="Après").pk,
        "outreach:remove-segment pk": Segment.objects.create(space=space, name="Marlioz").pk,
        "outreach:step pk": step.pk,
        "outreach:stop token": informing.stop_url(contact).rstrip("/").rsplit("/", 1)[-1],
        "outreach:template pk": MessageTemplate.objects.create(
            space=space, title="Premier contact", subject="Bonjour", text="Bonjour {prenom}"
        ).pk,
    }
