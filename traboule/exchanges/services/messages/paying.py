"""What people are told of money: held, to pay, paid, given back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role, Space

from ..models import Contract, Payment, Payslip, Worker
from .telling import first_name, say

RECEIVED, NOT_RECEIVED = "services.received", "services.not-received"


def held(payment: Payment) -> None:
    """Both learn that the sum is there; only a hold, before the job, is told."""
    if payment.payslip:
        return
    for person in _both(payment.contract):
        tell_about(
            person,
            payment.contract,
            kind="services.held",
            key=f"services.held:{payment.pk}:{person.pk}",
            subject=_("La somme est réservée : %(euros)s €"),
            text=_("La carte est réservée pour %(job)s. Rien n’est pris avant les heures faites."),
            values={"euros": euros(payment.cents)},
            url=page_of(payment),
            urgent=False,
        )


def to_pay(payslip: Payslip) -> None:
    """The household learns what there is to pay, and how."""
    _tell_household(
        payslip,
        kind="services.to-pay",
        key=f"services.to-pay:{payslip.pk}",
        subject=_("À payer à %(name)s : %(euros)s €"),
        text=_("Le bulletin de %(month)s est prêt : %(euros)s € pour %(name)s."),
    )


def over(payment: Payment, *, was_held: bool) -> None:
    """The household learns that what it had begun is over, and what to do now."""
    if payment.payslip:
        _tell_household(
            payment.payslip,
            kind="services.payment-over",
            key=f"services.payment-over:{payment.pk}",
            subject=_("Paiement à refaire : %(euros)s €"),
            text=_("Le paiement du bulletin de %(month)s n’a pas abouti, rien n’est pris. "
                   "Recommencez, cela prend une minute."),
        )  # fmt: skip
    elif was_held:
        tell_about(
            payment.contract.household.person,
            payment.contract,
            kind="services.hold-over",
            key=f"services.hold-over:{payment.pk}",
            subject=_("Votre carte n’est plus réservée"),
            text=_("La réservation pour %(job)s est finie, rien n’est pris. Vous paierez avec le "
                   "bulletin, ou réservez de nouveau."),
            url=page_of(payment),
        )  # fmt: skip


def paid(payment: Payment, payslip: Payslip) -> None:
    """Both learn it."""
    for person in _both(payment.contract):
        tell_about(
            person,
            payment.contract,
            kind="services.paid",
            key=f"services.paid:{payment.pk}:{person.pk}",
            subject=_("Payé : %(euros)s €"),
            text=_("%(job)s : %(euros)s € sont payés. Le bulletin est sur le site."),
            values={"euros": euros(payment.captured_cents)},
            url=_pay_page(payslip),
        )


def said_paid(payment: Payment, payslip: Payslip) -> None:
    """The worker is asked whether it is so: one digit, or one tap."""
    tell_about(
        payment.contract.worker.person,
        payment.contract,
        kind="services.said-paid",
        key=f"services.said-paid:{payment.pk}",
        subject=_("Avez-vous reçu %(euros)s € ?"),
        text=_("%(name)s dit vous avoir payé %(euros)s € pour %(job)s. Les avez-vous ?"),
        values={
            "euros": euros(payment.cents),
            "name": first_name(payment.contract.household.person),
        },
        url=_pay_page(payslip),
        answers={"1": RECEIVED, "2": NOT_RECEIVED},
        data={"payslip": payslip.pk},
    )


def not_received(payment: Payment, payslip: Payslip) -> None:
    """The household and the team learn that the worker has nothing."""
    _tell_household(
        payslip,
        kind="services.not-received",
        key=f"services.not-received:{payment.pk}",
        subject=_("%(name)s n’a pas reçu l’argent"),
        text=_("%(name)s dit ne pas avoir reçu %(euros)s €. Parlez-vous ; l’équipe peut aider."),
    )
    tell_team(payment, subject=_("Un salaire n’est pas arrivé : %(job)s"))


def strayed(payment: Payment) -> None:
    """The team learns that money was taken without a right, and goes back."""
    tell_team(payment, subject=_("De l’argent pris à tort est rendu : %(job)s"))


def will_be_refunded(payment: Payment, *, reason: str) -> None:
    """Both learn that a wage is given back, and why."""
    for person in _both(payment.contract):
        tell_about(
            person,
            payment.contract,
            kind="services.will-be-refunded",
            key=f"services.will-be-refunded:{payment.pk}:{person.pk}",
            subject=_("Un paiement est rendu : %(euros)s €"),
            text=_("L’équipe fait rendre %(euros)s € pour %(job)s. Pourquoi : %(reason)s"),
            values={"euros": euros(payment.captured_cents), "reason": reason},
            url=page_of(payment),
        )


def refunded(payment: Payment) -> None:
    """The household learns that it has its money again."""
    tell_about(
        payment.contract.household.person,
        payment.contract,
        kind="services.refunded",
        key=f"services.refunded:{payment.pk}",
        subject=_("Rendu : %(euros)s €"),
        text=_("%(euros)s € pour %(job)s vous sont rendus. Votre banque les montre en dix jours."),
        values={"euros": euros(payment.captured_cents)},
        url=page_of(payment),
    )


def account_ready(worker: Worker) -> None:
    """The worker learns that money may come."""
    say(
        worker.person,
        worker.space,
        urgent=False,
        kind="services.account-ready",
        key=f"services.account-ready:{worker.pk}:{worker.stripe_account}",
        subject=_("Votre compte est prêt"),
        text=_("Vous pouvez recevoir votre argent par carte. Il arrive sur votre compte bancaire."),
        url=reverse("services:earnings", args=[worker.space.slug, worker.pk]),
    )


def _tell_household(payslip: Payslip, **words: Any) -> None:
    contract = payslip.contract
    tell_about(
        contract.household.person,
        contract,
        values={
            "euros": euros(payslip.cents),
            "month": str(payslip),
            "name": first_name(contract.worker.person),
        },
        url=_pay_page(payslip),
        **words,
    )


def tell_team(payment: Payment, *, key: str = "", subject: Any) -> None:
    """Those of the team learn what to look at; once each for a key, or else for a state."""
    contract = payment.contract
    space = contract.household.space
    for person in _team(space):
        tell_about(
            person,
            contract,
            kind="services.payment-problem",
            key=f"services.payment-problem:{payment.pk}:{key or payment.state}:{person.pk}",
            subject=subject,
            text=_("Regardez les paiements à suivre de votre espace."),
            url=reverse("services:payments", args=[space.slug]),
        )


def tell_about(
    person: Person | None,
    contract: Contract,
    *,
    values: dict[str, Any] | None = None,
    **words: Any,
) -> None:
    """Tell someone of a contract, whose job is among the values."""
    known = {"job": contract.job, **(values or {})}
    say(person, contract.household.space, values=known, **words)


def _both(contract: Contract) -> list[Person]:
    people = (contract.household.person, contract.worker.person)
    return [person for person in people if person is not None]


def _team(space: Space) -> list[Person]:
    rows = space.participations.current().at_least(Role.FACILITATOR).for_listing()
    return [row.person for row in rows]


def page_of(payment: Payment) -> str:
    """Where one sees how it stands."""
    slug = payment.contract.household.space.slug
    return reverse("services:payment", args=[slug, payment.key])


def _pay_page(payslip: Payslip) -> str:
    return reverse("services:pay", args=[payslip.contract.household.space.slug, payslip.code])


def euros(cents: int) -> str:
    """Cents as they are read aloud: 2450 is « 24,50 »."""
    return f"{cents / 100:.2f}".replace(".", ",")
