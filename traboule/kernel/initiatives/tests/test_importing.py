import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import override_settings

from traboule.kernel.initiatives.exchange.cells import ALL_COLUMNS, to_cells
from traboule.kernel.initiatives.exchange.readers import UnreadableError, read
from traboule.kernel.initiatives.importing import import_file, read_checked
from traboule.kernel.initiatives.models import Initiative, Job
from traboule.kernel.people.models import Person

from .factories import make_commune, make_editor, make_initiative

MINIMAL = {
    "title": "Café des écrans",
    "summary": "Chaque mardi, des voisins s’entraident à l’ordinateur.",
    "theme": "learn",
    "state": "running",
    "holder.name": "Régie de quartier",
    "place.commune": "38544",
    "description": "On vient avec sa question.",
}


def _csv(*changes, separator=",", without=()):
    """A CSV of as many lines as changes, each the minimal sheet with its own slug."""
    rows = [{"slug": f"cafe-{n}", **MINIMAL, **change} for n, change in enumerate(changes, 1)]
    names = [name for name in dict.fromkeys(n for row in rows for n in row) if name not in without]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _told(reading):
    return [(m.line, m.field, m.message) for row in reading.wrong for m in row.mistakes]


def _refusal(content, name="fiches.csv"):
    with pytest.raises(UnreadableError) as error:
        read(name, content)
    return str(error.value)


@pytest.fixture
def editor(db):
    make_commune()
    return make_editor()


class Desk:
    """An editor's browser; background work is done when an answer has come."""

    def __init__(self, client, editor, on_commit):
        self.client, self.editor, self.on_commit = client, editor, on_commit
        client.force_login(editor)

    def post(self, address, **data):
        with self.on_commit(execute=True):
            response = self.client.post(address, data)
        return response

    def send(self, text, name="fiches.csv"):
        """Send a file; the page of its trial, or the form with its errors."""
        content = text if isinstance(text, bytes) else text.encode()
        file = SimpleUploadedFile(name, content)
        response = self.post("/redaction/importer/", file=file, origin="here")
        return self.client.get(response["Location"]) if response.status_code == 302 else response

    def decide(self, **data):
        """Press the button below the only trial."""
        checked = Job.objects.get(kind=Job.Kind.IMPORT_CHECK)
        return self.post(f"/redaction/importer/{checked.key}/", **data)


@pytest.fixture
def desk(client, editor, django_capture_on_commit_callbacks):
    return Desk(client, editor, django_capture_on_commit_callbacks)


# Reading


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_reads_whatever_spreadsheet_wrote_it(separator, encoding):
    content = _csv({"cost": "10 € l’été"}, separator=separator).encode(encoding)

    reading = read("fiches.csv", content)

    assert _told(reading) == []
    assert (reading.sheets[0].title, reading.sheets[0].cost) == ("Café des écrans", "10 € l’été")


def test_lines_of_another_encoding_are_read_and_told():
    lines = _csv({}, {}, {}).encode().split(b"\r\n")
    lines[2] = lines[2].decode().encode("cp1252")

    reading = read("fiches.csv", b"\r\n".join(lines))

    assert {sheet.title for sheet in reading.sheets} == {"Café des écrans"}
    assert reading.remarks == [
        "La ligne 3 n’est pas en UTF-8 : nous l’avons lue en Windows-1252. Vérifiez ses accents."
    ]


def test_what_a_french_spreadsheet_does_to_values_is_undone():
    changed = {
        "place.latitude": "45,52",
        "place.longitude": "4,87",
        "started": "12/06/2014",
        "place.commune": "1004",
        "results": "Vélos | 37,5 | | about | vélos",
    }

    (sheet,) = read("fiches.csv", _csv(changed, separator=";").encode()).sheets

    assert (sheet.place.latitude, sheet.place.commune, sheet.started) == (
        45.52,
        "01004",
        "2014-06-12",
    )
    assert str(sheet.results[0].figure) == "37.5"


def test_a_missing_column_is_named():
    assert _refusal(_csv({}, without=["theme"]).encode()) == (
        "Il manque la colonne « theme » : ajoutez-la à la première ligne."
    )


def test_an_unknown_column_is_named_with_the_nearest_one():
    assert _refusal(_csv({"holder.nam": "x", "couleur": "bleu"}).encode()) == (
        "La colonne « holder.nam » n’existe pas : écrivez « holder.name », ou supprimez-la. "
        "La colonne « couleur » n’existe pas : supprimez-la, ou corrigez son nom."
    )


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "Ce fichier est vide."),
        (b"\xef\xbb\xbf \r\n", "Ce fichier est vide."),
        (b"PK\x03\x04\x14", "C’est un classeur"),
        (b"%PDF-1.7", "C’est un PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Ce fichier n’est pas un texte."),
        (b"Bonjour,\nvoici la liste.", "La première ligne de ce fichier"),
        (b"a,b\n1,2", "La première ligne"),
        (b'{"initiatives": [', "Ligne 1, caractère 18"),
        (b'{"fiches": []}', "Ce JSON doit contenir"),
        (b'{"initiatives": []}', "Ce fichier ne contient aucune fiche."),
        (b"[" * 100_000, "Ce JSON est emboîté"),
        (_csv({"cost": 'a"b'}).replace('""b"', '"b').encode(), "Ligne 2 : un guillemet"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, beginning):
    assert _refusal(content).startswith(beginning)


