"""From the filing of a plan to its publication, adjustment and the report to the next session, through the pages."""

import io
from datetime import date
from decimal import Decimal
from uuid import UUID

import docx
import openpyxl
import pytest

from application.congress import add_units, convene_session
from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.projects.implementation import evolve, implementation_stream
from domain.projects.plan import ImplementationPlan
from interfaces.composition import House
from tests.support.planned import NUMBER, SAFEGUARDS, YEAR, Planned, planned
from tests.support.stores import Clock, by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STAFF, UNIT = "/staff/jz", "/unit/jz"


@pytest.fixture
def year(house: House, clock: Clock) -> Planned:
    clock.set(YEAR, 2, 20, 9)
    made = planned(house.office)
    _wait(house)
    return made


@pytest.fixture
def staff(year: Planned, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, year.congress)


def officer(year: Planned, signed_in: SignedIn, unit: UUID | None = None) -> Visitor:
    return signed_in(Role.DEPARTMENT, year.congress, unit=unit or year.lead_unit(), name="承办人")


def test_a_plan_is_filed_sent_back_mended_and_published_with_the_duty_list(
    staff: Visitor, year: Planned, signed_in: SignedIn
) -> None:
    lead = officer(year, signed_in)
    plan = f"{UNIT}/implementation/{year.projects[0]}/plan"
    assert "填报实施计划" in lead.open(plan).text
    assert "待填报" in lead.open(f"{UNIT}/duty-list").words
    form = lead.open(f"{plan}/edit")
    assert "改造点位=10处" in form.text
    assert "1200" in form.text
    wrong = lead.send(**{"milestones-1-name": "主体完工", "milestones-1-percent": "60"})
    assert wrong.status == 422
    assert "2026-06-30 主体完工 60%" in wrong.text
    assert "不写个人手机" in lead.send(**{"milestones-1-due_on": "2026-06-30"}, duty_phone="13800138000").words
    filed = lead.send(duty_phone="0471-5550102")
    assert filed.said == "实施计划已填报。"
    assert "保障措施：还没有填写" in staff.open(f"{STAFF}/implementation/{year.projects[0]}/plan").words
    assert "缺：保障措施" in staff.open(f"{STAFF}/duty-list").words
    staff.open(f"{STAFF}/implementation/{year.projects[0]}/plan")
    assert staff.send(reason="请写明保障措施").said == "已退回，牵头单位会看到理由。"
    mending = lead.open(f"{plan}/edit")
    assert "请写明保障措施" in mending.text
    staff.open(f"{STAFF}/implementation/{year.projects[0]}/plan/edit")
    assert staff.send(safeguards="办公室代填。").said == "实施计划已填报。"
    moved = lead.send(safeguards=SAFEGUARDS)
    assert (moved.status, SAFEGUARDS in moved.text) == (409, True), "nothing typed is lost"
    assert "您填写期间，别人已经改过这里。" in moved.errors[0]
    lead.send(
        safeguards=SAFEGUARDS,
        **{"duties-1-unit": "公安局", "duties-1-words": "疏导交通", "duties-1-due_on": "2026-04-01"},
    )
    staff.open(f"{STAFF}/duty-list")
    assert staff.send(number="").status == 422
    assert 'name="issuer" value="江州市人民代表大会常务委员会办公室"' in staff.open(f"{STAFF}/duty-list").text
    published = staff.send(number=NUMBER, issuer="青城市人民政府办公室")
    assert published.said == "责任分解清单已公布，1 个项目的实施计划从现在起执行。"
    assert NUMBER in published.words
    in_force = _plan(year)
    assert [(one.name, one.percent) for one in in_force.milestones] == [("主体完工", Decimal(60))]
    assert in_force.duties[0].words == "疏导交通"
    paper = docx.Document(io.BytesIO(staff.open(f"{STAFF}/duty-list/list.docx?year=2026&part=1").content))
    printed = [paragraph.text for paragraph in paper.paragraphs]
    assert NUMBER in printed
    assert printed[0] == "青城市人民政府办公室"
    assert paper.tables[0].cell(1, 1).text == "甲"
    assert lead.open(f"{plan}/edit").status == 200
    assert lead.send(safeguards="改").status == 409


