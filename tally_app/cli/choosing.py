"""Finding what a person named, among what there is: by key, else by name, letters large or small."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tally_app.cli.exits import Exit, Failure, Refused
from tally_app.election.election import Election
from tally_app.election.model import Name
from tally_app.wording.numbers import grouped

_SHOWN = 20


class Choice(NamedTuple):
    """Something that can be named: its key and its other names."""

    key: str
    names: tuple[str, ...] = ()


class NotFound(ValueError):
    """Nothing, or more than one thing, is named so; the message lists what there is."""


def choice(key: str, name: Name) -> Choice:
    """Return something with a key and a name in one or two languages."""
    return Choice(key, tuple(filter(None, (name.en, name.km))))


def choose(given: str, what: str, choices: Iterable[Choice]) -> int:
    """Return the position of the one that *given* names. An exact key is always taken.

    Args:
        given: what the person wrote.
        what: what it should name, for the message: ``region``.
        choices: what there is.

    Raises: NotFound: none, or several.
    """
    known = list(choices)
    for position, candidate in enumerate(known):
        if candidate.key == given:
            return position
    wanted = given.strip().casefold()
    found = [
        position
        for position, candidate in enumerate(known)
        if wanted in (candidate.key.casefold(), *(name.casefold() for name in candidate.names))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"several are named so; write the key: {enumerated([known[position] for position in found])}")
    raise NotFound(f"there is no such {what}; there are: {enumerated(known)}")


def enumerated(choices: Sequence[Choice]) -> str:
    """List what can be named: keys, with the first name in brackets where it says more."""
    texts = [f"{key} ({names[0]})" if names and names[0] != key else key for key, names in choices[:_SHOWN]]
    if len(choices) > _SHOWN:
        texts.append(f"… and {grouped(len(choices) - _SHOWN)} more")
    return ", ".join(texts)


def choose_region(election: Election, given: str) -> str:
    """Return the key of the region that *given* names.

    Raises: Failure: none, or several.
    """
    try:
        regions = (choice(region.key, region.name) for region in election.regions)
        return election.regions[choose(given, "region", regions)].key
    except NotFound as error:
        argument = f"--region {given}"
        message = f"{argument}: {error}\nNothing was changed."
        raise Failure(Exit.USAGE, "bad-arguments", message, [Refused(argument, str(error))]) from error
