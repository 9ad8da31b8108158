"""One small form a question, and those of the editors."""

from .base import Answers, QuestionForm
from .contact import CallbackForm, ContactForm
from .identity import AudienceForm, HolderForm, NameForm, PlaceForm, StateForm, ThemeForm
from .picture import PictureForm
from .results import ResultsForm
from .return_to import CodeForm, KeepForm, ReasonForm, StartForm
from .story import LessonsForm, MeansForm, StoryForm, ToolsForm

__all__ = [
    "Answers",
    "AudienceForm",
    "CallbackForm",
    "CodeForm",
    "ContactForm",
    "HolderForm",
    "KeepForm",
    "LessonsForm",
    "MeansForm",
    "NameForm",
    "PictureForm",
    "PlaceForm",
    "QuestionForm",
    "ReasonForm",
    "ResultsForm",
    "StartForm",
    "StateForm",
    "StoryForm",
    "ThemeForm",
    "ToolsForm",
]
