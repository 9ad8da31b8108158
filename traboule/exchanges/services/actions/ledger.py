"""Double entry: what each owes and is owed, in cents, by entries that sum to nothing.

An account above nothing is owed to its holder, below nothing by it. A wage makes the household owe
its cost, to the worker and to Urssaf; what is paid takes both back towards nothing. A worker's
account never goes below nothing: that would be a wage paid twice.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Sum

from ..models import Account, Contract, Entry, Holder, Household, Payment, Payslip, Posting, Worker

Line = tuple[Account, int]


class NotBalanced(ValueError):  # noqa: N818 - it says what happened.
    """The lines of an entry do not sum to nothing, or are not those its key was given first."""


class PaidTwice(Exception):  # noqa: N818 - it says what happened.
    """A worker would have received more than is owed to them."""


@transaction.atomic
def post(
    *,
    key: str,
    what: str,
    lines: Iterable[Line],
    payslip: Payslip | None = None,
    payment: Payment | None = None,
) -> Entry:
    """Write an entry once, whoever asks for it again. Raises NotBalanced and PaidTwice.

    Accounts are locked in the order of their keys, so that two entries never wait for each other.
    """
    cents: dict[int, int] = defaultdict(int)
    for account, some in lines:
        cents[account.pk] += some
    cents = {pk: some for pk, some in cents.items() if some}
    if sum(cents.values()) or not cents:
        raise NotBalanced(f"{key}: {sorted(cents.values())}")
    accounts = list(Account.objects.select_for_update().filter(pk__in=cents).order_by("pk"))
    known = Entry.objects.filter(key=key).first()
    if known:
        if dict(known.postings.values_list("account", "cents")) != cents:
            raise NotBalanced(f"{key} was written otherwise")
        return known
    entry = Entry.objects.create(
        space_id=accounts[0].space_id, key=key, what=what, payment=payment,
        payslip=payslip or (payment.payslip if payment else None),
    )  # fmt: skip
    Posting.objects.bulk_create(
        Posting(entry=entry, account=account, cents=cents[account.pk]) for account in accounts
    )
    for account in accounts:
        if account.holder == Holder.WORKER and cents[account.pk] < 0 and account.balance < 0:
            raise PaidTwice(key)
    return entry


def owe_wage(payslip: Payslip) -> Entry:
    """The household owes the cost of a payslip and the expenses it gives back."""
    household, worker, urssaf = _accounts(payslip.contract)
    to_worker, due = payslip.cents, int(payslip.due * 100)
    cost = int((payslip.cost + payslip.costs) * 100)
    lines = [(household, -cost), (worker, to_worker), (urssaf, due)]
    return post(key=f"wage:{payslip.pk}", what="wage", lines=lines, payslip=payslip)


def paid(payment: Payment) -> Entry:
    """The worker received a wage. Raises PaidTwice when nothing is owed."""
    household, worker, _urssaf = _accounts(payment.contract)
    cents = payment.captured_cents
    lines = [(household, cents), (worker, -cents)]
    return post(key=f"paid:{payment.pk}", what="paid", lines=lines, payment=payment)


def debited_by_urssaf(payslip: Payslip) -> Entry | None:
    """Urssaf took the contributions of a payslip from the household, if there are any."""
    if not payslip.due:
        return None
    household, _worker, urssaf = _accounts(payslip.contract)
    due = int(payslip.due * 100)
    lines = [(household, due), (urssaf, -due)]
    return post(key=f"debited:{payslip.pk}", what="debited", lines=lines, payslip=payslip)


def strayed(payment: Payment) -> Entry:
    """Money was taken without a right to it: the provider has it, and owes it to the household."""
    household, cents = account_of(payment.contract.household), payment.captured_cents
    provider = _account_of_all(payment.contract, Holder.PROVIDER)
    lines = [(household, cents), (provider, -cents)]
    return post(key=f"strayed:{payment.pk}", what="strayed", lines=lines, payment=payment)


def contested(payment: Payment, *, move: str, cents: int) -> Entry:
    """A bank took cents from the association, or gave them back, for a payment disputed there.

    What the association has advanced, the household owes it: the worker keeps the wage. ``move``
    numbers it at the provider; cents are below nothing when they were taken.
    """
    household = account_of(payment.contract.household)
    association = _account_of_all(payment.contract, Holder.ASSOCIATION)
    lines = [(household, cents), (association, -cents)]
    return post(key=f"contested:{move}", what="contested", lines=lines, payment=payment)


def given_back(payment: Payment) -> Entry:
    """The household gave the association what it had advanced for a payment."""
    household, cents = account_of(payment.contract.household), advanced(payment)
    association = _account_of_all(payment.contract, Holder.ASSOCIATION)
    lines = [(household, cents), (association, -cents)]
    return post(key=f"given-back:{payment.pk}", what="given-back", lines=lines, payment=payment)


def advanced(payment: Payment) -> int:
    """Cents that the association has advanced for a payment disputed at the bank."""
    rows = Posting.objects.filter(
        entry__payment=payment, entry__what__in=("contested", "given-back"),
        account__holder=Holder.ASSOCIATION,
    )  # fmt: skip
    return rows.aggregate(all=Sum("cents"))["all"] or 0


def refunded(payment: Payment) -> Entry | None:
    """Whatever a payment had written is taken back; nothing when it had written nothing."""
    keys = [f"paid:{payment.pk}", f"strayed:{payment.pk}"]
    taken = Entry.objects.filter(key__in=keys).prefetch_related("postings__account").first()
    if taken is None:
        return None
    lines = [(line.account, -line.cents) for line in taken.postings.all()]
    return post(key=f"refunded:{payment.pk}", what="refunded", lines=lines, payment=payment)


def is_balanced() -> bool:
    """Whether every posting ever written sums to nothing."""
    return not Posting.objects.aggregate(all=Sum("cents"))["all"]


def account_of(holder: Household | Worker) -> Account:
    """The account of a household or of a worker, opened with what first moves it."""
    if isinstance(holder, Household):
        values = {"space_id": holder.space_id, "holder": Holder.HOUSEHOLD}
        return Account.objects.get_or_create(household=holder, defaults=values)[0]
    values = {"space_id": holder.space_id, "holder": Holder.WORKER}
    return Account.objects.get_or_create(worker=holder, defaults=values)[0]


def _accounts(contract: Contract) -> tuple[Account, Account, Account]:
    """Those of the household, of the worker, and of Urssaf there."""
    urssaf = _account_of_all(contract, Holder.URSSAF)
    return account_of(contract.household), account_of(contract.worker), urssaf


def _account_of_all(contract: Contract, holder: Holder) -> Account:
    space = contract.household.space_id
    return Account.objects.get_or_create(
        space_id=space, holder=holder, household=None, worker=None
    )[0]
