"""The annual voted list 年度票决清单: what the declared poll adopted, under the number of its notice."""

from dataclasses import dataclass, replace
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
class VotedListSupplemented:
    """Projects came onto the list for places the first ballot left open (rules 8 and 9)."""

    congress: UUID
    year: Year
    poll: UUID
    """The second ballot, or the poll whose open places a body decided on."""
    notice_number: str
    """Of the notice, or of the body's decision."""
    announced_on: date
    projects: tuple[AdoptedProject, ...]
    decided_by: str = ""
    """`presidium` or `standing_committee`; empty: a second ballot."""


VotedListFact = VotedListAnnounced | VotedListSupplemented


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedList:
    """The list as it stands; `poll` is the first ballot."""

    poll: UUID
    projects: tuple[AdoptedProject, ...]

    @property
    def next_number(self) -> int:
        """Numbers go on after the last."""
        return 1 + max((line.number for line in self.projects), default=0)


@dataclass(eq=False)
class ListAlreadyAnnounced(Refused):
    """The year has its voted list."""

    year: int


@dataclass(eq=False)
class ListNotAnnounced(Refused):
    """There is no voted list that could be supplemented."""

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


def supplement_list(
    current: VotedList | None,
    *,
    congress: UUID,
    year: int,
    poll: UUID,
    notice_number: str,
    on: date,
    projects: tuple[AdoptedProject, ...],
    decided_by: str = "",
) -> VotedListSupplemented:
    """Raises Missing (notice_number) or ListNotAnnounced."""
    if current is None:
        raise ListNotAnnounced(year=year)
    if not notice_number.strip():
        raise Missing(fields=("notice_number",))
    return VotedListSupplemented(
        congress=congress,
        year=Year(year),
        poll=poll,
        notice_number=notice_number.strip(),
        announced_on=on,
        projects=projects,
        decided_by=decided_by,
    )


def evolve(current: VotedList | None, fact: VotedListFact) -> VotedList:
    """The list after its announcement and every supplement."""
    match fact:
        case VotedListAnnounced():
            return current or VotedList(poll=fact.poll, projects=fact.projects)
        case VotedListSupplemented():
            before = current or VotedList(poll=fact.poll, projects=())
            return replace(before, projects=(*before.projects, *fact.projects))
