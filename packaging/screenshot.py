"""Take the README's picture: the program itself, on the bundled election, with 170 being typed for KWP in Region 5.

Run by ``make screenshot``; needs no screen.
"""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

SIZE = (1440, 900)


def main() -> None:
    """Write the picture to the path given as argument."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QSettings, Qt  # the platform must be chosen before Qt is loaded
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tally_app.document.opening import create_tally
    from tally_app.storage.events import Stamp
    from tally_app.ui.session import Session
    from tally_app.ui.settings import Settings
    from tally_app.ui.theme import apply_theme

    app = QApplication([])
    apply_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Senate 2024.tally"
        create_tally(path, "cambodia-senate-2024", training=False, stamp=Stamp(datetime.now(UTC), "S. Chan", "office"))
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        session = Session(settings, "S. Chan")
        session.window.resize(*SIZE)
        session.window.show()
        session.window.activateWindow()
        QTest.qWaitForWindowActive(session.window)
        session.open(path)
        session.window.workbench.show_region(4)  # type: ignore[union-attr]
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        for digit in "170":
            QTest.keyClick(QApplication.focusWidget(), digit)
        for _ in range(20):
            app.processEvents()
        if not session.window.grab().save(sys.argv[1]):
            raise SystemExit(f"cannot write {sys.argv[1]}")
        session.close()


if __name__ == "__main__":
    main()
