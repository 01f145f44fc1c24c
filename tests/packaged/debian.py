"""A minimal Debian in a folder, in which nobody ever installed anything, and which has no network.

It is made once by mmdebstrap from the package sources of this machine, kept as an archive, and unpacked anew for each
use. It runs in namespaces of its own: without network interfaces (only `apt` is let out), with the X sockets of the
machine in its /tmp, and everything in it ends when it is closed, whatever became of the test.
"""

import hashlib
import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.e2e.screen import wait_until

PROGRAMS = ("apt-get", "mmdebstrap", "nsenter", "tar", "unshare")
CLERK = "clerk"
USER_ID = 1000
RUNTIME_FOLDER = f"/run/user/{USER_ID}"

SHARED = """
mount --types proc proc "$1/proc"
mount --types tmpfs tmpfs "$1/dev/shm"
mkdir --parents /tmp/.X11-unix "$1/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
echo force-unsafe-io > "$1/etc/dpkg/dpkg.cfg.d/quick"
mount --bind "$2" "$1/var/cache/apt/archives"
cp --remove-destination /etc/resolv.conf "$1/etc/resolv.conf"
exec chroot "$1" cat
"""
"""What the first process in the namespaces does: it shares in what is needed, and waits until its input ends."""


class Unable(RuntimeError):
    """This machine cannot have a Debian in a folder."""


class Failed(AssertionError):
    """A command failed that must not."""


def why_not() -> str | None:
    """Say what this machine lacks; None: nothing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "needs root: a Debian in a folder is entered by chroot"
    tried = subprocess.run(
        ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    return f"this system allows no namespaces: {tried.stderr.strip()}" if tried.returncode else None


class MinimalDebian:
    """One such system. Its user is called «clerk»."""

    def __init__(self, name: str, cache: Path) -> None:
        """*name*: of its folder in *cache*, where the archive and downloaded packages are kept, too."""
        self.folder = cache / name
        self._cache = cache
        self._display = ""
        self._holder: subprocess.Popen[bytes] | None = None
        self._cleanup = ExitStack()

    def __enter__(self) -> Self:
        archive = _archive(self._cache)
        _remove(self.folder)
        self.folder.mkdir(parents=True)
        _do("tar", "--extract", "--file", archive, "--directory", self.folder)
        downloads = self._cache / "packages"
        (downloads / "partial").mkdir(parents=True, exist_ok=True)
        namespaces = ["--mount", "--net", "--pid", "--fork", "--kill-child"]
        holder = subprocess.Popen(
            ["unshare", *namespaces, "sh", "-euc", SHARED, "sh", self.folder, downloads],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._holder = holder
        self._cleanup.callback(self._end, holder)
        try:
            self._wait_for(holder)
            self.run("useradd", "--create-home", "--shell", "/bin/bash", "--uid", USER_ID, CLERK)
            self.run("install", "--directory", "--owner", CLERK, "--mode", "700", RUNTIME_FOLDER)
            self.run("apt-get", "update", "--quiet", online=True)
        except BaseException:
            self._cleanup.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cleanup.close()

    def use_display(self, display: str) -> None:
        """Let programs of this system show their windows on an X screen of the machine."""
        self._display = display

    def command(self, *words: object, user: str = "root", online: bool = False, folder: str | None = None) -> list[str]:
        """Return the command that runs *words* in this system, in its user's home folder or in *folder*."""
        home = "/root" if user == "root" else f"/home/{user}"
        environment = {
            "HOME": home,
            "USER": user,
            "LOGNAME": user,
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        number = 0
        if user != "root":
            number = USER_ID
            environment |= {"DISPLAY": self._display, "XDG_RUNTIME_DIR": RUNTIME_FOLDER}
        enter = ["nsenter", f"--target={self._first_process()}", "--mount", "--pid", "--root", "--wd"]
        enter += [] if online else ["--net"]
        enter += [f"--setuid={number}", f"--setgid={number}"]
        here = ["env", "--ignore-environment", f"--chdir={folder or home}"]
        return [*enter, *here, *(f"{key}={value}" for key, value in environment.items()), *map(str, words)]

    def run(
        self,
        *words: object,
        user: str = "root",
        online: bool = False,
        folder: str | None = None,
        may_fail: bool = False,
    ) -> str:
        """Run a command in this system and return what it says.

        Raises: Failed: it failed, and *may_fail* is not set.
        """
        command = self.command(*words, user=user, online=online, folder=folder)
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=600
        )
        if done.returncode and not may_fail:
            raise Failed(f"{shlex.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def install(self, *packages: object) -> list[str]:
        """Install packages by their names, or files by a path with a slash; return the names of what came."""
        before = self.packages()
        self.run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages, online=True)
        return sorted(self.packages() - before)

    def packages(self) -> set[str]:
        """Return the names of all installed packages."""
        lines = self.run("dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}${Package}\n").splitlines()
        return {line[3:].strip() for line in lines if line.startswith("ii")}

    def put(self, source: Path, target: str) -> str:
        """Copy a file of the machine into this system, readable for all; return its path there."""
        inside = self.path(target)
        inside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, inside)
        return target

    def path(self, inside: str) -> Path:
        """Return where a path of this system is on the machine."""
        return self.folder / inside.lstrip("/")

    def files(self) -> set[str]:
        """Return every path in this system, but for what is only shared into it."""
        found = self.run("find", "/", "-xdev", "-path", "/tmp", "-prune", "-o", "-print")
        return set(found.splitlines())

    def _first_process(self) -> int:
        if self._holder is None:
            raise RuntimeError("this system is not entered yet")
        pid = self._holder.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()[0])

    def _wait_for(self, holder: subprocess.Popen[bytes]) -> None:
        """Wait until the first process answers from within."""
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            holder.stdin.write(b"here\n")
            holder.stdin.flush()
        except BrokenPipeError:
            pass
        if holder.stdout.readline() != b"here\n":
            raise Unable(f"{self.folder} cannot be entered; what failed is said above")

    @staticmethod
    def _end(holder: subprocess.Popen[bytes]) -> None:
        holder.kill()
        holder.wait()
        for stream in (holder.stdin, holder.stdout):
            if stream is not None:
                stream.close()


