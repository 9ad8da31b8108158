"""What is asked, one screen at a time."""
