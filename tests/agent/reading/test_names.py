"""Names, people, spelling and Dutch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.reading import correct_spelling, find_names, gloss, looks_dutch, read_people, resolve

EVENTS = ["Winter Gala", "Tech Meetup", "Spring Picnic", "Harbour Fest"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("the gala", "Winter Gala"),
        ("wintr gala", "Winter Gala"),
        ("HARBOR FEST", "Harbour Fest"),
        ("meetup", "Tech Meetup"),
    ],
)
def test_short_and_misspelt_names_resolve(said: str, name: str) -> None:
    assert resolve(said, EVENTS).name == name


def test_a_name_that_fits_two_things_is_a_tie() -> None:
    match = resolve("the gala", [*EVENTS, "Summer Gala"])
    assert (match.kind, match.name, set(match.candidates)) == ("tie", None, {"Winter Gala", "Summer Gala"})


def test_a_stranger_is_no_match() -> None:
    assert resolve("Summer Ball", EVENTS).kind == "none"
    assert resolve("Loft 22", ["Loft 21"]).name != "Loft 21" or resolve("Loft 22", ["Loft 21"]).kind == "fuzzy"


def test_a_gala_is_a_new_one_and_the_gala_is_ours() -> None:
    assert find_names("create a gala in June", EVENTS) == []
    assert [m.name for m in find_names("move the gala to June", EVENTS)] == ["Winter Gala"]


def test_digits_in_a_name_may_not_differ() -> None:
    assert find_names("book Loft 22", ["Loft 21"]) == []
    assert [m.name for m in find_names("book Loft 21", ["Loft 21"])] == ["Loft 21"]


def test_slips_in_words_of_the_trade_are_put_right() -> None:
    assert correct_spelling("cancle teh event on 12 decmber") == "cancel the event on 12 december"


@pytest.mark.parametrize(
    "text", ["sell 2 to lisa@exmple.cmo", "call it 'Sposnor Nite'", "add Glod as partner", "the wintr festival"]
)
def test_addresses_quotations_and_names_stay_as_typed(text: str) -> None:
    assert correct_spelling(text, ("Wintr",)) == text


def test_a_first_name_at_the_start_is_no_slip() -> None:
    assert correct_spelling("Lisa de Boer buys 3 tickets") == "Lisa de Boer buys 3 tickets"
    assert correct_spelling("lisa wants 3 tickets") == "lisa wants 3 tickets"
    assert correct_spelling("Cancle the gala") == "Cancel the gala"


def test_a_name_beside_its_address_is_one_buyer() -> None:
    (person,) = read_people("Jan van der Berg (jan@berg.nl)")
    assert person.as_buyer == "Jan van der Berg <jan@berg.nl>"


def test_dutch_is_glossed_and_english_is_not() -> None:
    assert looks_dutch("Verkoop 4 kaartjes voor het Winter Gala aan Anna van Dijk")
    assert (
        gloss("Verkoop 4 kaartjes voor het Winter Gala aan Anna van Dijk")
        == "Sell 4 tickets for the Winter Gala to Anna van Dijk"
    )
    assert not looks_dutch("Sell 4 tickets for the Winter Gala to Anna van Dijk")


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_readers(text: str) -> None:
    find_names(text, EVENTS)
    resolve(text, EVENTS)
    read_people(text)
    correct_spelling(text)
    gloss(text)
