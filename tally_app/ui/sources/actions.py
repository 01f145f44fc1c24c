"""What the table's actions do with stated figures."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from tally_app.document.edit import EditRefused
from tally_app.document.sources import sources
from tally_app.document.stating import import_edit
from tally_app.exchange.stated_table import TableRefused, read_table
from tally_app.ui.dialogs.file_dialog import FileDialog
from tally_app.ui.handlers import Handlers
from tally_app.wording.numbers import counted
from tally_app.wording.refusals import edit_refusal
from tally_app.wording.stating import table_problem


class SourceActions(Handlers):
    """Handlers of the actions about stated figures, by key."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what each action does."""
        return {"stated": self._show, "add_source": self.add_source, "import_stated": self.choose_table}

    def add_source(self) -> None:
        """Ask for a source's name, and show its column."""
        from tally_app.ui.sources.add_source import AddSourceDialog

        if self._bench.finish():
            self._bench.show_stated()
            bench = self._bench
            dialog = AddSourceDialog(bench.document, bench.gestures, bench.names, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def choose_table(self) -> None:
        """Ask for a table of stated figures, and import it."""
        if not self._bench.finish():
            return
        filters = self.tr("Tables (*.csv);;All files (*)")
        name = FileDialog.ask_to_open(self._window, self.tr("Import stated figures"), "", filters)
        if name:
            self.import_table(Path(name))

    def import_table(self, path: Path) -> None:
        """Take a table down whole, as one step of Undo, or say everything that is wrong in it."""
        bench = self._bench
        document = bench.document
        known = sources(document.election, document.records)
        try:
            table = read_table(path.read_bytes(), document.election, known, new_sources_too=True)
            edit = import_edit(document, table)
        except OSError as error:
            self._window.banner.show_problem(f"{path.name}: {error.strerror or error}.")
            return
        except EditRefused as refused:
            self._window.banner.show_problem(f"{path.name}: {edit_refusal(bench.names, refused)}")
            return
        except TableRefused as refused:
            self._say_problems(path, [table_problem(bench.names, problem) for problem in refused.problems])
            return
        if bench.gestures.submit(edit):
            bench.show_stated()
            number = counted(len(edit.stated), self.tr("figure"), self.tr("figures"))
            text = self.tr("{file}: {figures} taken down; Ctrl+Z takes all of them back.")
            self._window.banner.show_news(text.format(file=path.name, figures=number))

    def _show(self) -> None:
        self._bench.show_stated()

    def _say_problems(self, path: Path, problems: list[str]) -> None:
        from tally_app.ui.sources.problems import ImportProblems

        dialog = ImportProblems(path.name, problems, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
