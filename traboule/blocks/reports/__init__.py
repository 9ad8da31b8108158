"""Problems on the spot: told by photo, seen to, closed by photo."""
