"""A street goes its whole way in the words of its residents' council: roll, meeting, agenda, hands, ballot, results."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from re import sub
from uuid import UUID

import docx
import openpyxl
import pypdfium2
import pytest
from fastapi import FastAPI

from domain.accounts.account import account_of_delegate
from domain.accounts.permissions import Grant, Role
from domain.proposals.proposal import Outcome
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from projections import agenda, proposal_register
from projections.proposal_register import ProposalRow
from tests.support import street as streets
from tests.support import visitors, voters
from tests.support.outcomes import declare
from tests.support.polls import Hall
from tests.support.stores import Clock
from tests.support.street import Street
from tests.support.visitors import Page, Visitor
from tests.support.walking import Visited, walk

STAFF = "/staff/xj"
CONGRESS_WORDS = ("人大", "大会", "主席团", "常委会", "票决", "审议", "专门委员会")
CITY = "江州市人民代表大会"
"""The upper body's own name is typed, and stays."""


@dataclass
class Way:
    """What the way left behind."""

    house: House
    site: FastAPI
    street: Street
    staff: Visitor
    session: str = ""
    profile: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    hall: Hall | None = None

    @property
    def root(self) -> str:
        return f"{STAFF}/agenda/{self.session}"

    def items(self) -> list[agenda.AgendaRow]:
        self.caught_up()
        with self.house.reading.connect() as conn:
            return agenda.items_of(conn, UUID(self.session))

    def item(self, title: str) -> str:
        return f"{self.root}/items/{next(one.item for one in self.items() if one.title == title)}"

    def proposal(self, proposal: UUID) -> ProposalRow:
        self.caught_up()
        with self.house.reading.connect() as conn:
            found = proposal_register.proposal_at(conn, proposal)
        assert found is not None
        return found

    def caught_up(self) -> None:
        assert self.house.followers.wait_for(self.house.history.last_position(), timeout=20)


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    """A street whose council met, chose by hands and by ballot, and whose results went where they go."""
    folder, clock = tmp_path_factory.mktemp("street"), Clock()
    settings = Settings(data=folder, database_url=f"sqlite:///{folder}/piaojue.db", public_url="https://rd.example.cn")
    house = open_house(settings, clock)
    site = create_app(house)
    street = streets.founded(house.office)
    clerk = visitors.account(house, Grant(role=Role.STAFF, congress=street.congress), name="何文书")
    gone = Way(house, site, street, visitors.sign_in(house, visitors.visitor(site), clerk))
    _import_roll(gone)
    _convene(gone)
    _adopt_rules(gone)
    _write_agenda(gone)
    _discuss_and_show_hands(gone)
    _pass_on_and_list(gone)
    _vote_by_ballot(gone)
    gone.caught_up()
    yield gone
    house.close()


def _import_roll(way: Way) -> None:
    way.staff.open(f"{STAFF}/delegates/import")
    way.staff.send(f"{STAFF}/delegates/import", files={"table": ("名册.csv", streets.roll_table())})
    assert way.staff.at is not None
    way.pages["roll checked"] = way.staff.at
    way.pages["roll imported"] = way.staff.send(way.staff.at.path.split("?")[0])


def _convene(way: Way) -> None:
    form = way.staff.open(f"{STAFF}/sessions/new")
    offered = form.document.xpath("string(//input[@name='title']/@value)")
    way.pages["convening"] = form
    told = {"number": "1", "title": offered, "year": str(way.street.year)}
    convened = way.staff.send(**told, starts_on="2026-01-20", ends_on="2026-01-20")
    way.session = convened.path.rsplit("/", 1)[-1]


def _adopt_rules(way: Way) -> None:
    way.staff.open(f"{STAFF}/profiles/new?from=council_majority")
    drafted = way.staff.send(f"{STAFF}/profiles/new", unsealed_allowed="yes")
    way.profile = drafted.path.rsplit("/", 1)[-1]
    adopted = {"session": way.session, "on": "2026-01-20", "decision": "第一次会议通过"}
    way.pages["adopted"] = way.staff.send(f"{drafted.path}/adopt", **adopted)


def _write_agenda(way: Way) -> None:
    way.staff.open(way.root)
    way.staff.send(
        f"{way.root}/items", lines="社区食堂｜第二小组｜开到两个点位\n停车位划线｜街道城管办\n议事厅开放时间"
    )
    way.pages["agenda"] = way.staff.send(f"{way.root}/proposals", proposals=[str(one) for one in way.street.sent[:2]])


