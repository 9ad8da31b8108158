"""The services that neighbours render: what each is, what is refused, how taxes count it.

The list of services at home is article D7231-1 of the Code du travail; their ceilings are in the
table of ``engines.payroll``, under the name in ``credit``.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.engines.payroll.rates import table


@dataclass(frozen=True)
class Post:
    """A job of the convention (*emploi-repère*), in its own French, and the level that pays it.

    IDCC 3239, annex 7: the jobs that one may hold are those, and no other.
    """

    name: str
    level: str
    words: str | Promise


FAMILY = Post("Employé(e) familial(e) A", "I", _("ménage, linge, courses, avec des consignes"))
UPKEEP = (
    Post("Employé(e) d’entretien et petits travaux A", "I", _("des gestes simples")),
    Post("Employé(e) d’entretien et petits travaux B", "II", _("du savoir-faire, en autonomie")),
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of service; ``refused`` are jobs for a professional, ``filing`` who declares it.

    ``posts`` are the jobs under which it is done, the usual one first.
    """

    key: str
    posts: tuple[Post, ...]
    label: str | Promise
    examples: str | Promise
    refused: str | Promise
    credit: str
    filing: str = "cesu"
    most_minutes: int | None = None

    @property
    def ceiling(self) -> int | None:
        """Euros a year that count for the tax credit, when the kind has a ceiling of its own."""
        most = table()["tax_credit"]["sub_caps"].get(self.credit)
        return int(most) if most else None

    @property
    def is_only_bundled(self) -> bool:
        """Whether it counts only beside a service rendered in the home."""
        return self.credit in table()["tax_credit"]["bundled"]


ALL = (
    Kind(
        key="repairs",
        posts=UPKEEP,
        label=_("Petits travaux"),
        examples=_("monter un meuble, poser une étagère, changer une ampoule"),
        refused=_("électricité, gaz, plomberie cachée, toiture, échafaudage"),
        credit="petit_bricolage",
        most_minutes=120,
    ),
    Kind(
        key="gardening",
        posts=UPKEEP,
        label=_("Jardin"),
        examples=_("tondre, désherber, tailler une haie, arroser"),
        refused=_("abattre un arbre, grimper, produits interdits aux particuliers"),
        credit="jardinage",
    ),
    Kind(
        key="cleaning",
        posts=(
            FAMILY,
            Post("Employé(e) familial(e) B", "II", _("la cuisine aussi, en autonomie")),
        ),
        label=_("Ménage, linge, cuisine"),
        examples=_("passer l’aspirateur, repasser, préparer un repas"),
        refused=_("vitres en hauteur, remise en état après travaux"),
        credit="menage",
    ),
    Kind(
        key="company",
        posts=(
            Post("Accompagnateur(trice), personne de compagnie", "II", _("présence et sorties")),
            Post("Assistant(e) de vie A", "III", _("aide aussi aux gestes de la vie courante")),
        ),
        label=_("Présence, sorties"),
        examples=_("tenir compagnie, lire, accompagner au marché ou chez le médecin"),
        refused=_("soins, toilette médicale, médicaments à donner"),
        credit="assistance_personnes_agees",
    ),
    Kind(
        key="childcare",
        posts=(
            Post("Baby-sitter", "I", _("de courts moments, et tous ont plus de trois ans")),
            Post("Garde d’enfant(s) A", "III", _("à tout âge, et leurs devoirs")),
            Post("Garde d’enfant(s) B", "III", _("le linge des enfants aussi")),
        ),
        label=_("Garde d’enfants chez soi"),
        examples=_("la sortie d’école, le bain, une soirée"),
        refused=_("au domicile de la personne qui garde : c’est un autre métier"),
        credit="garde_enfants",
        filing="pajemploi",
    ),
    Kind(
        key="computing",
        posts=(Post("Assistant(e) informatique A", "VI", _("aider et expliquer")),),
        label=_("Aide informatique"),
        examples=_("installer un téléphone, apprendre une démarche, trier des photos"),
        refused=_("réparer ou vendre du matériel, travailler à distance"),
        credit="assistance_informatique",
    ),
    Kind(
        key="lessons",
        posts=(Post("Enseignant(e) particulier(ère) A", "VI", _("à l’école primaire")),),
        label=_("Soutien scolaire, cours"),
        examples=_("les devoirs, le français, la guitare"),
        refused=_("hors du domicile"),
        credit="cours",
    ),
    Kind(
        key="errands",
        posts=(FAMILY,),
        label=_("Courses livrées"),
        examples=_("le marché, la pharmacie, le colis"),
        refused=_("transporter des personnes contre paiement"),
        credit="livraison_courses",
    ),
)
KINDS = {one.key: one for one in ALL}