def test_each_mistake_is_told_by_line_and_column():
    text = _csv(
        {"description": "deux\nlignes"},
        {"theme": "apprendre", "started": "2014-13"},
        {"results": "Vélos | beaucoup | | | vélos", "audiences": "residents | martiens"},
        {"slug": "cafe-1"},
    )

    told = _told(read("fiches.csv", text.encode()))

    assert [(line, field) for line, field, _ in told] == [
        (4, "theme"),
        (4, "started"),
        (5, "audiences[2]"),
        (5, "results[1].figure"),
        (6, "slug"),
    ]
    assert told[-1][2] == "cette adresse de fiche figure déjà à la ligne 2 : changez-la"


def test_a_line_with_too_many_cells_is_told():
    text = _csv({}).rstrip("\r\n") + ",un,texte\r\n"

    ((line, field, message),) = _told(read("fiches.csv", text.encode()))

    assert (line, field) == (2, "")
    assert message.startswith("cette ligne a 10 cellules pour 8 colonnes")


def test_json_mistakes_are_told_by_their_line():
    text = json.dumps({"count": 2, "initiatives": [{"slug": "a"}, 12]}, indent=1)

    lines = {line for line, _field, _message in _told(read("fiches.json", text.encode()))}

    assert lines == {4, 7}


@pytest.mark.parametrize(
    "results",
    [
        [{"label": "a", "figure": 10, "figure_max": 2, "unit": "b"}],
        [{"label": "a", "figure": "1e400", "unit": "b"}],
        [{"label": "a", "figure": 1.234, "unit": "b"}],
        [{"label": "a", "figure": "NaN", "unit": "b"}],
    ],
)
def test_a_figure_that_the_database_would_refuse_is_refused_before(results):
    (sheet,) = json.loads(_json_of({"results": results}))
    reading = read("fiches.json", json.dumps([sheet]).encode())

    assert len(reading.wrong) == 1


def _json_of(change):
    return json.dumps(
        [
            {
                "slug": "cafe",
                "holder": {"name": "Régie"},
                "place": {"commune": "38544"},
                **{k: v for k, v in MINIMAL.items() if "." not in k},
                **change,
            }
        ]
    )


# What only the database knows


def test_communes_and_parents_must_exist(editor):
    text = _csv(
        {"place.commune": "99999", "inspired_by": ""},
        {"inspired_by": "cafe-1"},
        {"inspired_by": "cafe-2"},
        {"inspired_by": "cafe-5"},
        {"inspired_by": "cafe-4"},
        {"inspired_by": ""},
    )

    reading = read_checked("fiches.csv", text.encode())

    assert [sheet.slug for sheet in reading.sheets] == ["cafe-6"]
    assert (
        _told(reading)[0][2] == "aucune commune n’a le code INSEE 99999 ; cherchez-le par son nom"
    )
    assert (
        _told(reading)[-1][2] == "ces fiches s’inspirent l’une de l’autre en rond : cafe-4, cafe-5"
    )


# The journey


def test_a_trial_loads_nothing_and_says_what_it_would_do(desk):
    make_initiative(slug="cafe-2")

    page = desk.send(_csv({}, {})).content.decode()

    assert "2 fiches prêtes" in page
    assert "1 est nouvelle, 1 remplacerait une fiche d’ici. Rien n’a encore été importé." in page
    assert list(Initiative.objects.values_list("slug", flat=True)) == ["cafe-2"]


def test_a_right_file_is_imported_when_it_is_decided(desk, editor):
    desk.send(_csv({}, {"inspired_by": "cafe-1"}))

    page = desk.client.get(desk.decide()["Location"])

    done = Job.objects.get(kind=Job.Kind.IMPORT)
    assert "2 fiches importées" in page.content.decode()
    assert (done.done, done.total, done.by) == (2, 2, editor)
    child = Initiative.objects.get(slug="cafe-2")
    assert (child.origin, child.inspired_by.get().slug) == ("here", "cafe-1")


def test_deciding_twice_imports_once(desk):
    desk.send(_csv({}))

    first, second = desk.decide(), desk.decide()

    assert first["Location"] == second["Location"]
    assert Job.objects.filter(kind=Job.Kind.IMPORT).count() == 1


