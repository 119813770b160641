"""Reads JSON objects, member by member, with a clear error for everything that is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

_REQUIRED: Final[Any] = object()


class SettingsError(Exception):
    """A member is missing, unknown, or not what it should be."""


class Section:
    """One JSON object. Every member is read once; `finish` refuses those that nobody asked for."""

    def __init__(self, values: object, where: str = "", folder: Path | None = None) -> None:
        """Takes the object, its path for messages, and the folder of relative file names."""
        if not isinstance(values, dict):
            raise SettingsError(f"{where or 'the whole'}: an object is wanted")
        self._values: dict[str, Any] = values
        self._where = where
        self._folder = folder
        self._read: set[str] = set()

    @staticmethod
    def load(file: Path) -> Section:
        """Reads a file; relative file names in it are relative to its folder."""
        try:
            return Section(json.loads(file.read_bytes()), folder=file.resolve().parent)
        except (OSError, ValueError, RecursionError) as error:
            raise SettingsError(f"{file}: {error}") from None

    def error(self, name: str, problem: str) -> SettingsError:
        """Makes the error that names a member by its path."""
        return SettingsError(f"{self._where}.{name}: {problem}".lstrip("."))

    def has(self, name: str) -> bool:
        """Tells whether the member is there."""
        return name in self._values

    def value(self, name: str, default: Any = _REQUIRED) -> Any:
        """Returns a member of any type."""
        self._read.add(name)
        if name in self._values:
            return self._values[name]
        if default is _REQUIRED:
            raise self.error(name, "is missing")
        return default

    def text(self, name: str, default: Any = _REQUIRED, choices: tuple[str, ...] = ()) -> str:
        """Returns a text that is not empty, one of `choices` where there are some."""
        value = self.value(name, default)
        if value is default and default is not _REQUIRED:
            return value
        if not isinstance(value, str) or not value:
            raise self.error(name, "a text is wanted")
        if choices and value not in choices:
            raise self.error(name, "one of " + ", ".join(choices) + " is wanted")
        return value

    def number(self, name: str, default: Any, low: float, high: float) -> float:
        """Returns a number within bounds, both inclusive."""
        value = self.value(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(name, "a number is wanted")
        if not low <= value <= high:
            raise self.error(name, f"a number from {low:g} to {high:g} is wanted")
        return value

    def integer(self, name: str, default: Any, low: int, high: int) -> int:
        """Returns a whole number within bounds, both inclusive."""
        value = self.number(name, default, low, high)
        if not isinstance(value, int):
            raise self.error(name, "a whole number is wanted")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """Returns true or false."""
        value = self.value(name, default)
        if not isinstance(value, bool):
            raise self.error(name, "true or false is wanted")
        return value

    def texts(self, name: str, default: Any = _REQUIRED) -> list[str]:
        """Returns a list of texts."""
        value = self.value(name, default)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(name, "a list of texts is wanted")
        return value

    def object(self, name: str) -> dict[str, Any]:
        """Returns an object as it is, an empty one where it is missing."""
        value = self.value(name, {})
        if not isinstance(value, dict):
            raise self.error(name, "an object is wanted")
        return value

    def section(self, name: str) -> Section | None:
        """Returns an object to be read member by member, or nothing."""
        if not self.has(name):
            return None
        return Section(self.value(name), f"{self._where}.{name}".lstrip("."), self._folder)

    def sections(self, name: str) -> list[Section]:
        """Returns a list of objects to be read member by member."""
        value = self.value(name)
        if not isinstance(value, list):
            raise self.error(name, "a list of objects is wanted")
        where = f"{self._where}.{name}".lstrip(".")
        return [Section(item, f"{where}[{i}]", self._folder) for i, item in enumerate(value)]

    def file(self, name: str, default: Any = _REQUIRED) -> Path:
        """Returns a file name, relative to the folder of the settings."""
        value = self.text(name, default)
        return value if value is default else (self._folder or Path()) / value

    def secret(self, name: str) -> str:
        """Returns the first line of the file named by `{name}_file`, or the member itself."""
        if not self.has(f"{name}_file"):
            return self.text(name)
        file = self.file(f"{name}_file")
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, ValueError) as error:
            raise self.error(f"{name}_file", str(error)) from None
        if not lines or not lines[0]:
            raise self.error(f"{name}_file", "the file is empty")
        return lines[0]

    def finish(self) -> None:
        """Refuses members that nobody read: most often they are misspelt."""
        for name in self._values:
            if name not in self._read:
                raise self.error(name, "is unknown")
