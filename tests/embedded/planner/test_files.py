"""The offline planner and files sent along: what they are for, and which one is meant."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from embedded.planner.model import RulesPlanner
from evals.dataset import load_world

PICTURE, PAPER = "image/png", "application/pdf"


def say(texts: list[str], *files: tuple[str, str, bool]) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """The last answer in a conversation whose open questions the planner asked itself."""
    context = load_world().context()
    context["attachments"] = [
        {"id": f"id of {name}", "name": name, "type": kind, "with_last_message": latest} for name, kind, latest in files
    ]
    told: list[BaseMessage] = [SystemMessage(f"<context>{json.dumps(context)}</context>")]
    for text in texts:
        told.append(HumanMessage(text))
        answer = RulesPlanner().answer(told)
        told.append(answer)
    return str(answer.content), [(call["name"], call["args"]) for call in answer.tool_calls]


@pytest.mark.parametrize(
    ("answer", "of"),
    [("the gala", {"event": "Winter Gala"}), ("of the tech meetup please", {"event": "Tech Meetup"})],
)
def test_what_a_file_is_for_is_asked_and_the_answer_taken(answer: str, of: dict[str, str]) -> None:
    asked, none = say(["use this as the poster"], ("a.png", PICTURE, True))
    assert (asked.endswith("?"), none) == (True, [])
    _, calls = say(["use this as the poster", answer], ("a.png", PICTURE, False))
    assert calls == [("attach_file", {"file": "id of a.png", **of})]


def test_of_two_pictures_the_one_that_is_named_is_meant_and_none_is_guessed() -> None:
    two = ("a.png", PICTURE, True), ("b.png", PICTURE, True)
    said, none = say(["use this as the poster of the gala"], *two)
    assert (none, "a.png or b.png" in said) == ([], True)
    _, calls = say(["use B.PNG as the poster of the gala"], *two)
    assert calls == [("attach_file", {"file": "id of b.png", "event": "Winter Gala"})]


def test_a_picture_is_no_contract_and_a_paper_no_poster() -> None:
    both = ("a.pdf", PAPER, True), ("b.png", PICTURE, True)
    _, calls = say(["use this as the poster of the gala"], *both)
    assert calls == [("attach_file", {"file": "id of b.png", "event": "Winter Gala"})]
    said, none = say(["use this as the poster of the gala"], both[0])
    assert (none, "Which file" in said) == ([], True)


def test_what_a_file_is_called_is_no_order() -> None:
    said, none = say(["Which venues do we have?"], ("use this as the poster of the gala.png", PICTURE, True))
    assert [name for name, _ in none] == ["find_venues"]
    assert "I keep" in said