def _discuss_and_show_hands(way: Way) -> None:
    where = way.item("北巷路灯")
    way.staff.open(where)
    way.staff.send(f"{where}/notes", speaker="第一小组", words="北巷晚上看不见路。")
    way.staff.send(f"{where}/notes", speaker="街道城管办", words="沿巷十二盏可行。")
    note = next(link for link in way.staff.open(where).links() if "/notes/" in link)
    way.staff.open(note)
    way.pages["corrected"] = way.staff.send(words="北巷晚上看不清路。", reason="记错一个字")
    counted = {"present": "26", "against": "2", "abstain": "1", "not_voting": "0", "counted_by": "居民05"}
    way.pages["short by three"] = way.staff.send(f"{where}/hands", votes_for="20", **counted)
    for title, votes, no in (("北巷路灯", "23", "2"), ("社区食堂", "20", "5"), ("老楼加装扶手", "13", "12")):
        where = way.item(title)
        way.staff.open(where)
        way.staff.send(f"{where}/hands", votes_for=votes, **(counted | {"against": no}))
        result = "chosen" if votes != "13" else "not_chosen"
        way.pages[title] = way.staff.send(f"{where}/result", result=result)
    where = way.item("停车位划线")
    way.staff.open(where)
    way.pages["deferred"] = way.staff.send(f"{where}/result", result="deferred", result_reason="等测量后再议")


def _pass_on_and_list(way: Way) -> None:
    food = next(str(one.item) for one in way.items() if one.title == "社区食堂")
    way.pages["listing"] = way.staff.open(f"{way.root}/list")
    listed = way.staff.send(f"{way.root}/list", items=[food], notice_number="西街居议〔2026〕1号")
    way.pages["listed"] = listed
    way.pages["passing"] = way.staff.open(f"{way.root}/pass-on")
    way.pages["passed"] = way.staff.send(f"{way.root}/pass-on")


def _vote_by_ballot(way: Way) -> None:
    names = ("议事厅开放时间", "楼道照明", "菜场排水改造")
    hall = streets.hall_of(way.street, way.house, UUID(way.session), UUID(way.profile), names)
    where = way.item("议事厅开放时间")
    way.caught_up()
    way.staff.open(where)
    way.pages["put to poll"] = way.staff.send(f"{where}/poll", poll=f"{hall.poll}/1")
    way.pages["not declared"] = way.staff.send(f"{where}/result", result="deferred", result_reason="")
    hall.seat(22, hands=1)
    hall.open()
    voters.cast_all(hall, (21, 4, 15))
    way.pages["slate"] = _slate(way, hall)
    declare(hall, "西街居议〔2026〕2号")
    way.caught_up()
    way.staff.open(where)
    way.pages["by ballot"] = way.staff.send(f"{where}/result", result="chosen")
    way.hall = hall


def _slate(way: Way, hall: Hall) -> Page:
    asking = visitors.visitor(way.site)
    return asking._seen(asking.client.post("/v/form?lang=zh", json={"card": str(hall.left_over[0])}))


def test_the_roll_is_imported_under_a_councils_own_headings(way: Way) -> None:
    assert "没有发现问题" in way.pages["roll checked"].words
    assert "30" in way.pages["roll imported"].said


def test_the_title_of_a_meeting_is_offered_in_the_councils_words(way: Way) -> None:
    offered = way.pages["convening"].document.xpath("string(//input[@name='title']/@value)")
    assert offered == "西街街道居民议事会第二届第一次会议"


def test_a_line_is_an_item_and_a_proposal_is_taken_up_with_its_words(way: Way) -> None:
    titles = ["社区食堂", "停车位划线", "议事厅开放时间", "北巷路灯", "老楼加装扶手"]
    assert [one.title for one in way.items()] == titles
    assert way.items()[0].presenter == "第二小组"
    assert way.items()[3].proposal == way.street.sent[0]


def test_hands_that_do_not_add_up_are_refused_with_the_gap_and_kept_as_typed(way: Way) -> None:
    refused = way.pages["short by three"]
    assert refused.status == 409
    assert refused.errors == ["到会：赞成、反对、弃权、未表态合计 23 人，到会 26 人，相差 3 人。请核对后再保存。"]
    assert refused.document.xpath("string(//input[@name='votes_for']/@value)") == "20"


def test_of_26_present_14_hands_choose_and_13_do_not(way: Way) -> None:
    results = {one.title: (one.votes_for, one.needed, one.result) for one in way.items()}
    assert results["社区食堂"] == (20, 14, "chosen")
    assert results["老楼加装扶手"] == (13, 14, "not_chosen")
    assert results["停车位划线"] == (None, None, "deferred")


def test_what_was_chosen_arrives_in_the_citys_inbox_with_the_streets_name_and_count(way: Way) -> None:
    lamps = next(one for one in way.items() if one.title == "北巷路灯")
    assert lamps.passed_as is not None
    received = way.proposal(lamps.passed_as)
    assert (received.congress, received.channel, received.origin) == (way.street.city, "council", lamps.item)
    assert received.unit_name == "西街街道居民议事会"
    assert "到会 26 人，赞成 23 人，反对 2 人，弃权 1 人，未表态 0 人" in received.content
    sent = way.proposal(way.street.sent[0])
    assert (sent.outcome, sent.title) == (Outcome.TRANSFERRED, "北巷路灯"), "its author goes on following it"
    city = visitors.account(way.house, Grant(role=Role.STAFF, congress=way.street.city), name="周文书")
    inbox = visitors.sign_in(way.house, visitors.visitor(way.site), city).open("/staff/cz/proposals")
    assert "北巷路灯" in inbox.words


