from .me import add_channel, confirm_channel, me, remove_channel
from .sign_in import resend_code, sign_in, sign_in_code, sign_in_name, sign_out

__all__ = [
    "add_channel",
    "confirm_channel",
    "me",
    "remove_channel",
    "resend_code",
    "sign_in",
    "sign_in_code",
    "sign_in_name",
    "sign_out",
]
