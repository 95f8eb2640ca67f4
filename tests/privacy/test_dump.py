"""Whoever gets hold of a backup reads nobody's address in it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tests.builders import serving
from tests.postgres import ClonedDatabase
from tests.privacy.choir import dump_of, sing, singers, told
from tools.kit.sealing import Place, Sealer


async def dump_after(database: ClonedDatabase, folder: Path, addresses: list[str]) -> bytes:
    async with serving(database, folder) as service:
        await sing(service, database, addresses)
    return dump_of(database.admin_dsn)


async def test_a_backup_has_nobodys_address(database: ClonedDatabase, tmp_path: Path) -> None:
    addresses = singers(18)
    assert told(await dump_after(database, tmp_path, addresses), addresses) == []


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_backup_has_none_of_a_thousand_addresses(database: ClonedDatabase, tmp_path: Path) -> None:
    addresses = singers(1000)
    assert told(await dump_after(database, tmp_path, addresses), addresses) == []


@pytest.mark.parametrize(
    "column",
    [
        "buyer_email",
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in ("attendee_email", "recipient", "response", "steps", "input")
        ),
    ],
)
async def test_one_column_left_in_the_clear_shows(
    database: ClonedDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    """The control of the two above."""
    seal = Sealer.seal

    def but_one(self: Sealer, place: Place, text: str) -> str:
        return text if place.column == column else seal(self, place, text)

    monkeypatch.setattr(Sealer, "seal", but_one)
    addresses = singers(2 if column == "buyer_email" else 9)
    assert told(await dump_after(database, tmp_path, addresses), addresses) != []


def test_what_is_written_as_hexadecimal_or_base64_is_seen() -> None:
    (address,) = singers(1)
    for before in (b"", b"a", b"ab", b"abc"):
        raw = before + address.lower().encode() + b" and more"
        for form in (raw, raw.hex().encode(), base64.b64encode(raw)):
            assert told(b"insert into t values ('" + form + b"')", [address]) == [address]
    assert told(b"nothing of it", [address]) == []
