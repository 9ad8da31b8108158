"""Signing a contract: by a code on one's own telephone or mailbox, or on paper."""

import datetime
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from traboule.engines.payroll import Unusable
from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.models import File
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.channels import BY_MACHINE, ChannelKind, NotSent, deliver
from traboule.kernel.people.models import Person

from ..messages import agreeing as messages
from ..models import Contract, ContractState, Ending, Side, Signature, SignedBy, SigningCode, Term
from ..terms import digest, frozen

GOOD_FOR = datetime.timedelta(minutes=30)
SEND_AGAIN_AFTER = datetime.timedelta(minutes=1)
MOST_TRIES = 5
HOW = {ChannelKind.MOBILE: SignedBy.SMS, ChannelKind.EMAIL: SignedBy.EMAIL}


def send_code(*, contract: Contract, side: Side, by: Person) -> SigningCode:
    """Send whoever stands on that side six digits, on the channel that is theirs.

    Sent less than a minute ago, it is the same. Raises Refused: signed already, not ready to be
    signed, no telephone or mailbox of their own, or the message could not leave.
    """
    with transaction.atomic():
        contract = _to_sign(contract, side)
        known = contract.codes.filter(side=side).first()
        if known and known.sent_at > timezone.now() - SEND_AGAIN_AFTER:
            return known
        person = contract.person_of(side)
        channels = person.channels.verified().filter(kind__in=BY_MACHINE).order_by("-kind", "pk")
        channel = channels.first()
        if channel is None:
            raise Refused(_("Pas de mobile ni d’e-mail vérifié : signez sur papier."))
        digits = f"{secrets.randbelow(1_000_000):06d}"
        code, _is_new = SigningCode.objects.update_or_create(
            contract=contract, side=side,
            defaults={
                "how": HOW[ChannelKind(channel.kind)], "code_hash": _hash(contract, side, digits),
                "ending": channel.value[-4:], "tries": 0, "sent_at": timezone.now(),
            },
        )  # fmt: skip
    subject, text = messages.code(contract, digits)
    try:
        deliver(channel.kind, channel.value, subject=subject, text=text)
    except NotSent as error:
        code.delete()
        raise Refused(
            _("Le message n’a pas pu partir. Réessayez dans quelques minutes.")
        ) from error
    return code


def sign_with_code(*, contract: Contract, side: Side, digits: str, by: Person) -> Signature:
    """Sign with the digits received. Signed already, it is that signature.

    Not atomic as a whole: a wrong try must stay counted. Raises Refused.
    """
    known = contract.signatures.filter(side=side).first()
    if known:
        return known
    spent = SigningCode.objects.filter(
        contract=contract, side=side, sent_at__gt=timezone.now() - GOOD_FOR, tries__lt=MOST_TRIES
    )
    code = spent.first()
    if code is None or not spent.filter(pk=code.pk).update(tries=F("tries") + 1):
        raise Refused(_("Ce code ne sert plus. Demandez-en un autre."))
    if not constant_time_compare(code.code_hash, _hash(contract, side, digits)):
        raise Refused(_("Ce n’est pas le bon code. Regardez bien les six chiffres du message."))
    evidence = {"channel": code.ending, "code_sent_at": code.sent_at.isoformat()}
    return sign(contract, side, SignedBy(code.how), evidence, by=by, paper=None)


@dataclass(frozen=True)
class Papers:
    """What was photographed of a contract: both who signed it and the team open it."""

    contract: Contract

    @property
    def key(self) -> str:
        """As the files remember it."""
        return f"services-contract:{self.contract.pk}"


@transaction.atomic
def sign_on_paper(*, contract: Contract, side: Side, paper: Prepared, by: Person) -> Signature:
    """Sign by the photo of the sheet that was signed with a pen. Again, it is that signature."""
    known = contract.signatures.filter(side=side).first()
    if known:
        return known
    kept = files.keep(paper, space=Papers(contract), by=by)
    evidence = {"file": str(kept.key), "typed_by": by.pk}
    return sign(contract, side, SignedBy.PAPER, evidence, by=by, paper=kept)


@transaction.atomic
def regularise(*, contract: Contract, because: str, by: Person) -> None:
    """Let a contract be signed after its first day, and say why in it.

    Without a written contract in time, the work has no end on a day (Code du travail L1242-12):
    it becomes open-ended.
    """
    contract = _locked(contract)
    if contract.state != ContractState.DRAFT:
        raise Refused(_("Quelqu’un a déjà signé."))
    contract.late_because, contract.term = because, Term.OPEN
    contract.ends_on, contract.reason, contract.replaces = None, "", ""
    contract.full_clean(exclude=["offer", "worker", "household", "amends", "terms"])
    contract.save()
    contract.codes.all().delete()
    record("services.regularised", contract, by=by, because=because)


