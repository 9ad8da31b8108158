"""Paying a wage, receiving it, and what the team does when it goes wrong."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import contesting, following, payments
from ..forms.paying import RefundForm
from ..models import Contract, PaidBy, Payment, Payslip, Side, Worker
from ..providers import Unreachable
from ..providers.stripe import Event, read_event
from ..rules import can_help, can_read_pay, sides_of
from ..ways import ways
from .calling import team_space
from .front import visited_space

LONGEST = 1_000_000
SILENT = gettext_lazy(
    "Le prestataire de paiement ne répond pas. Rien n’est pris. Réessayez dans un moment."
)


@never_cache
@throttled(rate="120/m")
@require_safe
def pay(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """What is to pay for a payslip, how much and how; for the worker, whether it came."""
    payslip = _payslip(request, slug, code)
    sides = sides_of(request.user, payslip.contract)
    context = {
        "space": payslip.contract.household.space,
        "payslip": payslip,
        "payment": payslip.payment,
        "pays": Side.HOUSEHOLD in sides,
        "receives": Side.WORKER in sides,
        "cards_are_open": PaidBy.STRIPE in ways(),
        "helps": can_help(request.user, payslip.contract.household.space),
    }
    return render(request, "services/pay.html", context)


@throttled(rate="30/m")
@require_POST
def pay_by_card(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Prepare the page where the card is asked for."""
    payslip = _paid_by(request, _payslip(request, slug, code))
    _begun(request, lambda: payments.pay_by_card(payslip=payslip, by=request.user))
    return redirect("services:pay", slug, code)


