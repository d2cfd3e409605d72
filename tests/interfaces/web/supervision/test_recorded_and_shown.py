"""Groups, inspections, notes and draws as commands, on both stores, and what lists say of them."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from application.supervision import draws, groups, inspections, notes
from application.supervision.draws import DrawTerms, OfferedSite
from application.supervision.groups import GroupOf
from application.supervision.inspections import Conclusion, Found
from application.supervision.notes import Seen
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.projects.project import WrongStage
from domain.shared import NotFound, NotPermitted
from domain.supervision import duty as duties
from domain.supervision.draw import Spread
from domain.supervision.duty import DutyOrder
from domain.supervision.group import GroupStands
from domain.supervision.inspecting import NotOnTheInspection
from domain.supervision.inspection import InspectionKind, InspectionPlan
from domain.supervision.note import NoteInWrongStage
from interfaces.composition import House
from projections import delegate_notes, delegate_record, site_draws
from projections import groups as group_list
from projections import inspections as inspection_list
from tests.support.declared import declared
from tests.support.polls import Hall
from tests.support.stores import Clock, by


@pytest.fixture
def hall(house: House, clock: Clock) -> Hall:
    made = declared(house)
    clock.set(2026, 5, 12, 9)
    return made


def ids(hall: Hall) -> list[UUID]:
    return [entry.delegate for entry in hall.delegates]


def test_supervision_is_recorded_by_whom_it_belongs_to_and_shown(house: House, hall: Hall, clock: Clock) -> None:
    office, project = house.office, hall.projects[0]
    one, two, three, four = ids(hall)[:4]
    wanted = GroupOf(name="代表小组", leader=one, members=(two, one))
    with pytest.raises(NotPermitted):
        groups.form_group(office, by(hall.delegate(0)), project, wanted)
    with pytest.raises(WrongStage):
        groups.form_group(office, by(hall.clerk), hall.projects[5], wanted)
    stranger = replace(wanted, members=(one, uuid5(project, "nobody")))
    with pytest.raises(NotFound):
        groups.form_group(office, by(hall.clerk), project, stranger)
    groups.form_group(office, by(hall.clerk), project, wanted)
    with pytest.raises(GroupStands):
        groups.form_group(office, by(hall.clerk), project, wanted)
    clock.forward(days=1)
    groups.change_group(office, by(hall.clerk), project, replace(wanted, members=(one, three)))

    inspection, note = uuid5(project, "inspection"), uuid5(project, "note")
    planned_and_noted(house, hall, inspection, note)

    clock.set(2026, 5, 15, 9)
    known = office.state_of(hall.congress, congresses.evolve)
    assert known is not None
    unit = next(iter(known.units.values()))
    order = DutyOrder(unit=unit.id, words="请复位", working_days=5, project=project)
    conclusion = Conclusion(
        held_on=date(2026, 5, 14),
        attended=(four, one),
        words="总体好",
        found=(Found(words="井盖没有复位", is_problem=True, project=project, note=note, order=order),),
    )
    position = inspections.conclude_inspection(office, by(hall.clerk, "end"), inspection, conclusion)
    assert inspections.conclude_inspection(office, by(hall.clerk, "end"), inspection, conclusion) == position
    with pytest.raises(NoteInWrongStage):
        notes.withdraw_note(office, by(hall.delegate(0)), note, "x")

    assert house.followers.wait_for(position, timeout=20)
    with house.reading.connect() as conn:
        (group,) = group_list.groups_of_delegate(conn, hall.congress, one)
        assert set(group.members) == {one, three}
        assert [member.left_on for member in group.memberships if member.delegate == two] == [date(2026, 5, 13)]
        assert group_list.groups_of_delegate(conn, hall.congress, two) == []
        row = inspection_list.inspection_at(conn, inspection)
        assert row is not None
        assert (row.stage, row.problems, set(row.attended)) == ("concluded", 1, {one, four})
        assert inspection_list.count_of(conn, project, 2026) == 1
        (noted,) = delegate_notes.notes_of(conn, hall.congress, project=project)
        assert (noted.stage, noted.unit_name) == ("handed_over", unit.name)
        assert noted.duty is not None
        deeds = [deed.deed for deed in delegate_record.deeds_of(conn, hall.congress, one, 2026)]
        assert sorted(deeds) == ["group", "inspection", "note", "session"]
        assert "inspection" not in {d.deed for d in delegate_record.deeds_of(conn, hall.congress, three)}
    duty = office.state_of(noted.duty, duties.evolve)
    assert duty is not None
    assert duty.due_on == date(2026, 5, 22)


def planned_and_noted(house: House, hall: Hall, inspection: UUID, note: UUID) -> None:
    office, project = house.office, hall.projects[0]
    one, _two, three = ids(hall)[:3]
    plan = InspectionPlan(
        title="视察",
        kind=InspectionKind.GROUP,
        projects=(project,),
        on=date(2026, 5, 14),
        leader=one,
        members=(one, three),
    )
    inspections.plan_inspection(office, by(hall.clerk), hall.congress, inspection, plan)
    elsewhere = replace(plan, projects=(hall.projects[5],))
    with pytest.raises(WrongStage):
        inspections.replan_inspection(office, by(hall.clerk), inspection, elsewhere)
    seen = Seen(words="井盖没有复位", is_problem=True, inspection=inspection)
    with pytest.raises(NotFound):
        notes.take_note(office, by(hall.delegate(0)), project, note, seen)
    inspections.tell_inspection(office, by(hall.clerk), inspection)
    with pytest.raises(NotOnTheInspection):
        notes.take_note(office, by(hall.delegate(1)), project, note, seen)
    first = notes.take_note(office, by(hall.delegate(0), "tap"), project, note, seen)
    assert notes.take_note(office, by(hall.delegate(0), "tap"), project, note, seen) == first
    with pytest.raises(NotPermitted):
        notes.correct_note(office, by(hall.delegate(2)), note, words="x", place="", is_problem=True)


def test_a_draw_shows_its_seed_to_nobody_before_it_is_made(house: House, hall: Hall) -> None:
    office, draw = house.office, uuid5(hall.congress, "draw")
    terms = DrawTerms(title="抽点", takes=2, spread=Spread.POOL, year=2026, witness="")
    with pytest.raises(NotPermitted):
        draws.announce_draw(office, house.seals, by(hall.delegate(0)), hall.congress, draw, terms)
    draws.announce_draw(office, house.seals, by(hall.clerk), hall.congress, draw, terms)
    sites = [OfferedSite(name=f"{n} 号", project=hall.projects[0]) for n in range(1, 9)]
    draws.close_pool(office, by(hall.clerk), draw, sites)
    seed = house.seals.hashed("draw of sites", str(draw))
    before = [noticed.fact for noticed in house.history.select(0, 10_000)]
    assert not any(seed in repr(fact) for fact in before)
    position = draws.draw_sites(office, house.seals, by(hall.clerk), draw)
    assert seed in repr(house.history.select(position - 1, 1))
    assert house.followers.wait_for(position, timeout=20)
    with house.reading.connect() as conn:
        (row,) = site_draws.draws_of(conn, hall.congress, 2026)
        assert (row.stage, row.sites, row.drawn) == ("drawn", 8, 2)
        assert site_draws.changed_since(conn, position - 1) == {hall.congress}


def test_another_congress_keeps_nothing_here(house: House, hall: Hall) -> None:
    elsewhere = Actor(
        account=uuid5(hall.congress, "other"),
        name="别处",
        grants=(Grant(role=Role.STAFF, congress=uuid5(hall.congress, "elsewhere")),),
    )
    project = hall.projects[0]
    with pytest.raises(NotPermitted):
        groups.form_group(house.office, by(elsewhere), project, GroupOf(name="组", leader=project, members=(project,)))
