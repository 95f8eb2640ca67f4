"""Ids: the same step of a proposal derives the same ones, everything else gets new ones, and codes can not be guessed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.kit.ids import DerivedIds, RandomIds, as_uuid


@given(proposal=st.uuids(), step=st.integers(0, 50), count=st.integers(1, 20))
def test_a_step_derives_the_same_ids_each_time_and_no_other_step_does(proposal: UUID, step: int, count: int) -> None:
    def derived(of: UUID, number: int) -> list[UUID]:
        source = DerivedIds(of, number)
        return [source.new_id() for _ in range(count)]

    assert derived(proposal, step) == derived(proposal, step)
    assert len({*derived(proposal, step), *derived(proposal, step + 1), *derived(uuid4(), step)}) == 3 * count


def test_codes_are_new_each_time_also_in_a_proposal() -> None:
    for source in (RandomIds(), DerivedIds(uuid4(), 0)):
        codes = {source.new_code() for _ in range(1000)}
        assert len(codes) == 1000
        assert all(len(code) == 20 for code in codes)
    assert DerivedIds(UUID(int=0), 0).new_code() != DerivedIds(UUID(int=0), 0).new_code()


@given(id_=st.uuids())
def test_an_id_is_read_as_written(id_: UUID) -> None:
    assert as_uuid(str(id_)) == id_
    assert as_uuid(str(id_).upper()) == id_


@pytest.mark.parametrize(
    "name", ["", "Winter Gala", "x" * 36, "1042", "{6f0a1b2c-0000-4000-8000-000000000000}", "0" * 32]
)
def test_a_name_is_no_id(name: str) -> None:
    assert as_uuid(name) is None
