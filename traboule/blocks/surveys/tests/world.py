"""Something at every address of surveys."""

from typing import Any

HELD = (
    "add-question", "change-question", "change-survey", "copy", "csv", "find-right", "interview",
    "interview-done", "move", "move-question", "paper-form", "pile", "put-aside", "put-back",
    "remove-question", "responses", "send", "sheet", "slips", "survey", "texts", "ways",
)  # fmt: skip
PUBLIC = (
    "begin", "erase", "invited", "question", "results", "results-pdf", "resume", "review", "thanks"
)  # fmt: skip


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A survey that is open, shows what comes out, and was answered once."""
    from traboule.blocks.surveys.models import Invitation
    from traboule.blocks.surveys.tests.factories import make_survey, respond

    survey = make_survey(space, by=participant, shown="always")
    response = respond(survey, "oui", "1 3", "4", "3", "Un banc")
    question = survey.questions.get(number=1)
    of_question = ("change-question", "move-question", "remove-question", "ways")
    of_response = ("find-right", "put-aside", "put-back")
    return {
        **{f"surveys:{name} code": survey.code for name in HELD + PUBLIC},
        **{f"surveys:{name} pk": question.pk for name in of_question},
        **{f"surveys:{name} pk": response.pk for name in of_response},
        "surveys:invited invitation": Invitation.objects.create(survey=survey).code,
        "surveys:question number": 1,
    }
