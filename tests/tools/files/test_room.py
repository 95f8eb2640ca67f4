"""How much an organisation may keep: full is full, and two who come at once do not both get the last of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.office import Office, found_organization
from tools.errors import AppError, Forbidden
from tools.files import repository
from tools.files.models import Belonging, KeptFile, Stored, UploadFile
from tools.files.rules import StorageFull, require_room
from tools.files.uploading import begin, keep_file
from tools.operation import enter
from tools.store.database import Transaction


def picture(size: int, *copies: int) -> KeptFile:
    return KeptFile(
        kind="attachment",
        name="a.png",
        of=Belonging(),
        media_type="image/png",
        bytes=size,
        sha256="0" * 64,
        width=1,
        height=1,
        variants=[(width, 1, each) for width, each in enumerate(copies, start=1)],
    )


def narrow(office: Office, *, files: int = 1000, size: int = 1000) -> Office:
    return replace(office, greenroom=replace(office.greenroom, most_files=files, most_file_bytes=size))


async def keep(office: Office, kept: KeptFile) -> str:
    try:
        await keep_file(office.greenroom, office.caller, kept)
    except AppError as refused:
        return refused.code
    return "kept"


async def test_copies_count_and_what_is_full_says_how_full(office: Office) -> None:
    full = narrow(office, size=1000)
    assert await keep(full, picture(300, 100, 100)) == "kept"
    assert await keep(full, picture(500)) == "kept"
    with pytest.raises(StorageFull) as refused:
        await keep_file(full.greenroom, full.caller, picture(1))
    assert refused.value.to_problem().items() >= {
        "status": 409, "code": "storage_full", "stored_files": 2, "allowed_files": 1000, "stored_bytes": 1000, "allowed_bytes": 1000,
    }.items()  # fmt: skip
    assert await keep(narrow(office, files=2, size=10_000), picture(1)) == "storage_full"
    assert await keep(narrow(office, files=3, size=10_000), picture(1)) == "kept"


async def test_who_has_no_room_hears_it_before_sending_anything(office: Office) -> None:
    wanted = UploadFile(kind="attachment", name="a.png")
    full = narrow(office, size=100)
    assert await begin(full.greenroom, full.caller, wanted) == Belonging()
    assert await keep(full, picture(100)) == "kept"
    with pytest.raises(StorageFull):
        await begin(full.greenroom, full.caller, wanted)


async def test_what_others_keep_counts_and_another_organisations_does_not(office: Office) -> None:
    colleague = await office.colleague("staff")
    assert await keep(office, picture(600)) == "kept"
    assert await keep(narrow(colleague), picture(600)) == "storage_full"
    rival = await found_organization(office.greenroom, office.admin_dsn)
    assert await keep(narrow(rival), picture(600)) == "kept"
    async with enter(rival.greenroom, rival.caller) as (tx, _):
        with pytest.raises(Forbidden):
            await repository.stored(tx, office.org_id)


async def test_of_eight_at_once_as_many_are_kept_as_there_is_room_for(office: Office) -> None:
    heard = await asyncio.gather(*(keep(narrow(office), picture(300)) for _ in range(8)))
    assert sorted(heard) == ["kept"] * 3 + ["storage_full"] * 5


async def test_without_the_lock_they_take_more_than_there_is(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    together = asyncio.Barrier(4)

    async def unlocked(tx: Transaction, org: UUID) -> Stored:
        found: Any = await tx.fetch_one(
            "select count(*) as files, coalesce(sum(bytes), 0)::bigint as bytes from public.files where org_id = %(org)s",
            {"org": org},
            row=Stored,
        )
        await together.wait()
        return Stored.model_validate(found)

    monkeypatch.setattr(repository, "stored", unlocked)
    async with asyncio.timeout(10):
        heard = await asyncio.gather(*(keep(narrow(office), picture(300)) for _ in range(4)))
    assert heard == ["kept"] * 4


@pytest.mark.parametrize(
    ("stored", "adding", "fits"),
    [((0, 0), 10, True), ((0, 0), 11, False), ((4, 9), 1, True), ((5, 0), 0, False), ((4, 10), 0, True)],
)
def test_the_last_byte_and_the_last_file_fit(stored: tuple[int, int], adding: int, fits: bool) -> None:
    kept = Stored(files=stored[0], bytes=stored[1])
    if fits:
        require_room(kept, adding, 5, 10)
    else:
        with pytest.raises(StorageFull):
            require_room(kept, adding, 5, 10)
