"""The pages of the compendium, by what one comes to do."""
