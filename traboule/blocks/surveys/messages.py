"""What surveys tell people: an invitation to answer, and what came out of it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell
from traboule.kernel.people.models import Person

from .models import Invitation, Survey

BEGIN, DECLINE = "surveys.begin", "surveys.decline"
"""What an answer by a digit stands for; ``answers`` says what each does."""

INVITATION = _("%(space)s vous pose quelques questions : « %(title)s ». Vos réponses restent "
               "anonymes.")  # fmt: skip
RESULTS = _("« %(title)s » : merci d’y avoir pris part. Les résultats sont là.")


def invitation(sent: Invitation, *, by: Person) -> None:
    """Ask someone to answer: by a digit the questions come by SMS, or by the link."""
    survey = sent.survey
    assert sent.person  # noqa: S101 (only persons are told)
    tell(
        person=sent.person,
        kind="surveys.invitation",
        subject=_("Votre avis : %(title)s"),
        text=INVITATION,
        values=values_of(survey),
        url=sent.get_absolute_url(),
        urgent=True,
        purse=survey.space.purse,
        owner=by,
        answers={"1": BEGIN, "2": DECLINE},
        data={"survey": survey.pk, "invitation": sent.pk},
        key=f"surveys.invitation:{sent.pk}",
    )


def results(survey: Survey) -> None:
    """Those who were asked, or agreed to be known, are told what came out; in their digest."""
    for person in _asked(survey):
        tell(
            person=person,
            kind="surveys.results",
            subject=_("Les résultats : %(title)s"),
            text=RESULTS,
            values=values_of(survey),
            url=reverse("surveys:results", args=[survey.code]),
            purse=survey.space.purse,
            key=f"surveys.results:{survey.pk}:{person.pk}",
        )


def values_of(survey: Survey) -> dict[str, object]:
    """What the words of a message name."""
    return {"space": str(survey.space), "title": survey.title}


def _asked(survey: Survey) -> Iterable[Person]:
    """Those who were invited, and those who agreed to be known."""
    invited = survey.invitations.filter(person__isnull=False).values("person")
    known = survey.responses.finished().filter(person__isnull=False).values("person")
    there = Person.objects.filter(erased_at__isnull=True)
    return (there.filter(pk__in=invited) | there.filter(pk__in=known)).order_by("pk")
