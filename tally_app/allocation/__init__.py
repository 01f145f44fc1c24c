"""Votes to seats, exactly. Pure functions on integers."""