def test_a_poll_of_the_meeting_decides_instead_of_hands_once_it_is_declared(way: Way) -> None:
    assert way.pages["not declared"].status in {409, 422}
    hours = next(one for one in way.items() if one.title == "议事厅开放时间")
    assert (hours.result, hours.chosen_by, hours.votes_for) == ("chosen", "poll", None)


def test_everybody_reads_the_results_and_the_streets_list_but_not_what_was_said(way: Way) -> None:
    public = visitors.visitor(way.site).open(f"/xj/{way.street.year}/council")
    assert "1 社区食堂" in public.words
    assert "赞成 20 人，到会 26 人" in public.words
    assert "等测量后再议" in public.words
    assert "看不清路" not in public.words


def test_the_minutes_hold_what_was_said_how_hands_were_counted_and_what_was_chosen(way: Way) -> None:
    minutes = docx.Document(io.BytesIO(way.staff.open(f"{way.root}/minutes.docx").content))
    text = "\n".join(paragraph.text for paragraph in minutes.paragraphs)
    assert "会商纪要" in text
    assert "第一小组：北巷晚上看不清路。" in text
    assert "赞成23人，反对2人，弃权1人，未表态0人；须赞成14人。" in text
    assert [cell.text for cell in minutes.tables[0].rows[2].cells][1:4] == ["北巷路灯", "26", "23"]


@pytest.fixture(scope="module")
def within_reach(way: Way) -> list[Visited]:
    """What links lead to for the office, the chief scrutineer, a member and everybody."""
    assert way.hall is not None
    accounts = [account_of_delegate(entry.delegate) for entry in way.hall.delegates[:1]]
    grant = Grant(role=Role.DELEGATE, congress=way.street.congress, delegate=way.hall.delegates[5].delegate)
    accounts.append(visitors.account(way.house, grant, name="林军"))
    chief, member = (visitors.sign_in(way.house, visitors.visitor(way.site), one) for one in accounts)
    public = visitors.visitor(way.site)
    starts = {STAFF: way.staff, "/scrutineer/xj": chief, "/delegate/xj": member}
    starts |= {f"/xj/{way.street.year}": public, f"/hall/{way.hall.poll}": public}
    found = [visited for start, who in starts.items() for visited in walk(who, start, of_a_kind=1)]
    ours = ("/xj", "/hall/", "/p/", "/t/")
    return [one for one in found if one.page.status == 200 and any(part in one.path.split("?")[0] for part in ours)]


def congress_words_in(text: str) -> list[str]:
    said = sub(f"{CITY}|江州市人大|不代表", "", text)
    return [word for word in (*CONGRESS_WORDS, "代表") if word in said]


def test_no_page_of_a_street_says_a_congress_word(way: Way, within_reach: list[Visited]) -> None:
    pages = {one.path: congress_words_in(one.page.words) for one in within_reach if one.is_page}
    pages["the ballot"] = congress_words_in(way.pages["slate"].text)
    public = visitors.visitor(way.site)
    code = next(one.path for one in within_reach if one.path.startswith("/p/")).split("/")[2]
    pages["for programs"] = congress_words_in(public.open(f"/api/v1/public/projects/{code}").text)
    pages["the record"] = congress_words_in(public.open(f"/records/{way.hall.poll if way.hall else ''}").words)
    assert {path: words for path, words in pages.items() if words} == {}
    assert len(pages) > 60


def test_no_paper_of_a_street_says_a_congress_word(within_reach: list[Visited]) -> None:
    papers = {one.path: congress_words_in(printed(one.page)) for one in within_reach if not one.is_page}
    assert {path: words for path, words in papers.items() if words} == {}
    assert {path.split("?")[0].rsplit(".", 1)[-1] for path in papers} >= {"pdf", "docx", "xlsx"}


def printed(page: Page) -> str:
    """What a file says; nothing for what is no paper."""
    kind = page.headers.get("content-type", "")
    if "pdf" in kind:
        return "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(page.content))
    if "wordprocessing" in kind:
        paper = docx.Document(io.BytesIO(page.content))
        cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(page.content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
    return ""


def test_a_citys_pages_keep_the_words_of_a_congress(way: Way) -> None:
    city = visitors.account(way.house, Grant(role=Role.STAFF, congress=way.street.city), name="周文书")
    staff = visitors.sign_in(way.house, visitors.visitor(way.site), city)
    assert "会议与票决" in staff.open("/staff/cz/sessions").words
    assert "代表名册" in staff.open("/staff/cz/delegates").words
    assert "居民议事会" not in staff.open("/staff/cz").words
