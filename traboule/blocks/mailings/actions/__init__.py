"""What is done with letters: written, listed, sent; asked for, confirmed, ended."""
