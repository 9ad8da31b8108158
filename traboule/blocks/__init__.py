"""Blocks: the capabilities that a space can use. None of them is known to the kernel."""
