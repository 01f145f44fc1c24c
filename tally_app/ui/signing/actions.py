"""What the actions of this folder do: sign off, reopen, status, and watching for the figures of a training file."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tally_app.count.figures import Cell
from tally_app.document.edit import EditRefused
from tally_app.document.signing import Obstacle
from tally_app.document.watching import is_watched, may_be_watched, watch_edit
from tally_app.storage.errors import StorageError
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.handlers import Handlers
from tally_app.ui.start.recent import RecentFile
from tally_app.wording.numbers import counted
from tally_app.wording.refusals import edit_refusal
from tally_app.wording.signing import place_name, signed_sentence


class SigningActions(Handlers):
    """In a region they are about the region; in the overview about the chamber."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {
            "sign_off": self.sign_off,
            "reopen": self.reopen,
            "status": self.status,
            "watch": self._choose_training_file,
        }

    def sign_off(self) -> None:
        """Show what stands in the way, or ask who signs."""
        bench = self._bench
        if not bench.finish():
            return
        bench.late.finish()
        key = self._key
        signed = bench.document.signing.of(key)
        if signed is not None:
            text = self.tr("{place} is {signed}. Count → Reopen opens it again, with a reason.")
            self._tell(text.format(place=place_name(bench.names, key), signed=signed_sentence(signed)))
            return
        from tally_app.ui.signing.sign_off_dialog import SignOffDialog

        found = bench.document.signing.obstacles(key)
        dialog = SignOffDialog(bench.document, bench.gestures, bench.names, key, found, self._window)
        dialog.wanted.connect(self.go_to)
        dialog.open()

    def reopen(self) -> None:
        """Ask why what is signed off should be opened again."""
        bench = self._bench
        if not bench.finish():
            return
        key = self._key
        try:
            edit = bench.document.signing.reopening_edit(key)
        except EditRefused as refused:
            self._tell(edit_refusal(bench.names, refused))
            return
        signed = bench.document.signing.of(key)
        if signed is not None:
            from tally_app.ui.signing.reopen_dialog import ReopenDialog

            ReopenDialog(bench.document, bench.gestures, bench.names, key, edit, signed, self._window).open()

    def status(self) -> None:
        """Ask for the status of the results."""
        from tally_app.ui.signing.status_dialog import StatusDialog

        bench = self._bench
        if bench.finish():
            StatusDialog(bench.document, bench.gestures, bench.names, self._window).open()

    def go_to(self, obstacle: Obstacle) -> None:
        """Show the place of something that stands in the way."""
        bench = self._bench
        if obstacle.finding is not None:
            bench.go_to_finding(obstacle.finding)
        elif obstacle.row is not None:
            bench.go_to_cell(Cell(obstacle.row, 0))
        else:
            bench.go_to_region(obstacle.region)

    def watch(self, own: Path, other: Path) -> None:
        """Remember the rows of a training file, and say what came of it."""
        bench = self._bench
        try:
            rows, edit = watch_edit(bench.document, own, other)
        except EditRefused as refused:
            self._window.banner.show_problem(f"{other.name}: {edit_refusal(bench.names, refused)}")
            return
        except StorageError as error:
            self._window.banner.show_problem(str(error))
            return
        if bench.gestures.submit(edit, undoable=False):
            forms = counted(len(rows.rows), self.tr("form"), self.tr("forms"))
            text = self.tr("Watching for the figures of {forms} of {name}: should one turn up here, it is a warning.")
            self._window.banner.show_news(text.format(forms=forms, name=rows.name))

    def offer_to_watch(self, own: Path, recent: Sequence[RecentFile]) -> Path | None:
        """Say in the banner, beside a live count, that there is practice for the same election; return which file."""
        document = self._bench.document
        if document.training or document.read_only:
            return None
        for file in recent:
            candidate = file.training and not file.missing and file.title == document.election.pack.title.en
            new = candidate and file.path != own and not is_watched(document, file.path)
            if new and may_be_watched(document, own, file.path):
                text = self.tr("{name} is practice for this election. Should a form of it turn up here, be warned?")
                self._window.banner.show_offer(
                    text.format(name=file.path.name), self.tr("&Watch for it"), partial(self.watch, own, file.path)
                )
                return file.path
        return None

    @property
    def _key(self) -> str | None:
        region = self._bench.region
        return None if region is None else self._bench.document.election.regions[region].key

    def _tell(self, text: str) -> None:
        """Say something where the eyes are: under the grid, or in the banner where there is no grid."""
        if self._bench.region is not None:
            self._bench.entry.warn(text)
        else:
            self._window.banner.show_news(text)

    def _choose_training_file(self) -> None:
        own = self._window.path
        title = self.tr("Watch for the figures of a training file")
        filters = self.tr("Tallies (*.tally *.tally-training)")
        name = FileDialog.ask_to_open(self._window, title, str(own.parent), filters)
        if name:
            self.watch(own, Path(name))
