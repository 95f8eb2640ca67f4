"""The limits the house keeps: short files, short functions, no words that hide what a thing is, no trace of one machine."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHON_LINES, FUNCTION_LINES, WEB_LINES = 400, 60, 250
# A run's outermost handler: whatever breaks inside becomes one generic error with an id, and the thread goes on.
OUTERMOST = {"agent/runs.py"}
EMPTY_WORDS = re.compile(r"(^|_)(utils?|helpers?|manager|data|info)(_|$)")


def tracked(*patterns: str) -> list[Path]:
    """Files under version control (and new ones not ignored) that people write, so that build output does not count."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns, ":!supabase/types"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    long = {path: lines for path in tracked("*.py") if (lines := len(path.read_text().splitlines())) > PYTHON_LINES}
    long |= {
        path: lines
        for path in tracked("web/src/*.ts", "web/src/*.tsx")
        if (lines := len(path.read_text().splitlines())) > WEB_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = []
    for path in tracked("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append((str(path.relative_to(ROOT)), node.name, lines))
    assert long == []


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    assert [path for path in tracked("*.py") if EMPTY_WORDS.search(path.stem)] == []


def test_only_outermost_handlers_catch_everything() -> None:
    broad = []
    for path in tracked("tools/*.py", "agent/*.py", "prompts/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            ):
                reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
                if not reraises and str(path.relative_to(ROOT)) not in OUTERMOST:
                    broad.append((str(path.relative_to(ROOT)), node.lineno))
    assert broad == []


def test_every_module_says_what_lives_in_it() -> None:
    bare = [
        str(path.relative_to(ROOT))
        for path in tracked("tools/*.py", "agent/*.py", "api/*.py", "embedded/*.py", "evals/*.py", "prompts/*.py")
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert bare == []


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_tracked() -> None:
    offending = []
    for path in tracked("*lock*", "*.txt", "*.toml", "*.npmrc", "*.md", "*.py", "*.ts", "*.tsx", "Makefile"):
        text = path.read_text(errors="replace")
        if re.search(r"registry\.npmjs|pypi\.org/simple|/root/|/work/(main|shared)", text) and path != Path(__file__):
            offending.append(str(path.relative_to(ROOT)))
    assert offending == []
