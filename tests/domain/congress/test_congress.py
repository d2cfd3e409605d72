from uuid import UUID, uuid5

import pytest

from domain.congress.congress import (
    RESERVED_SLUGS,
    Congress,
    CongressDescribed,
    CongressFact,
    CongressFounded,
    Level,
    SlugTaken,
    SlugTakenBy,
    Unit,
    UnitAdded,
    UnitChanged,
    UnitExists,
    UnitWithdrawn,
    WrongParent,
    add_unit,
    change_unit,
    describe_congress,
    evolve,
    evolve_slug,
    found_congress,
    hold_slug,
    slug_stream,
    withdraw_unit,
)
from domain.shared import Invalid, Missing, NotFound
from tests.support.given import Situation, given

CITY = UUID("00000000-0000-5000-8000-0000000c1771")
WATER, ROADS = (uuid5(CITY, name) for name in ("water", "roads"))

FOUNDED = CongressFounded(
    name="江州市人民代表大会", short_name="江州市人大", slug="jiangzhou", level=Level.CITY, parent=None, term=17
)


def congress(*facts: CongressFact) -> Situation[Congress]:
    return given(FOUNDED, *facts, evolve=evolve)


def test_a_congress_is_founded_under_its_name_and_address() -> None:
    founded = found_congress(
        name=" 江州市人民代表大会 ", short_name="江州市人大", slug="jiangzhou", level=Level.CITY, term=17
    )
    assert founded == FOUNDED


def test_without_a_short_name_the_full_one_is_used() -> None:
    founded = found_congress(name="江州市人民代表大会", short_name="", slug="jz", level=Level.CITY, term=1)
    assert founded.short_name == "江州市人民代表大会"


@pytest.mark.parametrize("slug", ["Jz", "1jz", "j", "j--z", "jz-", "江州", "j_z", "a" * 33, *sorted(RESERVED_SLUGS)])
def test_an_address_word_is_short_lower_case_and_not_the_applications_own(slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        found_congress(name="江州市人民代表大会", short_name="", slug=slug, level=Level.CITY, term=17)
    assert (refused.value.field, refused.value.reason) == ("slug", "slug")


@pytest.mark.parametrize("term", [0, -1, 100])
def test_a_term_is_a_number_from_1_to_99(term: int) -> None:
    with pytest.raises(Invalid):
        found_congress(name="江州市人民代表大会", short_name="", slug="jz", level=Level.CITY, term=term)


def test_a_congress_needs_a_name_and_an_address() -> None:
    with pytest.raises(Missing) as refused:
        found_congress(name=" ", short_name="", slug="", level=Level.CITY, term=1)
    assert refused.value.fields == ("name", "slug")


@pytest.mark.parametrize(
    ("level", "parent"),
    [
        (Level.COUNTY, Level.CITY),
        (Level.TOWNSHIP, Level.COUNTY),
        (Level.TOWNSHIP, Level.CITY),
        (Level.STREET, Level.COUNTY),
        (Level.STREET, Level.CITY),
    ],
)
def test_a_body_stands_under_a_higher_one(level: Level, parent: Level) -> None:
    founded = found_congress(
        name="东河区", short_name="", slug="donghe", level=level, term=1, parent=CITY, parent_level=parent
    )
    assert founded.parent == CITY


@pytest.mark.parametrize(
    ("level", "parent"),
    [(Level.CITY, Level.CITY), (Level.COUNTY, Level.TOWNSHIP), (Level.TOWNSHIP, Level.STREET)],
)
def test_a_body_never_stands_under_one_of_its_own_level_or_below(level: Level, parent: Level) -> None:
    with pytest.raises(WrongParent):
        found_congress(
            name="东河区", short_name="", slug="donghe", level=level, term=1, parent=CITY, parent_level=parent
        )


def test_an_address_word_belongs_to_one_congress() -> None:
    holder = evolve_slug(None, hold_slug(None, "jiangzhou", CITY))
    assert holder == SlugTakenBy(slug="jiangzhou", congress=CITY)
    with pytest.raises(SlugTaken):
        hold_slug(holder, "jiangzhou", WATER)
    assert slug_stream("jiangzhou") != slug_stream("donghe")


def test_names_and_term_are_put_right_while_the_address_stays() -> None:
    described = describe_congress(name="江州市人大", short_name="", term=18)
    assert described == CongressDescribed(name="江州市人大", short_name="江州市人大", term=18)
    state = evolve(evolve(None, FOUNDED), described)
    assert (state.name, state.term, state.slug) == ("江州市人大", 18, "jiangzhou")


def test_a_unit_is_added_once() -> None:
    added = UnitAdded(unit=WATER, name="水务局", duty_phone="0477-8612345")
    congress().when(lambda c: add_unit(c, WATER, " 水务局 ", "0477-8612345")).then(added)
    congress(added).when(lambda c: add_unit(c, ROADS, "水务局")).refused(UnitExists, name="水务局")


def test_a_unit_has_a_name_and_only_a_public_phone() -> None:
    congress().when(lambda c: add_unit(c, WATER, "  ")).refused(Missing, fields=("name",))
    congress().when(lambda c: add_unit(c, WATER, "水务局", "找小王")).refused(Invalid, field="duty_phone")


def test_a_unit_is_renamed_but_never_to_the_name_of_another() -> None:
    both = (UnitAdded(unit=WATER, name="水务局"), UnitAdded(unit=ROADS, name="交通局"))
    renamed = UnitChanged(unit=ROADS, name="交通运输局", duty_phone="")
    congress(*both).when(lambda c: change_unit(c, ROADS, "交通运输局", "")).then(renamed)
    congress(*both).when(lambda c: change_unit(c, ROADS, "水务局", "")).refused(UnitExists)
    congress(*both).when(lambda c: change_unit(c, WATER, "水务局", "12345")).then(
        UnitChanged(unit=WATER, name="水务局", duty_phone="12345")
    )
    congress().when(lambda c: change_unit(c, WATER, "水务局", "")).refused(NotFound)


def test_a_withdrawn_unit_sets_its_name_free_and_can_come_back() -> None:
    added, gone = UnitAdded(unit=WATER, name="水务局"), UnitWithdrawn(unit=WATER)
    congress(added).when(lambda c: withdraw_unit(c, WATER)).then(gone)
    congress(added, gone).when(lambda c: withdraw_unit(c, WATER)).refused(NotFound)
    congress(added, gone).when(lambda c: add_unit(c, ROADS, "水务局")).then(UnitAdded(unit=ROADS, name="水务局"))
    back = evolve(
        evolve(evolve(evolve(None, FOUNDED), added), gone), UnitChanged(unit=WATER, name="水务局", duty_phone="")
    )
    assert back.units[WATER] == Unit(id=WATER, name="水务局", duty_phone="")
