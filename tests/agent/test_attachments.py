"""Files in a message: referred to, never inside."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_openai.chat_models.base import _convert_message_to_dict

from agent.attachments import InlineFile, content_of, files_in, with_files
from agent.gateway import read_turn
from agent.state import Turn
from tools.errors import AppError, InvalidInput, TooLarge

FILE = str(uuid4())
ADDRESS = f"/api/files/{FILE}"


def turn_of(*parts: Any) -> Turn:
    message = {"id": "m1", "role": "user", "content": [{"type": "text", "text": "What is on this?"}, *parts]}
    return read_turn({"threadId": str(uuid4()), "runId": "r1", "messages": [message]}).turn


@pytest.mark.parametrize(
    "part",
    [
        {"type": "document", "source": {"type": "url", "value": ADDRESS}},
        {"type": "image", "source": {"type": "url", "value": f"https://greenroom.example{ADDRESS}", "mimeType": "image/png"}},
        {"type": "binary", "mimeType": "image/png", "url": ADDRESS},
    ],
)  # fmt: skip
def test_an_uploaded_file_is_referred_to_and_shown_again(part: dict[str, Any]) -> None:
    turn = turn_of(part)
    assert (turn.text, turn.files) == ("What is on this?", (FILE,))
    assert Turn.restored(json.loads(json.dumps(turn.stored()))).files == (FILE,)
    said = HumanMessage(turn.text, additional_kwargs=with_files(turn.files))
    assert content_of(said) == [
        {"type": "text", "text": "What is on this?"},
        {"type": "document", "source": {"type": "url", "value": ADDRESS}},
    ]
    assert FILE not in json.dumps(_convert_message_to_dict(said))


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image", "source": {"type": "data", "value": "iVBORw0KGgo=", "mimeType": "image/png"}},
        {"type": "binary", "mimeType": "image/png", "data": "iVBORw0KGgo="},
        {"type": "binary", "mimeType": "image/png", "data": "", "url": ADDRESS},
        {"type": "document", "source": {"type": "url", "value": "data:text/html;base64,PHNjcmlwdD4="}},
    ],
)
def test_a_content_inside_a_message_is_refused(part: dict[str, Any]) -> None:
    with pytest.raises(InlineFile) as refused:
        turn_of(part)
    assert (refused.value.code, refused.value.status) == ("inline_file", 422)
    assert "/api/uploads" in str(refused.value.remedy)


@pytest.mark.parametrize(
    "source",
    [
        {"type": "url", "value": "https://elsewhere.example/a.png"},
        {"type": "url", "value": f"https://elsewhere.example/?x={ADDRESS}"},
        {"type": "url", "value": "/api/files/../orders/1"},
        {"type": "url", "value": f"{ADDRESS}/more"},
        {"type": "url", "value": "/api/files/" + "g" * 36},
        {"type": "url", "value": 5},
        {"type": "url"},
        {"type": ["data"]},
        None,
    ],
)
def test_a_file_from_elsewhere_is_refused(source: Any) -> None:
    with pytest.raises(InvalidInput):
        turn_of({"type": "image", "source": source})


def test_files_alone_or_too_many_of_them_are_refused() -> None:
    part = {"type": "document", "source": {"type": "url", "value": ADDRESS}}
    with pytest.raises(TooLarge):
        turn_of(*[part] * 11)
    message = {"id": "m1", "role": "user", "content": [part]}
    with pytest.raises(AppError):
        read_turn({"threadId": str(uuid4()), "runId": "r1", "messages": [message]})


def test_a_run_stored_before_there_were_files_is_restored() -> None:
    stored = turn_of().stored()
    del stored["files"]
    assert Turn.restored(stored).files == ()


def test_the_latest_files_of_a_conversation_are_known_and_those_of_the_last_message() -> None:
    names = [str(uuid4()) for _ in range(12)]
    said = [HumanMessage("and this", additional_kwargs=with_files((name,))) for name in names]
    assert files_in([*said, AIMessage("Fine.")]) == (names[2:], names[-1:])
    assert files_in([*said, HumanMessage("no file here")]) == (names[2:], [])
    assert files_in([]) == ([], [])
