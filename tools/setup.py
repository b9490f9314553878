"""Set-up: from a clean clone to an environment that is exactly the lock file's.

Each step leaves a stamp, the hash of what it was made from, only once it has succeeded: a second
run skips it, a changed file or an interruption makes it run again.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import debian

GO_ON = """\
What failed stands above. Most often the network or the package registry can not be reached.
A mirror is used when pip knows it: export PIP_INDEX_URL=https://…, or pip's configuration file.
Then run the same command again: finished steps are not repeated."""

APT_GO_ON = """\
What failed stands above. Most often the network or Debian's mirror can not be reached, or sudo
was refused. Put that right and run the same command again."""


class SetupError(Exception):
    """Set-up can not go on; the text says why and what to do, `status` is the exit status."""

    def __init__(self, text: str, status: int = 1) -> None:
        super().__init__(text)
        self.status = status


def ensure(root: Path) -> None:
    """Make everything present and up to date; quick when it is. Raises SetupError."""
    with _alone(root):
        _debian_packages()
        steps = _Steps(root)
        steps.environment()
        steps.uv()
        steps.packages()
        steps.project()
        steps.catalogues()


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One set-up at a time: the lock is on the folder itself and ends with the process."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("waiting for another set-up of this folder to end")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _debian_packages() -> None:
    missing = debian.missing()
    if not missing:
        return
    install = debian.installer()
    if install is None:
        reasons = debian.needed()
        listed = "\n".join(f"  {name:38} {reasons[name]}" for name in missing)
        raise SetupError(
            "these Debian packages are needed, and this user can not install them here:\n"
            f"{listed}\n"
            "On Debian 12, as root: apt-get install " + " ".join(missing) + "\n"
            "On another system install what serves the same purposes; set-up knows Debian only.",
            status=2,
        )
    _run(f"Debian packages: {', '.join(missing)}", [*install, *missing], go_on=APT_GO_ON)


class _Steps:
    """The steps inside .venv, in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.lock = root / "requirements.lock"

    def environment(self) -> None:
        """A private Python environment, for as long as the Python it was made from is there."""
        made_from = [str(self.root)]  # its programs hold the path
        if not self._done("environment", made_from) or not self._base().exists():
            what = "private Python environment (.venv)"
            _say(what)
            try:
                venv.create(self.venv, clear=True, symlinks=True, with_pip=True)
            except (OSError, subprocess.CalledProcessError) as error:
                raise SetupError(f"{what}: {error}\nPut that right, then run again.") from error
            self._stamp("environment", made_from)

    def _base(self) -> Path:
        """The Python that .venv was made from; a system upgrade takes it away."""
        settings = (self.venv / "pyvenv.cfg").read_text(encoding="utf-8")
        found = re.search(r"^executable = (.+)$", settings, re.MULTILINE)
        return Path(found[1] if found else "/nowhere")

    def uv(self) -> None:
        """uv, by pip, with the version and hashes that the lock file has for it."""
        pinned = _pinned(self.lock.read_text(encoding="utf-8"), "uv")
        if not self._done("uv", [pinned]):
            with tempfile.NamedTemporaryFile("w", suffix=".lock", encoding="utf-8") as file:
                file.write(pinned)
                file.flush()
                pip = [self._bin("python"), "-m", "pip", "install", "-q", "--require-hashes"]
                _run("uv, the package installer", [*pip, "-r", file.name])
            self._stamp("uv", [pinned])

    def packages(self) -> None:
        """Exactly the lock file's Python packages, each checked against its hash."""
        made_from = [self.lock.read_text(encoding="utf-8")]
        if not self._done("packages", made_from):
            sync = ["pip", "sync", "-q", "--require-hashes", str(self.lock)]
            (self._file("project")).unlink(missing_ok=True)  # sync removes the project itself
            self._uv("Python packages (requirements.lock)", *sync)
            self._stamp("packages", made_from)

    def project(self) -> None:
        """The project itself, editable, so that its commands exist."""
        made_from = [(self.root / "pyproject.toml").read_text(encoding="utf-8")]
        if not self._done("project", made_from):
            editable = ["--no-deps", "--no-build-isolation", "-e", str(self.root)]
            self._uv("the project itself", "pip", "install", "-q", *editable)
            self._stamp("project", made_from)

    def catalogues(self) -> None:
        """Translations compiled where their source is newer."""
        for source in self.root.glob("kiosk/locale/*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                name = source.relative_to(self.root)
                compile_ = [
                    self._bin("pybabel"),
                    "-q",
                    "compile",
                    "-i",
                    str(source),
                    "-o",
                    str(target),
                ]
                _run(f"translations ({name})", compile_, go_on=f"Repair {name}, then run again.")

    def _uv(self, what: str, *arguments: str) -> None:
        """Run uv on the environment, with the mirror that pip has been told of, if any."""
        mirror = {} if "UV_DEFAULT_INDEX" in os.environ else self._mirror()
        _run(what, [self._bin("uv"), *arguments, "--python", self._bin("python")], mirror)

    def _mirror(self) -> dict[str, str]:
        """The index that pip is configured with; uv reads no pip configuration by itself."""
        listing = [self._bin("python"), "-m", "pip", "config", "list"]
        known = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
        found = re.findall(r"^\S*\.index-url='(.+)'$", known, re.MULTILINE)
        return {"UV_DEFAULT_INDEX": os.environ.get("PIP_INDEX_URL", found[-1])} if found else {}

    def _bin(self, program: str) -> str:
        return str(self.venv / "bin" / program)

    def _file(self, step: str) -> Path:
        return self.venv / f".stamp-{step}"

    def _done(self, step: str, made_from: Iterable[str]) -> bool:
        file = self._file(step)
        return file.exists() and file.read_text(encoding="ascii") == _hash(made_from)

    def _stamp(self, step: str, made_from: Iterable[str]) -> None:
        self._file(step).write_text(_hash(made_from), encoding="ascii")


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _pinned(lock: str, package: str) -> str:
    """One package's lines of a lock file: version and hashes."""
    found = re.search(rf"^{package}==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
    if found is None:
        raise SetupError(f"requirements.lock has no {package}; restore the file from git")
    return found[0]


def _run(
    what: str,
    command: list[str],
    extra: dict[str, str] | None = None,
    go_on: str = GO_ON,
) -> None:
    """Do one step, its output shown on standard error; raises SetupError when it fails."""
    _say(what)
    environment = os.environ | (extra or {})
    try:
        done = subprocess.run(command, check=False, env=environment, stdout=sys.stderr)
    except OSError as error:
        raise SetupError(f"{what}: {error.filename}: {error.strerror}\n{go_on}") from error
    if done.returncode:
        raise SetupError(f"{what}: failed with status {done.returncode}.\n{go_on}")


def _say(what: str) -> None:
    print(f"setup: {what}", file=sys.stderr, flush=True)
