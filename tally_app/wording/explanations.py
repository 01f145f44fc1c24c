"""Reasons with which warnings were accepted, as they are read on the screen and by commands."""

from tally_app.document.explanations import Given


def given_text(given: Given) -> str:
    """Say who accepted a warning and why, or that the reason holds no longer because a figure has changed."""
    explanation = given.explanation
    if given.holds:
        return f"Accepted by {explanation.by}: {explanation.reason}"
    return f"No longer valid, the figures have changed: {explanation.reason} ({explanation.by})"
