"""After the vote: the list and its files, the placard scanned by a resident, an ask answered and approved."""

from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.whole_path import town
from tests.browser.whole_path.before import STAFF
from tests.browser.whole_path.hands import Screen
from tests.interfaces.documents.printed import scanned
from tests.support.stores import Clock

LIST = f"{STAFF}/lists/{town.YEAR}"
UNIT = f"/unit/{town.SLUG}"


def files_opened(staff: Screen, folder: Path) -> None:
    """Notice, workbook and data say the same: two are in, by number of votes."""
    staff.go(LIST).shows(town.WATER).shows("达到通过票数，名次在应选数之后")
    notice = Document(str(staff.save("公告（Word）", folder)))
    text = "".join(paragraph.text for paragraph in notice.paragraphs)
    assert town.WATER in text
    assert town.CANTEEN not in text
    rows = list(load_workbook(BytesIO(staff.save("清单（Excel）", folder).read_bytes())).worksheets[0].values)
    assert [cell for row in rows for cell in row if cell in town.VOTES][:2] == [town.WATER, town.ROADS]
    data = staff.page.request.get(f"/{town.SLUG}/{town.YEAR}.json").json()
    assert town.WATER in str(data)


def placards_scanned(staff: Screen, folder: Path) -> list[str]:
    """The addresses on the printed placards, in the order of the list."""
    sheets = staff.go(LIST).save("二维码（每页一个）", folder)
    addresses = scanned(sheets.read_bytes())
    assert len(addresses) == 2
    return addresses


def page_seen(resident: Screen, address: str) -> None:
    """A resident's phone shows how the project was decided; the short code under the placard leads there too."""
    resident.go(address).shows(town.WATER, "h1").shows("9")
    expect(resident.page.locator("main svg[aria-label*='9 票'][aria-label*='须 7 票']")).to_be_visible()
    resident.go("/").fill(code=address.rpartition("/")[2].lower()).press("查看").shows(town.WATER, "h1")
    resident.go("/").follow(f"{town.YEAR} 年").shows(town.ROADS)


def ask_answered(department: Screen, staff: Screen, clock: Clock) -> None:
    """In June the department answers, is sent back once with a reason, answers again, and the office approves."""
    clock.set(2026, 6, 10, 9)
    department.sign_in("lz-shuili").go(UNIT).shows(town.WATER)
    _answer(department, percent="55", milestones="完成主管网19公里。")
    staff.sign_in("lz-office").go(f"{STAFF}/asks").follow(f"问进展 {town.WATER}").unfold("退回重报")
    staff.fill(reason="请写明入户户数。").press("退回").says("已退回重报")
    department.go(UNIT).shows("请写明入户户数")
    _answer(department, percent="58", milestones="完成主管网22公里，入户610户。")
    staff.go(f"{STAFF}/asks").follow(f"问进展 {town.WATER}").press("认可").says("已认可")


def progress_seen(resident: Screen, address: str) -> None:
    """The public page has changed."""
    resident.go(address).shows("实际 58%").shows("入户610户")


def _answer(department: Screen, percent: str, milestones: str) -> None:
    department.follow(f"答复 年中问进展：{town.WATER}")
    department.fill(percent=percent, funds_spent="980", milestones=milestones, inspections="1")
    department.press("提交答复").says("答复已提交")