def test_a_file_with_mistakes_is_imported_in_part_only_when_that_is_ticked(desk):
    page = desk.send(_csv({}, {"theme": "x"}, {})).content.decode()

    refused = desk.decide()
    before = Initiative.objects.count()
    desk.decide(only_right="yes")

    assert "2 fiches prêtes, 1 à corriger" in page
    assert "Importer les 2 lignes justes et me rendre un fichier de l’autre" in page
    assert (refused.status_code, before) == (422, 0)
    assert set(Initiative.objects.values_list("slug", flat=True)) == {"cafe-1", "cafe-3"}


def test_the_returned_file_holds_the_wrong_lines_and_imports_once_mended(desk):
    desk.send(_csv({}, {"theme": "x", "cost": "-10 €"}))
    checked = Job.objects.get()

    returned = b"".join(desk.client.get(f"/travaux/{checked.key}/fichier/").streaming_content)

    (row,) = csv.DictReader(io.StringIO(returned.decode("utf-8-sig"), newline=""))
    assert row["a_corriger"].startswith("theme : valeur inconnue")
    (sheet,) = read("suite.csv", returned.replace(b",x,", b",learn,")).sheets
    assert (sheet.slug, sheet.cost) == ("cafe-2", "-10 €")


def test_a_file_that_cannot_be_read_ends_its_trial_with_the_reason(desk):
    page = desk.send(b"PK\x03\x04 un classeur", name="fiches.xlsx").content.decode()

    assert "C’est un classeur ou une archive." in page
    assert Job.objects.get().status == Job.Status.FAILED


def test_an_empty_file_is_refused_at_once(desk):
    page = desk.send(b"")

    assert page.status_code == 422
    assert "Ce fichier est vide." in page.content.decode()
    assert Job.objects.count() == 0


def test_a_heavy_file_is_refused_with_both_weights(desk):
    with override_settings(UPLOAD_MAX_BYTES=2048):
        page = desk.send(b"x" * 4096).content.decode()

    assert "Ce fichier pèse 4,0\xa0Kio, et nous prenons jusqu’à 2,0\xa0Kio." in page


def test_a_work_that_was_repeated_changes_nothing(desk):
    desk.send(_csv({}))
    desk.decide()
    done = Job.objects.get(kind=Job.Kind.IMPORT)
    Job.objects.filter(pk=done.pk).update(status=Job.Status.WORKING)

    import_file.enqueue(done.pk)

    done.refresh_from_db()
    assert (done.status, Initiative.objects.count()) == (Job.Status.DONE, 1)


@pytest.mark.parametrize("department_code", ["38", None])
def test_only_those_who_edit_the_whole_territory_import(department_code, client, db):
    person = (
        make_editor(department_code=department_code)
        if department_code
        else Person.objects.create_person(name="Léo")
    )
    client.force_login(person)

    assert client.get("/redaction/importer/").status_code == 403


def test_an_import_is_no_business_of_others(desk, client):
    desk.send(_csv({}))
    address = Job.objects.get().get_absolute_url()
    client.logout()

    assert client.get(address).status_code == 404


def test_progress_is_a_fragment_for_htmx(client, db):
    job = Job.objects.create(kind=Job.Kind.BOOKLET, status=Job.Status.WORKING, done=3, total=18)

    page = client.get(job.get_absolute_url(), headers={"hx-request": "true"}).content.decode()

    assert "C’est en cours : 3 sur 18." in page
    assert "<html" not in page


# Many


def test_ten_thousand_lines_of_which_three_are_wrong(desk):
    make_commune("69123")
    changes = [{} for _ in range(10_000)]
    changes[10] = {"theme": "cuisine"}
    changes[5000] = {"place.commune": "00000"}
    changes[9999] = {"started": "2023-02-30"}

    page = desk.send(_csv(*changes)).content.decode()

    assert "9\xa0997 fiches prêtes, 3 à corriger" in page
    report = Job.objects.get().report
    assert [(m["line"], m["field"]) for m in report["mistakes"]] == [
        (12, "theme"),
        (5002, "place.commune"),
        (10_001, "started"),
    ]
    assert Initiative.objects.count() == 0


# The command


def test_the_command_tries_then_imports(db, tmp_path, capsys):
    make_commune()
    file = tmp_path / "fiches.csv"
    file.write_text(_csv({}, {"theme": "x"}), encoding="utf-8")

    call_command("import_initiatives", file, "--dry-run")
    with pytest.raises(CommandError):
        call_command("import_initiatives", file)
    before = Initiative.objects.count()
    call_command("import_initiatives", file, "--only-right")

    assert "1 prêtes, 1 à corriger." in capsys.readouterr().out
    assert (before, Initiative.objects.count()) == (0, 1)
    assert (tmp_path / "fiches-a-corriger.csv").exists()


def test_an_exported_line_has_a_cell_for_every_column():
    assert len(to_cells({})) == len(ALL_COLUMNS)
