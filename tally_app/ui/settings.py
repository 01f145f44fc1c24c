"""What the program remembers between sessions: recent files, the operator, the layout, the language of names."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from tally_app.ui.start.recent import RecentFile

_MOST_RECENT = 10
_MOST_OFFERS = 50


class Settings:
    """A typed view of ``QSettings``."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @property
    def operator(self) -> str:
        """Name written on every event; empty if nobody gave one."""
        return str(self._store.value("operator", ""))

    @operator.setter
    def operator(self, name: str) -> None:
        self._store.setValue("operator", name)

    @property
    def language(self) -> str:
        """Language of names: ``en`` or ``km``."""
        return "km" if self._store.value("language") == "km" else "en"

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def worst_first(self) -> bool:
        """Do the regions with errors come first in the list?"""
        return self._store.value("worst_first", False, bool) is True

    @worst_first.setter
    def worst_first(self, wanted: bool) -> None:
        self._store.setValue("worst_first", wanted)

    def sheet_choice(self, name: str) -> str:
        """Return what was last chosen for sheets: their kind, languages, paper or digits; empty: nothing yet."""
        return str(self._store.value(f"sheets/{name}", ""))

    def keep_sheet_choice(self, name: str, value: str) -> None:
        """Remember a choice for the sheets of next time."""
        self._store.setValue(f"sheets/{name}", value)

    @property
    def folder(self) -> Path | None:
        """Where a file was last opened or made."""
        value = self._store.value("folder")
        return Path(str(value)) if value else None

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """Return the window's geometry and the docks' state as last left."""
        geometry, state = self._store.value("geometry"), self._store.value("state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember the window's geometry and the docks' state."""
        self._store.setValue("geometry", geometry)
        self._store.setValue("state", state)

    def was_offered(self, path: Path, practice: Path) -> bool:
        """Was it offered, beside the count *path*, to watch for the figures of a training file?"""
        return _offer(path, practice) in self._offers()

    def note_offer(self, path: Path, practice: Path) -> None:
        """Remember that it was offered."""
        self._store.setValue("offers", [*self._offers(), _offer(path, practice)][-_MOST_OFFERS:])

    def _offers(self) -> list[str]:
        value = self._store.value("offers")
        return [str(each) for each in value] if isinstance(value, list) else [value] if isinstance(value, str) else []

    def recent(self) -> list[RecentFile]:
        """Return the files last opened, the latest first."""
        files = []
        for index in range(self._store.beginReadArray("recent")):
            self._store.setArrayIndex(index)
            path = Path(str(self._store.value("path")))
            time = str(self._store.value("opened", ""))
            opened = datetime.fromisoformat(time) if time else None
            training = self._store.value("training", False, bool) is True
            title = str(self._store.value("title"))
            files.append(RecentFile(path, title, opened, training, missing=not path.exists()))
        self._store.endArray()
        return files

    def remember(self, path: Path, title: str, training: bool) -> None:
        """Put a file at the head of the recent ones."""
        self._store.setValue("folder", str(path.parent))
        others = [file for file in self.recent() if file.path != path]
        self._write([RecentFile(path, title, datetime.now(UTC), training), *others][:_MOST_RECENT])

    def forget(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._write([file for file in self.recent() if file.path != path])

    def _write(self, files: list[RecentFile]) -> None:
        self._store.remove("recent")
        self._store.beginWriteArray("recent", len(files))
        for index, file in enumerate(files):
            self._store.setArrayIndex(index)
            self._store.setValue("path", str(file.path))
            self._store.setValue("title", file.title)
            self._store.setValue("opened", file.opened.isoformat() if file.opened else "")
            self._store.setValue("training", file.training)
        self._store.endArray()


def _offer(path: Path, practice: Path) -> str:
    return f"{path}\n{practice}"
