from .followup import call_list, follow_up, follow_up_act, handle_sms
from .gateway import inbound, report, returned
from .letters import letters, letters_pdf, letters_posted
from .mailbox import mailbox
from .mine import answer, mine, read_all, resume_sms

__all__ = [
    "answer",
    "call_list",
    "follow_up",
    "follow_up_act",
    "handle_sms",
    "inbound",
    "letters",
    "letters_pdf",
    "letters_posted",
    "mailbox",
    "mine",
    "read_all",
    "report",
    "resume_sms",
    "returned",
]
