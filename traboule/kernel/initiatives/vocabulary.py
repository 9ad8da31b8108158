"""The words a sheet may use for its theme, its state, its audiences and its tools.

Keys are stable: they stand in addresses, files and open data. Labels may change.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """The compendium's four parts."""

    LEARN = "learn", _("Apprendre et se former")
    ORGANISE = "organise", _("S’informer et s’organiser")
    CREATE = "create", _("Créer ensemble")
    EXCHANGE = "exchange", _("Échanger et se loger")


class State(TextChoices):
    """Where an initiative stands in its life."""

    IDEA = "idea", _("Idée")
    RUNNING = "running", _("En cours")
    ENDED = "ended", _("Terminée")


class Origin(TextChoices):
    """Whether the people of the place told it here, or a document reports it."""

    HERE = "here", _("Racontée ici par ses acteurs")
    REPORTED = "reported", _("Tirée d’un document")


class Audience(TextChoices):
    """For whom an initiative is run."""

    CHILDREN = "children", _("Enfants")
    TEENAGERS = "teenagers", _("Adolescents")
    YOUNG_ADULTS = "young-adults", _("Jeunes adultes")
    JOBSEEKERS = "jobseekers", _("Personnes en recherche d’emploi")
    ENTREPRENEURS = "entrepreneurs", _("Entrepreneurs")
    RESIDENTS = "residents", _("Habitantes et habitants")
    TENANTS = "tenants", _("Locataires")
    TEACHERS = "teachers", _("Enseignants")
    PROFESSIONALS = "professionals", _("Professionnels du quartier")
    DEAF = "deaf", _("Personnes sourdes ou malentendantes")


class ToolKind(TextChoices):
    """What kind of digital tool an initiative uses."""

    WEBSITE = "website", _("Site ou plateforme")
    SOCIAL_NETWORK = "social-network", _("Réseaux sociaux")
    VIDEO = "video", _("Vidéo et son")
    CODING = "coding", _("Code et robots")
    COMPUTERS = "computers", _("Ordinateurs et réemploi")
    MAKING = "making", _("Fabrication numérique")
    TOGETHER = "together", _("Travail à plusieurs en ligne")
    ART = "art", _("Arts numériques")
    COMMERCE = "commerce", _("Vente en ligne")
    PHONE = "phone", _("Téléphone")


class HolderKind(TextChoices):
    """Who carries an initiative."""

    ASSOCIATION = "association", _("Association")
    COOPERATIVE = "cooperative", _("Coopérative")
    COMPANY = "company", _("Entreprise")
    PUBLIC = "public", _("Collectivité ou service public")
    SCHOOL = "school", _("École ou université")
    COUNCIL = "council", _("Conseil citoyen")
    GROUP = "group", _("Groupe d’habitants")
    OTHER = "other", _("Autre")


class Qualifier(TextChoices):
    """How exact a reported figure is."""

    EXACT = "", _("exactement")
    ABOUT = "about", _("environ")
    MORE_THAN = "more-than", _("plus de")
    UP_TO = "up-to", _("jusqu’à")
