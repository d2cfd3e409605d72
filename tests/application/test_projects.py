"""Commands about candidates and their list, on both stores."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

import pytest

from application import projects as commands
from application.office import Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress.roll import DelegateEntry
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.candidate_list import ListAlreadyPublished
from domain.projects.card import CardIncomplete
from domain.projects.project import Stage, WrongStage
from domain.shared import NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import by

YEAR = 2026


class Desk:
    """A congress with a roll, a session and three drafted candidates."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.congress, self.clerk = polls.founded(office)
        self.delegates: list[DelegateEntry] = polls.roll_of(office, self.clerk, self.congress, 4)
        self.session = polls.convened(office, self.clerk, self.congress, date(YEAR, 1, 20))
        self.import_id = uuid4()
        self.cards = [polls.candidate(name, number, YEAR) for number, name in enumerate("甲乙丙", 1)]
        commands.import_candidates(office, by(self.clerk), self.congress, YEAR, self.import_id, self.cards)

    def project(self, number: int) -> UUID:
        return uuid5(self.import_id, str(number - 1))

    def publish(self, *numbers: int, actor: Actor | None = None) -> int:
        chosen = [(self.project(number), number) for number in numbers]
        who = by(actor or self.clerk)
        on = date(YEAR, 1, 10)
        return commands.publish_list(self.office, who, self.congress, YEAR, self.session, chosen, "主席团决定", on)

    def stage(self, number: int) -> Stage:
        state = self.office.state_of(self.project(number), projects.evolve)
        assert state is not None
        return state.stage


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def test_a_lead_unit_is_known_by_its_name(desk: Desk) -> None:
    state = desk.office.state_of(desk.project(1), projects.evolve)
    assert state is not None
    assert state.card.lead_unit is not None


def test_publishing_lists_the_chosen_and_leaves_the_others(desk: Desk) -> None:
    desk.publish(1, 3)
    assert [desk.stage(number) for number in (1, 2, 3)] == [Stage.LISTED, Stage.DRAFT, Stage.LISTED]


def test_rule_16_one_incomplete_card_keeps_the_whole_list_back(desk: Desk) -> None:
    commands.revise_candidate(desk.office, by(desk.clerk), desk.project(2), replace(desk.cards[1], purpose=""))
    with pytest.raises(CardIncomplete) as refused:
        desk.publish(1, 2)
    assert [gap.field for gap in refused.value.gaps] == ["purpose"]
    assert desk.stage(1) is Stage.DRAFT


def test_a_list_taken_back_can_be_put_right_and_published_again(desk: Desk) -> None:
    desk.publish(1, 2)
    with pytest.raises(ListAlreadyPublished):
        desk.publish(3)
    with pytest.raises(WrongStage):
        commands.revise_candidate(desk.office, by(desk.clerk), desk.project(1), replace(desk.cards[0], place="城西"))
    commands.withdraw_list(desk.office, by(desk.clerk), desk.congress, YEAR, "更正地点")
    commands.revise_candidate(desk.office, by(desk.clerk), desk.project(1), replace(desk.cards[0], place="城西"))
    desk.publish(1, 2, 3)
    assert desk.stage(3) is Stage.LISTED


def test_a_session_of_another_year_does_not_hold_the_list(desk: Desk) -> None:
    with pytest.raises(NotFound):
        commands.publish_list(
            desk.office,
            by(desk.clerk),
            desk.congress,
            YEAR + 1,
            desk.session,
            [(desk.project(1), 1)],
            "主席团决定",
            date(YEAR, 1, 10),
        )


def test_a_delegate_leaves_one_receipt_however_often_the_card_is_opened(desk: Desk) -> None:
    desk.publish(1, 2)
    delegate = desk.delegates[0].delegate
    grant = Grant(role=Role.DELEGATE, congress=desk.congress, delegate=delegate)
    reader = Actor(account=uuid4(), name="代表", grants=(grant,))
    for _ in range(3):
        commands.read_card(desk.office, by(reader), desk.project(1))
    stream = lists.reading_stream(lists.list_stream(desk.congress, YEAR), delegate)
    assert len(desk.office.history.facts_of([stream])[stream]) == 1
    with pytest.raises(NotFound):
        commands.read_card(desk.office, by(reader), desk.project(3))


def test_reading_is_for_delegates_and_listing_for_the_office(desk: Desk) -> None:
    government = Actor(account=uuid4(), name="政府办", grants=(Grant(role=Role.GOVERNMENT, congress=desk.congress),))
    with pytest.raises(NotPermitted):
        desk.publish(1, actor=government)
    desk.publish(1)
    with pytest.raises(NotFound):
        commands.read_card(desk.office, by(government), desk.project(1))


def test_staff_of_another_congress_touch_nothing(desk: Desk) -> None:
    stranger = Actor(account=uuid4(), name="外人", grants=(Grant(role=Role.STAFF, congress=uuid4()),))
    with pytest.raises(NotPermitted):
        commands.withdraw_candidate(desk.office, by(stranger), desk.project(1), "无")
