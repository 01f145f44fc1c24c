"""The recipes for Windows, macOS and the build machines agree with the program, with each other and with what is there.

They run on other systems than these tests; what can be known without running them is asked here.
"""

import importlib.util
import plistlib
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest
from release import macos, windows
from release.check_windows import _TYPES as WINDOWS_TYPES
from release.executables import WINDOW, executables, four_numbers
from release.project import COMMAND, ROOT, TITLE, macos_name, version, windows_name

import tally_app

ENDINGS = {"tally": ".tally", "training": ".tally-training"}
LINUX = ROOT / "packaging" / "linux"
SCRIPT = windows.SCRIPT.read_text(encoding="utf-8")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def described(workflow: Path) -> Any:
    return msgspec.yaml.decode(workflow.read_bytes())


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in described(workflow)["jobs"].values() for step in job["steps"]]


def commands(workflow: Path) -> str:
    return "\n".join(step.get("run", "") for step in steps(workflow))


class TestFileTypes:
    def test_the_endings_are_the_same_on_every_system(self):
        linux = re.findall(r'<glob pattern="\*(\S+)"/>', (LINUX / "election-tally.xml").read_text(encoding="utf-8"))
        registered = re.findall(r'Subkey: "\{#Classes\}\\(\.[\w-]+)";', SCRIPT)
        exported = macos.info_plist()["UTExportedTypeDeclarations"]
        assert set(linux) == set(ENDINGS.values())
        assert set(registered) == set(ENDINGS.values()) == set(WINDOWS_TYPES)
        assert {
            declared["UTTypeIdentifier"].rpartition(".")[2]: [
                f".{ending}" for ending in declared["UTTypeTagSpecification"]["public.filename-extension"]
            ]
            for declared in exported
        } == {kind: [ending] for kind, ending in ENDINGS.items()}

    def test_windows_gives_each_ending_its_icon_and_the_program_without_a_console(self):
        for kind, ending in ENDINGS.items():
            identifier = WINDOWS_TYPES[ending]
            assert f'\\{ending}"; ValueType: string; ValueData: "{identifier}"' in SCRIPT
            assert f'\\{identifier}\\DefaultIcon"; ValueType: string; ValueData: "{{app}}\\icons\\{kind}.ico"' in SCRIPT
            assert f'\\{identifier}\\shell\\open\\command"' in SCRIPT
            assert f'ValueName: "{ending}"; ValueData: "{identifier}"' in SCRIPT
        assert SCRIPT.count('"""{app}\\{#Window}"" ""%1"""') == len(ENDINGS)

    def test_macos_opens_the_types_that_it_declares(self):
        plist = macos.info_plist()
        declared = {kind["UTTypeIdentifier"]: kind for kind in plist["UTExportedTypeDeclarations"]}
        opened = [identifier for kind in plist["CFBundleDocumentTypes"] for identifier in kind["LSItemContentTypes"]]
        assert sorted(opened) == sorted(declared)
        icons = {name: Path(source) for name, source, _ in macos.icons()}
        for kind in (*declared.values(), *plist["CFBundleDocumentTypes"]):
            assert icons[kind.get("UTTypeIconFile") or kind["CFBundleTypeIconFile"]].is_file()

    def test_the_media_types_are_those_of_linux(self):
        media_types = [
            media_type
            for declared in macos.info_plist()["UTExportedTypeDeclarations"]
            for media_type in declared["UTTypeTagSpecification"]["public.mime-type"]
        ]
        assert media_types == re.findall(
            r'<mime-type type="(\S+)">', (LINUX / "election-tally.xml").read_text(encoding="utf-8")
        )


class TestVersions:
    def test_the_version_is_stated_once(self):
        assert version() == tally_app.__version__
        assert macos.info_plist()["CFBundleVersion"] == version()
        assert f"/DVersion={version()}" in windows.compiler("ISCC", Path("application"), Path("dist"))
        for stated in (SCRIPT, *(workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS)):
            assert not re.search(rf"(?<![\d.]){re.escape(version())}(?![\d.])", without_comments(stated))

    @pytest.mark.parametrize(
        ("release", "numbers"),
        [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("2.0.1rc3", (2, 0, 1, 0)), ("1.2.3.4", (1, 2, 3, 4))],
    )
    def test_windows_counts_in_four_numbers(self, release: str, numbers: tuple[int, ...]):
        assert four_numbers(release) == numbers


def without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("#", ";")))


class TestExecutables:
    def test_the_window_starts_commands_by_the_names_that_the_bundle_has(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("sys.platform", "win32")
        monkeypatch.setattr("release.executables.version_info", lambda *_: None)
        assert {each["name"]: each["console"] for each in executables()} == {WINDOW: False, COMMAND: True}
        program = (ROOT / "tally_app" / "ui" / "own_program.py").read_text(encoding="utf-8")
        assert f'_WITH_CONSOLE, _WITHOUT = "{COMMAND}.exe", "{WINDOW}.exe"' in program
        assert f'#define Window "{WINDOW}.exe"' in SCRIPT

    @pytest.mark.parametrize("system", ["win32", "darwin"])
    def test_what_they_are_made_of_is_there(self, monkeypatch: pytest.MonkeyPatch, system: str):
        monkeypatch.setattr("sys.platform", system)
        monkeypatch.setattr("release.executables.version_info", lambda *_: None)
        for each in executables():
            assert Path(each["icon"]).is_file()
            assert Path(each.get("entitlements_file", __file__)).is_file()

    def test_macos_is_asked_for_one_permission(self):
        entitlements = plistlib.loads((ROOT / "packaging" / "macos" / "entitlements.plist").read_bytes())
        assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}

    def test_the_bundles_papers_can_be_written(self):
        assert plistlib.loads(plistlib.dumps(macos.info_plist())) == macos.info_plist()


