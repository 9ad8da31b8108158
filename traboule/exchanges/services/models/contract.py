import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.engines.payroll.rates import LEVELS
from traboule.kernel.files.models import File
from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.privacy import PersonalData

from .household import Household
from .offer import Offer
from .worker import Worker


class ContractState(models.TextChoices):
    """Where a contract is."""

    DRAFT = "draft", _("à relire")
    ONE = "one", _("signé par une personne")
    SIGNED = "signed", _("signé par les deux")
    ENDED = "ended", _("terminé")
    CANCELLED = "cancelled", _("annulé")


LIVE_CONTRACTS = (ContractState.DRAFT, ContractState.ONE, ContractState.SIGNED)


class Term(models.TextChoices):
    """Until a day, or without one."""

    FIXED = "fixed", _("à durée déterminée")
    OPEN = "open", _("à durée indéterminée")


class Reason(models.TextChoices):
    """Why it has an end (Code du travail L1242-2); without a reason it has none (L1245-1)."""

    EXTRA = "extra", _("un besoin passager")
    REPLACEMENT = "replacement", _("le remplacement d’une personne absente")


class PaidBy(models.TextChoices):
    """By which way the wage goes, one for a contract."""

    CESU_PLUS = "cesu-plus", _("Cesu+ : l’Urssaf prélève et verse")
    STRIPE = "stripe", _("par carte, sur ce site")
    DIRECT = "direct", _("de la main à la main, par chèque ou virement")


class Ending(models.TextChoices):
    """Why a contract ended."""

    TERM = "term", _("le dernier jour est passé")
    AMENDED = "amended", _("un avenant le remplace")
    RESIGNED = "resigned", _("la personne employée s’en va")
    DISMISSED = "dismissed", _("l’employeur y met fin")
    TRIAL = "trial", _("fin pendant l’essai")
    AGREED = "agreed", _("d’un commun accord")


