"""Papers of an initiative, on two shelves: those of its members and the public’s."""
