"""Arrows point down, also in strings, where import-linter does not look."""

import ast
import re
from functools import cache

from django.apps import apps
from django.template import engines

from . import house

TAG = re.compile(r"""\{%-?\s*(include|extends|url|load)\s+([^%]*?)-?%\}""")
QUOTED = re.compile(r"""^["']([^"']+)["']""")


@cache
def _template_owners():
    """Which package each template name belongs to."""
    return {
        "/".join(path.parts[path.parts.index("templates") + 1 :]): house.module_of(
            house.ROOT.joinpath(*path.parts[: path.parts.index("templates") + 1])
        )
        for path in house.templates()
    }


def _target_of(tag, argument):
    """The modules that a tag of a template speaks of; Django's own and variables are nobody's."""
    if tag == "load":
        libraries = engines["django"].engine.libraries
        names = re.sub(r"^.*\bfrom\s+", "", argument).split()
        return [libraries[name] for name in names if name in libraries]
    quoted = QUOTED.match(argument)
    if not quoted:
        return []
    if tag == "url":
        found = house.addresses().get(quoted[1])
        return [house.view_module(found[0])] if found else []
    owner = _template_owners().get(quoted[1].split("#")[0])
    return [owner] if owner else []


def test_templates_refer_downwards():
    upward = [
        f"{path.relative_to(house.ROOT)}: {{% {tag} {argument.strip()} %}}"
        for path in house.templates()
        for tag, argument in TAG.findall(path.read_text())
        for target in _target_of(tag, argument)
        if not house.may_refer(house.module_of(path), target)
    ]

    assert upward == []


def test_relations_point_downwards():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in house.our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if not house.may_refer(model.__module__, field.related_model.__module__)
    ]

    assert upward == []


def test_strings_of_python_name_downwards():
    """No address and no model of a higher app is named by a string."""
    owners = {name: house.view_module(found[0]) for name, found in house.addresses().items()}
    owners = {name: module for name, module in owners.items() if ":" in name}
    for model in apps.get_models():
        owners[model._meta.label] = owners[model._meta.label_lower] = model.__module__

    upward = [
        f"{path.relative_to(house.ROOT)}:{node.lineno}: {node.value}"
        for path in house.python_files()
        if house.PACKAGE in path.parents and not {"tests", "config"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value in owners
        if not house.may_refer(house.module_of(path), owners[node.value])
    ]

    assert upward == []


def test_the_rule_bites():
    assert not house.may_refer("traboule.ui", "traboule.kernel.people.views")
    assert not house.may_refer("traboule.kernel.places", "traboule.kernel.people.models")
    assert house.may_refer("traboule.kernel.initiatives", "traboule.kernel.people.models")
    assert house.may_refer("traboule.kernel.people", "traboule.ui.templatetags")
