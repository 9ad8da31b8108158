"""What one fills in to ask, to answer, and to type answers back."""
