"""What both are told of a contract, of hours and of payslips."""

import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from ..models import Contract, Payslip, Side, Work
from .telling import first_name, say, say_to_team

YES, NO = "services.hours-right", "services.hours-wrong"


def code(contract: Contract, digits: str) -> tuple[str, str]:
    """The subject and the text of the message that carries a code to sign with."""
    with translation.override("fr"):
        return gettext("Votre code pour signer"), gettext(
            "Traboule : %(digits)s est votre code pour signer le contrat %(code)s. Lisez le "
            "contrat avant. Ne donnez ce code à personne d’autre que l’équipe."
        ) % {"digits": digits, "code": contract.code}


def prepared(contract: Contract, *, by: Person) -> None:
    """Both learn that there is a contract to read, but for who wrote it."""
    for person in _both(contract):
        if person is not None and person.pk != by.pk:
            _tell(
                person,
                contract,
                kind="services.contract",
                key=f"services.contract:{contract.pk}:{person.pk}",
                subject=_("Un contrat à lire : %(job)s"),
                text=_("Lisez le contrat %(code)s, puis signez-le : par un code, ou sur papier "
                       "avec l’équipe."),
            )  # fmt: skip


def signed_by_one(contract: Contract, side: Side) -> None:
    """The other one learns that it is their turn."""
    other = Side.WORKER if side == Side.HOUSEHOLD else Side.HOUSEHOLD
    _tell(
        contract.person_of(other),
        contract,
        kind="services.signed-by-one",
        key=f"services.signed-by-one:{contract.pk}",
        subject=_("À vous de signer : %(job)s"),
        text=_("%(name)s a signé le contrat %(code)s. C’est à vous."),
        values={"name": first_name(contract.person_of(side))},
    )


def signed_by_both(contract: Contract) -> None:
    """Both learn when and where it begins; the address is shown from here on."""
    for person, text in (
        (contract.household.person, _("%(name)s vient le %(day)s. Le contrat est signé.")),
        (contract.worker.person, _("Rendez-vous le %(day)s, %(place)s. Le contrat est signé.")),
    ):
        _tell(
            person,
            contract,
            kind="services.signed",
            key=f"services.signed:{contract.pk}:{person.pk if person else ''}",
            subject=_("Contrat signé : %(job)s"),
            text=text,
            values={"name": first_name(contract.worker.person)},
        )


def cancelled(contract: Contract, *, by: Person | None) -> None:
    """Both learn that there is no contract any more, but for who let it go."""
    for person in _both(contract):
        if person != by:
            _tell(
                person,
                contract,
                kind="services.contract-cancelled",
                subject=_("Contrat annulé : %(job)s"),
                text=_("Le contrat %(code)s est annulé. Rien n’est dû."),
            )


def ended(contract: Contract) -> None:
    """Both learn that it is over, and what is left to do."""
    for person in _both(contract):
        _tell(
            person,
            contract,
            kind="services.contract-ended",
            key=f"services.contract-ended:{contract.pk}:{person.pk if person else ''}",
            subject=_("Contrat terminé : %(job)s"),
            text=_("Le contrat %(code)s est terminé. Vérifiez que toutes les heures sont écrites "
                   "et confirmées."),
        )  # fmt: skip


# Hours


def hours_entered(work: Work) -> None:
    """The other one says yes or no by a digit."""
    _ask(work, key=f"services.hours:{work.pk}")


def hours_again(work: Work) -> None:
    """The same question, once more."""
    _ask(work, key=f"services.hours-again:{work.pk}")


def _ask(work: Work, *, key: str) -> None:
    contract, side = work.contract, _other_side(work)
    _tell(
        contract.person_of(side),
        contract,
        kind="services.hours",
        key=key,
        subject=_("Des heures à confirmer : %(job)s"),
        text=_("%(name)s a écrit : %(hours)s h le %(when)s. Est-ce juste ?"),
        values=_of(work),
        answers={"1": YES, "2": NO},
        data={"work": work.pk},
    )


def hours_confirmed(work: Work) -> None:
    """Who wrote them learns that they are right."""
    contract = work.contract
    _tell(
        contract.person_of(work.entered_by),
        contract,
        kind="services.hours-confirmed",
        key=f"services.hours-confirmed:{work.pk}",
        subject=_("Heures confirmées : %(job)s"),
        text=_("%(hours)s h le %(when)s : c’est confirmé."),
        values=_of(work),
        urgent=False,
    )


