"""The duty list 责任分解清单 of a year: the plans of the adopted projects, published together (rule 19)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing, Refused, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyListPublished:
    """Plans of these projects came into force with a document of the office; later ones follow as supplements."""

    congress: UUID
    year: Year
    projects: tuple[UUID, ...]
    number: str
    """Of the document 文号."""
    on: date
    issuer: str = ""
    """Who signs the document 落款, where it is not the congress's own office: 青城市人民政府办公室."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList:
    """The list as it stands; `parts` are its publications, the first one and the supplements."""

    parts: tuple[DutyListPublished, ...]

    @property
    def projects(self) -> frozenset[UUID]:
        """All on it."""
        return frozenset(project for part in self.parts for project in part.projects)

    @property
    def first_on(self) -> date:
        """The date of the duty list, as ask 2 answers it."""
        return self.parts[0].on


@dataclass(eq=False)
class AlreadyOnDutyList(Refused):
    """Some of the projects are on the list."""

    count: int


def duty_list_stream(congress: UUID, year: int) -> UUID:
    """A congress has one duty list a year."""
    return uuid5(congress, f"duty-list/{year}")


def publish_duty_list(
    current: DutyList | None,
    *,
    congress: UUID,
    year: int,
    projects: Collection[UUID],
    number: str,
    on: date,
    today: date,
    issuer: str = "",
) -> DutyListPublished:
    """Whether each plan may come into force is decided with it, by `planning.publish_plan`.

    Raises Missing (projects, number), Invalid for a day to come, or AlreadyOnDutyList.
    """
    missing = tuple(name for name, has in (("projects", projects), ("number", number.strip())) if not has)
    if missing:
        raise Missing(fields=missing)
    if on > today:
        raise Invalid(field="on", reason="in_the_future", value=on.isoformat())
    again = [project for project in projects if current is not None and project in current.projects]
    if again:
        raise AlreadyOnDutyList(count=len(again))
    return DutyListPublished(
        congress=congress,
        year=Year(year),
        projects=tuple(dict.fromkeys(projects)),
        number=number.strip(),
        on=on,
        issuer=issuer.strip(),
    )


def evolve(current: DutyList | None, fact: DutyListPublished) -> DutyList:
    """The list after one more publication."""
    return DutyList(parts=(*(current.parts if current else ()), fact))
