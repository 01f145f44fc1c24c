"""Comparing methods: what the same votes would give by others."""
