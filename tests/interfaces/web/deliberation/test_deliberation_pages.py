"""From the office's desk to the delegates' phones and back: materials, remarks, questions, answers, papers."""

import io
from dataclasses import replace

import docx
import pytest

from application.congress import correct_delegate
from domain.accounts.permissions import Role
from domain.projects import candidate_list as lists
from interfaces.composition import House
from tests.support import polls
from tests.support.deliberating import OTHER_UNIT, Deliberating
from tests.support.stores import Clock, by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STAFF, UNIT, DELEGATE = "/staff/jz", "/unit/jz", "/delegate/jz"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def room(house: House, clock: Clock) -> Deliberating:
    clock.set(2026, 1, 10, 9)
    made = Deliberating(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(room: Deliberating, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, room.congress)


def reader(room: Deliberating, signed_in: SignedIn, place: int) -> Visitor:
    return signed_in(Role.DELEGATE, room.congress, delegate=room.delegates[place].delegate, name=f"代表{place + 1}")


def officer(room: Deliberating, signed_in: SignedIn, unit: str) -> Visitor:
    return signed_in(Role.DEPARTMENT, room.congress, unit=room.units[unit], name="承办人")


def shown(house: House, position: int) -> None:
    assert house.followers.wait_for(position, timeout=20)


def test_a_material_goes_to_a_delegation_is_read_reminded_of_and_replaced(
    staff: Visitor, room: Deliberating, signed_in: SignedIn, clock: Clock
) -> None:
    west, east = reader(room, signed_in, 0), reader(room, signed_in, 1)
    staff.open(f"{STAFF}/materials/new")
    refused = staff.send(
        title="讨论安排", to="some", delegations=["城西代表团"], files={"document": ("a.pdf", b"MZ\x90", "x/y")}
    )
    assert refused.status == 422
    assert "讨论安排" in refused.text
    sent = staff.send(files={"document": ("安排.pdf", PDF, "application/pdf")})
    assert sent.said == "材料已发给代表。"
    assert "0 / 3" in sent.words
    material = sent.path.rsplit("/", 1)[-1]

    assert "讨论安排" not in east.open(f"{DELEGATE}/materials").words
    assert east.open(f"{DELEGATE}/materials/{material}").status == 404
    assert east.open(f"{DELEGATE}/materials/{material}/file").status == 404

    reminded = staff.send(f"{STAFF}/materials/{material}/remind")
    assert reminded.said.startswith("已提醒")
    assert f"{STAFF}/materials/{material}/remind" not in reminded.forms(), "once a day"
    assert "2026年1月10日提醒：请阅读《讨论安排》" in west.open(DELEGATE).words

    page = west.open(f"{DELEGATE}/materials/{material}")
    assert west.open(f"{DELEGATE}/materials/{material}/file").content == PDF
    west.open(page.path)
    assert west.send(f"{DELEGATE}/materials/{material}/read").said.startswith("已阅")
    assert "讨论安排" not in west.open(DELEGATE).words
    staff.open(f"{STAFF}/materials/{material}")
    assert "1 / 3" in staff.open(f"{STAFF}/materials/{material}").words
    unread = staff.open(f"{STAFF}/materials/{material}/unread").words
    assert "代表3" in unread
    assert "代表1 " not in unread

    clock.forward(days=1)
    staff, west = signed_in(Role.STAFF, room.congress), reader(room, signed_in, 0)
    third = reader(room, signed_in, 2)
    third.open(f"{DELEGATE}/materials/{material}")
    staff.open(f"{STAFF}/materials/{material}")
    staff.send(f"{STAFF}/materials/{material}/replace", title="讨论安排", reason="地点有变")
    late = third.send(f"{DELEGATE}/materials/{material}/read")
    assert (late.status, "请先看新版再确认" in late.words) == (409, True)
    assert "地点有变" in late.words, "the new edition is there to be read"
    assert third.send(f"{DELEGATE}/materials/{material}/read").said.startswith("已阅")
    assert "地点有变" in west.open(f"{DELEGATE}/materials/{material}").words
    assert "请重新阅读" in west.open(DELEGATE).words
    assert west.open(f"{DELEGATE}/materials/{material}/file").content == PDF
    staff.open(f"{STAFF}/materials/{material}")
    staff.send(f"{STAFF}/materials/{material}/withdraw", withdrawn_because="另行通知")
    assert "另行通知" in west.open(f"{DELEGATE}/materials/{material}").words
    assert west.open(f"{DELEGATE}/materials/{material}/file").status == 404, "what is withdrawn is not read any more"


def test_who_moves_to_another_delegation_reads_the_answer_to_the_own_remark_and_no_other(
    room: Deliberating, signed_in: SignedIn, house: House
) -> None:
    me, left, joined = (reader(room, signed_in, place) for place in (0, 2, 1))
    card = f"{DELEGATE}/projects/{room.projects[0]}"
    for one, words in ((me, "投资偏大。"), (left, "工期偏紧。"), (joined, "管护费用没有来源。")):
        one.open(card)
        one.send(f"{card}/remark", kind="question", remark=words)
    unit = officer(room, signed_in, polls.UNIT)
    to_answer = [link for link in unit.open(f"{UNIT}/remarks").links() if "/remarks/" in link]
    for link in dict.fromkeys(to_answer):
        unit.open(link)
        unit.send(f"{link}/answer", answer="已经核减。")
    moved = replace(room.delegates[0], delegation="城东代表团")
    shown(house, correct_delegate(house.office, by(room.clerk), room.congress, moved))

    assert "有了答复：投资偏大。" in me.open(DELEGATE).words
    own = next(link for link in me.open(DELEGATE).links() if "/remarks/" in link)
    assert "认可答复" in me.open(own).words
    assert "管护费用没有来源。" in me.open(card).words
    assert "工期偏紧。" not in me.open(card).words
    assert joined.open(own).status == 404, "it was said for the delegation before"


def test_a_question_is_answered_by_its_unit_for_all_delegates_to_see(
    room: Deliberating, signed_in: SignedIn, house: House
) -> None:
    me, other = reader(room, signed_in, 0), reader(room, signed_in, 1)
    unit, stranger = officer(room, signed_in, polls.UNIT), officer(room, signed_in, OTHER_UNIT)
    card = f"{DELEGATE}/projects/{room.projects[0]}"
    me.open(card)
    assert me.send(f"{card}/question", question=" ").errors
    me.open(card)
    assert me.send(f"{card}/question", question="资金何时到位？").said.startswith("已提交")
    me.send(f"{card}/remark", kind="objection", remark="投资偏大。")

    assert "审议意见和代表提问 2 条" in unit.open(UNIT).words
    mine = unit.open(f"{UNIT}/remarks")
    assert "资金何时到位？" in mine.words
    assert "投资偏大。" in mine.words
    assert "资金何时到位？" not in stranger.open(f"{UNIT}/remarks").words
    question = next(link for link in unit.open(f"{UNIT}/remarks").links() if "/remarks/" in link)
    assert stranger.open(question).status == 404
    unit.open(question)
    unit.send(f"{question}/answer", answer="三月底前到位。")

    assert "有了答复：资金何时到位？" in me.open(DELEGATE).words
    assert "三月底前到位。" in other.open(card).words
    assert "投资偏大。" not in other.open(card).words, "a remark is its delegation's own"
    remark = question.rsplit("/", 1)[-1]
    assert other.open(f"{DELEGATE}/remarks/{remark}").status == 200
    assert "认可答复" not in other.open(f"{DELEGATE}/remarks/{remark}").words
    me.open(f"{DELEGATE}/remarks/{remark}")
    me.send(f"{DELEGATE}/remarks/{remark}/send-back", reason="到位多少？")
    assert "退回理由：到位多少？" in unit.open(f"{UNIT}/remarks").words

    shut = lists.list_stream(room.congress, room.year)
    put = house.office.change(
        by(room.clerk), shut, lists.evolve, lambda now: lists.put_to_vote(now, room.year, room.id("poll"))
    )
    shown(house, put)
    assert "我要提问" not in me.open(card).words
    unit.open(question)
    assert unit.send(f"{question}/answer", answer="到位七成。").said == "答复已提交。"


def test_the_office_records_by_delegation_assigns_and_prints_the_summary_and_the_booklet(
    staff: Visitor, room: Deliberating, signed_in: SignedIn, house: House, clock: Clock
) -> None:
    shown(house, room.speak())
    staff.open(f"{STAFF}/deliberation/new?project={room.projects[0]}")
    again = staff.send(delegation="城东代表团", kind="suggestion", words="建议提前开工。", more="yes")
    assert again.said == "已登记，可以接着登记下一条。"
    clock.forward(days=6)
    staff = signed_in(Role.STAFF, room.congress)
    board = staff.open(f"{STAFF}/deliberation")
    assert "逾期 3 条" in board.words
    one = staff.open(f"{STAFF}/deliberation/remarks/{room.id('objection')}")
    assert "逾期 1 天" in one.words
    assigned = staff.send(f"{one.path}/assign", unit=str(room.units[polls.UNIT]), due_on="2026-01-10")
    assert assigned.status == 422
    assert staff.send(f"{one.path}/assign", due_on="2026-01-20").said == "已交办。"

    summary = docx.Document(io.BytesIO(staff.open(f"{STAFF}/deliberation/summary.docx").content))
    text = "\n".join(paragraph.text for paragraph in summary.paragraphs)
    assert (
        "2个代表团中有2个对候选项目提出审议意见，共4条；代表会前提问1条。有关单位已经答复1条，尚有3条没有答复。" in text
    )
    assert "城西代表团（反对）：电梯的维护费用没有来源。" in text
    assert "市水务局答复：已排在第一批，三月开工。" in text
    totals = [cell.text for cell in summary.tables[0].rows[-1].cells]
    assert totals == ["", "合计", "1", "2", "0", "1", "1", "1", "3"]

    booklet = docx.Document(io.BytesIO(staff.open(f"{STAFF}/deliberation/booklet.docx").content))
    assert [row.cells[1].text for row in booklet.tables[0].rows[1:]] == list(polls.NAMES[:3])
    assert [row.cells[5].text for row in booklet.tables[-1].rows[1:]] == ["800 元"] * 3
    draft = docx.Document(io.BytesIO(staff.open(f"{STAFF}/deliberation/booklet.docx?draft=true").content))
    assert draft.paragraphs[0].text == "（征求意见稿）"
    assert len(draft.tables[0].rows) == 1 + 4
    assert staff.open(f"{STAFF}/deliberation/booklet.pdf?draft=true").content.startswith(b"%PDF")
    phone = reader(room, signed_in, 0)
    assert phone.open(f"{DELEGATE}/booklet.pdf").content.startswith(b"%PDF")
    assert phone.open(f"{STAFF}/deliberation/booklet.pdf?draft=true").status == 403
