from .invitation import Invitation, SmsThread
from .response import Answer, Door, Response
from .survey import Choice, Question, Survey

__all__ = ["Answer", "Choice", "Door", "Invitation", "Question", "Response", "SmsThread", "Survey"]