def forget_codes(now: datetime.datetime) -> None:
    """Codes that nobody signed with are not kept."""
    SigningCode.objects.filter(sent_at__lt=now - datetime.timedelta(days=1)).delete()


def is_intact(contract: Contract) -> bool:
    """Whether no signature, nor what was signed, has changed since."""
    before = ""
    for signature in contract.signatures.order_by("pk"):
        if signature.previous != before or signature.digest != digest_of(signature, contract):
            return False
        before = signature.digest
    return True


@transaction.atomic
def sign(
    contract: Contract,
    side: Side,
    how: SignedBy,
    evidence: dict[str, Any],
    *,
    by: Person,
    paper: File | None,
) -> Signature:
    """Note that whoever stands on a side signs, and freeze what is signed. Again, it is the same.

    Raises Refused: see ``_to_sign``.
    """
    known = Signature.objects.filter(contract=contract, side=side).first()
    if known:
        return known
    contract = _to_sign(contract, side)
    before = contract.signatures.order_by("pk").last()
    person = contract.person_of(side)
    signature = Signature(
        contract=contract, side=side, how=how, name=str(person), evidence=evidence, paper=paper,
        previous=before.digest if before else "",
    )  # fmt: skip
    if before is None:
        contract.terms, contract.state = frozen(contract), ContractState.ONE
    else:
        contract.state, contract.signed_at = ContractState.SIGNED, signature.signed_at
    signature.digest = digest_of(signature, contract)
    signature.save()
    contract.save(update_fields=["terms", "state", "signed_at"])
    contract.codes.filter(side=side).delete()
    record(
        "services.signed", contract, by=by, for_=person,
        side=side, how=how, digest=signature.digest,
    )  # fmt: skip
    if before is None:
        messages.signed_by_one(contract, side)
    else:
        _end_what_it_amends(contract)
        messages.signed_by_both(contract)
    return signature


def _end_what_it_amends(contract: Contract) -> None:
    if contract.amends_id is None:
        return
    former = _locked(Contract(pk=contract.amends_id))
    if former.state == ContractState.SIGNED:
        former.state, former.ending = ContractState.ENDED, Ending.AMENDED
        former.ended_on = contract.begins_on - datetime.timedelta(days=1)
        former.save(update_fields=["state", "ending", "ended_on"])


def _to_sign(contract: Contract, side: Side) -> Contract:
    """The contract, locked, if whoever stands on that side may sign it now. Raises Refused."""
    contract = _locked(contract)
    if contract.state not in (ContractState.DRAFT, ContractState.ONE):
        raise Refused(_("Ce contrat ne se signe plus."))
    if contract.signatures.filter(side=side).exists():
        raise Refused(_("Cette personne a déjà signé."))
    if contract.person_of(side) is None:
        raise Refused(_("Cette personne n’est plus inscrite."))
    worker, today = contract.worker, timezone.localdate()
    if contract.begins_on < today and not (contract.late_because or contract.amends_id):
        raise Refused(
            _("Le premier jour est passé. Si le travail n’a pas commencé, changez le jour. S’il a "
              "commencé, l’équipe peut régulariser.")
        )  # fmt: skip
    if worker.identity_seen_on is None:
        raise Refused(_("L’équipe doit d’abord voir la pièce d’identité de la personne employée."))
    last_seen = worker.may_work_until
    if last_seen and last_seen < max(contract.begins_on, contract.ends_on or contract.begins_on):
        raise Refused(_("Le droit au travail vu par l’équipe finit avant. Montrez le nouveau."))
    if contract.state == ContractState.DRAFT:
        try:
            frozen(contract)
        except Unusable as problem:
            raise Refused(str(problem)) from problem
    if not (contract.place and worker.address):
        raise Refused(_("Il manque une adresse. Complétez le contrat avant de signer."))
    return contract


def digest_of(signature: Signature, contract: Contract) -> str:
    """What ties a signature to the words, and to the one before it."""
    return digest(
        contract.terms, signature.side, signature.how, signature.name, signature.evidence,
        signature.signed_at.isoformat(), signature.previous,
    )  # fmt: skip


def _locked(contract: Contract) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).for_listing().get(pk=contract.pk)


def _hash(contract: Contract, side: str, digits: str) -> str:
    """Keyed with the installation's secret: a million codes are too few for a bare hash."""
    told = f"{contract.pk}:{side}:{digits}"
    return salted_hmac("services.signing", told, algorithm="sha256").hexdigest()
