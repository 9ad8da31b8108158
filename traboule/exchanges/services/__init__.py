"""Services between neighbours: from a request to a contract, a payslip and a review."""
