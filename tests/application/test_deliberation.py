"""Pre-reading and deliberation on both stores: materials, reminders, remarks, questions, answers."""

from datetime import date
from uuid import UUID, uuid4, uuid5

import pytest

from application import deliberation as commands
from application import materials, projects
from application.deliberation import Said
from application.materials import Written
from application.office import Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress.materials import NobodyToRemind, RemindedToday
from domain.projects import candidate_list as lists
from domain.projects.deliberation import RemarksAreClosed, deliberation_stream, evolve, known_remark
from domain.projects.project import evolve as evolve_project
from domain.projects.remark import Remark, RemarkKind, RemarkStage
from domain.shared import Invalid, NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import Clock, by

YEAR = 2026


class Room:
    """A congress with four delegates, a session and a published list of two."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.congress, self.clerk = polls.founded(office)
        self.delegates = polls.roll_of(office, self.clerk, self.congress, 4)
        self.session = polls.convened(office, self.clerk, self.congress, date(YEAR, 1, 20))
        import_id = uuid4()
        cards = [polls.candidate(name, number, YEAR) for number, name in enumerate("甲乙丙", 1)]
        projects.import_candidates(office, by(self.clerk), self.congress, YEAR, import_id, cards)
        self.projects = [uuid5(import_id, str(place)) for place in range(3)]
        self.publish()

    def publish(self) -> None:
        chosen = [(self.projects[0], 1), (self.projects[1], 2)]
        today = self.office.today()
        projects.publish_list(
            self.office, by(self.clerk), self.congress, YEAR, self.session, chosen, "主席团决定", today
        )

    def delegate(self, place: int) -> Actor:
        grant = Grant(role=Role.DELEGATE, congress=self.congress, delegate=self.delegates[place].delegate)
        return Actor(account=uuid5(self.congress, f"delegate/{place}"), name="代表", grants=(grant,))

    def officer(self, unit: UUID | None) -> Actor:
        role = Role.DEPARTMENT if unit else Role.GOVERNMENT
        return Actor(
            account=uuid5(self.congress, f"officer/{unit}"),
            name="承办人",
            grants=(Grant(role=role, congress=self.congress, unit=unit),),
        )

    def lead_unit(self) -> UUID:
        known = self.office.state_of(self.projects[0], evolve_project)
        assert known is not None
        assert known.card.lead_unit is not None
        return known.card.lead_unit

    def remark(self, remark: UUID) -> Remark:
        stream = deliberation_stream(self.projects[0], YEAR)
        return known_remark(self.office.state_of(stream, evolve), remark)


@pytest.fixture
def room(office: Office, clock: Clock) -> Room:
    clock.set(YEAR, 1, 10, 9)
    return Room(office)


def test_a_remark_goes_to_the_lead_unit_and_only_that_unit_or_the_government_answers(room: Room) -> None:
    office, project, remark = room.office, room.projects[0], uuid4()
    said = Said(kind=RemarkKind.OBJECTION, words="投资偏大。", delegation=room.delegates[0].delegation)
    commands.record_remark(office, by(room.clerk), project, remark, said)
    assert room.remark(remark).unit == room.lead_unit()

    congress = office.state_of(room.congress, congresses.evolve)
    assert congress is not None
    other = next((unit for unit in congress.units if unit != room.lead_unit()), uuid4())
    with pytest.raises(NotPermitted):
        commands.answer_remark(office, by(room.officer(other)), project, remark, "不归我们管。")
    commands.answer_remark(office, by(room.officer(room.lead_unit())), project, remark, "已经核减。")
    commands.send_back_answer(office, by(room.clerk), project, remark, "核减了多少？")
    commands.answer_remark(office, by(room.officer(None)), project, remark, "核减两成。")
    commands.accept_answer(office, by(room.clerk), project, remark)
    assert (room.remark(remark).stage, room.remark(remark).answer) == (RemarkStage.ACCEPTED, "核减两成。")


def test_a_delegate_speaks_for_the_own_delegation_and_keeps_only_the_own_words(room: Room) -> None:
    office, project, remark, question = room.office, room.projects[0], uuid4(), uuid4()
    me, other = room.delegate(0), room.delegate(1)
    said = Said(kind=RemarkKind.SUGGESTION, words="建议增加泵站。", delegation="别的代表团")
    commands.record_remark(office, by(me), project, remark, said)
    assert room.remark(remark).delegation == room.delegates[0].delegation
    commands.ask_question(office, by(me), project, question, "资金何时到位？")
    with pytest.raises(NotPermitted):
        commands.take_back_remark(office, by(other), project, question, "不是我的")
    with pytest.raises(NotFound):
        commands.ask_question(office, by(me), room.projects[2], uuid4(), "没有列入名单的项目？")
    commands.take_back_remark(office, by(me), project, question, "已经知道")
    assert room.remark(question).stage is RemarkStage.TAKEN_BACK
    with pytest.raises(Invalid):
        commands.record_remark(office, by(room.clerk), project, uuid4(), said)


def test_a_remark_sent_twice_is_recorded_once(room: Room) -> None:
    office, project, remark = room.office, room.projects[0], uuid4()
    said = Said(kind=RemarkKind.SUPPORT, words="支持。", delegation=room.delegates[0].delegation)
    again = by(room.clerk)
    first = commands.record_remark(office, again, project, remark, said)
    assert commands.record_remark(office, again, project, remark, said) == first


def test_remarks_close_when_the_list_is_put_to_the_vote_and_answers_still_come(room: Room) -> None:
    office, project, remark = room.office, room.projects[0], uuid4()
    said = Said(kind=RemarkKind.SUGGESTION, words="建议提前开工。", delegation=room.delegates[0].delegation)
    commands.record_remark(office, by(room.clerk), project, remark, said)
    commands.close_remarks(office, by(room.clerk), room.congress, YEAR)
    with pytest.raises(RemarksAreClosed) as closed:
        commands.record_remark(office, by(room.clerk), project, uuid4(), said)
    assert closed.value.closed_by == "office"
    commands.reopen_remarks(office, by(room.clerk), room.congress, YEAR)
    commands.correct_remark(office, by(room.clerk), project, remark, said)

    listed = lists.list_stream(room.congress, YEAR)
    office.change(by(room.clerk), listed, lists.evolve, lambda now: lists.put_to_vote(now, YEAR, uuid4()))
    with pytest.raises(RemarksAreClosed) as closed:
        commands.ask_question(office, by(room.delegate(0)), project, uuid4(), "还能问吗？")
    assert closed.value.closed_by == "vote"
    commands.answer_remark(office, by(room.clerk), project, remark, "可以提前到三月。")
    assert room.remark(remark).stage is RemarkStage.ANSWERED


def test_who_has_not_read_is_reminded_once_a_day_with_how_many(room: Room, clock: Clock) -> None:
    office, material = room.office, uuid4()
    materials.send_material(
        office, by(room.clerk), room.congress, room.session, material, Written(title="会议须知", words="请按时到会。")
    )
    for place in (0, 1, 1):
        materials.read_material(office, by(room.delegate(place)), material, 1)
    materials.remind_of_material(office, by(room.clerk), material)
    with pytest.raises(RemindedToday):
        materials.remind_of_material(office, by(room.clerk), material)
    clock.forward(days=1)
    for place in (2, 3):
        materials.read_material(office, by(room.delegate(place)), material, 1)
    with pytest.raises(NobodyToRemind):
        materials.remind_of_material(office, by(room.clerk), material)

    written = Written(title="会议须知", words="时间改为九点。")
    materials.replace_material(office, by(room.clerk), material, written, "时间有误")
    materials.remind_of_material(office, by(room.clerk), material)
    materials.remind_of_cards(office, by(room.clerk), room.congress, YEAR)
