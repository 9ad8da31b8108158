"""Pure Python packages, usable without Django: words in, words out."""
