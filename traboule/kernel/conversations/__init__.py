"""People who do not know each other write to each other, without any number being shown."""
