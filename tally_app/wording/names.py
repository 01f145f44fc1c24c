"""What things are called, in the reader's language."""

from collections.abc import Iterable, Mapping

from tally_app.checks.finding import Place
from tally_app.count.figures import Cell
from tally_app.election.election import Election
from tally_app.election.model import Name, Source

_FIELDS: Mapping[str, str] = {
    "registered": "Registered",
    "cast": "Ballots cast",
    "valid": "Valid votes",
    "blank": "Blank",
    "invalid": "Invalid",
}
_FIGURES: Mapping[str, str] = {
    "registered": "registered voters",
    "cast": "ballots cast",
    "valid": "valid votes",
    "blank": "blank ballots",
    "invalid": "invalid ballots",
    "votes": "votes",
    "share": "percentage",
    "seats": "seats",
    "turnout": "turnout",
    "majority": "majority",
}


class Names:
    """Names of an election's parts. *language*: ``en``, or ``km`` where the pack has the Khmer name."""

    def __init__(self, election: Election, language: str = "en") -> None:
        self._election = election
        self._language = language
        self._sources = {source.key: source.name for source in election.pack.sources}

    @property
    def election(self) -> Election:
        """The election whose parts are named."""
        return self._election

    def add_sources(self, sources: Iterable[Source]) -> None:
        """Learn the names of sources that were added to the count."""
        self._sources |= {source.key: source.name for source in sources}

    def use(self, language: str) -> None:
        """Go over to another language; whoever shows names asks again."""
        self._language = language

    def text(self, name: Name) -> str:
        """Return a name in the reader's language, in English where there is none."""
        return name.km if self._language == "km" and name.km else name.en

    def region(self, key: str) -> str:
        """Name of a region."""
        return self.text(self._election.regions[self._election.region_index[key]].name)

    def unit(self, row: int) -> str:
        """Name of the reporting unit of a row."""
        return self.text(self._election.unit(row).name)

    def column(self, key: str) -> str:
        """Heading of a column: a party's key, the form field's name, or what another figure is called."""
        if key in self._election.party_index:
            return key
        return _FIELDS.get(key) or self.figure(key).capitalize()

    def figure(self, key: str) -> str:
        """What a figure is called inside a sentence."""
        return _FIGURES.get(key, key)

    def party(self, key: str) -> str:
        """Full name of a party."""
        return self.text(self._election.parties[self._election.party_index[key]].name)

    def source(self, key: str | None) -> str:
        """Who states a figure; None: the figures entered."""
        if key is None:
            return "the figures entered"
        return f"the {self.source_name(key)}"

    def source_name(self, key: str | None) -> str:
        """Name of a source by itself, as in a list to choose from."""
        name = self._sources.get(key or "")
        return self.text(name) if name else key or ""

    def place(self, place: Place) -> str:
        """Where a finding is: ``Region 5 · Takeo · KWP``; the chamber by its own word."""
        parts = ["Chamber"] if place.region is None else [self.region(place.region)]
        if place.region is not None and place.unit is not None:
            parts.append(self.unit(self._election.row(place.region, place.unit)))
        if place.party is not None:
            parts.append(place.party)
        elif place.column is not None:
            parts.append(self.column(place.column))
        return " · ".join(parts)

    def cell(self, cell: Cell) -> str:
        """Where a cell is: ``Region 5 · Takeo · KWP``."""
        region = self._election.regions[self._election.region_of(cell.row)]
        column = self._election.columns[cell.column]
        return " · ".join((self.text(region.name), self.unit(cell.row), self.column(column.key)))
