"""The proposals of a year: what became of each, totals that reconcile (rule 18), and every word found again."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Connection, Engine

from application.history.history import History
from domain.proposals.call import Channel
from domain.proposals.proposal import (
    DeclineReason,
    Outcome,
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalForm,
    ProposalLetGo,
    ProposalMerged,
    ProposalPutRight,
    ProposalReceived,
    ProposalReopened,
    ProposalScreened,
    ProposalShown,
    ProposalTookIn,
    Suggestion,
    tracking_code,
)
from domain.proposals.screening import Criterion, Screening
from domain.proposals.support import SupportGiven, support_stream
from domain.proposals.totals import Totals
from domain.shared import Year
from projections import candidate_board, proposal_register
from projections.proposal_register import HIT, MOST_SUPPORTED, UNSCREENED, proposals_of, totals
from projections.proposal_register.likeness import Like, like
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.position import standings
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild
from tests.support.telling import Telling

CONGRESS = UUID("00000000-0000-5000-8000-00000c0de018")
YEAR = 2027
PROJECT = uuid5(CONGRESS, "project")


@pytest.fixture
def projection() -> Projection:
    return proposal_register.PROJECTION


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def one(number: int) -> UUID:
    return uuid5(CONGRESS, f"proposal {number}")


def received(
    number: int, title: str = "", content: str = "请政府研究。", **given: object
) -> tuple[UUID, ProposalReceived]:
    known = {"congress": CONGRESS, "year": Year(YEAR), "channel": Channel.WEB, **given}
    fact = ProposalReceived(
        **known,  # type: ignore[arg-type]  # names of its fields
        code=tracking_code(one(number)),
        form=ProposalForm.PERSON,
        received_on=date(2026, 9, 1),
        suggestion=Suggestion(title=title or f"第{number}件", content=content, place="北街", category="城市更新"),
    )
    return one(number), fact


def titles(telling: Telling, words: str) -> list[str]:
    return [row.title for row in telling.ask(proposals_of, CONGRESS, YEAR, words=words)]


def test_rule_18_thirty_seven_are_twelve_candidates_twenty_merged_and_five_declined(telling: Telling) -> None:
    telling.tell(*(received(number) for number in range(37)))
    assert telling.ask(totals, CONGRESS, YEAR) == Totals(received=37, open=37)
    for number in range(12):
        telling.tell((one(number), ProposalBecameCandidate(project=PROJECT, name="候选")))
    for number in range(12, 32):
        telling.tell((one(number), ProposalMerged(into=one(0))), (one(0), ProposalTookIn(proposal=one(number))))
    for number in range(32, 37):
        telling.tell((one(number), ProposalDeclined(reason=DeclineReason.OTHER, words="已有安排")))
    told = telling.ask(totals, CONGRESS, YEAR)
    assert told == Totals(received=37, became_candidate=12, merged=20, declined=5)
    assert told.reconciles
    assert len(telling.ask(proposal_register.behind, PROJECT)) == 32
    telling.tell((one(31), ProposalReopened(reason="不是一件事")), (one(0), ProposalLetGo(proposal=one(31))))
    assert telling.ask(totals, CONGRESS, YEAR) == Totals(
        received=37, became_candidate=12, merged=19, declined=5, open=1
    )
    row = telling.ask(proposal_register.proposal_at, one(0))
    assert row is not None
    assert row.taken_in == 19
    [open_one] = telling.ask(proposals_of, CONGRESS, YEAR, outcome="open")
    assert (open_one.proposal, open_one.outcome, open_one.into) == (one(31), None, None)
    assert [step.kind for step in telling.ask(proposal_register.fates, one(31))] == ["merged", "reopened"]


def test_words_of_two_characters_are_found_and_longer_ones_only_as_they_are_written(telling: Telling) -> None:
    telling.tell(
        received(1, "老旧小区加装电梯", "楼房没有电梯，老人上下不便。"),
        received(2, "旧小学翻新", "北街小学，校舍老旧。区里早有安排。"),
        received(3, "桥面维修", "WiFi 覆盖 12345 诉求"),
        received(4, "老旧小区加装电梯", year=2028),
    )
    assert titles(telling, "电梯") == ["老旧小区加装电梯"]
    assert titles(telling, "老旧小区") == ["老旧小区加装电梯"]
    assert titles(telling, "老旧 北街") == ["旧小学翻新", "老旧小区加装电梯"]
    assert titles(telling, "桥") == ["桥面维修"]
    assert titles(telling, "ＷＩＦＩ") == ["桥面维修"]
    assert titles(telling, "234") == ["桥面维修"]
    assert titles(telling, "旧区") == []
    assert titles(telling, tracking_code(one(2)).lower()) == ["旧小学翻新"]
    assert titles(telling, "“%_\"'") == ["桥面维修", "旧小学翻新", "老旧小区加装电梯"]
    said = Suggestion(title="老旧小区改造", content="请政府研究。")
    telling.tell((one(1), ProposalPutRight(suggestion=said, reason="")))
    assert (titles(telling, "电梯"), titles(telling, "改造")) == ([], ["老旧小区改造"])


def test_filters_and_supporters(telling: Telling) -> None:
    hit = Screening(version=0, hits=(Criterion(code="负6", name="形象工程"),))
    telling.tell(
        received(1, channel=Channel.PAPER),
        received(2),
        received(3),
        (one(2), ProposalScreened(screening=hit)),
        (one(1), ProposalShown(title="公开的标题", content="公开的内容")),
        (one(3), ProposalShown(title="另一个", content="内容")),
        (support_stream(one(1)), SupportGiven(congress=CONGRESS, year=Year(YEAR), proposal=one(1), voices=12)),
    )
    ask = telling.ask
    assert [row.proposal for row in ask(proposals_of, CONGRESS, YEAR, channel="paper")] == [one(1)]
    [found] = ask(proposals_of, CONGRESS, YEAR, screening=HIT)
    assert (found.proposal, found.hits) == (one(2), [["负6", "形象工程"]])
    assert ask(proposal_register.count_of, CONGRESS, YEAR, screening=UNSCREENED, category="城市更新") == 2
    shown = ask(proposal_register.shown_of, CONGRESS, YEAR, order=MOST_SUPPORTED)
    assert [(row.proposal, row.supporters) for row in shown] == [(one(1), 12), (one(3), 0)]
    assert ask(proposal_register.shown_count, CONGRESS, YEAR, words="公开") == 1


def test_what_was_found_is_found_after_a_rebuild(telling: Telling, history: History, reading: Engine) -> None:
    telling.tell(received(1, "老旧小区加装电梯"), received(2, "桥面维修"))
    telling.tell((one(2), ProposalDeclined(reason=DeclineReason.OTHER, words="已修")))
    before = telling.ask(proposals_of, CONGRESS, YEAR)
    rebuild(history, reading, proposal_register.PROJECTION)
    assert telling.ask(proposals_of, CONGRESS, YEAR) == before
    assert titles(telling, "电梯") == ["老旧小区加装电梯"]
    assert telling.ask(totals, CONGRESS, YEAR) == Totals(received=2, open=1, declined=1)
    telling.tell(received(3, "电梯维修"))
    assert titles(telling, "电梯") == ["电梯维修", "老旧小区加装电梯"]
    assert Outcome.DECLINED.value == telling.ask(proposals_of, CONGRESS, YEAR, words="桥面")[0].outcome


def test_near_duplicates_come_with_what_they_share_and_strangers_do_not(telling: Telling) -> None:
    telling.tell(
        received(1, "北街老旧小区加装电梯", "六层楼没有电梯，老人上下楼困难。"),
        received(2, "给老旧小区装电梯", "楼里老人多，没有电梯，上下楼不便。"),
        received(3, "如意河公园增设公共厕所", "周末排队很长。"),
        received(4, "老旧小区加装电梯", "六层楼没有电梯。", year=2028),
        received(5, "北街井盖破了", "走路不小心会绊倒。"),
    )

    def near(conn: Connection) -> list[Like]:
        row = proposal_register.proposal_at(conn, one(1))
        assert row is not None
        return like(conn, row, proposal_register.place_in_line(conn, one(1)))

    [found] = telling.ask(near)
    assert found.row.proposal == one(2)
    assert found.points >= 55
    assert {"老旧", "小区", "电梯"} <= set(found.shared)
    assert found.same_place


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_program_of_another_version_takes_the_words_over_too(
    telling: Telling, history: History, database_url: str
) -> None:
    telling.tell(received(1, "老旧小区加装电梯"))
    other = open_reading(database_url, [proposal_register.PROJECTION, candidate_board.PROJECTION])
    Followers(history, other, [proposal_register.PROJECTION, candidate_board.PROJECTION]).prepare()
    with other.connect() as conn:
        assert standings(conn)["proposal_register"].is_ready
        assert [row.proposal for row in proposals_of(conn, CONGRESS, YEAR, words="电梯")] == [one(1)]
    other.dispose()
