"""The annual voted list 年度票决清单: what the declared poll adopted, under the number of its notice."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain.shared import Missing, Refused, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedProject:
    """One line of the voted list."""

    project: UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedListAnnounced:
    """The congress made its annual list known."""

    congress: UUID
    year: Year
    poll: UUID
    notice_number: str
    announced_on: date
    projects: tuple[AdoptedProject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedList:
    """The list as announced."""

    poll: UUID
    projects: tuple[AdoptedProject, ...]


@dataclass(eq=False)
class ListAlreadyAnnounced(Refused):
    """The year has its voted list."""

    year: int


def voted_list_stream(congress: UUID, year: int) -> UUID:
    """A congress has one voted list a year."""
    return uuid5(congress, f"voted-list/{year}")


def announce_list(
    current: VotedList | None,
    *,
    congress: UUID,
    year: int,
    poll: UUID,
    notice_number: str,
    on: date,
    projects: tuple[AdoptedProject, ...],
) -> VotedListAnnounced:
    """Raises Missing (notice_number) or ListAlreadyAnnounced."""
    if current is not None:
        raise ListAlreadyAnnounced(year=year)
    if not notice_number.strip():
        raise Missing(fields=("notice_number",))
    return VotedListAnnounced(
        congress=congress,
        year=Year(year),
        poll=poll,
        notice_number=notice_number.strip(),
        announced_on=on,
        projects=projects,
    )


def evolve(current: VotedList | None, fact: VotedListAnnounced) -> VotedList:
    """The list after its announcement."""
    return current or VotedList(poll=fact.poll, projects=fact.projects)
