"""What is done with publications: written, read again, published, shown, withdrawn."""
