"""From the plan of an inquiry to the approved answer of a unit: office, delegates and units on their pages."""

import io

import docx
import openpyxl
import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from interfaces.serving.rounds import daily_round
from tests.support.stores import Clock
from tests.support.supervising import UNIT, Supervising
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STAFF, UNITS, DELEGATE = "/staff/jz", "/unit/jz", "/delegate/jz"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def room(house: House, clock: Clock) -> Supervising:
    clock.set(2026, 1, 12, 9)
    made = Supervising(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def planned(staff: Visitor, room: Supervising, *, kind: str = "inquiry") -> str:
    staff.open(f"{STAFF}/inquiries/new")
    page = staff.send(
        kind=kind,
        topic="老旧小区改造推进情况",
        on="2026-01-14",
        starts_at="09:00",
        place="机关三楼会议室",
        units=[str(room.units[UNIT])],
        projects=[str(room.projects[0])],
        delegates=[str(room.delegates[0].delegate)],
    )
    assert page.said.startswith("已安排"), page.errors
    return page.path


def test_an_inquiry_is_planned_asked_held_and_leaves_a_duty_that_the_unit_answers(
    room: Supervising, signed_in: SignedIn, clock: Clock
) -> None:
    staff = signed_in(Role.STAFF, room.congress)
    staff.open(f"{STAFF}/inquiries/new")
    refused = staff.send(topic="议题", on="2026-01-14")
    assert refused.status == 422
    assert any("应询单位" in error or "地点" in error for error in refused.errors)
    path = planned(staff, room)

    reader = signed_in(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate, name="代表1")
    own = path.replace("/staff/", "/delegate/")
    assert "请您在会上询问" in reader.open(f"{DELEGATE}/inquiries").words
    reader.open(own)
    page = reader.send(words="积水点什么时候改完？")
    assert page.said.startswith("提问已提交")
    assert "积水点什么时候改完？" in staff.open(path).words
    assert "我的提问 积水点什么时候改完？" in reader.open(f"{DELEGATE}/inquiries").words
    other = signed_in(Role.DELEGATE, room.congress, delegate=room.delegates[1].delegate, name="代表2")
    assert "积水点" not in other.open(f"{DELEGATE}/inquiries").words
    assert not [form for form in other.open(own).forms() if form.endswith("/drop")], "only the own question"

    answering = next(link for link in staff.open(path).links() if "/questions/" in link and "new" not in link)
    staff.open(answering)
    assert staff.send(answering, respondent="局长", answer="六月底前。").said == "已保存。"
    clock.set(2026, 1, 14, 17)
    staff, reader = (
        signed_in(Role.STAFF, room.congress),
        signed_in(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate, name="代表1"),
    )
    staff.open(f"{path}/hold")
    held = staff.send(
        held_on="2026-01-14", conclusion="发现一处问题。", attending="46", files={"files": ("表.pdf", PDF, "x/y")}
    )
    assert held.said.startswith("已登记"), held.errors
    assert staff.open(next(link for link in held.links() if "/files/" in link)).content == PDF
    assert "六月底前。" in reader.open(own).words
    assert own not in reader.open(own).forms(), "the day has passed"

    staff.open(f"{path}/duties/new")
    assert staff.send(words="校门口积水未整改", unit="", working_days="0").status == 422
    given = staff.send(words="校门口积水未整改", unit=str(room.units[UNIT]), working_days="10")
    assert given.said == "已交办。", given.errors
    assert "校门口积水未整改" in given.words
    minutes = docx.Document(io.BytesIO(staff.open(f"{path}/minutes.docx").content))
    written = "\n".join(paragraph.text for paragraph in minutes.paragraphs)
    assert "积水点什么时候改完？" in written
    assert "局长：六月底前。" in written


def test_the_unit_answers_is_sent_back_and_approved(room: Supervising, signed_in: SignedIn, clock: Clock) -> None:
    staff = signed_in(Role.STAFF, room.congress)
    path = planned(staff, room)
    clock.set(2026, 1, 14, 17)
    staff = signed_in(Role.STAFF, room.congress)
    staff.open(f"{path}/hold")
    staff.send(held_on="2026-01-14", conclusion="发现一处问题。")
    staff.open(f"{path}/duties/new")
    staff.send(words="校门口积水未整改", unit=str(room.units[UNIT]), working_days="10")
    duty = next(link for link in staff.open(path).links() if "/duties/" in link and "new" not in link)
    officer = signed_in(Role.DEPARTMENT, room.congress, unit=room.units[UNIT], name="承办人")
    stranger = signed_in(
        Role.DEPARTMENT,
        room.congress,
        unit=next(unit for name, unit in room.units.items() if name != UNIT),
        name="别的单位",
    )
    on_unit = duty.replace("/staff/", "/unit/")
    assert "校门口积水未整改" in officer.open(f"{UNITS}/duties").words
    assert "校门口积水未整改" not in stranger.open(f"{UNITS}/duties").words
    assert stranger.open(on_unit).status == 404
    officer.open(on_unit)
    assert officer.send(f"{on_unit}/answer", outcome="under_way", answer="要分两步做。").status == 422
    sent = officer.send(
        f"{on_unit}/answer",
        outcome="done",
        answer="已疏通。",
        files={"files": ("验收.pdf", PDF, "application/pdf")},
    )
    assert sent.said == "答复已提交，等待审核。", sent.errors
    attached = next(link for link in sent.links() if "/files/" in link)
    assert officer.open(attached).content == PDF
    assert stranger.open(attached).status == 404

    staff.open(duty)
    assert staff.send(f"{duty}/send-back", reason="请附照片", working_days="5").said == "已退回重办。"
    assert "请附照片" in officer.open(f"{UNITS}/duties").words
    officer.open(on_unit)
    officer.send(f"{on_unit}/answer", outcome="done", answer="已疏通，照片附后。")
    staff.open(duty)
    assert staff.send(f"{duty}/approve", remark="").said == "已认可。"
    reader = signed_in(Role.DELEGATE, room.congress, delegate=room.delegates[0].delegate, name="代表1")
    assert "已疏通，照片附后。" in reader.open(path.replace("/staff/", "/delegate/")).words

    listed = staff.open(f"{STAFF}/duties?state=approved")
    assert "校门口积水未整改" in listed.words
    sheet = openpyxl.load_workbook(io.BytesIO(staff.open(f"{STAFF}/duties/duties.xlsx").content)).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert "交办〔2026〕1号" in cells
    assert "校门口积水未整改" in cells


def test_a_late_duty_goes_up_by_itself_by_rules_that_the_office_adopts(
    room: Supervising, house: House, signed_in: SignedIn, clock: Clock
) -> None:
    staff = signed_in(Role.STAFF, room.congress)
    path = planned(staff, room)
    clock.set(2026, 1, 14, 17)
    staff = signed_in(Role.STAFF, room.congress)
    staff.open(f"{path}/hold")
    staff.send(held_on="2026-01-14", conclusion="发现一处问题。")
    staff.open(f"{path}/duties/new")
    page = staff.send(words="积水", unit=str(room.units[UNIT]), project=str(room.projects[0]), working_days="5")
    duty = next(link for link in page.links() if "/duties/" in link and "new" not in link)
    assert "2026年1月22日 仍未办理的，系统自动催办。" in staff.open(duty).words
    rules = f"{STAFF}/duties/rules"
    assert rules in staff.open(f"{STAFF}/duties").links()
    assert "下面是通用规则" in staff.open(rules).words
    refused = staff.send(rules, reminded_after="", decision="一")
    assert refused.status == 422
    assert "不能跳过前面的一步" in refused.words
    staff.open(rules)
    said = staff.send(rules, pressed_after="2", pressed_to="督查室", reported_after="", decision="主任会议第3次会议")
    assert said.said == "新的督办规则已经启用。", said.errors
    assert "逾期满 2 个工作日，自动督办，送督查室。" in said.words
    assert "提级督办由办公室人工登记" in said.words

    clock.set(2026, 1, 23, 6)
    assert daily_round(house).look()["overdue duties"] == 1
    assert house.followers.wait_for(house.history.last_position())
    staff = signed_in(Role.STAFF, room.congress)
    shown = staff.open(duty)
    assert "逾期 2 个工作日，系统按规则登记" in shown.words
    assert "2026年1月21日 到期" in shown.words
    assert f"{duty}/escalate" in shown.forms(), "the step that the rules leave to the office"
    assert duty in staff.open(STAFF).links(), "one overdue duty is reached at once"
    officer = signed_in(Role.DEPARTMENT, room.congress, unit=room.units[UNIT], name="承办人")
    assert "已督办" in officer.open(UNITS).words


def test_a_late_duty_is_reminded_pressed_and_reported_in_this_order(
    room: Supervising, signed_in: SignedIn, clock: Clock
) -> None:
    staff = signed_in(Role.STAFF, room.congress)
    path = planned(staff, room, kind="hearing")
    clock.set(2026, 1, 14, 17)
    staff = signed_in(Role.STAFF, room.congress)
    staff.open(f"{path}/hold")
    staff.send(held_on="2026-01-14", conclusion="居民反映积水。")
    staff.open(f"{path}/duties/new")
    page = staff.send(words="积水", unit=str(room.units[UNIT]), working_days="5")
    duty = next(link for link in page.links() if "/duties/" in link and "new" not in link)
    assert "听证会" in staff.open(duty).words
    assert "2026年1月21日" in staff.open(duty).words, "five working days after Wednesday the 14th"
    assert staff.send(f"{duty}/escalate", urging="请抓紧").said == "已登记。"
    assert f"{duty}/escalate" not in staff.open(duty).forms(), "not late yet"
    clock.set(2026, 1, 23, 9)
    staff = signed_in(Role.STAFF, room.congress)
    assert "逾期 2 天" in staff.open(f"{STAFF}/duties").words
    staff.open(duty)
    assert staff.send(f"{duty}/escalate", to="").status == 422
    staff.open(duty)
    staff.send(f"{duty}/escalate", to="市政府办公室")
    staff.open(duty)
    staff.send(f"{duty}/escalate", to="市委督查室")
    last = staff.open(duty)
    assert "提级督办" in last.words
    assert f"{duty}/escalate" not in last.forms()
