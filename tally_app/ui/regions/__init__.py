"""The list of regions, and all of them in one table."""
