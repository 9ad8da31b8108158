"""People and organisations: how each may be reached, how they sign in, who edits the territory."""
