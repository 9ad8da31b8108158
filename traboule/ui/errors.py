"""The mistakes of a form, gathered for the summary at the top of the page."""

from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True)
class ErrorLine:
    """One mistake, and the address within the page where it is put right."""

    message: str
    anchor: str = ""


def error_lines(form: BaseForm) -> list[ErrorLine]:
    """Every error of a form in reading order: those of the whole first, then field by field."""
    lines = [ErrorLine(str(message)) for message in form.non_field_errors()]
    for bound in form:
        anchor = bound.id_for_label or f"{bound.auto_id}_0"
        lines += [ErrorLine(f"{bound.label} – {message}", f"#{anchor}") for message in bound.errors]
    return lines
