"""Word lists of the readers, kept as text files; the lists are data, what is done with them stands in the readers."""

from __future__ import annotations

from importlib.resources import files


def _text(name: str) -> str:
    return (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")


def read_words(name: str) -> list[str]:
    """The words of a list, in the file's order."""
    return _text(name).split()


def read_pairs(name: str) -> dict[str, str]:
    """The lines of a list, first word -> the rest of its line (which may be empty)."""
    pairs = (line.partition(" ") for line in _text(name).splitlines() if line)
    return {word: rest for word, _, rest in pairs}
