"""The results as a workbook, by the window."""

from pathlib import Path

import openpyxl

from tally_app.ui.dialogs.file_dialog import FileDialog


def choose(monkeypatch, path: Path) -> None:
    monkeypatch.setattr(FileDialog, "ask_to_save", lambda *_: (str(path), ""))


def test_what_was_typed_is_in_the_workbook(sit_down, published, tmp_path, monkeypatch):
    desk = sit_down(published)
    choose(monkeypatch, tmp_path / "results")
    desk.window.actions_by_key["export_results"].trigger()
    out = tmp_path / "results.xlsx"
    sheet = openpyxl.load_workbook(out)["Regions"]
    assert [cell.value for cell in sheet["D"]][1:] == [817, 1121, 779, 1191, 1187, 1161, 1575, 1501, 9332]
    assert desk.banner == f"Results as of event 2 written to {out}."


def test_a_tally_is_never_overwritten(sit_down, published, monkeypatch):
    desk = sit_down(published)
    before = published.read_bytes()
    tally = published.rename(published.with_suffix(".xlsx"))
    choose(monkeypatch, tally)
    desk.window.actions_by_key["export_results"].trigger()
    assert tally.read_bytes() == before
    assert "There is already a file of this name" in desk.banner
