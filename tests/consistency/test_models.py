"""Every model says what it knows of people, and the database says no in French."""

import pytest
from django.core.management import call_command
from django.db import models

from traboule.kernel.privacy import PersonalData

from . import house


@pytest.mark.parametrize("model", house.our_models(), ids=lambda m: m._meta.label)
def test_personal_data_is_declared(model):
    assert "personal_data" in vars(model), f"{model._meta.label} does not say what it knows"

    declared = model.personal_data
    assert declared is None or isinstance(declared, PersonalData)
    if declared:
        known = {field.name for field in model._meta.get_fields()}
        assert set(declared.fields) - known == set(), "declared fields that do not exist"
        assert declared.purpose
        assert declared.lifetime


@pytest.mark.parametrize("model", house.our_models(), ids=lambda m: m._meta.label)
def test_relations_are_named_from_both_sides(model):
    nameless = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("traboule.")
        and not field.remote_field.related_name
    ]

    assert nameless == []


@pytest.mark.parametrize("model", house.our_models(), ids=lambda m: m._meta.label)
def test_constraints_explain_themselves(model):
    plain = models.BaseConstraint.default_violation_error_message
    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if constraint.violation_error_message == plain and not getattr(model, "derived", False)
    ]

    assert silent == [], "constraints without a violation_error_message"


def test_migrations_say_what_the_models_say(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
