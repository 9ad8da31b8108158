"""What changes surveys and what is answered to them."""
