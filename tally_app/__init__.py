"""Election Tally: type votes from paper forms, see seats and contradictions at every key press."""

__version__ = "0.1.0"
