"""Dialogs that a person asks for; none comes by itself while typing."""
