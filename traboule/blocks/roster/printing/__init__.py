"""The composition on paper: for the prefecture, and to pin up."""
