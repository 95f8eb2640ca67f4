"""Which thing a name means: the exact one always, the shortened or misspelt one when it is clear, and never a guess."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import Ambiguous, NotFound
from tools.kit.naming import Candidate, pick

WORDS = ("winter", "summer", "jazz", "night", "gala", "the", "blue", "room", "2030", "café", "🎷")
names = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.text(min_size=1, max_size=12).map(str.strip),
).filter(bool)


def candidates(*names: str, past: tuple[str, ...] = ()) -> list[Candidate]:
    return [Candidate(uuid4(), name) for name in names] + [Candidate(uuid4(), name, current=False) for name in past]


def meant(reference: str, *names: str, past: tuple[str, ...] = ()) -> str:
    found = candidates(*names, past=past)
    chosen = pick("event", reference, found)
    return next(c.name for c in found if c.id == chosen)


@pytest.mark.parametrize(
    "reference",
    ["Winter Gala", "winter gala", "the Winter Gala", "the gala", "gala", "wintr gala", "Winter-Gala!", "gala winter"],
)
def test_people_shorten_and_misspell_and_are_understood(reference: str) -> None:
    assert meant(reference, "Winter Gala", "Jazz Night", "Summer Fair") == "Winter Gala"


@pytest.mark.parametrize("reference", ["gala", "the gala", "Gala"])
def test_a_word_that_fits_two_is_a_question(reference: str) -> None:
    with pytest.raises(Ambiguous) as asked:
        meant(reference, "Winter Gala", "Summer Gala")
    assert asked.value.details["candidates"] == ["Winter Gala", "Summer Gala"]


@pytest.mark.parametrize("reference", ["Spring Ball", "x", "🎷", "", "gala dinner", "summer"])
def test_what_fits_nothing_is_not_found(reference: str) -> None:
    with pytest.raises(NotFound):
        meant(reference, "Winter Gala", "Jazz Night")


def test_a_cancelled_one_loses_to_a_current_one_and_is_found_alone() -> None:
    assert meant("gala", "Winter Gala", past=("Summer Gala",)) == "Winter Gala"
    assert meant("summer gala", "Jazz Night", past=("Summer Gala",)) == "Summer Gala"
    found = candidates("Gala", past=("Gala",))
    assert pick("event", "gala", found) == found[0].id


def test_names_without_letters_are_names_too() -> None:
    assert meant("🎷", "🎷", "🎸", "!!!") == "🎷"
    assert meant("???", "!!!", "???") == "???"
    with pytest.raises(NotFound):
        meant("???", "!!!", "🎷")


@given(names_=st.lists(names, min_size=1, max_size=8, unique_by=str.casefold))
def test_the_exact_name_always_wins(names_: list[str]) -> None:
    for name in names_:
        assert meant(name, *names_) == name


@given(name=names, others=st.lists(names, max_size=5), reference=names)
def test_two_of_the_same_name_are_never_told_apart_by_it(name: str, others: list[str], reference: str) -> None:
    twins = [Candidate(uuid4(), name, "first"), Candidate(uuid4(), name, "second")]
    for asked in (name, reference):
        try:
            chosen = pick("event", asked, [*twins, *candidates(*others)])
        except (Ambiguous, NotFound):
            continue
        assert chosen not in {twin.id for twin in twins}


@given(reference=names, names_=st.lists(names, max_size=6, unique_by=str.casefold))
def test_the_order_of_the_candidates_decides_nothing(reference: str, names_: list[str]) -> None:
    def outcome(found: list[str]) -> str:
        try:
            return meant(reference, *found)
        except (Ambiguous, NotFound) as refused:
            return refused.code

    assert outcome(names_) == outcome(names_[::-1])
