"""Every prompt the product sends, one Markdown file each, loaded with the hash that names its version. No code, dates or data in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent
_BLANK = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """`version` is the hash of the file, not of the filled text: the same prompt with other values keeps its version."""

    text: str
    version: str


@cache
def _file(name: str) -> tuple[str, str]:
    text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return text, sha256(text.encode()).hexdigest()[:12]


def load(name: str, **values: str) -> Prompt:
    """Fills `{{value}}` blanks. A missing or an unused value raises ValueError: both are mistakes of the caller."""
    text, version = _file(name)
    blanks = set(_BLANK.findall(text))
    if blanks != values.keys():
        missing, unused = sorted(blanks - values.keys()), sorted(values.keys() - blanks)
        raise ValueError(f"prompt {name}: missing {missing}, unused {unused}")
    return Prompt(_BLANK.sub(lambda blank: values[blank.group(1)], text), version)
