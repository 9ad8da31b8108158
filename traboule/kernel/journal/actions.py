from typing import Any

from django.db.models import Model
from django.dispatch import Signal

from .models import Entry

recorded = Signal()
"""Sent with each new ``entry``, in the transaction of the act: by it, receipts are written."""


def record(act: str, subject: Model, *, by: Any = None, for_: Any = None, **details: Any) -> Entry:
    """Write that ``by`` did ``act`` to ``subject``, on behalf of ``for_`` if someone asked for it.

    ``by`` and ``for_`` are anything with a key: a person, an anonymous visitor, nobody; what one
    does for oneself is on behalf of nobody, whatever is given. Call it
    inside the transaction of the act, so that both happen or neither does. Details must not
    repeat what a person could ask to have erased (a name, a number): the entry stays for ever.
    For the same reason a subject may name itself by ``journal_label`` instead of ``str()``.
    """
    if for_ is not None and for_ == by:
        for_ = None
    label = str(getattr(subject, "journal_label", subject))
    entry = Entry.objects.create(
        act=act,
        by_key=getattr(by, "pk", None),
        for_key=getattr(for_, "pk", None),
        subject_type=subject._meta.label_lower,
        subject_key=str(subject.pk),
        subject_label=label[: Entry._meta.get_field("subject_label").max_length],
        details=details,
    )
    recorded.send(Entry, entry=entry, by=by, for_=for_, subject=subject)
    return entry
