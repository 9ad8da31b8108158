"""What may not stay: a charter, hiding with its reason, appeals, and trust that grows."""
