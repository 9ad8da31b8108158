"""What the claims about speed rest on: every figure is a ratio to a bare page (``floor``)."""
