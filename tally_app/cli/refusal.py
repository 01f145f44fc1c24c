"""Why an edit was not made, as a failure that people can read."""

from tally_app.cli.exits import Exit, Failure
from tally_app.document.edit import EditRefused
from tally_app.wording.names import Names
from tally_app.wording.refusals import edit_refusal


def refusal(names: Names, refused: EditRefused) -> Failure:
    """Return the failure with which a command ends whose edit was refused; nothing was changed."""
    return Failure(Exit.USAGE, refused.code, f"{edit_refusal(names, refused)} Nothing was changed.")
