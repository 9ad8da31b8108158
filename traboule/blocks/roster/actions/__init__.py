"""What changes a composition: its colleges and quotas, its members, its draws."""
