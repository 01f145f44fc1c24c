"""The books of entered and of stated figures."""