def hours_disputed(work: Work, *, by: Person) -> None:
    """Both learn that the team will call; the team is asked to."""
    for person in _both(work.contract):
        _tell(
            person,
            work.contract,
            kind="services.hours-disputed",
            key=f"services.hours-disputed:{work.pk}:{person.pk if person else ''}",
            subject=_("Heures en discussion : %(job)s"),
            text=_("Vous n’êtes pas d’accord sur %(hours)s h du %(when)s. L’équipe vous appelle "
                   "pour trouver un accord. Rien d’autre n’est bloqué."),
            values=_of(work),
        )  # fmt: skip
    _tell_team(work, _("Des heures sont en discussion : contrat %(code)s. Appelez les deux."))


def hours_late(work: Work) -> None:
    """The team learns that nobody has answered for ten days."""
    _tell_team(work, _("Dix jours sans réponse sur des heures : contrat %(code)s. Appelez."))


def hours_settled(work: Work, words: str) -> None:
    """Both read what was decided, and why."""
    for person in _both(work.contract):
        _tell(
            person,
            work.contract,
            kind="services.hours-settled",
            subject=_("Heures : l’équipe a tranché"),
            text=_("Pour le %(when)s : %(hours)s h. %(words)s"),
            values=_of(work) | {"words": words},
        )


# Payslips


def payslip(slip: Payslip) -> None:
    """Both learn what is paid; each amount only to whom it concerns."""
    contract = slip.contract
    for person, text in (
        (contract.worker.person, _("Bulletin de %(month)s : %(net)s € nets vous reviennent.")),
        (
            contract.household.person,
            _("Bulletin de %(month)s : %(net)s € à verser, %(due)s € à l’Urssaf."),
        ),
    ):
        _tell(
            person,
            contract,
            kind="services.payslip",
            key=f"services.payslip:{slip.pk}:{person.pk if person else ''}",
            subject=_("Bulletin de salaire : %(job)s"),
            text=text,
            url=slip.get_absolute_url(),
            values={
                "month": date_format(slip.month, "F Y"),
                "net": number_format(slip.to_worker, 2),
                "due": number_format(slip.due, 2),
            },
        )


def no_payslip(contract: Contract, month: datetime.date, why: str) -> None:
    """The team learns that a payslip could not be made, and why."""
    say_to_team(
        contract.household.space,
        url=contract.get_absolute_url(),
        kind="services.no-payslip",
        key=f"services.no-payslip:{contract.pk}:{month}",
        subject=_("Bulletin impossible : %(job)s"),
        text=_("Contrat %(code)s, %(month)s : %(why)s"),
        values={
            "job": contract.job,
            "code": contract.code,
            "month": date_format(month, "F Y"),
            "why": why,
        },
    )


def _tell_team(work: Work, text: Any) -> None:
    contract = work.contract
    say_to_team(
        contract.household.space,
        url=contract.get_absolute_url(),
        values={"job": contract.job, "code": contract.code},
        kind="services.hours-team",
        key=f"services.hours-team:{work.pk}:{work.state}",
        subject=_("À voir : %(job)s"),
        text=text,
    )


def _both(contract: Contract) -> tuple[Person | None, Person | None]:
    return contract.household.person, contract.worker.person


def _other_side(work: Work) -> Side:
    return Side.WORKER if work.entered_by == Side.HOUSEHOLD else Side.HOUSEHOLD


def _of(work: Work) -> dict[str, str]:
    when = timezone.localtime(work.begun_at)
    return {
        "name": first_name(work.contract.person_of(work.entered_by)),
        "hours": number_format(work.hours.normalize()),
        "when": date_format(when, "j F"),
    }


def _tell(
    person: Person | None, contract: Contract, *, values: dict[str, str] | None = None, **words: Any
) -> None:
    say(
        person,
        contract.household.space,
        **{
            "urgent": True,
            "url": contract.get_absolute_url(),
            "values": {
                "job": contract.job,
                "code": contract.code,
                "day": date_format(contract.begins_on, "j F Y"),
                "place": contract.place,
                **(values or {}),
            },
            **words,
        },
    )
