"""What is typed about events and sign-ups, and how it is read."""
