"""A congress's own year calendar: dated entries that its office writes beside what the record knows by itself."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_TITLE = 60
LONGEST_WORDS = 500
LONGEST_SPAN = timedelta(days=366)


class EntryKind(StrEnum):
    """What kind of day it is."""

    MEETING = "meeting"
    DEADLINE = "deadline"
    VISIT = "visit"
    """Delegates go and look 视察、调研."""
    TRAINING = "training"
    PUBLICITY = "publicity"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntryAdded:
    """Something takes place on a day, or from a first to a last day; `public` ones are for everybody to see."""

    congress: UUID
    entry: UUID
    title: str
    starts_on: date
    ends_on: date
    kind: EntryKind
    words: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntryChanged:
    """An entry was put right or moved."""

    entry: UUID
    title: str
    starts_on: date
    ends_on: date
    kind: EntryKind
    words: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntryWithdrawn:
    """It does not take place, or was written by mistake; it stands in the calendar no more."""

    entry: UUID


CalendarFact = CalendarEntryAdded | CalendarEntryChanged | CalendarEntryWithdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as it stands."""

    title: str
    starts_on: date
    ends_on: date
    kind: EntryKind
    words: str = ""
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCalendar:
    """The entries of a congress, in the order in which they were written."""

    planned: dict[UUID, Entry]


@dataclass(eq=False)
class EntryUnchanged(Refused):
    """The entry says exactly this already."""

    title: str


def year_calendar_stream(congress: UUID) -> UUID:
    """A congress has one calendar."""
    return uuid5(congress, "year-calendar")


def add_entry(congress: UUID, entry: UUID, wanted: Entry) -> CalendarEntryAdded:
    """Raises Missing (title) or Invalid (title, words, ends_on)."""
    said = _checked(wanted)
    return CalendarEntryAdded(
        congress=congress,
        entry=entry,
        title=said.title,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        kind=said.kind,
        words=said.words,
        public=said.public,
    )


def change_entry(calendar: YearCalendar | None, entry: UUID, wanted: Entry) -> CalendarEntryChanged:
    """Raises NotFound, EntryUnchanged, Missing (title) or Invalid (title, words, ends_on)."""
    said = _checked(wanted)
    if _known(calendar, entry) == said:
        raise EntryUnchanged(title=said.title)
    return CalendarEntryChanged(
        entry=entry,
        title=said.title,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        kind=said.kind,
        words=said.words,
        public=said.public,
    )


def withdraw_entry(calendar: YearCalendar | None, entry: UUID) -> CalendarEntryWithdrawn:
    """Raises NotFound."""
    _known(calendar, entry)
    return CalendarEntryWithdrawn(entry=entry)


def evolve_year(calendar: YearCalendar | None, fact: CalendarFact) -> YearCalendar:
    """The calendar after one more fact."""
    planned = calendar.planned if calendar else {}
    if isinstance(fact, CalendarEntryWithdrawn):
        return YearCalendar(planned={known: entry for known, entry in planned.items() if known != fact.entry})
    written = Entry(
        title=fact.title,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        kind=fact.kind,
        words=fact.words,
        public=fact.public,
    )
    return YearCalendar(planned={**planned, fact.entry: written})


def _known(calendar: YearCalendar | None, entry: UUID) -> Entry:
    if calendar is None or entry not in calendar.planned:
        raise NotFound(kind="calendar_entry", id=str(entry))
    return calendar.planned[entry]


def _checked(wanted: Entry) -> Entry:
    title, words = wanted.title.strip(), wanted.words.strip()
    if not title:
        raise Missing(fields=("title",))
    for field, value, longest in (("title", title, LONGEST_TITLE), ("words", words, LONGEST_WORDS)):
        if len(value) > longest:
            raise Invalid(field=field, reason="too_long", value=str(longest))
    if wanted.ends_on < wanted.starts_on:
        raise Invalid(field="ends_on", reason="ends_before_start", value=wanted.ends_on.isoformat())
    if wanted.ends_on - wanted.starts_on >= LONGEST_SPAN:
        raise Invalid(field="ends_on", reason="span_too_long", value=wanted.ends_on.isoformat())
    return replace(wanted, title=title, words=words)
