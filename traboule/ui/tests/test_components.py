"""The components say what they are given, safely, and refuse what they do not know."""

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError, engines
from django.test import RequestFactory

from traboule.ui.choices import Choice


def rendered(source, **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get("/ici/"))


class QuestionForm(forms.Form):
    name = forms.CharField(label="Votre nom", help_text="Celui que vous voulez.")
    ways = forms.MultipleChoiceField(
        label="Par où",
        choices=[("a", "Rue A"), ("b", "Rue B")],
        widget=forms.CheckboxSelectMultiple,
    )


@pytest.mark.parametrize(
    "source", ['{% button libelle="Oui" %}', '{% icon "search" %}', "{% card %}{% endcard %}"]
)
def test_a_wrong_argument_fails_when_the_template_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string(source)


def test_a_card_writes_titles_as_text():
    html = rendered('{% card title=title href="/x/" %}{% endcard %}', title="<b>Ruse</b>")

    assert "&lt;b&gt;Ruse&lt;/b&gt;" in html
    assert "<b>Ruse" not in html


def test_a_button_with_an_address_is_a_link():
    assert rendered('{% button label="Voir" href="/x/" %}').startswith('<a class="button"')


def test_a_button_without_address_submits():
    assert rendered('{% button label="Envoyer" %}').startswith('<button type="submit"')


def test_a_field_ties_its_hint_and_its_errors_to_its_input():
    html = rendered("{% field bound=form.name %}", form=QuestionForm({}))

    assert 'aria-describedby="id_name_hint id_name_errors"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_hint"' in html
    assert 'id="id_name_errors"' in html


def test_a_field_without_hint_or_error_is_described_by_nothing():
    form = QuestionForm()
    form.fields["name"].help_text = ""

    assert "aria-describedby" not in rendered("{% field bound=form.name %}", form=form)


def test_a_group_of_boxes_has_a_legend():
    html = rendered("{% field bound=form.ways %}", form=QuestionForm())

    assert "<fieldset" in html
    assert "<legend>Par où" in html


def test_the_summary_leads_to_each_field_to_correct():
    html = rendered("{% error_summary form=form %}", form=QuestionForm({}))

    assert 'href="#id_name"' in html
    assert 'href="#id_ways_0"' in html


def test_a_form_without_mistake_has_no_summary():
    form = QuestionForm({"name": "Une voisine", "ways": ["a"]})

    assert rendered("{% error_summary form=form %}", form=form).strip() == ""


def test_a_filter_opens_when_something_in_it_is_chosen():
    source = '{% filter_group name="rue" label="Rue" choices=choices %}'
    choices = [Choice(value="a", label="A", checked=True), Choice(value="b", label="B")]

    assert '<details class="filter" open>' in rendered(source, choices=choices)
    assert '<details class="filter">' in rendered(source, choices=choices[1:])


def test_sharing_gives_the_whole_address():
    html = rendered('{% share title="Une fiche & plus" %}')

    assert 'data-url="http://testserver/ici/"' in html
    assert "mailto:?subject=Une%20fiche%20%26%20plus" in html


def test_a_single_page_has_no_pager():
    assert rendered("{% pager %}").strip() == ""


def test_the_present_page_ends_the_trail():
    html = rendered("{% breadcrumbs items=items %}", items=[("Accueil", "/"), ("Ici", "")])

    assert '<span aria-current="page">Ici</span>' in html


def test_a_figure_says_whether_it_was_measured():
    source = '{% figure number="12" unit="séances" label="tenues" measured=measured %}'

    assert "Mesuré ici" in rendered(source, measured=True)
    assert "Déclaré" in rendered(source, measured=False)


def test_blocks_render_what_stands_in_them():
    html = Template("{% notice %}<p>{{ word }}</p>{% endnotice %}").render(Context({"word": "Oui"}))

    assert "<p>Oui</p>" in html
