"""What is printed: adverts, letters, forms, the file of an exchange."""
