"""Secrets that are made at the first start, one file each."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


class SecretFiles:
    """A folder of secrets that only its owner may read."""

    def __init__(self, folder: Path) -> None:
        """Takes the folder, which must be private."""
        self.folder = folder

    def password(self, name: str) -> str:
        """The secret of this name, made where there is none: 256 bits as hexadecimal digits."""
        path = self.folder / name
        if not path.exists():
            self.put(name, secrets.token_hex(32))
        return path.read_text()

    def put(self, name: str, value: str) -> Path:
        """Keeps a secret that somebody else made; a reader never sees half of it."""
        path, draft = self.folder / name, self.folder / f"{name}.new"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(value)
        draft.replace(path)
        return path

    def path(self, name: str) -> Path:
        """The file of a secret, made where there is none."""
        self.password(name)
        return self.folder / name
