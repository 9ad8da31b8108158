"""Reporting problems, following them, seeing to them, and setting up how they are received."""
