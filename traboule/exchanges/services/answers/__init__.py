"""What people answer by a digit or a word, by subject."""
