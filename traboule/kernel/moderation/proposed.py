"""The charter that is offered to a space that has none: plain words, to keep or to change."""

from django.utils.translation import gettext_lazy as _

INTRO = _(
    "Ici, tout le monde peut s’exprimer. Ces règles valent pour chaque personne, équipe comprise. "
    "Ce qui ne les respecte pas peut être masqué : on vous dit toujours pourquoi, et vous pouvez "
    "le contester."
)

ARTICLES = (
    (
        _("Respect"),
        _("On parle aux autres comme on aimerait que l’on nous parle. On peut critiquer une idée, "
          "jamais insulter, menacer ou humilier une personne."),
    ),
    (
        _("Ni haine ni discrimination"),
        _("La loi interdit d’attaquer quelqu’un pour son origine, sa religion, son sexe, son "
          "orientation, son handicap ou son âge. Ces propos sont masqués tout de suite."),
    ),
    (
        _("Pas de données personnelles des autres"),
        _("On ne publie ni le nom complet, ni l’adresse, ni le numéro, ni la vie privée d’une "
          "personne sans son accord."),
    ),
    (
        _("Des faits vérifiés"),
        _("On dit d’où vient une information. Une opinion se présente comme une opinion. "
          "Quand on s’est trompé, on corrige."),
    ),
    (
        _("Des images avec accord"),
        _("On demande avant de publier une photo, une vidéo ou la voix de quelqu’un. "
          "Qui change d’avis peut faire retirer son image."),
    ),
    (
        _("Les enfants d’abord"),
        _("Rien ne doit exposer un enfant : ni son nom avec son école, ni une image sans l’accord "
          "écrit de ses parents."),
    ),
    (
        _("Pas de publicité"),
        _("On n’utilise pas cet espace pour vendre, pour recruter un parti ou pour collecter de "
          "l’argent sans l’accord de l’équipe."),
    ),
)  # fmt: skip
