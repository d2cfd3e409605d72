"""The street's own list 街道民生实事清单: what its council chose by hands and carries out by itself, year by year."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.congress.council import AgendaItem
from domain.shared import Invalid, Missing, Refused, Year

LONGEST_NOTICE_NUMBER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """One line of the street's list, with the hands that chose it."""

    item: UUID
    number: int
    title: str
    votes_for: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetListAnnounced:
    """The street made known what its council chose; a later meeting of the year adds to the same list."""

    congress: UUID
    year: Year
    session: UUID
    notice_number: str
    announced_on: date
    lines: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetList:
    """The list as it stands."""

    lines: tuple[ListedItem, ...] = ()

    @property
    def next_number(self) -> int:
        """Numbers go on after the last."""
        return 1 + max((line.number for line in self.lines), default=0)


@dataclass(eq=False)
class NothingToList(Refused):
    """No item of the meeting that was chosen by hands waits for the list."""


def street_list_stream(congress: UUID, year: int) -> UUID:
    """A street has one list a year."""
    return uuid5(congress, f"street-list/{year}")


def announce_street_list(
    current: StreetList | None,
    *,
    congress: UUID,
    year: Year,
    session: UUID,
    notice_number: str,
    on: date,
    chosen: tuple[AgendaItem, ...],
) -> StreetListAnnounced:
    """Puts items chosen by hands on the list, in the order of the agenda. Raises NothingToList, Missing or Invalid."""
    waiting = [one for one in chosen if one.is_chosen and one.shown and one.is_carried and not one.is_settled]
    if not waiting or len(waiting) != len(chosen):
        raise NothingToList
    if not notice_number.strip():
        raise Missing(fields=("notice_number",))
    if len(notice_number.strip()) > LONGEST_NOTICE_NUMBER:
        raise Invalid(field="notice_number", reason="too_long", value=str(LONGEST_NOTICE_NUMBER))
    first = current.next_number if current else 1
    lines = tuple(
        ListedItem(
            item=one.id,
            number=number,
            title=one.matter.title,
            votes_for=one.shown.hands.votes_for,
            present=one.shown.hands.present,
        )
        for number, one in enumerate(waiting, start=first)
        if one.shown is not None
    )
    return StreetListAnnounced(
        congress=congress,
        year=year,
        session=session,
        notice_number=notice_number.strip(),
        announced_on=on,
        lines=lines,
    )


def evolve_street_list(current: StreetList | None, fact: StreetListAnnounced) -> StreetList:
    """The list after one more announcement."""
    known = current or StreetList()
    return replace(known, lines=(*known.lines, *fact.lines))
