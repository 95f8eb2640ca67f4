"""Guesses and mails are counted over all processes: two servers of one database let through what one would."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from tests.embedded.auth.serving import fresh_address, serving
from tests.postgres import ClonedDatabase

LIMIT, EACH = 10, 30


async def guessed_by_two(database: ClonedDatabase, folder: Path, counted: str) -> list[tuple[int, int]]:
    """What two processes that guess at one account at once are answered: judged, and refused."""
    address = fresh_address()
    module, root = "tests.embedded.auth.guessing", Path(__file__).parents[3]
    ran = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, database.admin_dsn, str(folder), address, str(EACH), counted,
            stdout=asyncio.subprocess.PIPE, cwd=root,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [(await process.communicate())[0].split() for process in ran]
    return [(int(judged), int(refused)) for judged, refused in said]


@pytest.mark.parametrize(
    ("counted", "judged"), [("together", LIMIT), pytest.param("apart", 2 * LIMIT, marks=pytest.mark.long)]
)
async def test_two_processes_judge_as_many_guesses_as_one_and_counted_apart_twice_as_many(
    module_database: ClonedDatabase, tmp_path: Path, counted: str, judged: int
) -> None:
    async with serving(module_database, tmp_path):
        found = await guessed_by_two(module_database, tmp_path, counted)
    assert [sum(each) for each in found] == [EACH, EACH]
    assert sum(right for right, _ in found) == judged


async def test_two_servers_send_as_many_mails_an_hour_as_one(module_database: ClonedDatabase, tmp_path: Path) -> None:
    more = {"confirm_addresses": True, "mails_per_hour": 3}
    async with (
        serving(module_database, tmp_path, **more) as one,
        serving(module_database, tmp_path, **more) as other,
    ):
        body = [{"email": fresh_address(), "password": "correct horse battery"} for _ in range(8)]
        answers = await asyncio.gather(*((one, other)[n % 2].post("/signup", json=each) for n, each in enumerate(body)))
        assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 5
        # The control: what was counted is what stops it.
        await one.sql("delete from auth.guesses")
        again = {"email": fresh_address(), "password": "correct horse battery"}
        assert (await other.post("/signup", json=again)).status_code == 200


async def test_what_a_process_that_died_was_judging_counts_as_wrong(
    module_database: ClonedDatabase, tmp_path: Path
) -> None:
    async with serving(module_database, tmp_path, failures_per_address=1) as auth:
        body = {"email": fresh_address(), "password": "wrong password"}
        assert (await auth.post("/token?grant_type=password", json=body)).status_code == 400
        await auth.sql("update auth.guesses set pending = true, at = clock_timestamp() - interval '61 seconds'")
        assert (await auth.post("/token?grant_type=password", json=body)).status_code == 429


async def test_names_of_accounts_do_not_stand_there(module_database: ClonedDatabase, tmp_path: Path) -> None:
    async with serving(module_database, tmp_path) as auth:
        body = {"email": fresh_address("secretive"), "password": "wrong password"}
        await auth.post("/token?grant_type=password", json=body)
        assert "secretive" not in str(await auth.sql("select key from auth.guesses"))
        assert await auth.sql("select count(*) from auth.guesses") == [(2,)]
