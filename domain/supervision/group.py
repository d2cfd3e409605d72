"""A delegate group 代表小组: the delegates who watch one adopted project until it is finished, one group a project."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.projects.project import Project, Stage, WrongStage
from domain.shared import Missing, NotFound, Refused, Year

LARGEST = 60
"""More members than this are a delegation, not a group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFormed:
    """Delegates were put together to watch a project."""

    congress: UUID
    year: Year
    """Of the project."""
    project: UUID
    name: str
    leader: UUID
    members: tuple[UUID, ...]
    """With the leader, in the order of the roll."""
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged:
    """The group has another name, leader or members from a day on; who left stays in its record."""

    name: str
    leader: UUID
    joined: tuple[UUID, ...]
    left: tuple[UUID, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDissolved:
    """The group watches no more; another one may be formed for the project."""

    reason: str
    on: date


GroupFact = GroupFormed | GroupChanged | GroupDissolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """When somebody joined the group, and left it."""

    delegate: UUID
    joined_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The group of a project as it stands."""

    congress: UUID
    year: Year
    project: UUID
    name: str
    leader: UUID
    memberships: tuple[Membership, ...]
    """Of everybody who ever belonged to it, in the order of joining."""
    formed_on: date
    dissolved_on: date | None = None

    @property
    def members(self) -> tuple[UUID, ...]:
        """Those who belong to it now."""
        return tuple(one.delegate for one in self.memberships if one.left_on is None)

    @property
    def is_standing(self) -> bool:
        """Whether it still watches."""
        return self.dissolved_on is None


@dataclass(eq=False)
class GroupStands(Refused):
    """The project has a group already: one group a project."""

    name: str


@dataclass(eq=False)
class NoGroup(Refused):
    """The project has no group, or none any more."""


@dataclass(eq=False)
class LeaderNotAMember(Refused):
    """The leader of a group is one of its members."""


@dataclass(eq=False)
class TooManyMembers(Refused):
    """More delegates than a group may have."""

    members: int
    most: int


def group_stream(project: UUID) -> UUID:
    """The one group of a project, and whichever follows it."""
    return uuid5(project, "delegate-group")


def adopted(project: Project | None) -> Project:
    """Only what was voted is watched. Raises NotFound or WrongStage."""
    if project is None:
        raise NotFound(kind="project", id="")
    if project.stage is not Stage.ADOPTED:
        raise WrongStage(name=project.card.name, stage=project.stage.value)
    return project


def form_group(
    current: Group | None,
    project: UUID,
    of: Project | None,
    *,
    name: str,
    leader: UUID,
    members: Iterable[UUID],
    on: date,
) -> GroupFormed:
    """Raises GroupStands, NotFound, WrongStage, Missing, LeaderNotAMember or TooManyMembers."""
    known = adopted(of)
    if current is not None and current.is_standing:
        raise GroupStands(name=current.name)
    chosen = _checked(name, leader, members)
    return GroupFormed(
        congress=known.congress,
        year=known.year,
        project=project,
        name=name.strip(),
        leader=leader,
        members=chosen,
        on=on,
    )


def change_group(
    current: Group | None, *, name: str, leader: UUID, members: Iterable[UUID], on: date
) -> tuple[GroupChanged, ...]:
    """Nothing where nothing changes. Raises NoGroup, Missing, LeaderNotAMember or TooManyMembers."""
    known = standing(current)
    chosen = _checked(name, leader, members)
    joined = tuple(one for one in chosen if one not in known.members)
    left = tuple(one for one in known.members if one not in chosen)
    if not joined and not left and (known.name, known.leader) == (name.strip(), leader):
        return ()
    return (GroupChanged(name=name.strip(), leader=leader, joined=joined, left=left, on=on),)


def dissolve_group(current: Group | None, reason: str, on: date) -> GroupDissolved:
    """Raises NoGroup or Missing (reason)."""
    standing(current)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return GroupDissolved(reason=reason.strip(), on=on)


def standing(current: Group | None) -> Group:
    """The group that watches. Raises NoGroup."""
    if current is None or not current.is_standing:
        raise NoGroup
    return current


def evolve(current: Group | None, fact: GroupFact) -> Group:
    """The group after one more fact."""
    if isinstance(fact, GroupFormed):
        return Group(
            congress=fact.congress,
            year=fact.year,
            project=fact.project,
            name=fact.name,
            leader=fact.leader,
            memberships=tuple(Membership(delegate=one, joined_on=fact.on) for one in fact.members),
            formed_on=fact.on,
        )
    if current is None:
        raise NoGroup
    if isinstance(fact, GroupDissolved):
        return replace(current, dissolved_on=fact.on)
    stayed = _left(current.memberships, fact.left, fact.on)
    joined = tuple(Membership(delegate=one, joined_on=fact.on) for one in fact.joined)
    return replace(current, name=fact.name, leader=fact.leader, memberships=(*stayed, *joined))


def _left(known: tuple[Membership, ...], left: Collection[UUID], on: date) -> tuple[Membership, ...]:
    return tuple(replace(one, left_on=on) if one.left_on is None and one.delegate in left else one for one in known)


def _checked(name: str, leader: UUID, members: Iterable[UUID]) -> tuple[UUID, ...]:
    chosen = tuple(dict.fromkeys(members))
    empty = tuple(field for field, value in (("name", name.strip()), ("members", chosen)) if not value)
    if empty:
        raise Missing(fields=empty)
    if leader not in chosen:
        raise LeaderNotAMember
    if len(chosen) > LARGEST:
        raise TooManyMembers(members=len(chosen), most=LARGEST)
    return chosen
