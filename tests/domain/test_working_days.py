"""Working days: rule 19's dates, holidays and make-up days, and what marks of several congresses add up to."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from domain.congress.prepared_days import FIRST_PREPARED, LAST_ANNOUNCED, LAST_PREPARED, PREPARED, TABLE
from domain.congress.working_days import (
    DayKind,
    DayMarksTakenBack,
    DaysMarked,
    DaysMarkedAlready,
    Mark,
    MarkedDays,
    WorkingDays,
    effective_days,
    evolve,
    mark_days,
    take_back_marks,
)
from domain.shared import Invalid, Missing, NotFound
from tests.support.given import given
from tests.support.prepared_days import ANNOUNCED, lines
from tests.support.prepared_days import FIRST_YEAR as FIRST_PRINTED
from tests.support.prepared_days import LAST_YEAR as LAST_PRINTED

CONGRESS = UUID("00000000-0000-5000-8000-00000c0de001")
OFFICE = effective_days((PREPARED,))
DAYS = st.dates(date(2016, 1, 1), date(2027, 12, 31))
MARKS = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 3, 31)),
    st.builds(Mark, kind=st.sampled_from(DayKind), name=st.just("某日")),
    max_size=40,
)


def test_rule_19_a_quarterly_report_is_due_on_a_friday_as_it_is() -> None:
    assert OFFICE.next_working(date(2026, 3, 20)) == date(2026, 3, 20)


def test_rule_19_2026_06_20_falls_into_the_dragon_boat_festival_and_moves_to_monday() -> None:
    assert not OFFICE.is_working(date(2026, 6, 20))
    assert OFFICE.next_working(date(2026, 6, 20)) == date(2026, 6, 22)


def test_rule_19_a_sunday_that_is_made_up_for_a_holiday_is_a_working_day() -> None:
    assert date(2026, 9, 20).strftime("%a") == "Sun"
    assert OFFICE.is_working(date(2026, 9, 20))
    assert OFFICE.next_working(date(2026, 9, 20)) == date(2026, 9, 20)
    assert OFFICE.next_working(date(2026, 12, 20)) == date(2026, 12, 21)


def test_the_spring_festival_of_2026_is_counted_with_both_its_make_up_saturdays() -> None:
    assert OFFICE.after(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert OFFICE.after(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert OFFICE.between(date(2026, 2, 13), date(2026, 2, 28)) == 5 + 1


def test_a_year_that_nobody_announced_has_its_festivals_and_no_make_up_days() -> None:
    calculated = [day for day in PREPARED if day.year > LAST_ANNOUNCED]
    assert {day.year for day in calculated} == {2027}
    assert all(PREPARED[day].kind is DayKind.FREE for day in calculated)
    assert not OFFICE.is_working(date(2027, 2, 8))


def test_the_prepared_table_is_what_the_libraries_know() -> None:
    assert TABLE.strip().splitlines() == list(lines())
    assert (FIRST_PREPARED, LAST_ANNOUNCED, LAST_PREPARED) == (FIRST_PRINTED, ANNOUNCED, LAST_PRINTED)


def test_every_make_up_day_was_a_weekend() -> None:
    worked = [day for day, mark in PREPARED.items() if mark.kind is DayKind.WORKING]
    assert all(day.weekday() >= 5 for day in worked)


@over(day=DAYS)
def test_the_next_working_day_is_worked_and_nothing_before_it_is(day: date) -> None:
    found = OFFICE.next_working(day)
    assert OFFICE.is_working(found)
    assert OFFICE.next_working(found) == found
    assert not any(OFFICE.is_working(day + timedelta(days=n)) for n in range((found - day).days))


@over(day=DAYS, number=st.integers(0, 60))
def test_so_many_working_days_later_lie_so_many_working_days_between(day: date, number: int) -> None:
    later = OFFICE.after(day, number)
    assert OFFICE.between(day, later) == number
    assert number == 0 or OFFICE.is_working(later)
    assert OFFICE.between(later, day) == 0


@over(a=DAYS, b=DAYS, c=DAYS)
def test_working_days_add_up_along_the_way(a: date, b: date, c: date) -> None:
    first, second, third = sorted((a, b, c))
    assert OFFICE.between(first, second) + OFFICE.between(second, third) == OFFICE.between(first, third)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="-1"):
        OFFICE.after(date(2026, 3, 20), -1)


@over(above=MARKS, own=MARKS)
def test_the_nearest_mark_counts(above: dict[date, Mark], own: dict[date, Mark]) -> None:
    days = effective_days((PREPARED, above, own))
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(90)):
        mark = own.get(day) or above.get(day) or PREPARED.get(day)
        assert days.is_working(day) == (mark.kind is DayKind.WORKING if mark else day.weekday() < 5)
    assert not days.holidays & days.make_up


def test_without_any_mark_the_week_alone_counts() -> None:
    assert WorkingDays().next_working(date(2026, 10, 3)) == date(2026, 10, 5)


def test_an_office_marks_a_holiday_of_its_region() -> None:
    given(evolve=evolve).when(
        lambda marked: mark_days(
            marked,
            CONGRESS,
            starts_on=date(2027, 8, 1),
            ends_on=date(2027, 8, 1),
            kind=DayKind.FREE,
            name=" 自治区成立纪念日 ",
        ),
    ).then(_marked(date(2027, 8, 1), date(2027, 8, 1), name="自治区成立纪念日"))


def test_days_marked_again_in_the_same_way_are_refused() -> None:
    marked = evolve(None, _marked(date(2027, 8, 1), date(2027, 8, 3)))
    with pytest.raises(DaysMarkedAlready):
        _mark(marked, date(2027, 8, 2), date(2027, 8, 3))
    assert _mark(marked, date(2027, 8, 2), date(2027, 8, 4)).ends_on == date(2027, 8, 4)


def test_marks_taken_back_leave_the_others() -> None:
    marked = evolve(None, _marked(date(2027, 8, 1), date(2027, 8, 3)))
    left = evolve(marked, take_back_marks(marked, CONGRESS, date(2027, 8, 2), date(2027, 8, 9)))
    assert set(left.days) == {date(2027, 8, 1)}
    with pytest.raises(NotFound):
        take_back_marks(left, CONGRESS, date(2027, 8, 2), date(2027, 8, 2))
    gone = DayMarksTakenBack(congress=CONGRESS, starts_on=date(2027, 8, 1), ends_on=date(2027, 8, 1))
    assert evolve(left, gone).days == {}


def test_what_cannot_be_marked_says_which_field() -> None:
    first = date(2027, 8, 1)
    with pytest.raises(Missing):
        _mark(None, first, first, name=" ")
    for field, starts_on, ends_on in (
        ("ends_on", first, first - timedelta(days=1)),
        ("ends_on", first, first + timedelta(days=31)),
        ("starts_on", date(1999, 1, 1), date(1999, 1, 1)),
    ):
        with pytest.raises(Invalid) as refused:
            _mark(None, starts_on, ends_on)
        assert refused.value.field == field
    assert _mark(None, first, first + timedelta(days=30)).starts_on == first


def _mark(marked: MarkedDays | None, starts_on: date, ends_on: date, name: str = "假日") -> DaysMarked:
    return mark_days(marked, CONGRESS, starts_on=starts_on, ends_on=ends_on, kind=DayKind.FREE, name=name)


def _marked(starts_on: date, ends_on: date, name: str = "假日") -> DaysMarked:
    return DaysMarked(congress=CONGRESS, starts_on=starts_on, ends_on=ends_on, kind=DayKind.FREE, name=name)
