"""The pay of someone whom a private household employs: lines, net, cost, and the tax credit.

To the cent, from one dated table whose every figure has its source (``rates.toml``); in real terms
(« base réelle »), in metropolitan France. It computes drafts: Urssaf issues the payslip.
"""

from .cases import Basis, Case, Unusable, read_case
from .payslips import Slip, payslip
from .taxes import Credit, read_year, tax_credit

__all__ = [
    "Basis", "Case", "Credit", "Slip", "Unusable", "payslip", "read_case", "read_year",
    "tax_credit",
]  # fmt: skip
