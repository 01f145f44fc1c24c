"""The open document: the only mutator, and its live results."""