class TestInstaller:
    def test_every_file_that_it_takes_from_here_is_there(self):
        taken = re.findall(r'"?(\.\.\\[^";\n]+)', SCRIPT)
        assert len(taken) >= 3
        for path in taken:
            assert (windows.SCRIPT.parent / path.replace("\\", "/")).resolve().is_file(), path

    def test_it_is_called_what_the_program_is_called(self):
        assert f'#define Title "{TITLE}"' in SCRIPT

    def test_all_that_it_writes_into_the_registry_goes_with_it(self):
        """A value is removed with its key, with a key above it, or by itself."""
        entries = re.findall(r'^Root: HKA; Subkey: "([^"]+)"(.*)$', SCRIPT, re.MULTILINE)
        removed = [key for key, flags in entries if "uninsdeletekey" in flags and "uninsdeletekeyifempty" not in flags]
        for key, flags in entries:
            goes = any(key == above or key.startswith(f"{above}\\") for above in removed)
            assert goes or "uninsdeletevalue" in flags or "uninsdeletekeyifempty" in flags, key

    def test_it_is_signed_where_a_command_is_given(self):
        command = windows.compiler("ISCC", Path("application"), Path("dist"), 'sign /n "A B" $f')
        assert command[-3:] == ["/DSigned", "/Srelease=sign /n $qA B$q $f", str(windows.SCRIPT)]
        assert "#ifdef Signed\nSignTool=release" in SCRIPT

    def test_the_portable_archive_is_the_same_every_time(self, tmp_path: Path):
        folder = tmp_path / "application"
        (folder / "_internal").mkdir(parents=True)
        (folder / "tally-app.exe").write_bytes(b"program")
        (folder / "_internal" / "a.dll").write_bytes(b"library")
        archives = [tmp_path / "one.zip", tmp_path / "two.zip"]
        for archive in archives:
            windows.pack(folder, archive, 1_700_000_000)
            (folder / "tally-app.exe").touch()
        assert archives[0].read_bytes() == archives[1].read_bytes()
        names = [f"{windows_name()}/_internal/a.dll", f"{windows_name()}/tally-app.exe"]
        assert ZipFile(archives[0]).namelist() == names


def test_what_travels_along_names_the_files_as_they_are_called():
    read_me = (ROOT / "packaging" / "windows" / "README.txt").read_text(encoding="utf-8").format(version=version())
    assert f"{windows_name()}.zip" in read_me
    assert {f"{WINDOW}.exe", f"{COMMAND}.exe"} <= set(re.findall(r"[\w-]+\.exe", read_me))
    read_me = (ROOT / "packaging" / "macos" / "README.txt").read_text(encoding="utf-8").format(version=version())
    assert f"{macos_name().rpartition('-')[0]}-*.dmg" in read_me
    install = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    for name in (f"{windows_name()}-setup.exe", f"{macos_name().rpartition('-')[0]}-arm64.dmg"):
        assert name.replace(version(), "VERSION") in install


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
class TestWorkflows:
    def test_every_file_that_it_names_is_there(self, workflow: Path):
        named = re.findall(r"(?:packaging|docs|tests|\.ci)/[\w./-]+\w", workflow.read_text(encoding="utf-8"))
        assert named
        assert [path for path in named if not (ROOT / path).is_file()] == []

    def test_every_module_and_target_that_it_runs_is_there(self, workflow: Path):
        for module in re.findall(r"(?:-m|from) (release[.\w]*)", commands(workflow)):
            assert importlib.util.find_spec(module), module
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert set(re.findall(r"^make (\S+)", commands(workflow), re.MULTILINE)) <= set(targets)

    def test_scripts_that_it_runs_can_be_run(self, workflow: Path):
        for script in re.findall(r"^packaging/\S+\.sh", commands(workflow), re.MULTILINE):
            assert (ROOT / script).stat().st_mode & 0o111, script

    def test_actions_of_others_are_named_by_their_commit(self, workflow: Path):
        used = re.findall(r"uses: (\S+)( # v[\d.]+)?", workflow.read_text(encoding="utf-8"))
        assert used
        for action, release in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert release, action

    def test_it_may_only_read_unless_a_job_asks_for_more(self, workflow: Path):
        assert described(workflow)["permissions"] == {"contents": "read"}

    def test_jobs_wait_for_jobs_that_are_there(self, workflow: Path):
        jobs = described(workflow)["jobs"]
        for job in jobs.values():
            needed = job.get("needs", [])
            assert set([needed] if isinstance(needed, str) else needed) <= set(jobs)


def test_the_packages_say_that_they_have_not_all_been_built():
    assert "NOT YET RUN" in (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
