"""A column says what the payslips say, one by one."""

from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from traboule.engines.payroll import Case, payslip
from traboule.engines.payroll.cases import Basis, Exoneration
from traboule.engines.payroll.columns import columns

CENT = Decimal("0.01")
ROWS = st.lists(
    st.tuples(st.integers(20_000, 9_000_000), st.integers(1, 14), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


@given(
    month=st.sampled_from(("2024-01", "2024-12", "2025-02", "2025-06", "2026-03", "2026-12")),
    rows=ROWS,
    exoneration=st.sampled_from([None, *Exoneration]),
    leave=st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_a_column_is_right_to_the_cent(month, rows, exoneration, leave):
    gross, hours, local = map(np.array, zip(*rows, strict=True))

    found = columns(
        month, gross, hours,
        alsace_moselle=local, exoneration=exoneration, cp10_included=leave,
    )  # fmt: skip

    for row, (cents, time, at_home) in enumerate(rows):
        slip = payslip(
            Case(month, Basis.GROSS_MONTH, CENT * cents, Decimal(time), cp10_included=leave,
                 alsace_moselle=at_home, exoneration=exoneration)
        )  # fmt: skip
        assert {name: CENT * int(one[row]) for name, one in found.employee.items()} == slip.employee
        assert {name: CENT * int(one[row]) for name, one in found.employer.items()} == slip.employer
        assert (CENT * int(found.net[row]), CENT * int(found.cost[row])) == (slip.net, slip.cost)


def test_a_wage_as_large_as_may_be_fits_in_a_column():
    found = columns("2026-03", np.array([10_000_000]), np.array([1]))

    assert found.employer["maladie"].tolist() == [1_300_000]
