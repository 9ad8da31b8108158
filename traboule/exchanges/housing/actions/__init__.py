"""What is done with homes, listings, visits, exchanges and their files."""
