from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person


class Passkey(models.Model):
    """A key that a person's own device keeps, and opens with a finger, a face or a PIN."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="passkeys", verbose_name=_("personne")
    )
    name = models.CharField(_("nom"), max_length=60)
    # As the browser writes it: base64url of at most 1023 bytes.
    credential_id = models.CharField(_("identifiant"), max_length=1400, unique=True)
    public_key = models.BinaryField(_("clé publique"))
    sign_count = models.PositiveBigIntegerField(_("nombre d’emplois"), default=0)
    created_at = models.DateTimeField(_("ajoutée le"), default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(_("dernier emploi"), null=True, blank=True, editable=False)

    personal_data = PersonalData(
        fields=("name", "credential_id", "public_key", "created_at", "last_used_at"),
        purpose=_("Reconnaître la personne quand elle se connecte avec son appareil."),
        lifetime=_("Jusqu’à ce que la personne la retire ou soit effacée."),
        person="person",
    )

    class Meta:
        verbose_name = _("clé d’accès")
        verbose_name_plural = _("clés d’accès")
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="people_passkey_has_a_name",
                violation_error_message=_("Donnez un nom à cette clé, par exemple « mon bureau »."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def count_use(self, sign_count: int) -> bool:
        """Note one more use; False when this use, or a later one, is noted already.

        A device that counts never gives the same number twice; one that does not gives 0.
        """
        earlier = Passkey.objects.filter(pk=self.pk).filter(
            Q(sign_count__lt=sign_count) | Q(sign_count=0)
        )
        return bool(earlier.update(sign_count=sign_count, last_used_at=timezone.now()))


class ExternalIdentityQuerySet(models.QuerySet["ExternalIdentity"]):
    """Accounts kept elsewhere, and whose they are."""

    def holder(self, provider: str, subject: str) -> Person | None:
        """The person who linked that account to theirs."""
        identity = self.filter(provider=provider, subject=subject).select_related("person").first()
        return identity.person if identity else None


class ExternalIdentity(models.Model):
    """An account at another house (FranceConnect, ProConnect…) that opens this one."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="identities", verbose_name=_("personne")
    )
    provider = models.SlugField(_("fournisseur"), max_length=30)
    subject = models.CharField(_("identifiant chez le fournisseur"), max_length=255)
    linked_at = models.DateTimeField(_("relié le"), default=timezone.now, editable=False)

    objects = ExternalIdentityQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("provider", "subject", "linked_at"),
        purpose=_("Reconnaître la personne qui se connecte avec un compte qu’elle a ailleurs."),
        lifetime=_("Jusqu’à ce que la personne le retire ou soit effacée."),
        person="person",
    )

    class Meta:
        verbose_name = _("compte relié")
        verbose_name_plural = _("comptes reliés")
        ordering = ("linked_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "subject"],
                name="people_identity_once",
                violation_error_message=_("Ce compte est déjà relié à une personne ici."),
            )
        ]

    def __str__(self) -> str:
        return self.provider_name

    @property
    def provider_name(self) -> str:
        """The house that keeps the account, as people call it; its key once it is gone."""
        known = settings.OIDC_PROVIDERS.get(self.provider)
        return known["name"] if known else self.provider