def _archive(cache: Path) -> Path:
    """Return the archive of the system as mmdebstrap makes it; make it where there is none from these sources."""
    wanted = ["apt-get", "indextargets", "--format", "$(CODENAME)\tdeb $(REPO_URI) $(RELEASE) $(COMPONENT)"]
    told = _do(*wanted, "Created-By: Packages", "Origin: Debian").splitlines()
    if not told:
        raise Unable("this machine has no package sources of Debian, or `apt-get update` was never run")
    sources = "".join(line.partition("\t")[2] + "\n" for line in told)
    suite = told[0].partition("\t")[0]
    key = hashlib.sha256(sources.encode()).hexdigest()[:12]
    archive = cache / f"debian-{suite}-{key}.tar"
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        unfinished = archive.with_suffix(".unfinished.tar")
        listed = cache / "sources.list"
        listed.write_text(sources, encoding="utf-8")
        _do("mmdebstrap", "--quiet", "--variant=minbase", suite, unfinished, listed)
        unfinished.replace(archive)
    return archive


def _remove(folder: Path) -> None:
    """Remove an old one, of which nothing can be in use: it is gone as soon as nothing can be found in it."""
    if folder.exists():
        wait_until(lambda: not _mounted_below(folder), what=f"mounts below {folder} to end")
        shutil.rmtree(folder)


def _mounted_below(folder: Path) -> bool:
    lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    return any(line.split()[1].startswith(f"{folder}/") for line in lines)


def _do(*command: object) -> str:
    words: Sequence[str] = [str(word) for word in command]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unable(f"{shlex.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
