"""One project from its declaration to its look-back, through all roles, in real browsers and over two years."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from domain.accounts.permissions import Grant, Role
from domain.congress import congress as congresses
from projections import voted_list
from tests.browser.whole_path.hands import Screen
from tests.support import browser as browsers
from tests.support import visitors
from tests.support.browser import DESKTOP, PHONE, LiveSite
from tests.support.declared import declared
from tests.support.polls import UNIT, Hall
from tests.support.stores import Clock

Sits = Callable[..., Screen]
LINES = ("列入候选项目名单", "列入年度清单", "实施计划公布", "节点完成", "进度报告", "重大调整")
NEXT_SESSION = "江州市第十七届人民代表大会第五次会议"


@pytest.fixture
def hall(live: LiveSite) -> Hall:
    return declared(live.house)


@pytest.fixture
def sits(chromium: Browser, live: LiveSite, hall: Hall) -> Iterator[Sits]:
    """Somebody sits down before a screen, signed in anew: `sits("office")`, `sits("unit", PHONE)`, `sits()`."""
    congress = live.house.office.state_of(hall.congress, congresses.evolve)
    unit = congress.unit_named(UNIT) if congress else None
    of = {
        "office": Grant(role=Role.STAFF, congress=hall.congress),
        "unit": Grant(role=Role.DEPARTMENT, congress=hall.congress, unit=unit.id if unit else None),
        "delegate": Grant(role=Role.DELEGATE, congress=hall.congress, delegate=hall.delegates[4].delegate),
    }
    accounts: dict[str, UUID] = {}
    screens: list[Screen] = []

    def sit(who: str = "", size: dict[str, int] = DESKTOP) -> Screen:
        if who and who not in accounts:
            accounts[who] = visitors.account(live.house, of[who], name=who)
        screens.append(Screen(browsers.window(chromium, live, size, accounts.get(who))))
        return screens[-1]

    yield sit
    heard = [complaint for screen in screens for complaint in screen.complaints]
    for screen in screens:
        screen.page.context.close()
    assert heard == []


def test_one_project_from_the_declaration_to_the_look_back(
    hall: Hall, live: LiveSite, sits: Sits, clock: Clock, tmp_path: Path
) -> None:
    with live.house.reading.connect() as conn:
        first = voted_list.adopted(conn, hall.congress, 2026)[0]
    project, public = f"/jz/implementation/{first.project}", f"/p/{first.code}"

    clock.set(2026, 2, 2, 9)
    planned(sits, project)
    sits("", PHONE).go(public).shows("计划")

    clock.set(2026, 6, 18, 9)
    reported(sits, project, _photo(tmp_path))
    watched(sits, first.project, _photo(tmp_path))
    asked_at_mid_year(sits)
    sits("", PHONE).go(public).shows("34%").shows("管网完成三成")

    clock.set(2026, 7, 10, 9)
    adjusted(sits, project)
    resident = sits("", PHONE).go(public)
    resident.shows("江人常〔2026〕9号").shows("6 处")

    clock.set(2026, 12, 3, 9)
    finished(sits, project)
    asked_at_the_end(sits)
    sits("", PHONE).go(public).shows("验收")

    clock.set(2027, 1, 21, 9)
    told_to_the_next_session(sits)

    clock.set(2027, 11, 20, 9)
    looked_back_on(sits, project)
    told = sits("", PHONE).go(f"{public}/timeline")
    for words in (*LINES, "验收", "回头看"):
        told.shows(words)
    whole = sits("office").go(f"/staff/jz/timeline/{first.project}")
    for words in (*LINES, "三日内调整围挡", "回头看"):
        whole.shows(words)


def planned(sits: Sits, project: str) -> None:
    """The unit files the plan; without safeguards it is not published (rule 19)."""
    unit = sits("unit").go(f"/unit{project}/plan/edit")
    unit.fill(**{"milestones-1-due_on": "2026-05-31", "milestones-1-name": "完成招标", "milestones-1-percent": "30"})
    unit.press("填报").shows("保障措施")
    office = sits("office").go("/staff/jz/duty-list?year=2026")
    expect(office.page.locator("main input[name='chosen']")).to_have_count(0)
    unit.go(f"/unit{project}/plan/edit").fill(safeguards="专班每周调度，资金按月拨付。").press("填报").says("已填报")
    office.go("/staff/jz/duty-list?year=2026").fill(number="江政办〔2026〕6号").press("公布").says("已公布")


def reported(sits: Sits, project: str, photo: Path) -> None:
    """The milestone is overdue, so the light is red until the unit's phone reports; the office checks it."""
    office = sits("office").go("/staff/jz/implementation?year=2026").shows("红灯")
    unit = sits("unit", PHONE).go(f"/unit{project}").follow("填报进度")
    unit.fill(percent="34", funds_spent="300", words="管网完成三成", photos=photo)
    unit.page.locator("main input[name='reached']").check()
    unit.press("报送").says("已报送")
    office.go(f"/staff{project}").follow("2026年").press("审核通过").says("已审核")
    office.go("/staff/jz/implementation?year=2026").shows("绿灯")


