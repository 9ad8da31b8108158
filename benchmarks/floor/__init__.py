"""The floor: a bare Django project whose one page reads 20 rows by index and draws 20 cards."""
