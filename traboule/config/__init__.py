"""How one installation is set up, run, watched and backed up."""
