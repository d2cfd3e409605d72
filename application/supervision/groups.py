"""Commands about delegate groups 代表小组: one for each adopted project."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.projects import project as projects
from domain.projects.project import Project
from domain.shared import Missing, NotFound
from domain.supervision import group as groups
from domain.supervision.group import GroupFact


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOf:
    """Who is to watch a project."""

    name: str
    leader: UUID
    members: tuple[UUID, ...]


def form_group(office: Office, by: By, project: UUID, wanted: GroupOf) -> int:
    """Puts delegates of the roll together for an adopted project.

    Raises NotPermitted, NotFound (project, delegate), WrongStage, GroupStands, Missing, LeaderNotAMember or
    TooManyMembers.
    """
    congress = known_project(office, project).congress
    by.actor.require(Act.KEEP_SUPERVISION, congress)

    def decide(desk: Desk) -> None:
        stream = groups.group_stream(project)
        current = desk.load(stream, groups.evolve)
        of = desk.load(project, projects.evolve)
        fact = groups.form_group(
            current,
            project,
            of,
            name=wanted.name,
            leader=wanted.leader,
            members=in_order(desk, congress, wanted.members),
            on=office.today(),
        )
        desk.add(stream, fact)

    return office.record(by, decide)


def change_group(office: Office, by: By, project: UUID, wanted: GroupOf) -> int:
    """Another name, leader or members. Raises NotPermitted, NotFound, NoGroup and as `form_group`."""
    congress = known_project(office, project).congress
    by.actor.require(Act.KEEP_SUPERVISION, congress)

    def decide(desk: Desk) -> None:
        stream = groups.group_stream(project)
        current = desk.load(stream, groups.evolve)
        members = in_order(desk, congress, wanted.members, known=current.members if current else ())
        desk.add(
            stream,
            *groups.change_group(current, name=wanted.name, leader=wanted.leader, members=members, on=office.today()),
        )

    return office.record(by, decide)


def keep_groups(office: Office, by: By, congress: UUID, wanted: Sequence[tuple[UUID, GroupOf]]) -> int:
    """Forms or changes the groups of many projects, all or none; what stands as wanted is left as it is.

    Raises NotPermitted, Missing (table) for none at all, NotFound for a project of another congress, and as
    `form_group` and `change_group`.
    """
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    if not wanted:
        raise Missing(fields=("table",))

    def decide(desk: Desk) -> None:
        known = desk.load_many([project for project, _group in wanted], projects.evolve)
        desk.load_many([groups.group_stream(project) for project, _group in wanted], groups.evolve)
        for project, group in wanted:
            if project not in known or known[project].congress != congress:
                raise NotFound(kind="project", id=str(project))
            desk.add(groups.group_stream(project), *_kept(desk, project, known[project], group, office.today()))

    return office.record(by, decide)


def dissolve_group(office: Office, by: By, project: UUID, reason: str) -> int:
    """The group watches no more. Raises NotPermitted, NotFound, NoGroup or Missing (reason)."""
    by.actor.require(Act.KEEP_SUPERVISION, known_project(office, project).congress)
    return office.change(
        by,
        groups.group_stream(project),
        groups.evolve,
        lambda current: groups.dissolve_group(current, reason, office.today()),
    )


def _kept(desk: Desk, project: UUID, of: Project, wanted: GroupOf, on: date) -> tuple[GroupFact, ...]:
    current = desk.load(groups.group_stream(project), groups.evolve)
    name, leader = wanted.name, wanted.leader
    if current is not None and current.is_standing:
        members = in_order(desk, of.congress, wanted.members, known=current.members)
        return groups.change_group(current, name=name, leader=leader, members=members, on=on)
    members = in_order(desk, of.congress, wanted.members)
    return (groups.form_group(current, project, of, name=name, leader=leader, members=members, on=on),)


def known_project(office: Office, project: UUID) -> Project:
    """Raises NotFound."""
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    return known


def in_order(desk: Desk, congress: UUID, chosen: Iterable[UUID], *, known: Collection[UUID] = ()) -> tuple[UUID, ...]:
    """Delegates in the order of the roll; who is `known` may have left it. Raises NotFound (delegate)."""
    wanted = dict.fromkeys(chosen)
    roll = desk.load(rolls.roll_stream(congress), rolls.evolve) or rolls.Roll()
    for delegate in wanted:
        if delegate not in known and not roll.admits(delegate):
            raise NotFound(kind="delegate", id=str(delegate))
    listed = [delegate for delegate in roll.entries if delegate in wanted]
    return (*listed, *(delegate for delegate in wanted if delegate not in roll.entries))
