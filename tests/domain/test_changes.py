"""What changed between two states, field by field."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.changes import Change, changes
from domain.congress.congress import Congress, Level, Unit
from domain.congress.roll import DelegateEntry, Roll
from domain.congress.session import Attendance
from domain.projects.card import CandidateCard, FundSource
from domain.projects.project import Project, Stage
from domain.shared import Money, Year

PROJECT = Project(congress=uuid4(), year=Year(2026), code="ABC", card=CandidateCard(name="雨水管网", number=1))


def told(before: object, after: object) -> dict[str, tuple[object, object]]:
    return {".".join(map(str, one.path)): (one.before, one.after) for one in changes(before, after)}


def test_nothing_changed_between_equal_states() -> None:
    assert changes(PROJECT, replace(PROJECT)) == ()
    assert changes(None, None) == ()


def test_a_correction_names_the_fields_that_changed_and_no_others() -> None:
    card = replace(PROJECT.card, total_funds=Money(Decimal(8000)), starts_on=date(2026, 3, 1))
    assert told(PROJECT, replace(PROJECT, card=card, stage=Stage.LISTED)) == {
        "card.total_funds": (None, Decimal(8000)),
        "card.starts_on": (None, date(2026, 3, 1)),
        "stage": (Stage.DRAFT, Stage.LISTED),
    }


def test_the_first_state_is_told_by_what_is_filled_in() -> None:
    told_first = told(None, PROJECT)
    assert told_first["card.name"] == (None, "雨水管网")
    assert "card.risks" not in told_first
    assert "card.cross_year" not in told_first


def test_what_is_kept_under_keys_comes_and_goes_as_a_whole_and_changes_by_its_fields() -> None:
    water, roads = (Unit(id=uuid4(), name=name, duty_phone="") for name in ("水务局", "城管局"))
    before = Congress(
        name="青城市人大", short_name="青城", slug="qc", level=Level.CITY, parent=None, term=16, units={water.id: water}
    )
    renamed = replace(water, name="水利局")
    after = replace(before, units={water.id: renamed, roads.id: roads})
    assert changes(before, after) == (
        Change(path=("units", water.id, "name"), before="水务局", after="水利局"),
        Change(path=("units", roads.id), before=None, after=roads),
    )


def test_of_a_list_only_what_went_and_what_came_is_told() -> None:
    city, county = (FundSource(name=name, percent=Decimal(50)) for name in ("市级财政", "区级财政"))
    before = CandidateCard(sources=(city, county))
    assert told(before, CandidateCard(sources=(city,))) == {"sources": ((county,), None)}
    assert told(before, CandidateCard(sources=(county, city))) == {"sources": ((city, county), (county, city))}
    first, second = sorted((uuid4(), uuid4()), key=str)
    drawn = told(Attendance(present=True), Attendance(present=True, drawn=frozenset({second, first})))
    assert drawn == {"drawn": (None, (first, second))}


def test_a_delegate_who_left_is_told_with_the_line_of_the_roll() -> None:
    zhang = DelegateEntry(delegate=uuid4(), number="003", name="张丽", delegation="一团")
    assert changes(Roll(entries={zhang.delegate: zhang}), Roll()) == (
        Change(path=("entries", zhang.delegate), before=zhang, after=None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A state of every kind of field."""

    title: str = ""
    number: int | None = None
    books: dict[str, int] = field(default_factory=dict)
    readers: tuple[str, ...] = ()
    above: "Shelf | None" = None


_plain: Any = {
    "title": st.text(max_size=3),
    "number": st.none() | st.integers(0, 3),
    "books": st.dictionaries(st.sampled_from("ab"), st.integers(0, 2), max_size=2),
    "readers": st.lists(st.sampled_from("xyz"), unique=True, max_size=3).map(tuple),
}
shelves = st.builds(Shelf, **_plain, above=st.none() | st.builds(Shelf, **_plain))


@settings(max_examples=200, deadline=None)
@given(before=shelves, after=shelves)
def test_equal_states_have_no_changes_and_going_back_is_the_same_the_other_way_round(
    before: Shelf, after: Shelf
) -> None:
    there, back = changes(before, after), changes(after, before)
    assert changes(before, before) == ()
    assert {(one.path, one.before, one.after) for one in map(_frozen, there)} == {
        (one.path, one.after, one.before) for one in map(_frozen, back)
    }
    assert all(one.before != one.after for one in there)


def _frozen(change: Change) -> Change:
    return replace(change, before=str(change.before), after=str(change.after))


def test_identities_lead_to_what_is_kept_under_them() -> None:
    key: UUID = uuid4()
    assert changes({key: 1}, {key: 2}) == (Change(path=(key,), before=1, after=2),)
