import datetime
import re
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.engines.french import fold
from traboule.kernel.initiatives.models.contribution import LETTERS
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

ASKS_A_NAME = re.compile(r"\b(nom|prenom|noms|prenoms|appelez-vous)\b")
HASHES_KEPT = datetime.timedelta(days=30)
"""How long after the end one still knows which answers came from one device or network."""


def new_code() -> str:
    """Five signs that are not misread on paper."""
    return "".join(secrets.choice(LETTERS) for _ in range(5))


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Surveys, and which of them take answers."""

    def for_page(self) -> Self:
        """With everything that their pages name."""
        return self.select_related("space__initiative__commune")

    def taking_answers(self) -> Self:
        """Those that anyone can answer today."""
        today = timezone.localdate()
        return self.filter(
            Q(opens_on=None) | Q(opens_on__lte=today),
            Q(closes_on=None) | Q(closes_on__gte=today),
            state=Survey.State.OPEN,
        )

    def for_listing(self) -> Self:
        """The latest first, each with how many answers count."""
        counted = models.Count("responses", filter=Q(
            responses__finished_at__isnull=False, responses__aside_at__isnull=True
        ))  # fmt: skip
        return self.annotate(number=counted).order_by("-created_at", "-pk")


class Survey(models.Model):
    """Questions asked of many, answered by whichever door suits each."""

    class State(models.TextChoices):
        DRAFT = "draft", _("en préparation")
        OPEN = "open", _("ouverte")
        CLOSED = "closed", _("close")

    class Who(models.TextChoices):
        ANYONE = "anyone", _("Toute personne qui a l’adresse")
        SPACE = "space", _("Celles et ceux qui prennent part à l’espace, ou ont son code")
        INVITED = "invited", _("Seulement sur invitation, un code chacun")

    class Shown(models.TextChoices):
        TEAM = "team", _("À l’équipe seulement")
        CLOSED = "closed", _("À tout le monde, une fois l’enquête close")
        ALWAYS = "always", _("À tout le monde, dès maintenant")

    MOVES = {
        State.DRAFT: {State.OPEN},
        State.OPEN: {State.CLOSED, State.DRAFT},
        State.CLOSED: {State.OPEN},
    }
    """An open survey goes back to preparation only as long as nobody has begun to answer."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="surveys", verbose_name=_("espace")
    )
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    title = models.CharField(_("titre"), max_length=120)
    intro = models.TextField(_("présentation"), max_length=2000, blank=True)
    thanks = models.TextField(_("remerciement"), max_length=500, blank=True)
    state = models.CharField(_("état"), max_length=6, choices=State, default=State.DRAFT)
    who = models.CharField(_("qui répond"), max_length=7, choices=Who, default=Who.ANYONE)
    shown = models.CharField(_("résultats montrés"), max_length=6, choices=Shown,
                             default=Shown.CLOSED)  # fmt: skip
    one_a_device = models.BooleanField(_("une réponse par appareil"), default=True)
    opens_on = models.DateField(_("à partir du"), null=True, blank=True)
    closes_on = models.DateField(_("jusqu’au"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("version du formulaire"), default=0)
    reach = models.CharField(_("qui pouvait répondre"), max_length=300, blank=True)
    salt = models.CharField(_("sel du jour"), max_length=32, blank=True)
    salt_on = models.DateField(_("jour du sel"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="surveys",
        verbose_name=_("posée par"),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)

    objects = SurveyQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui pose les questions."),
        lifetime=_("Tant que l’espace existe."),
        person="by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("enquête")
        verbose_name_plural = _("enquêtes")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(opens_on=None) | Q(closes_on__gte=F("opens_on")),
                name="surveys_ends_after_start",
                violation_error_message=_("Le dernier jour doit suivre le premier."),
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="surveys_closed_when",
                violation_error_message=_("Une enquête close dit depuis quand."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(version__gt=0),
                name="surveys_open_has_version",
                violation_error_message=_("Une enquête ouverte a un numéro de version."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:begin", args=[self.code])

    @property
    def key(self) -> str:
        """Whose recordings are, for the files below: only the team listens to them."""
        return f"survey:{self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether its questions can still change."""
        return self.state == self.State.DRAFT

    @property
    def takes_answers(self) -> bool:
        """Whether anyone can answer today, by themselves."""
        today = timezone.localdate()
        begun = self.opens_on is None or self.opens_on <= today
        over = self.closes_on is not None and self.closes_on < today
        return self.state == self.State.OPEN and begun and not over

    @property
    def shows_results(self) -> bool:
        """Whether everyone may read its results."""
        if self.shown == self.Shown.ALWAYS:
            return not self.is_draft
        return self.shown == self.Shown.CLOSED and self.state == self.State.CLOSED


class Question(models.Model):
    """One question; it stands alone on its screen."""

    class Kind(models.TextChoices):
        ONE = "one", _("Un seul choix")
        SEVERAL = "several", _("Plusieurs choix")
        YES_NO = "yes-no", _("Oui ou non")
        SCALE = "scale", _("Une note de 1 à 5")
        NUMBER = "number", _("Un nombre")
        DATE = "date", _("Une date")
        SHORT = "short", _("Quelques mots")
        LONG = "long", _("Un texte libre")
        SPOKEN = "spoken", _("Un enregistrement, son ou vidéo")

    CHOSEN = (Kind.ONE, Kind.SEVERAL, Kind.YES_NO)
    BRANCHING = (Kind.ONE, Kind.YES_NO)
    WRITTEN = (Kind.SHORT, Kind.LONG)

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    kind = models.CharField(_("sorte de réponse"), max_length=7, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("aide"), max_length=300, blank=True)
    required = models.BooleanField(_("il faut y répondre"), default=False)
    low_words = models.CharField(_("ce que veut dire 1"), max_length=40, blank=True)
    high_words = models.CharField(_("ce que veut dire 5"), max_length=40, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"],
                name="surveys_question_number_once",
                violation_error_message=_("Deux questions ne peuvent avoir le même numéro."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="spoken") | Q(required=False),
                name="surveys_nobody_must_speak",
                violation_error_message=_("On ne peut obliger personne à s’enregistrer."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_chosen(self) -> bool:
        """Whether one answers it by choices."""
        return self.kind in self.CHOSEN

    @property
    def branches(self) -> bool:
        """Whether a choice may lead elsewhere than to the next question."""
        return self.kind in self.BRANCHING

    @property
    def is_written(self) -> bool:
        """Whether one answers it in words of one's own."""
        return self.kind in self.WRITTEN

    @property
    def is_spoken(self) -> bool:
        """Whether one answers it by a recording: on a screen only."""
        return self.kind == self.Kind.SPOKEN

    @property
    def asks_a_name(self) -> bool:
        """Whether it asks who answers, which nothing here can check."""
        return self.is_written and bool(ASKS_A_NAME.search(fold(self.text)))


class Choice(models.Model):
    """One of the choices of a question, and where it leads."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField(_("numéro"))
    text = models.CharField(_("choix"), max_length=120)
    leads_to = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="led_to_by",
        verbose_name=_("mène à"),
    )  # fmt: skip
    ends = models.BooleanField(_("termine l’enquête"), default=False)

    personal_data = None

    class Meta:
        verbose_name = _("choix")
        verbose_name_plural = _("choix")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"],
                name="surveys_choice_number_once",
                violation_error_message=_("Deux choix ne peuvent avoir le même numéro."),
            ),
            models.CheckConstraint(
                condition=Q(ends=False) | Q(leads_to=None),
                name="surveys_choice_leads_or_ends",
                violation_error_message=_("Un choix mène plus loin ou termine, pas les deux."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