def test_a_year_is_imported_with_its_bad_rows_shown_first(staff: Visitor, year: Planned, signed_in: SignedIn) -> None:
    template = openpyxl.load_workbook(io.BytesIO(staff.open(f"{STAFF}/duty-list/template.xlsx").content))
    rows = template.worksheets[0]
    heading = {cell.value: cell.column or 0 for cell in rows[1]}
    assert rows.cell(2, heading["年度目标"]).value == "改造点位=10处"
    for row in (2, 3, 4):
        rows.cell(row, heading["保障措施"]).value = SAFEGUARDS
    rows.cell(2, heading["时间节点"]).value = "2026-06-30 主体完工 60%;2026-11-20 完工验收 100%"
    rows.cell(3, heading["时间节点"]).value = "六月底完工"
    rows.cell(4, heading["年度目标"]).value = "改造点位=7处"
    sent = io.BytesIO()
    template.save(sent)
    staff.open(f"{STAFF}/duty-list/import")
    checked = staff.send(files={"table": ("计划.xlsx", sent.getvalue(), "application/octet-stream")})
    assert "1 行有问题" in checked.words
    assert "读不懂的是「六月底完工」" in checked.words
    assert "改变了票决的内容：年度目标“改造点位”由10处改为7处（−30%）" in checked.words
    assert staff.send().said == "已填报 2 个项目的实施计划。"
    listed = staff.open(f"{STAFF}/duty-list")
    assert listed.text.count('name="chosen"') == 1
    add_units(year.office, by(year.clerk), year.congress, [("林草局", "12346")])
    congress = year.office.state_of(year.congress, congresses.evolve)
    assert congress is not None
    outside = next(one.id for one in congress.units.values() if one.name == "林草局")
    other = officer(year, signed_in, unit=outside)
    assert other.open(f"{UNIT}/implementation/{year.projects[0]}/plan").status == 404
    other.open(f"{UNIT}/duty-list/import")
    refused = other.send(files={"table": ("计划.xlsx", sent.getvalue(), "application/octet-stream")})
    assert "「乙」的牵头单位不是本单位，由牵头单位填报。" in refused.words


def test_a_major_change_is_shown_waits_is_decided_and_told_to_the_next_session(
    staff: Visitor, year: Planned, signed_in: SignedIn, house: House, clock: Clock
) -> None:
    year.in_force()
    _wait(house)
    lead = officer(year, signed_in)
    adjust = f"{UNIT}/implementation/{year.projects[0]}/adjust"
    lead.open(adjust)
    assert lead.send(reason="没有改动").errors
    seen = lead.send(reason="一处征不下来", targets="改造点位=9处", step="check")
    assert "一般调整" in seen.words
    assert "−10%" in seen.words
    again = lead.send(targets="改造点位=6处", step="confirm")
    assert "须报常委会决定" in again.words
    waits = lead.send(step="confirm")
    assert waits.said == "已提交，等待决定；决定公布以前仍按原计划执行。"
    assert _plan(year).targets[0].amount == 10
    assert "有一次调整还没有决定" in lead.open(adjust).words
    listed = staff.open(f"{STAFF}/adjustments")
    assert "待决定" in listed.words
    address = next(link for link in listed.links() if link.startswith(f"{STAFF}/adjustments/") and len(link) > 40)
    request = docx.Document(io.BytesIO(staff.open(f"{address}/request.docx").content))
    assert request.tables[0].cell(1, 3).text == "−40%"
    staff.open(address)
    assert staff.send(f"{address}/decide", number="").status == 422
    decided = staff.send(f"{address}/decide", number="青人常发〔2026〕11号")
    assert decided.said == "决定已登记，从现在起按决定执行；请向下次大会报告。"
    assert _plan(year).targets[0].amount == 6
    clock.set(YEAR + 1, 1, 20, 9)
    for number, day in ((5, "2026-01-20"), (6, "2027-01-19")):
        _convene(year, number, day)
    _wait(house)
    staff = signed_in(Role.STAFF, year.congress)
    report = staff.open(f"{STAFF}/adjustments/report")
    assert "第6次会议" in report.words
    assert "第5次会议" not in report.words
    paper = docx.Document(io.BytesIO(staff.open(f"{STAFF}/adjustments/report.docx").content))
    assert any("青人常发〔2026〕11号" in paragraph.text for paragraph in paper.paragraphs)
    staff.open(f"{STAFF}/adjustments/report")
    assert staff.send().said == "已登记：1 项调整已向大会报告。"
    assert "没有待报告的调整" in staff.open(f"{STAFF}/adjustments/report").words


def test_a_suspension_is_refused_or_withdrawn_and_the_plan_stays(
    staff: Visitor, year: Planned, signed_in: SignedIn, house: House
) -> None:
    year.in_force()
    _wait(house)
    lead = officer(year, signed_in)
    for ending in ("refuse", "withdraw"):
        lead.open(f"{UNIT}/implementation/{year.projects[0]}/adjust?kind=suspension")
        assert "须报常委会决定" in lead.send(reason="汛期").words
        address = lead.send(step="confirm").path.replace(UNIT, STAFF)
        staff.open(address)
        if ending == "refuse":
            assert staff.send(f"{address}/refuse", refusal="汛期已过").said == "已登记，仍按原计划执行。"
        else:
            assert staff.send(f"{address}/withdraw", reason="不用了").said == "已撤回，仍按原计划执行。"
    assert "没有同意" in staff.open(f"{STAFF}/adjustments").words


def _plan(year: Planned) -> ImplementationPlan:
    state = year.office.state_of(implementation_stream(year.projects[0]), evolve)
    assert state is not None
    assert state.plan is not None
    return state.plan


def _convene(year: Planned, number: int, day: str) -> None:
    on = date.fromisoformat(day)
    convene_session(
        year.office,
        by(year.clerk),
        year.congress,
        number=number,
        title=f"第{number}次会议",
        year=on.year,
        starts_on=on,
        ends_on=on,
    )


def _wait(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
