"""The agenda on paper: for a wall, a door, a desk, a fridge."""
