"""What publications give to print, to carry away and to paste."""
