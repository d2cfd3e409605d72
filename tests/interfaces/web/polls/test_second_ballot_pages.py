"""Ended polls on the pages: second ballots, decisions, repetitions, evaluations, and what the public reads of them."""

import json
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from application.history.box import Closing
from application.office import Desk
from application.polls import preparing
from domain.accounts.permissions import Role
from domain.polls import poll as polls_domain
from domain.polls.accounting import IncidentDecided, IncidentDecision, IncidentKind, IncidentReported
from domain.polls.preparing import Medium
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import Publication, Shortfall, TieAtCut
from interfaces.composition import House
from tests.interfaces.web.polls.conftest import settled
from tests.support import polls
from tests.support.outcomes import PURPLE, count, declare, grade, open_again, second_ballot, vote
from tests.support.polls import GREEN, NAMES, RULES, Hall
from tests.support.stores import by
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

TIE = {"1": 12, "2": 10, "3": 9, "4": 9, "5": 3}
SHORT = {"1": 12, "2": 10, "3": 6, "4": 5, "5": 5, "6": 1}


def declared(house: House, votes: dict[str, int], **rules: object) -> Hall:
    hall = polls.open_hall(house.office, house.box, rules=replace(RULES, **rules))  # type: ignore[arg-type]  # the names are those of RuleProfile
    vote(hall, votes)
    declare(hall)
    settled(house)
    return hall


def url_of(hall: Hall) -> str:
    return f"/staff/jz/polls/{hall.poll}"


def clerk_of(hall: Hall, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, hall.congress)


def public(site: Visitor, hall: Hall) -> Page:
    return site.open(f"/jz/polls/{hall.poll}")


def test_a_second_ballot_is_prepared_with_one_button_from_the_declared_poll(
    house: House, signed_in: SignedIn, visitor: Visitor
) -> None:
    hall = declared(house, TIE)
    hall.print_set(GREEN, 14)
    settled(house)
    staff = clerk_of(hall, signed_in)
    page = staff.open(url_of(hall))
    assert "还有1个名额，须就2项再次票决" in page.words
    page = staff.open(f"{url_of(hall)}/again")
    assert "末位得票相同" in page.words
    page = staff.send(sealing="unsealed")
    assert page.said.startswith("已经准备好，监票人沿用上一次的")
    assert "（第二轮）" in page.heading
    assert "代表1" in page.words
    assert "再次票决正在准备" in staff.open(url_of(hall)).words
    assert "再次票决正在准备" in public(visitor, hall).words
    assert staff.open(f"{url_of(hall)}/again").status == 409


def test_what_a_second_ballot_brought_stands_on_every_page(house: House, signed_in: SignedIn, visitor: Visitor) -> None:
    first = declared(house, TIE)
    again = open_again(second_ballot(first))
    vote(again, {"3": 5, "4": 8})
    declare(again, "〔2026〕6号")
    settled(house)
    staff = clerk_of(first, signed_in)
    page = staff.open(url_of(first))
    assert "再次票决的结果已经宣布（〔2026〕6号）：列入“农村公路安全防护”。" in page.words
    assert "再次票决列入" in page.words
    assert "再次票决未列入" in page.words
    page = staff.open("/staff/jz/lists/2026")
    assert "再次票决：增列1项，从第 3 项起" in page.words
    assert "再次票决（〔2026〕6号）" in page.words
    assert "再次票决未达到通过票数" in page.words
    page = visitor.open("/jz/2026")
    assert "增补：再次票决 · 〔2026〕6号" in page.words
    listed = json.loads(visitor.open("/jz/2026.json").text)
    assert [one["by"] for one in listed["projects"]] == ["vote", "vote", "second_ballot"]
    assert listed["waiting"] == []
    page = public(visitor, again)
    assert "列入" in page.words
    code = listed["projects"][2]["code"]
    page = visitor.open(f"/p/{code}")
    assert "首轮赞成 9 票，与别的项目得票相同，再次票决，赞成 8 票" in page.words
    assert "6 个候选项目之一" in page.words
    assert "经代表再次票决列入年度清单，第 3 项（〔2026〕6号）。" in page.words