def watched(sits: Sits, project: UUID, photo: Path) -> None:
    """A delegate of the project's group notes a problem on the phone; it becomes a duty that the unit answers."""
    office = sits("office").go(f"/staff/jz/supervision/groups/{project}")
    office.page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    member = office.page.locator("main input[name='members']").nth(4)
    member.check()
    office.fill(leader=member.get_attribute("value") or "").press("保存").says("已保存")
    delegate = sits("delegate", PHONE).go("/delegate/jz/supervision").follow("现场记一笔")
    delegate.fill(project=str(project), kind="problem", words="围挡占了人行道", place="解放路口")
    delegate.page.locator("main input[name='photos']").first.set_input_files(photo)
    delegate.press("记下").says("已记下")
    office.go("/staff/jz/inspections/notes?year=2026").follow("围挡占了人行道")
    office.fill(words="三日内调整围挡").press("交办").says("已交办")
    unit = sits("unit").go("/unit/jz/duties").follow("答复")
    unit.fill(outcome="done", answer="围挡已调整").press("提交答复").says("已提交")
    office.go("/staff/jz/duties").follow("三日内调整围挡").press("认可").says("已认可")


def asked_at_mid_year(sits: Sits) -> None:
    """Ask 3 is filled in from the report; the unit only sends it."""
    unit = sits("unit").go("/unit/jz").follow("答复 年中问进展：城区排水防涝改造")
    expect(unit.page.locator("main input[name='percent']")).to_have_value("34")
    unit.press("提交答复").says("已提交")
    office = sits("office").go("/staff/jz/asks?year=2026&kind=progress").follow("查看 年中问进展 城区排水防涝改造")
    office.press("认可").says("已认可")


def adjusted(sits: Sits, project: str) -> None:
    """Ten places become six: the old plan stays in force until the committee's decision is recorded (rule 20)."""
    unit = sits("unit").go(f"/unit{project}/adjust").fill(targets="改造点位=6处", reason="与城市更新规划冲突")
    unit.press("核对改动").shows("重大").press("确认提交")
    office = sits("office").go(f"/staff{project}/plan").shows("10 处")
    office.go("/staff/jz/adjustments?year=2026").follow("城区排水防涝改造")
    office.fill(number="江人常〔2026〕9号", notice_on="2026-07-09").press("登记")
    office.go(f"/staff{project}/plan").shows("6 处")


def finished(sits: Sits, project: str) -> None:
    """Accepted and completed."""
    office = sits("office").go(f"/staff{project}/closing").fill(body="市联合验收组", number="验收1号", words="质量合格")
    office.press("登记验收")
    office.go(f"/staff{project}/closing").fill(completion="completed", completion_words="全部完成").press("登记")
    office.go("/staff/jz/implementation?year=2026").shows("已验收")


def asked_at_the_end(sits: Sits) -> None:
    """Ask 4: what is left over opens next year's file."""
    unit = sits("unit").go("/unit/jz").follow("答复 年底问总结：城区排水防涝改造")
    unit.fill(results="六处全部建成", leftovers="余下四处点位明年改造", lessons="先协商选址再设计")
    unit.press("提交答复").says("已提交")
    office = sits("office").go("/staff/jz/asks?year=2026&kind=summary").follow("查看 年底问总结 城区排水防涝改造")
    office.press("认可").says("已认可")
    office.go("/staff/jz/proposals?year=2027").shows("余下四处点位明年改造")


def told_to_the_next_session(sits: Sits) -> None:
    """The duty “report to the next session” stands on the first page until it is done (rule 20)."""
    office = sits("office").go("/staff/jz/sessions/new")
    office.fill(title=NEXT_SESSION, number="5", year="2027", starts_on="2027-01-18", ends_on="2027-01-21")
    office.press("召集").says("已召集")
    office.go("/staff/jz/adjustments/report").fill(session=NEXT_SESSION).press("登记已报告").says("已登记")
    office.go("/staff/jz/adjustments?year=2026").shows("已向大会报告")


def looked_back_on(sits: Sits, project: str) -> None:
    """A year after the acceptance."""
    office = sits("office").go(f"/staff{project}/closing/look-back")
    office.fill(in_use="yes", findings="设施完好，汛期没有积水").press("登记").says("已登记")


def _photo(folder: Path) -> Path:
    path = folder / "现场.jpg"
    Image.new("RGB", (640, 480), (120, 140, 160)).save(path, "JPEG")
    return path
