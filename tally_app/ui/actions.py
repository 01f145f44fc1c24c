"""Everything a person can do, as one table: menus, shortcuts and the help card are made from it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

_CONTEXT = "Actions"


class ActionSpec(NamedTuple):
    """One action.

    *needs*: ``file``, a file must be open; ``edit``, and it must not be read-only; ``double``, and its election must
    have double entry; or nothing.
    """

    key: str
    menu: str
    text: str
    shortcuts: tuple[str, ...] = ()
    needs: str = "file"
    group: int = 0
    """A change of group within a menu is a separator."""


FILE = str(QT_TRANSLATE_NOOP("Actions", "&File"))
EDIT = str(QT_TRANSLATE_NOOP("Actions", "&Edit"))
VIEW = str(QT_TRANSLATE_NOOP("Actions", "&View"))
COUNT = str(QT_TRANSLATE_NOOP("Actions", "&Count"))
HELP = str(QT_TRANSLATE_NOOP("Actions", "&Help"))
MENUS = (FILE, EDIT, VIEW, COUNT, HELP)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", FILE, str(QT_TRANSLATE_NOOP("Actions", "&New tally…")), ("Ctrl+N",), ""),
    ActionSpec("open", FILE, str(QT_TRANSLATE_NOOP("Actions", "&Open…")), ("Ctrl+O",), ""),
    ActionSpec("sample", FILE, str(QT_TRANSLATE_NOOP("Actions", "Open the &2024 Senate results")), (), ""),
    ActionSpec("sheets", FILE, str(QT_TRANSLATE_NOOP("Actions", "&Sheets: look, print, save…")), ("Ctrl+P",), group=1),
    ActionSpec("save_copy", FILE, str(QT_TRANSLATE_NOOP("Actions", "Save a &copy…")), ("Ctrl+Shift+S",), group=1),
    ActionSpec("export_results", FILE, str(QT_TRANSLATE_NOOP("Actions", "Export &results…")), (), group=1),
    ActionSpec("export_history", FILE, str(QT_TRANSLATE_NOOP("Actions", "&Export the history…")), (), group=1),
    ActionSpec("export_findings", FILE, str(QT_TRANSLATE_NOOP("Actions", "Export &findings…")), (), group=1),
    ActionSpec("close", FILE, str(QT_TRANSLATE_NOOP("Actions", "Close &file")), ("Ctrl+W",), group=1),
    ActionSpec("quit", FILE, str(QT_TRANSLATE_NOOP("Actions", "&Quit")), ("Ctrl+Q",), "", group=2),
    ActionSpec("undo", EDIT, str(QT_TRANSLATE_NOOP("Actions", "&Undo")), ("Ctrl+Z",), "edit"),
    ActionSpec("redo", EDIT, str(QT_TRANSLATE_NOOP("Actions", "&Redo")), ("Ctrl+Y", "Ctrl+Shift+Z"), "edit"),
    ActionSpec("copy", EDIT, str(QT_TRANSLATE_NOOP("Actions", "&Copy")), ("Ctrl+C",), group=1),
    ActionSpec("paste", EDIT, str(QT_TRANSLATE_NOOP("Actions", "&Paste")), ("Ctrl+V",), "edit", group=1),
    ActionSpec("clear", EDIT, str(QT_TRANSLATE_NOOP("Actions", "C&lear: not entered")), ("Del",), "edit", group=1),
    ActionSpec(
        "fill_zero",
        EDIT,
        str(QT_TRANSLATE_NOOP("Actions", "Fill the row’s empty cells with &0")),
        ("Ctrl+0",),
        "edit",
        group=2,
    ),
    ActionSpec("overview", VIEW, str(QT_TRANSLATE_NOOP("Actions", "&Overview of all regions")), ("Ctrl+Home",)),
    ActionSpec("previous_region", VIEW, str(QT_TRANSLATE_NOOP("Actions", "&Previous region")), ("PgUp",)),
    ActionSpec("next_region", VIEW, str(QT_TRANSLATE_NOOP("Actions", "&Next region")), ("PgDown",)),
    ActionSpec("next_pane", VIEW, str(QT_TRANSLATE_NOOP("Actions", "Next p&ane")), ("F6",), group=1),
    ActionSpec("history", VIEW, str(QT_TRANSLATE_NOOP("Actions", "&History")), ("Ctrl+H",), group=1),
    ActionSpec(
        "unit_history", VIEW, str(QT_TRANSLATE_NOOP("Actions", "History of this &unit")), ("Ctrl+Shift+H",), group=1
    ),
    ActionSpec(
        "show_past",
        VIEW,
        str(QT_TRANSLATE_NOOP("Actions", "State after the event chosen in the h&istory")),
        group=1,
    ),
    ActionSpec("worst_first", VIEW, str(QT_TRANSLATE_NOOP("Actions", "Regions: &worst first")), (), group=1),
    ActionSpec("language", VIEW, str(QT_TRANSLATE_NOOP("Actions", "Names: English / ខ្មែរ")), ("Ctrl+L",), group=2),
    ActionSpec("restore_layout", VIEW, str(QT_TRANSLATE_NOOP("Actions", "Restore the &layout")), (), group=3),
    ActionSpec("go_to_unit", COUNT, str(QT_TRANSLATE_NOOP("Actions", "&Go to unit…")), ("Ctrl+G",)),
    ActionSpec("unit_list", COUNT, str(QT_TRANSLATE_NOOP("Actions", "List of &units…")), ("Ctrl+U",)),
    ActionSpec("next_finding", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Next &finding")), ("F8",)),
    ActionSpec("next_source", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Next &source of stated figures")), ("F7",)),
    ActionSpec("stated", COUNT, str(QT_TRANSLATE_NOOP("Actions", "S&tated figures")), ("Ctrl+T",), group=1),
    ActionSpec("add_source", COUNT, str(QT_TRANSLATE_NOOP("Actions", "&Add a source…")), ("F4",), "edit", group=1),
    ActionSpec(
        "import_stated", COUNT, str(QT_TRANSLATE_NOOP("Actions", "&Import stated figures…")), (), "edit", group=1
    ),
    ActionSpec("by_cause", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Findings by &cause")), ("F9",), group=2),
    ActionSpec("next_slip", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Next probable sl&ip")), ("Shift+F8",), group=2),
    ActionSpec(
        "apply_repair", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Apply the &repair")), ("Ctrl+R",), "edit", group=2
    ),
    ActionSpec(
        "accept_finding",
        COUNT,
        str(QT_TRANSLATE_NOOP("Actions", "Accept with a r&eason…")),
        ("Ctrl+E",),
        "edit",
        group=2,
    ),
    ActionSpec(
        "record_lot", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Record the &lot…")), ("Ctrl+Shift+L",), "edit", group=2
    ),
    ActionSpec(
        "second_entry", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Second &entry")), ("Ctrl+Shift+E",), "double", group=2
    ),
    ActionSpec(
        "settle", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Settle &differences…")), ("Ctrl+Shift+D",), "double", group=2
    ),
    ActionSpec("sign_off", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Sign &off…")), ("Ctrl+Return",), "edit", group=3),
    ActionSpec("reopen", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Reop&en…")), (), "edit", group=3),
    ActionSpec("status", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Status of the res&ults…")), (), "edit", group=3),
    ActionSpec(
        "watch",
        COUNT,
        str(QT_TRANSLATE_NOOP("Actions", "&Watch for a training file’s figures…")),
        (),
        "edit",
        group=3,
    ),
    ActionSpec("compare", COUNT, str(QT_TRANSLATE_NOOP("Actions", "Compare &methods…")), ("Ctrl+M",), group=2),
    ActionSpec("verify", COUNT, str(QT_TRANSLATE_NOOP("Actions", "&Verify the file")), (), group=4),
    ActionSpec("operator", COUNT, str(QT_TRANSLATE_NOOP("Actions", "O&perator…")), (), "", group=4),
    ActionSpec("keys", HELP, str(QT_TRANSLATE_NOOP("Actions", "&Keys")), ("F1",), ""),
    ActionSpec("log_folder", HELP, str(QT_TRANSLATE_NOOP("Actions", "Open the folder of the &log")), (), "", group=1),
    ActionSpec("about", HELP, str(QT_TRANSLATE_NOOP("Actions", "&About Election Tally")), (), ""),
)

# Handled inside the grid, where they also mean something else; shown in menus without taking the key away.
_GRID_KEYS = frozenset({"clear", "previous_region", "next_region"})


def build_actions(parent: QObject, handlers: Mapping[str, Callable[[], None]]) -> dict[str, QAction]:
    """Make the actions of the table, each connected to the handler of its key."""
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        text = translated(spec.text)
        action = QAction(text, parent)
        action.setObjectName(spec.key)
        sequences = [QKeySequence(keys) for keys in spec.shortcuts]
        if spec.key in _GRID_KEYS:
            shown = sequences[0].toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{text}\t{shown}")
        else:
            action.setShortcuts(sequences)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(handlers[spec.key])
        actions[spec.key] = action
    return actions


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Put the actions into their menus, in the table's order; return the menus by their title."""
    menus: dict[str, QMenu] = {}
    for title in MENUS:
        menu = bar.addMenu(translated(title))
        group = 0
        for spec in (spec for spec in ACTIONS if spec.menu == title):
            if spec.group != group:
                menu.addSeparator()
                group = spec.group
            menu.addAction(actions[spec.key])
        menus[title] = menu
    return menus


def translated(text: str) -> str:
    """Return a text of the table in the reader's language."""
    return QCoreApplication.translate(_CONTEXT, text)
