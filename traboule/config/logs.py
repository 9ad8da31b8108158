"""What the machine says of itself: one JSON object a line, without personal data."""

import json
import logging
import re
from datetime import UTC, datetime

# An address or a number can slip into the text of an exception ("Key (phone)=(+33…) exists").
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w-])(?:\+\d{2}|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}(?![\w-])")
_DATABASE_DETAIL = re.compile(r"^DETAIL:.*$", re.MULTILINE)


class JsonFormatter(logging.Formatter):
    """Formats a log record as one line of JSON: when, how grave, who speaks, what, where."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line that machines and people can read."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
        }
        # The path only: what people search for stays theirs.
        if path := getattr(getattr(record, "request", None), "path", ""):
            line["path"] = path
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["exception"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def without_personal_data(text: str) -> str:
    """The same text with e-mail addresses, telephone numbers and row contents masked."""
    text = _DATABASE_DETAIL.sub("DETAIL: …", text)
    return _PHONE.sub("<phone>", _EMAIL.sub("<e-mail>", text))
