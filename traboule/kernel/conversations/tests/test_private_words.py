import pytest

from traboule.kernel.conversations.private_words import found_in

GIVEN = [
    ("Appelez-moi au 06 12 34 56 78", ["phone"]),
    ("mon numéro : 06.12.34.56.78", ["phone"]),
    ("0 6 1 2 3 4 5 6 7 8", ["phone"]),
    ("+33 (0)6 12 34 56 78 le soir", ["phone"]),
    ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", ["phone"]),
    ("zero six, quatre-vingt-dix-sept, vingt et un, dix-sept, quatre-vingts", ["phone"]),
    ("écrivez à Jeanne.Dupont@exemple.fr", ["email"]),
    ("jeanne arobase exemple point fr", ["email"]),
    ("jeanne (at) exemple.fr", ["email"]),
    ("J’habite 12 bis, rue des Lilas", ["address"]),
    ("j'habite au 7 avenue de Genève", ["address"]),
    ("au numéro 4 du chemin des Fins", ["address"]),
    ("Porte n° 12, troisième étage", ["address"]),
    ("j’échange contre 500 €", ["cash"]),
    ("reprise de meubles en espèces", ["cash"]),
    ("je donne 1 000 euros à qui me laisse sa place", ["cash"]),
    ("06 12 34 56 78 ou a@b.fr", ["phone", "email"]),
]

FREE = [
    "Appartement clair de 68 m² au 2e étage, près de la rue Royale et du parc.",
    "Loyer de 512,40 € charges comprises, chauffage collectif.",
    "Je cherche pour un loyer de 500 € par mois à Annecy, Seynod ou Cran.",
    "Construit en 1974, refait en 2019 ; 3 chambres, 2 balcons, bus 2 et 6.",
    "Visite possible samedi à 10 h 30 ou dimanche 14 h.",
    "Nous sommes quatre : un couple, deux enfants de six et huit ans.",
    "10 places de parking, 2 cours d’école à côté.",
    "",
]


@pytest.mark.parametrize(("text", "kinds"), GIVEN)
def test_what_gives_a_person_away_is_found(text, kinds):
    assert found_in(text) == kinds


@pytest.mark.parametrize("text", FREE)
def test_what_describes_a_home_passes(text):
    assert found_in(text) == []
