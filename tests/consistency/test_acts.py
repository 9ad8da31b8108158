"""What the journal keeps is read by people, in what is held on them: every act has its words."""

import ast

from traboule.kernel.journal.acts import act_of
from traboule.kernel.journal.models import Entry

from . import house


def recorded_acts():
    """The acts that our code records, as it writes them."""
    for path in house.python_files():
        if path.is_relative_to(house.PACKAGE) and "tests" not in path.parts:
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and _is_record(call.func) and call.args:
                    written = ast.walk(call.args[0])
                    yield from (one.value for one in written if isinstance(one, ast.Constant))


def _is_record(called):
    return isinstance(called, ast.Name) and called.id == "record"


def test_every_act_has_words():
    acts = {act for act in recorded_acts() if not act.endswith(".")}

    assert len(acts) > 80
    assert sorted(act for act in acts if act_of(Entry(act=act)).words == act) == []
