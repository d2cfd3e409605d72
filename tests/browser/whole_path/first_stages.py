"""From a resident's phone to a delegate's reading: call, proposals, screening, approvals, list, remark and answer."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.whole_path import town
from tests.browser.whole_path.before import STAFF
from tests.browser.whole_path.hands import Hands, Screen
from tests.interfaces.documents.printed import scanned
from tests.support.browser import PHONE
from tests.support.stores import Clock

LAMPS = "北街小学门口加装路灯"
SAME_LAMPS = "北街小学门口路灯太暗，请加装"
ONE_FLAT = "给我家阳台换窗户"
HOTLINE = "南街井盖响"


def call_published(staff: Screen, folder: Path) -> str:
    """Rule 17: seven days are refused, thirty are fine. Returns the address in the poster's code."""
    staff.go(f"{STAFF}/calls").follow("发布")
    staff.fill(year=str(town.YEAR), opens_on="2025-09-20", closes_on="2025-09-26")
    staff.press("发布征集公告").refuses("7 天")
    staff.fill(closes_on="2025-10-19").press("预览").shows("共 30 天", "#preview")
    staff.press("发布征集公告").says("征集公告已发布")
    (address,) = set(scanned(staff.save("A4 海报", folder).read_bytes()))
    return address


def proposed(hands: Hands, clock: Clock, address: str, title: str, photo: Path | None = None) -> str:
    """A resident scans the poster, is told about a number typed into the text, and gets a code."""
    phone = hands.screen(PHONE).go(address)
    phone.fill(title=title, content="晚上看不见路，请打 13912345678。", place="北街", category="")
    if photo is not None:
        phone.fill(photos=photo)
    clock.forward(seconds=90)
    phone.press("提交建议").refuses("手机号")
    phone.fill(content="晚上看不见路，孩子放学不安全。", name="王女士", phone="13912345678")
    clock.forward(seconds=90)
    phone.press("提交建议")
    if phone.page.get_by_text("已经有人提过相近的建议").is_visible():
        clock.forward(seconds=30)
        phone.press("仍然提交我的建议")
    phone.says("建议已经收到")
    return phone.page.locator("#code").inner_text()


def photo_of_the_place(folder: Path) -> Path:
    """A picture that says where it was taken, as phones' do."""
    picture = Image.new("RGB", (2400, 1800), (90, 110, 130))
    said = Image.Exif()
    said[0x010F], said[0x9286] = "secret-phone", "taken at home"
    path = folder / "路灯.jpg"
    picture.save(path, exif=said)
    return path


def typed_in(staff: Screen, title: str) -> None:
    """One that came by telephone, typed by the office."""
    staff.go(f"{STAFF}/proposals/new").fill(channel="telephone", title=title, content="来电反映，请处理。")
    staff.press("保存").says("已录入")


def sorted_out(staff: Screen) -> None:
    """The same matter is merged, what is none goes to the hotline, what the negative list names is declined."""
    _opened(staff, SAME_LAMPS)
    staff.press(f"并入它 {LAMPS}").shows("已并入")
    _opened(staff, HOTLINE).unfold("转办")
    staff.fill(to="hotline", work_order="20251001-7", transfer_reason="日常维修，12345 当天派单。").press("转办").shows(
        "已转办"
    )
    _opened(staff, ONE_FLAT).follow("初筛").fill(hits=["负5"]).press("登记初筛结果")
    staff.unfold("不采纳").fill(decline_reason="negative_list", decline_words="只涉及一户。").press("不采纳").shows(
        "负5"
    )
    staff.go(f"{STAFF}/proposals?year={town.YEAR}").shows("4").shows("合并").shows("待办")


def shown_and_supported(staff: Screen, hands: Hands) -> None:
    """The office shows the proposal; a neighbour supports it once."""
    _opened(staff, LAMPS)
    picture = staff.page.locator("main .photos img").first
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == 1600
    staff.unfold("公开").press("公开").shows("已公开")
    neighbour = hands.screen(PHONE).go(f"/{town.SLUG}/{town.YEAR}/proposals").shows(LAMPS).follow(LAMPS)
    neighbour.press("附议").shows("您已附议").shows("1 人")


def rules_adopted(staff: Screen) -> None:
    """Executive meeting first, then the party committee."""
    staff.go(f"{STAFF}/screening").follow("启用")
    for step, kind in (("step1", "executive_meeting"), ("step2", "party_committee"), ("step3", ""), ("step4", "")):
        staff.fill(**{step: kind})
    staff.fill(decision="主任会议第 40 次会议通过").press("启用").says("启用")


def became_a_candidate(staff: Screen, clock: Clock) -> None:
    """Screened, then a candidate with what it still needs, then approved in order."""
    _opened(staff, LAMPS).follow("成为候选项目").shows("还没有初筛").follow("去初筛").press("登记初筛结果")
    _opened(staff, LAMPS).follow("成为候选项目").fill(
        name="校门口路灯改造",
        category="安全",
        purpose="学生夜间出行安全。",
        content="六所学校门口加装路灯 120 盏。",
        targets="路灯=120盏",
        total_funds="96",
        year_funds="96",
        sources="市财政100%",
        beneficiaries="师生和周边居民",
        beneficiary_count="8600",
        starts_on="2026-03-01",
        finishes_on="2026-10-31",
        lead_unit_name="市教育局",
        responsible="马科长",
        number="5",
    )
    staff.press("建立候选项目").says("建议已成为候选项目")
    candidate = staff.page.url
    clock.set(2025, 12, 1, 9)
    staff.sign_in("lz-office")
    for kind, body, on in (
        ("executive_meeting", "市政府第 60 次常务会议", "2025-11-20"),
        ("party_committee", "市委常委会第 120 次会议", "2025-11-28"),
    ):
        staff.go(f"{candidate}/approvals/new?kind={kind}").fill(body=body, on=on, number="2025-60", outcome="consent")
        staff.press("登记").shows(body)


def listed(staff: Screen, folder: Path) -> None:
    """The presidium fixes the list, with number, date and the scan of its decision."""
    scan = folder / "决定.png"
    Image.new("RGB", (900, 1200), "white").save(scan)
    staff.go(f"{STAFF}/projects").follow("候选项目名单")
    staff.fill(
        decision="大会主席团第一次会议通过", decision_number="灵主席团〔2026〕1号", decided_on="2026-01-08", scan=scan
    )
    staff.press("公布名单").says("名单已公布")


def read_and_remarked(reader: Screen, staff: Screen) -> None:
    """A delegate reads where it comes from, remarks; the office sees the remark."""
    reader.go(f"/delegate/{town.SLUG}").follow("校门口路灯改造").shows("2 条建议 · 1 人附议").press("我已阅读")
    reader.go(f"/delegate/{town.SLUG}").follow("校门口路灯改造").unfold("代表本团提意见")
    reader.fill(kind="suggestion", remark="请把崇兴镇中心小学排在前面。").press("提交意见").shows("崇兴镇中心小学")
    staff.go(f"{STAFF}/deliberation").shows("崇兴镇中心小学")


def followed(hands: Hands, code: str, other: str) -> None:
    """Both authors see by their codes what became of it; the one who was merged too."""
    phone = hands.screen(PHONE)
    for mine in (code, other):
        phone.go("/t").fill(code=mine).press("查看").shows("校门口路灯改造")
    expect(phone.page.locator("main .timeline li.done").first).to_be_visible()


def _opened(staff: Screen, title: str) -> Screen:
    return staff.go(f"{STAFF}/proposals?year={town.YEAR}").follow(title).shows(title, "h1")
