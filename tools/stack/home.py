"""Where a stack keeps its state."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from stack.errors import StackError


class Home:
    """A folder with the state of one stack, locked against a second one.

    Folders that another user must pass through can be passed through, and not be listed; secrets
    are in folders of their own that nobody else may enter.
    """

    def __init__(self, folder: Path) -> None:
        """Makes and locks the folder; raises StackError where another run has it."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o711)
            self._lock = (folder / "lock").open("w")
        except OSError as problem:
            raise StackError(f"{folder} cannot be used: {problem}") from None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise StackError(f"another run uses {folder}") from None
        self.logs.mkdir(mode=0o700, exist_ok=True)

    @classmethod
    def persistent(cls) -> Home:
        """The state that the next run finds again."""
        return cls(persistent_folder())

    @classmethod
    def temporary(cls) -> Home:
        """State for one run; `remove` ends it."""
        for base in (tempfile.gettempdir(), "/var/tmp", "/tmp"):
            if _everyone_may_pass(Path(base)):
                return cls(Path(tempfile.mkdtemp(prefix="artel-", dir=base)))
        raise StackError("there is no folder for temporary files that other users may enter")

    @property
    def logs(self) -> Path:
        """Logs of all processes."""
        return self.folder / "logs"

    def private(self, name: str) -> Path:
        """A folder that only its owner may enter."""
        folder = self.folder / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def sockets(self) -> Path:
        """A short path for Unix sockets, whose paths may have 107 bytes: one for each home."""
        label = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        if os.geteuid() == 0:
            base = Path("/run/artel")
        elif "XDG_RUNTIME_DIR" in os.environ and len(os.environ["XDG_RUNTIME_DIR"]) < 60:
            base = Path(os.environ["XDG_RUNTIME_DIR"]) / "artel"
        else:
            base = Path(f"/tmp/artel-{os.getuid()}")
        base.mkdir(mode=0o711, exist_ok=True)
        if base.is_symlink() or base.stat().st_uid != os.geteuid():
            raise StackError(f"{base} belongs to somebody else")
        folder = base / label
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def clear(self) -> None:
        """Forgets all state; nothing of it may be running."""
        for entry in self.folder.iterdir():
            if entry.name == "lock":
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        self.logs.mkdir(mode=0o700)

    def close(self) -> None:
        """Lets another run have the folder."""
        try:
            self.sockets().rmdir()
        except OSError:
            pass  # Something is in it: a server that was not ours to stop.
        self._lock.close()

    def remove(self) -> None:
        """Removes the folder with everything in it."""
        shutil.rmtree(self.folder)
        self.close()


def persistent_folder() -> Path:
    """$ARTEL_HOME; else /var/lib/artel for root, and for others below $XDG_STATE_HOME."""
    if chosen := os.environ.get("ARTEL_HOME"):
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/artel")
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "artel"


def _everyone_may_pass(folder: Path) -> bool:
    """Whether another user may enter the folder through all of its parents."""
    try:
        return all(part.stat().st_mode & 0o001 for part in (folder, *folder.resolve().parents))
    except OSError:
        return False
