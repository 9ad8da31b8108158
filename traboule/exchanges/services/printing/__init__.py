"""Contracts and payslips on paper, from typst templates."""
