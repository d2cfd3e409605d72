from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.projects.project import Project, Stage, WrongStage
from domain.projects.project import evolve as evolve_project
from domain.shared import Missing, NotFound, Year
from domain.supervision import group as groups
from domain.supervision.group import (
    Group,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    GroupStands,
    LeaderNotAMember,
    NoGroup,
    TooManyMembers,
    evolve,
)
from tests.support import year
from tests.support.given import given

ANN, BO, CAI, DAN = (UUID(int=n) for n in range(1, 5))
FORMED_ON, LATER = date(2026, 3, 2), date(2026, 6, 1)
FORMED = GroupFormed(
    congress=year.CONGRESS,
    year=Year(2026),
    project=year.PROJECTS[0],
    name="第一代表小组",
    leader=ANN,
    members=(ANN, BO),
    on=FORMED_ON,
)


@pytest.fixture(scope="module")
def projects() -> dict[UUID, Project]:
    found: dict[UUID, Project] = {}
    for stream, fact in year.in_short():
        if stream in year.PROJECTS:
            found[stream] = evolve_project(found.get(stream), fact)  # type: ignore[arg-type]  # facts of a project
    return found


def test_one_group_watches_one_adopted_project(projects: dict[UUID, Project]) -> None:
    project = year.PROJECTS[0]
    assert projects[project].stage is Stage.ADOPTED

    def form(current: Group | None) -> GroupFormed:
        return groups.form_group(
            current, project, projects[project], name=" 第一代表小组 ", leader=ANN, members=(ANN, BO, ANN), on=FORMED_ON
        )

    given(evolve=evolve).when(form).then(FORMED)
    given(FORMED, evolve=evolve).when(form).refused(GroupStands, name="第一代表小组")
    dissolved = GroupDissolved(reason="项目已经验收", on=LATER)
    given(FORMED, dissolved, evolve=evolve).when(form).then(FORMED)


def test_what_was_not_voted_has_no_group(projects: dict[UUID, Project]) -> None:
    listed = replace(projects[year.PROJECTS[0]], stage=Stage.LISTED)
    for project, refusal in ((listed, WrongStage), (None, NotFound)):
        with pytest.raises(refusal):
            groups.form_group(None, year.PROJECTS[0], project, name="组", leader=ANN, members=(ANN,), on=FORMED_ON)


def test_who_left_the_group_stays_in_its_record() -> None:
    changed = GroupChanged(name="第一代表小组", leader=BO, joined=(CAI,), left=(ANN,), on=LATER)
    given(FORMED, evolve=evolve).when(
        lambda group: groups.change_group(group, name="第一代表小组", leader=BO, members=(BO, CAI), on=LATER)
    ).then(changed)
    state = evolve(evolve(None, FORMED), changed)
    assert state.members == (BO, CAI)
    assert [(one.delegate, one.joined_on, one.left_on) for one in state.memberships] == [
        (ANN, FORMED_ON, LATER),
        (BO, FORMED_ON, None),
        (CAI, LATER, None),
    ]
    back = evolve(state, GroupChanged(name="组", leader=BO, joined=(ANN,), left=(), on=LATER))
    assert back.members == (BO, CAI, ANN)


def test_a_change_that_changes_nothing_is_no_fact() -> None:
    given(FORMED, evolve=evolve).when(
        lambda group: groups.change_group(group, name="第一代表小组", leader=ANN, members=(BO, ANN), on=LATER)
    ).then()


def test_a_group_has_a_name_members_and_a_leader_among_them() -> None:
    situation = given(FORMED, evolve=evolve)
    situation.when(lambda g: groups.change_group(g, name="", leader=ANN, members=(), on=LATER)).refused(
        Missing, fields=("name", "members")
    )
    situation.when(lambda g: groups.change_group(g, name="组", leader=DAN, members=(ANN,), on=LATER)).refused(
        LeaderNotAMember
    )
    many = tuple(UUID(int=n) for n in range(1, 62))
    situation.when(lambda g: groups.change_group(g, name="组", leader=ANN, members=many, on=LATER)).refused(
        TooManyMembers, members=61, most=60
    )


def test_a_dissolved_group_is_not_changed_and_says_why() -> None:
    given(FORMED, evolve=evolve).when(lambda g: groups.dissolve_group(g, " ", LATER)).refused(Missing)
    dissolved = GroupDissolved(reason="项目已经验收", on=LATER)
    situation = given(FORMED, dissolved, evolve=evolve)
    situation.when(lambda g: groups.dissolve_group(g, "再次", LATER)).refused(NoGroup)
    situation.when(lambda g: groups.change_group(g, name="组", leader=ANN, members=(ANN,), on=LATER)).refused(NoGroup)
