"""What one address can keep is bounded, and who asks often works for it; an honest buyer notices neither."""

from __future__ import annotations

import asyncio
import time
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.office import Office
from tests.tools.shopping.window import Window, open_window
from tools.kit.signing import Signer
from tools.shop import holding, work
from tools.shop.models import Proof
from tools.shop.operations import tidy
from tools.shop.work import ProofNeeded, TooManyHeld
from tools.tickets.rules import TicketsSoldOut


def solved(challenge: str, hold_id: UUID, bits: int) -> dict[str, str]:
    seed = sha256(f"{challenge}.{hold_id}".encode()).hexdigest()[:32]
    for number in count():
        if int.from_bytes(sha256(f"{seed}.{number}".encode()).digest()[:8], "big") >> (64 - bits) == 0:
            return {"challenge": challenge, "nonce": str(number)}
    raise AssertionError("there is always one")


async def working_hold(window: Window, quantity: int, **more: Any) -> Any:
    """A client that does the work it is asked for."""
    hold_id = uuid4()
    try:
        return await window.hold(quantity, id=str(hold_id), **more)
    except ProofNeeded as asked:
        proof = solved(asked.details["challenge"], hold_id, asked.details["bits"])
        return await window.hold(quantity, id=str(hold_id), proof=proof, **more)


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LEAST_BITS", 8)
    monkeypatch.setattr(work, "MOST_BITS", 10)


async def storm(window: Window, calls: int) -> int:
    """How many places one address got by asking for two at a time, all at once."""
    answers = await asyncio.gather(*(working_hold(window, 2) for _ in range(calls)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert all(isinstance(answer, TooManyHeld | ProofNeeded | TicketsSoldOut) for answer in refused), refused
    return 2 * (calls - len(refused))


@pytest.mark.usefixtures("little_work")
async def test_one_address_keeps_sixty_places_at_most_however_it_asks(office: Office) -> None:
    window = await open_window(office, size=1000)
    got = 0
    for _ in range(8):
        got += await storm(window, 40)
    assert got == holding.PLACES_PER_ADDRESS == window.counters()[0]
    with pytest.raises(TooManyHeld) as refused:
        await window.hold(1)
    assert refused.value.details["available"] == 0
    # Somebody else's address and another event are not touched by that.
    await window.hold(2, peer="198.51.100.1")
    other = await open_window(office, name="Another")
    await other.hold(2)


@pytest.mark.usefixtures("little_work")
async def test_without_the_count_one_address_empties_the_house(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    window = await open_window(office, size=100)
    monkeypatch.setattr(holding, "PLACES_PER_ADDRESS", 10**9)
    got = 0
    for _ in range(5):
        got += await storm(window, 20)
    assert got == 100 == window.counters()[0]


@pytest.mark.usefixtures("little_work")
async def test_unpaid_orders_count_and_what_is_paid_given_up_or_over_does_not(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "PLACES_PER_ADDRESS", 4)
    window = await open_window(office)
    await window.buy(await window.hold(4))
    with pytest.raises(TooManyHeld):
        await window.hold(1)
    await office.do("record_payment", order=office.sql("select number from public.orders")[0][0], method="transfer")
    given_up = await window.hold(4)
    with pytest.raises(TooManyHeld):
        await window.hold(1)
    await window.ask("give_up_hold", hold=str(given_up.id))
    await window.hold(4)
    window.pass_time(16)
    await window.hold(4)
    assert office.count("shop_holds") == 4
    office.sql("update public.shop_holds set created_at = created_at - interval '2 hours'")
    await tidy(office.greenroom)
    assert office.count("shop_holds") == 1


async def test_the_first_five_cost_nothing_and_then_each_hold_has_a_puzzle_of_its_own(office: Office) -> None:
    window = await open_window(office)
    for _ in range(work.FREE_HOLDS):
        await window.hold(1)
    mine, another = uuid4(), uuid4()
    with pytest.raises(ProofNeeded) as asked:
        await window.hold(1, id=str(mine))
    assert asked.value.to_problem()["bits"] == work.LEAST_BITS
    began = time.monotonic()
    proof = solved(asked.value.details["challenge"], mine, work.LEAST_BITS)
    print(f"{work.LEAST_BITS} bits in a script: {time.monotonic() - began:.2f} s")
    for hold_id, shown, peer in (
        (another, proof, "203.0.113.7"),
        (mine, proof | {"nonce": "x"}, "203.0.113.7"),
        (mine, proof | {"challenge": "x" * 40}, "203.0.113.7"),
    ):
        with pytest.raises(ProofNeeded):
            await window.hold(1, id=str(hold_id), proof=shown, peer=peer)
    assert (await window.hold(1, id=str(mine), proof=proof)).id == mine
    assert window.counters() == (6, 0)


def test_a_proof_is_for_one_event_address_hold_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    signer, event, hold = Signer("a secret only tests know"), uuid4(), uuid4()
    challenge = work.challenge(signer, event, "peer", 8)
    proof = Proof.model_validate(solved(challenge, hold, 8))
    assert work.bits_shown(signer, event, "peer", hold, proof) == 8
    assert work.bits_shown(signer, uuid4(), "peer", hold, proof) == 0
    assert work.bits_shown(signer, event, "other", hold, proof) == 0
    assert work.bits_shown(signer, event, "peer", uuid4(), proof) == 0
    assert work.bits_shown(Signer("another secret"), event, "peer", hold, proof) == 0
    assert work.bits_shown(signer, event, "peer", hold, None) == 0
    later = time.time() + work.CHALLENGE_SECONDS + 2
    monkeypatch.setattr(work.time, "time", lambda: later)
    assert work.bits_shown(signer, event, "peer", hold, proof) == 0


def test_the_work_grows_with_the_haste_and_ends_where_people_would_notice() -> None:
    asked = [work.bits_needed(lately) for lately in range(100)]
    assert asked[: work.FREE_HOLDS] == [0] * work.FREE_HOLDS
    assert asked[work.FREE_HOLDS] == work.LEAST_BITS
    assert sorted(asked) == asked
    assert max(asked) == work.MOST_BITS
    # What is asked for is what lets one in, and one bit less does not.
    for lately, bits in enumerate(asked):
        assert work.reach(bits) >= lately
        assert bits == 0 or work.reach(bits - 1 if bits > work.LEAST_BITS else 0) < lately
