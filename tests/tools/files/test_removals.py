"""Contents the file server does not want to remove keep no others, and stand behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from tests.office import Office
from tools.errors import Upstream
from tools.files import uploading
from tools.files.uploading import sweep
from tools.store.files import FileGateway, FileServerRefused


class Shelf:
    """A file server that refuses one path, or answers nothing."""

    def __init__(self, refuses: str = "poison") -> None:
        self.refuses, self.removed, self.down = refuses, set[str](), False

    async def delete(self, paths: list[str]) -> None:
        if self.down:
            raise Upstream("The file server did not answer.")
        if self.refuses in paths:
            raise FileServerRefused("The file server refused the request.")
        self.removed |= set(paths)


def storing(office: Office, shelf: Shelf) -> Office:
    return replace(office, greenroom=replace(office.greenroom, files=cast(FileGateway, shelf)))


def noted(office: Office, *paths: str) -> None:
    for number, path in enumerate(paths):
        office.sql(
            "insert into public.file_removals (org_id, paths, created_at) values (%s, array[%s], now() + make_interval(secs => %s))",
            office.org_id, path, number - 60,
        )  # fmt: skip


def left(office: Office) -> list[tuple[Any, ...]]:
    return office.sql(
        "select paths, tried_at is not null from public.file_removals order by coalesce(tried_at, created_at)"
    )


async def test_what_is_refused_goes_behind_the_others(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "_REMOVED_AT_ONCE", 2)
    shelf = Shelf()
    noted(office, "poison", "a", "b", "c")
    for _ in range(2):
        await sweep(storing(office, shelf).greenroom)
    assert shelf.removed == {"a", "b", "c"}
    assert left(office) == [(["poison"], True)]
    shelf.refuses = ""
    await sweep(storing(office, shelf).greenroom)
    assert left(office) == []


async def test_a_server_that_does_not_answer_puts_nothing_behind(office: Office) -> None:
    shelf = Shelf()
    shelf.down = True
    noted(office, "a", "b")
    with pytest.raises(Upstream):
        await sweep(storing(office, shelf).greenroom)
    assert left(office) == [(["a"], False), (["b"], False)]


async def test_all_or_none_would_keep_everybodys(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def together(store: Any, removals: Any) -> Any:
        await store.delete([path for _, paths in removals for path in paths])
        return [removal for removal, _ in removals]

    monkeypatch.setattr(uploading, "_remove", together)
    shelf = Shelf()
    noted(office, "poison", "a")
    for _ in range(2):
        with pytest.raises(FileServerRefused):
            await sweep(storing(office, shelf).greenroom)
    assert shelf.removed == set()
