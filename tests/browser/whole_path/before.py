"""Before the session: accounts, the congress, its units, its roll, the session, candidates, the profile, the list."""

from pathlib import Path

from application.signing_in import create_administrator
from interfaces.composition import House
from tests.browser.whole_path import town
from tests.browser.whole_path.hands import PASSWORD, Hands, Screen
from tests.support.browser import DESKTOP

STAFF = f"/staff/{town.SLUG}"


def administrator(hands: Hands, house: House) -> Screen:
    """The first one comes from the command line, everybody else from pages."""
    create_administrator(house.office, house.private, "first", login="fangguanli", name="方管理", password=PASSWORD)
    return hands.screen(DESKTOP).sign_in("fangguanli")


def congress_founded(screen: Screen) -> None:
    screen.go("/staff/congresses/new")
    screen.fill(name=town.NAME, short_name="灵州市人大", level="市级", term="17", slug=town.SLUG).press("建立")
    screen.says("灵州市人民代表大会已建立")


def account_opened(hands: Hands, screen: Screen, *, login: str, name: str, role: str, unit: str = "") -> Screen:
    """The administrator hands out a slip; its holder chooses a password in a window of their own."""
    screen.go(f"{STAFF}/accounts/new").fill(login=login, name=name, role=role)
    if unit:
        screen.fill(unit=unit)
    screen.press("开设并生成启用条").shows("这一页只显示一次")
    address = screen.page.get_by_text(f"{hands.live.url}/a/").last.inner_text()
    owner = hands.screen(DESKTOP).go(address).shows(name)
    return owner.fill(password=PASSWORD, repeated=PASSWORD).press("设置密码并登录")


def units_added(staff: Screen) -> None:
    staff.go(f"{STAFF}/units").fill(units="\n".join(town.UNITS)).press("添加").says("已添加 4 个单位")


def roll_imported(staff: Screen, folder: Path) -> None:
    """A row without a certificate number is named before anything is saved; then the whole list is taken in."""
    staff.go(f"{STAFF}/delegates").follow("导入名册")
    staff.fill(table=town.roll_with_a_mistake(folder)).press("上传并核对")
    staff.shows("1 行有问题").shows("代表证号", "main table tbody").follow("改好后重新上传")
    staff.fill(table=town.roll_put_right(folder)).press("上传并核对")
    staff.shows("没有发现问题").press("确认导入 12 人").says("已导入 12 位代表")


def profile_adopted(staff: Screen) -> None:
    """From a ready-made one: two places, no days of reading (rule 16), tried out on made-up ballots, locked."""
    staff.go(f"{STAFF}/profiles").follow("以此新建")
    staff.fill(title="灵州市民生实事项目票决办法", quota="2", pre_reading_days="0")
    staff.press("看看效果").shows("即至少7票")
    staff.press("保存").says("票决办法已保存")
    staff.fill(candidates="4", attending="11").press("再试").shows("到会11人")
    staff.fill(decision="主席团第一次会议审议，全体会议通过").press("登记通过并锁定").says("办法就此锁定")


def session_convened(staff: Screen) -> str:
    """Returns the address of the session's page."""
    staff.go(f"{STAFF}/sessions").follow("召集会议")
    staff.fill(number="3", title=town.SESSION, year="2026", starts_on="2026-01-20", ends_on="2026-01-22")
    staff.press("召集").says("会议已召集")
    return staff.page.url


def candidates_entered(staff: Screen, folder: Path) -> None:
    """Three by a table, the fourth by hand: what it lacks is named, and it waits until that is put right."""
    staff.go(f"{STAFF}/projects").follow("导入").fill(table=town.candidates(folder)).press("上传并核对")
    staff.shows("没有发现问题").press("确认导入 3 项").says("已导入 3 个候选项目")
    staff.follow("添加项目").fill(**town.BY_HAND).press("保存").says("卡片还有缺项")
    staff.shows("责任人", "main .note.warn")
    staff.go(f"{STAFF}/projects").shows("缺").follow(town.ROADS).follow("修改")
    staff.fill(responsible="马科长").press("保存").says("卡片内容齐全")


def list_published(staff: Screen) -> None:
    staff.go(f"{STAFF}/projects").follow("候选项目名单").fill(decision="大会主席团第一次会议通过")
    staff.press("公布名单").says("名单已公布").shows("12 人")
