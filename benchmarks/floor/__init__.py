"""The floor: a bare Django project. Its page reads 20 rows by index; its form writes one row."""