@throttled(rate="30/m")
@require_POST
def say_paid(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The household gave it."""
    payslip = _paid_by(request, _payslip(request, slug, code))
    thanks = _("C’est noté. Nous demandons confirmation à la personne employée.")
    done(request, payments.say_paid, thanks, payslip=payslip, by=request.user)
    return redirect("services:pay", slug, code)


@throttled(rate="30/m")
@require_POST
def say_received(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The worker has it, or not."""
    payslip = _payslip(request, slug, code)
    if Side.WORKER not in sides_of(request.user, payslip.contract):
        raise PermissionDenied
    yes = request.POST.get("answer") != "no"
    act = payments.say_received if yes else payments.say_not_received
    thanks = _("Merci, c’est noté.") if yes else _("C’est noté. L’équipe va regarder avec vous.")
    done(request, act, thanks, payslip=payslip, by=request.user)
    return redirect("services:pay", slug, code)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Have a sum held on one's card before the first day."""
    rows = Contract.objects.for_listing().filter(household__space=visited_space(request, slug))
    contract = get_object_or_404(rows, code=code.upper())
    if Side.HOUSEHOLD not in sides_of(request.user, contract):
        raise Http404
    if request.method == "POST":
        _begun(request, lambda: payments.hold(contract=contract, by=request.user))
        return redirect("services:hold", slug, code)
    context = {
        "space": contract.household.space,
        "contract": contract,
        "payment": contract.payments.filter(payslip=None).order_by("-pk").first(),
        "euros": Decimal(payments.amount_to_hold(contract)) / 100,
        "why_not": payments.why_not_hold(contract),
    }
    return render(request, "services/pay_hold.html", context)


@never_cache
@throttled(rate="120/m")
@require_safe
def payment_page(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """Where a payment is, as far as we know: coming back from the provider proves nothing."""
    payment = _payment(request, slug, key)
    space = payment.contract.household.space
    context = {
        "space": space,
        "payment": payment,
        "helps": can_help(request.user, space),
        "form": RefundForm(),
    }
    return render(request, "services/pay_payment.html", context)


@throttled(rate="30/m")
@require_POST
def check(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """Ask the provider now."""
    payment = _payment(request, slug, key)
    try:
        following.look(payment)
    except Unreachable:
        messages.error(request, SILENT)
    return redirect("services:payment", slug, key)


@throttled(rate="30/m")
@require_POST
def refund(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """Give a wage back, for a reason."""
    payment = _helped(request, _payment(request, slug, key))
    form = RefundForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    thanks = _("L’argent est rendu à l’employeur ; les deux sont prévenus.")
    done(request, payments.refund, thanks, payment=payment, reason=reason, by=request.user)
    return redirect("services:payment", slug, key)


@throttled(rate="60/m")
@require_POST
def set_right(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """A problem is dealt with."""
    payments.set_right(payment=_helped(request, _payment(request, slug, key)), by=request.user)
    return redirect("services:payments", slug)


@throttled(rate="60/m")
@require_POST
def given_back(request: PersonRequest, slug: str, key: UUID) -> HttpResponse:
    """The household gave back what the association had advanced."""
    payment = _helped(request, _payment(request, slug, key))
    said = _("C’est noté : l’employeur ne doit plus rien à l’association.")
    done(request, contesting.given_back, said, payment=payment, by=request.user)
    return redirect("services:payments", slug)


@never_cache
@throttled(rate="120/m")
@require_safe
def payments_page(request: PersonRequest, slug: str) -> HttpResponse:
    """Payments that someone of the team should look at."""
    space = team_space(request, slug)
    rows = Payment.objects.wanting_help().filter(contract__household__space=space)
    context = {
        "space": space,
        "payments": rows.for_listing()[:100],
        "cards_are_open": PaidBy.STRIPE in ways(),
    }
    return render(request, "services/pay_desk.html", context)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def earnings(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Where a worker says where to receive money; ``link`` is good once, for a few minutes."""
    worker = _paid_worker(request, slug, pk)
    space, link = worker.space, ""
    if request.method == "POST":
        back = reverse("services:earnings", args=[slug, pk])
        try:
            link = payments.open_account(worker=worker, back=back, by=request.user)
        except Unreachable:
            messages.error(request, SILENT)
        except Refused as refused:
            messages.error(request, refused.messages[0])
    context = {
        "space": space,
        "worker": worker,
        "link": link,
        "cards_are_open": PaidBy.STRIPE in ways(),
        "helps": can_help(request.user, space),
        "is_mine": worker.person_id == request.user.pk,
    }
    return render(request, "services/pay_earnings.html", context)


@throttled(rate="30/m")
@require_POST
def check_account(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask the provider whether the account is ready."""
    worker = _paid_worker(request, slug, pk)
    try:
        if not (worker.stripe_account and following.look_at_account(worker)):
            messages.info(request, _("Il manque encore quelque chose : continuez chez Stripe."))
    except Unreachable:
        messages.error(request, SILENT)
    return redirect("services:earnings", slug, pk)


def _paid_worker(request: PersonRequest, slug: str, pk: int) -> Worker:
    """A worker, for itself, whoever holds its mandate, and the team that helps it."""
    space = visited_space(request, slug)
    found = get_object_or_404(space.service_workers.select_related("person"), pk=pk)
    found.space = space
    if not can_read_pay(request.user, found):
        raise Http404
    return found


def _is_from_a_stranger(request: HttpRequest) -> bool:
    return _told(request) is None


@csrf_exempt
@login_not_required
@throttled(rate="60/m", methods=("POST",), when=_is_from_a_stranger)
@require_POST
def stripe_event(request: HttpRequest) -> HttpResponse:
    """Take what Stripe tells us, signed; told again, it is taken and nothing happens."""
    event = _told(request)
    if event is None:
        return HttpResponseBadRequest("not signed, too old, too long or unreadable")
    following.hear(event)
    return HttpResponse(status=200)


def _told(request: HttpRequest) -> Event | None:
    """The event, or nothing: not signed, or too long to be one."""
    signature = request.headers.get("Stripe-Signature", "")
    if not signature or len(request.body) > LONGEST:
        return None
    return read_event(request.body, signature, secrets=settings.STRIPE_WEBHOOK_SECRETS)


def _begun(request: PersonRequest, act: Callable[[], Payment]) -> None:
    """Write what is wanted, then ask the provider while the person waits for its page."""
    try:
        payment = following.follow(act())
        if payment.problem:
            messages.error(request, payment.problem)
    except Unreachable:
        messages.error(request, SILENT)
    except Refused as refused:
        messages.error(request, refused.messages[0])


def _payslip(request: PersonRequest, slug: str, code: str) -> Payslip:
    """The payslip of that number, for whoever pays it or is paid by it, and the team."""
    rows = Payslip.objects.for_listing().filter(
        contract__household__space=visited_space(request, slug)
    )
    payslip = get_object_or_404(rows, code=code)
    if not sides_of(request.user, payslip.contract):
        raise Http404
    return payslip


def _payment(request: PersonRequest, slug: str, key: UUID) -> Payment:
    """The same, for a payment."""
    rows = Payment.objects.for_listing().filter(
        contract__household__space=visited_space(request, slug)
    )
    payment = get_object_or_404(rows, key=key)
    if not sides_of(request.user, payment.contract):
        raise Http404
    return payment


def _paid_by(request: PersonRequest, payslip: Payslip) -> Payslip:
    if Side.HOUSEHOLD not in sides_of(request.user, payslip.contract):
        raise PermissionDenied
    return payslip


def _helped(request: PersonRequest, payment: Payment) -> Payment:
    if not can_help(request.user, payment.contract.household.space):
        raise PermissionDenied
    return payment
