"""Signing off, opening again, the status of the results, and training told apart from live."""