class Side(models.TextChoices):
    """Who of the two."""

    HOUSEHOLD = "household", _("employeur")
    WORKER = "worker", _("personne employée")


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts between a household and a worker."""

    def live(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=LIVE_CONTRACTS)

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related(
            "household__person", "household__commune", "household__space__initiative__commune",
            "household__space__purse", "worker__person", "worker__commune", "offer__request",
        )  # fmt: skip


class Contract(models.Model):
    """What a household and a worker agree on, as article 41.1 of IDCC 3239 asks, in writing.

    ``terms`` are all its mentions, frozen at the first signature: what was signed is read there for
    ever. An amendment is another contract that ``amends`` one, from ``begins_on``.
    """

    MOVES = {
        ContractState.DRAFT: {ContractState.ONE, ContractState.CANCELLED},
        ContractState.ONE: {
            ContractState.SIGNED, ContractState.DRAFT, ContractState.CANCELLED
        },
        ContractState.SIGNED: {ContractState.ENDED, ContractState.CANCELLED},
        ContractState.ENDED: set(),
        ContractState.CANCELLED: set(),
    }  # fmt: skip

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="contracts", verbose_name=_("employeur")
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="contracts", verbose_name=_("personne employée")
    )
    offer = models.ForeignKey(
        Offer, models.PROTECT, related_name="contracts", verbose_name=_("proposition")
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments",
        verbose_name=_("change le contrat"),
    )  # fmt: skip
    code = models.CharField(_("numéro"), max_length=9, unique=True, default=new_code)
    state = models.CharField(
        _("état"), max_length=9, choices=ContractState, default=ContractState.DRAFT
    )
    term = models.CharField(_("durée du contrat"), max_length=5, choices=Term, default=Term.FIXED)
    reason = models.CharField(_("pourquoi une fin"), max_length=11, choices=Reason, blank=True)
    replaces = models.CharField(_("personne remplacée"), max_length=120, blank=True)
    in_school_holidays = models.BooleanField(
        _("pendant les vacances d’un élève ou d’un étudiant"), default=False
    )
    job = models.CharField(_("emploi"), max_length=120)
    post = models.CharField(_("emploi-repère"), max_length=80, blank=True)
    level = models.CharField(
        _("niveau de la convention"), max_length=4, default="I",
        choices=[(level, level) for level in LEVELS],
    )  # fmt: skip
    hired_on = models.DateField(_("date d’embauche"))
    begins_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    trial_days = models.PositiveSmallIntegerField(_("essai, en jours"), default=0)
    minutes = models.PositiveSmallIntegerField(
        _("minutes par semaine, ou en tout s’il n’y a qu’une fois"),
        validators=[MinValueValidator(30), MaxValueValidator(48 * 60)],
    )
    when_words = models.CharField(_("jours et heures"), max_length=200)
    place = models.CharField(_("où"), max_length=200)
    net_hourly = models.DecimalField(_("pour une heure, net"), max_digits=5, decimal_places=2)
    pays_on = models.PositiveSmallIntegerField(_("jour de paie du mois"), default=5)
    weekly_rest = models.CharField(_("repos de la semaine"), max_length=60)
    holidays_worked = models.CharField(_("jours fériés travaillés"), max_length=120, blank=True)
    benefits = models.CharField(_("repas, trajets, avantages"), max_length=200, blank=True)
    children_born_on = models.JSONField(
        _("dates de naissance des enfants gardés"), default=list, blank=True
    )
    uses_vehicle = models.BooleanField(_("avec une voiture"), default=False)
    paid_by = models.CharField(
        _("comment payer"), max_length=9, choices=PaidBy, default=PaidBy.DIRECT
    )
    per_km = models.DecimalField(
        _("pour un kilomètre, en euros"), max_digits=3, decimal_places=2, default=Decimal(0)
    )
    late_because = models.CharField(
        _("pourquoi signé après le premier jour"), max_length=200, blank=True
    )
    terms = models.JSONField(_("mentions signées"), null=True, blank=True)
    made_at = models.DateTimeField(_("préparé le"), default=timezone.now)
    signed_at = models.DateTimeField(_("signé par les deux le"), null=True, blank=True)
    ended_on = models.DateField(_("terminé le"), null=True, blank=True)
    ending = models.CharField(_("pourquoi terminé"), max_length=9, choices=Ending, blank=True)
    told_on = models.DateField(_("lettre remise le"), null=True, blank=True)

    objects = ContractQuerySet.as_manager()
    personal_data = PersonalData(
        fields=(
            "household",
            "worker",
            "job",
            "when_words",
            "place",
            "net_hourly",
            "terms",
            "children_born_on",
        ),
        purpose=_("Écrire ce qui est convenu, comme la convention collective le demande."),
        lifetime=_("Cinq ans après la fin du contrat (Code du travail L3245-1)."),
        person="worker__person household__person",
        erasure="keep",
        kept_because=_("Un contrat de travail se garde cinq ans ; il prouve les droits des deux."),
    )

    class Meta:
        verbose_name = _("contrat de travail")
        verbose_name_plural = _("contrats de travail")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state__in=["draft", "one", "signed"], amends__isnull=True),
                name="services_contract_once",
                violation_error_message=_("Cette proposition a déjà son contrat."),
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=Q(state__in=["draft", "one"]),
                name="services_amendment_once",
                violation_error_message=_("Un avenant est déjà en préparation."),
            ),
            models.CheckConstraint(
                condition=Q(term="open") | (Q(ends_on__isnull=False) & ~Q(reason="")),
                name="services_contract_end",
                violation_error_message=_(
                    "Un contrat à durée déterminée dit son dernier jour et pourquoi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="services_contract_days",
                violation_error_message=_("Le dernier jour vient après le premier."),
            ),
            models.CheckConstraint(
                condition=Q(net_hourly__gt=0, net_hourly__lte=200),
                name="services_contract_price",
                violation_error_message=_("Une heure vaut de 1 à 200 €."),
            ),
            models.CheckConstraint(
                condition=Q(pays_on__gte=1, pays_on__lte=28), name="services_contract_pay_day",
                violation_error_message=_("Le jour de paie va du 1 au 28 du mois."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(terms__isnull=False),
                name="services_contract_frozen",
                violation_error_message=_("Un contrat signé garde ses mentions."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ContractState.values), name="services_contract_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.job} · {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("services:contract", args=[self.household.space.slug, self.code])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("contrat %(code)s") % {"code": self.code}

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[ContractState(self.state)]

    @property
    def position(self) -> str:
        """The job, and what the convention calls it where a contract says so."""
        return f"{self.job}, {self.post}" if self.post else self.job

    @property
    def last_day(self) -> datetime.date | None:
        """After which nobody works under it, when that is known."""
        return self.ended_on or self.ends_on

    def is_in_force_on(self, day: datetime.date) -> bool:
        """Whether one works under it on that day."""
        last = self.last_day
        was_signed = self.state in (ContractState.SIGNED, ContractState.ENDED)
        return was_signed and self.begins_on <= day and (last is None or day <= last)

    def side_of(self, person: Any) -> Side | None:
        """Whether that person is its employer or its employee."""
        sides = {self.household.person_id: Side.HOUSEHOLD, self.worker.person_id: Side.WORKER}
        return sides.get(person.pk)

    def person_of(self, side: str) -> Any:
        """Who stands on that side; nobody once erased."""
        return self.household.person if side == Side.HOUSEHOLD else self.worker.person


class SignedBy(models.TextChoices):
    """How one signed."""

    SMS = "sms", _("code reçu par SMS")
    EMAIL = "email", _("code reçu par e-mail")
    PAPER = "paper", _("sur papier, photographié")


class Signature(models.Model):
    """That one of the two signed, and what exactly.

    ``digest`` is the SHA-256 of the contract's terms, of who, how and when, and of the ``digest``
    before it: nothing of the chain can be changed without its end showing it.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="signatures", verbose_name=_("contrat")
    )
    side = models.CharField(_("qui"), max_length=9, choices=Side)
    how = models.CharField(_("comment"), max_length=5, choices=SignedBy)
    name = models.CharField(_("nom"), max_length=150)
    signed_at = models.DateTimeField(_("signé le"), default=timezone.now)
    evidence = models.JSONField(_("preuve"), default=dict)
    previous = models.CharField(_("empreinte d’avant"), max_length=64, blank=True)
    digest = models.CharField(_("empreinte"), max_length=64, unique=True)
    paper = models.ForeignKey(
        File, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("photo du papier signé"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("name", "how", "signed_at", "evidence", "paper"),
        purpose=_("Prouver qui a signé un contrat, et quand."),
        lifetime=_("Cinq ans après la fin du contrat."),
        person="contract__worker__person contract__household__person",
        erasure="keep",
        kept_because=_("Un contrat de travail se garde cinq ans ; il prouve les droits des deux."),
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side"], name="services_signature_once",
                violation_error_message=_("Cette personne a déjà signé."),
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values) & Q(how__in=SignedBy.values),
                name="services_signature_how",
                violation_error_message=_("On signe par un code ou sur papier."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} · {self.contract.code}"


class SigningCode(models.Model):
    """Six digits sent to someone's own phone or mailbox so that they sign; only a hash is kept."""

    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="codes", verbose_name=_("contrat")
    )
    side = models.CharField(_("qui"), max_length=9, choices=Side)
    how = models.CharField(_("comment"), max_length=5, choices=SignedBy)
    code_hash = models.CharField(_("empreinte"), max_length=64)
    ending = models.CharField(_("fin du numéro ou de l’adresse"), max_length=12)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)

    personal_data = PersonalData(
        fields=("side", "how", "ending", "sent_at"),
        purpose=_("Vérifier que la bonne personne signe."),
        lifetime=_("Jusqu’à la signature, ou un jour."),
        person="contract__worker__person contract__household__person",
    )

    class Meta:
        verbose_name = _("code pour signer")
        verbose_name_plural = _("codes pour signer")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side"],
                name="services_signing_code_once",
                violation_error_message=_("Un code est déjà parti."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract.code} · {self.side}"
