"""A program that enters, clears, pastes, states and undoes without end, and reports each gesture once it is stored.

``python -m tests.e2e.document_stream FILE SEED``; it is there to be killed.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tally_app.count.figures import Cell
from tally_app.document.document import Document
from tally_app.document.edit import Edit
from tally_app.document.opening import open_document


class Gestures:
    """Draws one gesture after the other from a seed."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self._document = document
        self._chance = chance
        self._columns = len(document.election.columns)

    def draw(self) -> Edit:
        kinds: list[Callable[[], Edit]] = [self._enter, self._paste, self._clear]
        return self._chance.choices(kinds, weights=[6, 2, 1])[0]()

    def _enter(self) -> Edit:
        return self._edit("enter", [self._cell()])

    def _paste(self) -> Edit:
        rows = self._chance.choice([self._document.election.rows(r) for r in range(8)])
        columns = range(self._chance.randrange(self._columns), self._columns)
        return self._edit("paste", (Cell(row, column) for row in rows for column in columns))

    def _clear(self) -> Edit:
        return self._document.edit_cells("clear", {self._cell(): None for _ in range(5)})

    def _edit(self, gesture: str, cells: Iterator[Cell] | list[Cell]) -> Edit:
        return self._document.edit_cells(gesture, {cell: self._chance.randrange(2000) for cell in cells})

    def _cell(self) -> Cell:
        return Cell(self._chance.randrange(self._document.election.unit_count), self._chance.randrange(self._columns))


def stream(document: Document, chance: random.Random) -> None:
    gestures = Gestures(document, chance)
    done: list[tuple[Edit, int]] = []
    while True:
        if done and chance.random() < 0.2:
            last, undoes = done.pop()
            edit = last.inverse()
            changed = document.commit(Edit("undo", edit.cells), undoes=undoes)
        else:
            edit = gestures.draw()
            changed = document.commit(edit)
            if changed:
                done.append((edit, changed.seq))
        if changed:
            tell(saved=changed.seq, cells=[[cell.row, cell.column, new] for cell, _, new in changed.edit.cells])


def tell(**facts: object) -> None:
    os.write(sys.stdout.fileno(), (json.dumps(facts) + "\n").encode())


if __name__ == "__main__":
    opened = open_document(Path(sys.argv[1]), operator="Clerk", clock=lambda: datetime.now(UTC), origin="stream")
    tell(ready=True)
    stream(opened, random.Random(int(sys.argv[2])))
