"""What people type and send to tell something."""
