"""The pages of a year over the demonstration: home, candidates, reading, asks, the voted list and its documents."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from starlette.testclient import TestClient

from domain.asks.ask import AskKind
from interfaces.composition import House
from interfaces.web.app import create_app
from projections import asks_board, candidate_board
from projections.asks_board import AskRow
from projections.candidate_board import ListedCandidate
from projections.congress_directory import congress_at
from tests.support import visitors
from tests.support.demonstration import account_of, told
from tests.support.visitors import Visitor

CITY_YEAR, DISTRICT_YEAR = 2026, 2026
SAMPLES = Path(__file__).parents[2] / "data" / "imports"

Enter = Callable[[str], Visitor]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("year")
    made = told(f"sqlite:///{folder / 'piaojue.db'}", folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def enter(house: House) -> Enter:
    """Signs one of the demonstration's people in."""
    site = create_app(house)

    def somebody(login: str) -> Visitor:
        client = TestClient(site, base_url=house.settings.public_url, headers={"accept-language": "zh-CN"})
        return visitors.sign_in(house, Visitor(client), account_of(house, login))

    return somebody


def asks_of(house: House, kind: AskKind, stage: str) -> list[AskRow]:
    with house.reading.connect() as conn:
        district = congress_at(conn, "donghe")
        assert district is not None
        rows = asks_board.asks_of(conn, district.id, DISTRICT_YEAR)
    return [row for row in rows if row.kind == kind and row.stage == stage]


def candidates_of(house: House, slug: str) -> list[ListedCandidate]:
    with house.reading.connect() as conn:
        congress = congress_at(conn, slug)
        assert congress is not None
        year = candidate_board.years(conn, congress.id)[0]
        return candidate_board.candidates_of(conn, congress.id, year)


def test_the_home_of_a_congress_in_session_leads_to_its_poll(enter: Enter) -> None:
    page = enter("qc-office").open("/staff/qingcheng")
    assert "表决已准备好，等待开始投票" in page.words
    assert "327人送达，3 人读完" in page.words


def test_the_home_after_the_vote_shows_progress_and_what_is_overdue(enter: Enter) -> None:
    page = enter("dh-office").open("/staff/donghe?year=2026")
    assert "2 件“年中问进展”逾期未答" in page.words
    assert "项目进展" in page.words


def test_the_board_names_what_each_draft_lacks(enter: Enter) -> None:
    page = enter("xh-office").open("/staff/xihe/projects")
    assert "缺：建设目的" in page.words
    assert "缺：资金来源、责任人" in page.words


def test_a_gap_is_shown_at_its_field_and_gone_once_it_is_filled(enter: Enter, house: House) -> None:
    staff = enter("xh-office")
    draft = next(one for one in candidates_of(house, "xihe") if len(one.gaps) == 1)
    page = staff.open(f"/staff/xihe/projects/{draft.project}/edit")
    assert "建设目的：还没有填写" in page.words
    page = staff.send(f"/staff/xihe/projects/{draft.project}/edit", purpose="方便老人上下楼")
    assert page.said == "已保存，卡片内容齐全。"


def test_a_field_that_cannot_be_read_keeps_what_was_typed(enter: Enter, house: House) -> None:
    staff = enter("xh-office")
    draft = candidates_of(house, "xihe")[2]
    staff.open(f"/staff/xihe/projects/{draft.project}/edit")
    page = staff.send(f"/staff/xihe/projects/{draft.project}/edit", total_funds="5.6亿", sources="财政六成")
    assert page.status == 422
    assert any("只填数字，不带单位" in error for error in page.errors)
    assert 'value="5.6亿"' in page.text
    assert "财政六成" in page.text


def test_an_import_with_mistakes_names_each_row_and_column_and_saves_nothing(enter: Enter, house: House) -> None:
    staff = enter("xh-office")
    before = len(candidates_of(house, "xihe"))
    staff.open("/staff/xihe/projects/import")
    content = (SAMPLES / "candidates-with-errors.csv").read_bytes()
    page = staff.send(files={"table": ("候选项目.csv", content, "text/csv")})
    assert page.heading == "核对候选项目"
    assert "总投资(万元)" in page.words
    assert "还没有保存任何内容" in page.words
    assert len(candidates_of(house, "xihe")) == before


def test_the_list_cannot_be_published_with_gaps_and_says_which(enter: Enter, house: House) -> None:
    staff = enter("xh-office")
    page = staff.open("/staff/xihe/projects/list")
    assert "还没有召集" in page.words


def test_the_published_list_shows_who_has_not_read(enter: Enter) -> None:
    page = enter("qc-office").open("/staff/qingcheng/projects/list")
    assert "全部读完" in page.words
    assert "2026年10月2日" in page.words