def text_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def test_each_round_has_its_notice_and_the_workbook_says_how(house: House, signed_in: SignedIn) -> None:
    first = declared(house, TIE)
    staff = clerk_of(first, signed_in)
    assert "待定" in text_of(staff.open("/staff/jz/lists/2026/notice.docx").content)
    again = open_again(second_ballot(first))
    vote(again, {"3": 5, "4": 8})
    declare(again, "〔2026〕6号")
    settled(house)
    notice = text_of(staff.open("/staff/jz/lists/2026/notice.docx").content)
    assert "确定下列2个项目" in notice
    assert "3.农村公路安全防护" not in notice
    later = text_of(staff.open("/staff/jz/lists/2026/supplements/1.docx").content)
    assert "得票相同的2个项目进行了再次票决" in later
    assert "增列下列1个项目" in later
    assert "3.农村公路安全防护" in later
    assert staff.open("/staff/jz/lists/2026/supplements/2.docx").status == 404
    sheet = load_workbook(BytesIO(staff.open("/staff/jz/lists/2026/list.xlsx").content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    place = next(row.index("列入方式") for row in rows if "列入方式" in row)
    assert [row[place] for row in rows[-3:]] == ["票决", "票决", "再次票决（〔2026〕6号）"]
    pabulib = staff.open(f"{url_of(first)}/poll.pb").text
    assert pabulib.count(";1;") >= 3


def test_the_presidiums_decision_is_recorded_with_number_and_date(
    house: House, signed_in: SignedIn, visitor: Visitor
) -> None:
    hall = declared(house, TIE, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES)
    staff = clerk_of(hall, signed_in)
    assert "还有1个名额，由主席团在2项中决定" in staff.open(url_of(hall)).words
    assert "等待再次票决或决定" in visitor.open("/jz/2026").words
    staff.open(f"{url_of(hall)}/places")
    page = staff.send(adopted=["3", "4"], number="〔2026〕3号", on="2026-01-25")
    assert page.errors == ["列入的项目：选了2项，只有1个名额。请去掉多选的项目。"]
    page = staff.send(adopted="3", number="〔2026〕", on="2026-01-25")
    assert page.errors == ["决定的文号：请填完整的编号，如 〔2026〕5号。"]
    page = staff.send(adopted="3", number="〔2026〕3号", on="2026-01-25")
    assert page.said == "决定已登记，年度票决清单已增补。"
    assert "主席团于2026年1月25日决定（〔2026〕3号）：列入“乡镇卫生院提升”。" in page.words
    page = public(visitor, hall)
    assert "主席团决定列入" in page.words
    assert "主席团决定（〔2026〕3号）" in visitor.open("/jz/2026").words
    later = text_of(staff.open("/staff/jz/lists/2026/supplements/1.docx").content)
    assert "主席团于2026年1月25日作出决定（〔2026〕3号）" in later
    code = json.loads(visitor.open("/jz/2026.json").text)["projects"][2]["code"]
    assert "由主席团决定列入年度清单，第 3 项（〔2026〕3号）。" in visitor.open(f"/p/{code}").words


def test_the_standing_committee_may_leave_places_empty(house: House, signed_in: SignedIn) -> None:
    hall = declared(house, SHORT, shortfall=Shortfall.STANDING_COMMITTEE)
    staff = clerk_of(hall, signed_in)
    assert "登记常委会的决定" in staff.open(url_of(hall)).words
    staff.open(f"{url_of(hall)}/places")
    page = staff.send(number="〔2026〕8号", on="2026-02-25")
    assert page.said == "决定已登记，空缺的名额不再补足。"
    assert "空缺的名额不再补足" in page.words


def test_a_poll_without_open_places_asks_for_nothing(house: House, signed_in: SignedIn) -> None:
    hall = declared(house, {"1": 12, "2": 10, "3": 9, "4": 8})
    staff = clerk_of(hall, signed_in)
    for step in ("again", "places"):
        assert staff.open(f"{url_of(hall)}/{step}").status == 409


def test_a_void_poll_is_repeated_and_published_without_any_figure(
    house: House, signed_in: SignedIn, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = polls.open_hall(house.office, house.box)
    closing = Closing(ballots=13, root="00" * 32)
    with monkeypatch.context() as patch:
        for name in ("close", "closing"):
            patch.setattr(house.box, name, lambda _: closing)
        hall.close()
        count(hall)
    preparing.cancel_poll(house.office, by(hall.clerk), hall.poll, "收回13张，发出12张")
    hall.print_set(GREEN, 14)
    settled(house)
    page = public(visitor, hall)
    assert "本次表决无效" in page.words
    assert "13" not in page.words.replace("2026", "")
    assert page.status == 200
    staff = clerk_of(hall, signed_in)
    assert "可以用另一套票卡原样重新表决" in staff.open(url_of(hall)).words
    staff.open(f"{url_of(hall)}/again")
    page = staff.send(sealing="unsealed")
    assert "（重新票决）" in page.heading
    assert "重新表决" in page.words


def test_an_incident_decided_as_repeat_leads_to_the_repetition(
    house: House, signed_in: SignedIn, visitor: Visitor
) -> None:
    hall = polls.open_hall(house.office, house.box)
    vote(hall, TIE)
    hall.close()
    found = IncidentReported(number=1, kind=IncidentKind.USED_BUT_NOT_VOTED, note="一张票卡被人复制")
    decided = IncidentDecided(number=1, decision=IncidentDecision.REPEAT, reason="有复制的票卡")

    def incident(desk: Desk) -> None:
        desk.load(hall.poll, polls_domain.evolve)
        desk.add(hall.poll, found, decided)

    house.office.record(by(hall.chief), incident)
    hall.print_set(GREEN, 14)
    settled(house)
    staff = clerk_of(hall, signed_in)
    assert "须重新投票" in staff.open(url_of(hall)).words
    staff.open(f"{url_of(hall)}/cancel")
    page = staff.send(reason="总监票人决定重新投票")
    assert "可以用另一套票卡原样重新表决" in page.words
    page = public(visitor, hall)
    assert "核对票卡和选票时发现不符，本次表决无效" in page.words
    assert "复制" not in page.words
    staff.open(f"{url_of(hall)}/again")
    assert "（重新票决）" in staff.send(sealing="unsealed").heading


@pytest.mark.parametrize("publication", Publication)
def test_an_evaluation_from_the_form_to_the_public_page(
    house: House, signed_in: SignedIn, visitor: Visitor, publication: Publication
) -> None:
    hall = declared(house, {"1": 12, "2": 10, "3": 9})
    rules = replace(READY_MADE["committee_evaluation"], unsealed_allowed=True, publication=publication)
    polls.adopted(house.office, hall.clerk, hall.congress, hall.session, rules, house.office.today())
    secrets = hall.print_set(PURPLE, 7)
    settled(house)
    staff = clerk_of(hall, signed_in)
    form = f"/staff/jz/sessions/{hall.session}/polls/evaluation"
    staff.open(form)
    page = staff.send(members="0001\n无此人", sealing="unsealed")
    assert page.errors == ["参加测评的人员：名册上没有“无此人”。请填代表证号，或名册上的姓名。"]
    page = staff.send(members="\n".join(f"{number:04}" for number in range(1, 6)), sealing="unsealed")
    assert page.said == "测评已经准备好。"
    assert "参加人员 5 人" in page.words
    poll = page.path.rsplit("/", 1)[-1]
    evaluated = replace(hall, poll=type(hall.poll)(poll), delegates=hall.delegates[:5], secrets=secrets)
    chief, *others = [entry.delegate for entry in hall.delegates[:3]]
    preparing.approve_scrutineers(house.office, by(hall.clerk), evaluated.poll, chief, others)
    open_again(evaluated)
    best = {"satisfied": 4, "basic": 1}
    grade(evaluated, {"1": best, "2": {"satisfied": 2, "basic": 2, "unsatisfied": 1}, "3": {"unsatisfied": 5}})
    declare(evaluated, "〔2026〕40号")
    settled(house)
    page = staff.open(f"{page.path}/report")
    assert "满意率" in page.words
    assert "80.00%" in page.words
    assert staff.open(f"{url_of(evaluated)}/report.pdf").content.startswith(b"%PDF")
    assert staff.open(f"{url_of(evaluated)}/grades.xlsx").content.startswith(b"PK")
    assert staff.open(f"{url_of(evaluated)}/tally.zip").content.startswith(b"PK")
    assert staff.open(f"{url_of(evaluated)}/poll.pb").status == 404
    page, full = public(visitor, evaluated), publication is Publication.FULL_COUNTS
    assert "基本满意" in page.words
    assert ("92.00" in page.words) == full
    assert ("总体满意率" in page.words) == full
    code = json.loads(visitor.open("/jz/2026.json").text)["projects"][0]["code"]
    page = visitor.open(f"/p/{code}")
    assert "满意度测评：满意。" in page.words
    assert ("满意率 80.00%，总体满意率 100.00%，得分 92.00（优秀），列第 1 位，共 3 项。" in page.words) == full


@pytest.mark.parametrize(
    ("medium", "words"), [(Medium.PAPER, "纸质票"), (Medium.KEYPAD, "表决器"), (Medium.CARDS_AND_PAPER, "票卡和纸质票")]
)
def test_a_poll_is_prepared_for_every_medium(house: House, signed_in: SignedIn, medium: Medium, words: str) -> None:
    hall = polls.prepared(house.office, house.box)
    preparing.cancel_poll(house.office, by(hall.clerk), hall.poll, "改期")
    hall.print_set(GREEN, 14)
    settled(house)
    staff = clerk_of(hall, signed_in)
    staff.open(f"/staff/jz/sessions/{hall.session}/polls/new")
    page = staff.send(medium=medium.value, paper_colour="黄色")
    assert page.said.startswith("表决已经准备好")
    assert f"投票方式 {words}" in page.words
    assert "未密封" not in page.words
    assert NAMES[0] in page.words


def test_rule_10_an_equal_election_names_its_waiver_and_warns(house: House, signed_in: SignedIn) -> None:
    rules = replace(RULES, quota=6, allow_equal=True)
    hall = polls.prepared(house.office, house.box, rules=rules, waiver="主席团第二次会议决定")
    settled(house)
    staff = clerk_of(hall, signed_in)
    page = staff.open(url_of(hall))
    assert "候选6项，应选6项，没有差额。" in page.words
    assert "等额的决定 主席团第二次会议决定" in page.words
    hall.release()
    hall.seat()
    hall.open()
    vote(hall, {"1": 12, "2": 10, "3": 9, "4": 8, "5": 7, "6": 6})
    declare(hall)
    settled(house)
    page = staff.open(f"{url_of(hall)}/report")
    assert "候选项目不多于应选数，按主席团的决定等额表决。" in page.words
    assert "结果：列入5项" in page.words
