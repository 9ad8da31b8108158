"""What is printed of services: contracts and payslips, papers of the end, statements of a year."""