def test_the_candidates_go_out_as_a_workbook_that_comes_in_again(enter: Enter) -> None:
    page = enter("qc-office").open("/staff/qingcheng/projects/candidates.xlsx")
    sheet = load_workbook(io.BytesIO(page.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "编号" or rows[1][0] == "编号"
    assert len(rows) >= 13


def test_a_delegate_reads_card_after_card(enter: Enter) -> None:
    reader = enter("qingcheng-0023")
    page = reader.open("/delegate/qingcheng")
    assert "已阅 0 / 12" in page.words
    first = next(link for link in page.links() if "/qingcheng/projects/" in link)
    reader.open(first)
    after = reader.send(f"{first}/read")
    assert "已阅 1 / 12" in after.words
    assert after.path != first


def test_notes_for_speaking_are_seen_by_nobody_else(enter: Enter, house: House) -> None:
    writer = enter("qingcheng-0001")
    card = next(link for link in writer.open("/delegate/qingcheng").links() if "/qingcheng/projects/" in link)
    writer.open(card)
    assert "我的话只给自己看" in writer.send(f"{card}/note", words="我的话只给自己看").text
    assert "我的话只给自己看" not in enter("qingcheng-0023").open(card).text
    facts = repr([notice.fact for notice in house.history.select(0, 10_000)])
    assert "我的话只给自己看" not in facts


def test_two_cards_stand_side_by_side(enter: Enter, house: House) -> None:
    one, two = candidates_of(house, "qingcheng")[:2]
    page = enter("qingcheng-0001").open(f"/delegate/qingcheng/compare?project={one.project}&project={two.project}")
    assert one.name in page.words
    assert "人均投资" in page.words


def test_a_department_sees_its_own_asks_only(enter: Enter, house: House) -> None:
    officer = enter("dh-zhujian")
    assert "老旧小区加装电梯" in officer.open("/unit/donghe").words
    foreign = next(row for row in asks_of(house, AskKind.SUMMARY, "issued") if row.unit_name != "住房和城乡建设局")
    assert officer.open(f"/unit/donghe/asks/{foreign.ask}").status == 404


def test_an_ask_is_not_answered_before_its_window(enter: Enter, house: House) -> None:
    own = next(row for row in asks_of(house, AskKind.SUMMARY, "issued") if row.unit_name == "住房和城乡建设局")
    page = enter("dh-zhujian").open(f"/unit/donghe/asks/{own.ask}")
    assert "2026年11月1日 起可以答复" in page.words


def test_an_answer_is_sent_back_with_a_reason_and_answered_again(enter: Enter, house: House) -> None:
    sent_back = asks_of(house, AskKind.PROGRESS, "sent_back")[0]
    government, staff = enter("dh-gov"), enter("dh-office")
    page = government.open(f"/unit/donghe/asks/{sent_back.ask}")
    assert "请补充资金支付进度的说明" in page.words
    page = government.send(f"/unit/donghe/asks/{sent_back.ask}/answer", percent="120")
    assert any("0 到 100" in error for error in page.errors)
    page = government.send(f"/unit/donghe/asks/{sent_back.ask}/answer", percent="63")
    assert page.said == "答复已提交。"
    staff.open(f"/staff/donghe/asks/{sent_back.ask}")
    page = staff.send(f"/staff/donghe/asks/{sent_back.ask}/send-back", reason="")
    assert page.errors == ["退回理由：请填写。"]
    page = staff.send(f"/staff/donghe/asks/{sent_back.ask}/approve")
    assert "已认可" in page.words


def test_the_plan_is_asked_for_once_a_year(enter: Enter) -> None:
    staff = enter("dh-office")
    staff.open("/staff/donghe/asks/new")
    assert staff.send("/staff/donghe/asks/plan", year="2027").said == "已发出“年底问计划”。"
    staff.open("/staff/donghe/asks/new")
    assert "已经发出" in staff.send("/staff/donghe/asks/plan", year="2027").words


def test_the_upper_level_reads_and_changes_nothing(enter: Enter, house: House) -> None:
    upper = enter("qc-upper")
    ask = asks_of(house, AskKind.SUMMARY, "issued")[0]
    page = upper.open(f"/staff/donghe/asks/{ask.ask}")
    assert page.status == 200
    assert not any("answer" in form or "approve" in form for form in page.forms())


def test_the_voted_list_prints_notice_workbook_and_placards(enter: Enter) -> None:
    staff = enter("dh-office")
    root = f"/staff/donghe/lists/{DISTRICT_YEAR}"
    assert "列入的项目" in staff.open(root).words
    notice = Document(io.BytesIO(staff.open(f"{root}/notice.docx").content))
    text = "\n".join(paragraph.text for paragraph in notice.paragraphs)
    assert "东河区人民代表大会公告" in text
    assert "社区食堂与助餐点" in text
    workbook = load_workbook(io.BytesIO(staff.open(f"{root}/list.xlsx").content))
    assert workbook.active is not None
    assert staff.open(f"{root}/placards.pdf").content.startswith(b"%PDF")


def test_documents_are_sound_archives(enter: Enter) -> None:
    content = enter("dh-office").open(f"/staff/donghe/lists/{DISTRICT_YEAR}/notice.docx").content
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize(
    "path",
    ["projects", "projects/list", "projects/new", "lists/2026", "asks", ""],
)
def test_another_congresss_pages_are_not_found(enter: Enter, path: str) -> None:
    assert enter("dh-office").open(f"/staff/qingcheng/{path}".rstrip("/")).status == 404


def test_a_project_of_another_congress_is_not_found(enter: Enter, house: House) -> None:
    foreign: UUID = candidates_of(house, "qingcheng")[0].project
    assert enter("dh-office").open(f"/staff/donghe/projects/{foreign}").status == 404
