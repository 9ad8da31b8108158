"""What people are told of services, on their channel, by subject."""
