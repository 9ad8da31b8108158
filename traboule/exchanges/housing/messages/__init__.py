"""What people are told of homes, listings, visits, exchanges and their files."""
