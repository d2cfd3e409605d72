"""A year under way through the pages: reports with photos, checks, lights, meetings, urging, acceptance, look-back."""

import io
from datetime import date

import openpyxl
import pytest
from PIL import Image

from domain.accounts.permissions import Role
from interfaces.composition import House
from projections import progress_board
from tests.support import polls
from tests.support.stores import Clock
from tests.support.under_way import MARCH, OTHER_UNIT, THIRD_UNIT, UnderWay
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

STAFF, UNIT = "/staff/jz", "/unit/jz"
GPS = 0x8825


@pytest.fixture
def way(house: House, clock: Clock) -> UnderWay:
    made = UnderWay(house.office, clock)
    shown(house)
    return made


def officer(way: UnderWay, signed_in: SignedIn, unit: str = polls.UNIT) -> Visitor:
    return signed_in(Role.DEPARTMENT, way.congress, unit=way.units[unit], name="承办人")


def shown(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def photo(name: str = "现场.jpg") -> tuple[str, bytes, str]:
    """As a phone takes it, with the place in it."""
    picture, out = Image.new("RGB", (80, 60), "gray"), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS)[1] = "N"
    exif[0x010F] = "SECRET-PHONE"
    picture.save(out, "JPEG", exif=exif)
    assert b"SECRET-PHONE" in out.getvalue()
    return name, out.getvalue(), "image/jpeg"


def test_a_report_with_photos_comes_from_a_phone_is_sent_back_given_again_and_checked(
    way: UnderWay, signed_in: SignedIn
) -> None:
    way.on(date(2026, 3, 18))
    staff = signed_in(Role.STAFF, way.congress)
    lead = officer(way, signed_in)
    assert "2026年3月20日前填报" in lead.open(f"{UNIT}/implementation").words
    file = f"{UNIT}/implementation/{way.first}"
    form = lead.open(f"{file}/reports/new")
    assert "2026-03-20" in form.text
    wrong = lead.send(
        percent="101", funds_spent="一百", words="", files={"photos": ("a.txt", b"no photo", "text/plain")}
    )
    assert wrong.status == 422
    assert len(wrong.errors) == 3
    lead.open(f"{file}/reports/new")
    assert lead.send(percent="1", funds_spent="1", words="开工", reached=["9" * 5000]).status == 404
    lead.open(f"{file}/reports/new")
    held = lead.send(percent="25", act="photos", files={"photos": photo()})
    assert "保留已上传的 现场.jpg" in held.words
    assert 'value="25"' in held.text
    given = lead.send(
        funds_spent="120", words="土方完成。", reached=["1"], reached_1="2026-03-16", needs="请协调占道审批"
    )
    assert given.said == "进度已报送，等待审核。"
    link = next(one for one in given.links() if "/photos/" in one)
    picture = lead.open(link)
    assert picture.headers["content-type"] == "image/jpeg"
    assert b"SECRET-PHONE" not in picture.content, "nothing of the camera is kept"
    assert not Image.open(io.BytesIO(picture.content)).getexif()

    report = given.path.rsplit("/", 1)[-1]
    ours = f"{STAFF}/implementation/{way.first}/reports/{report}"
    board = staff.open(f"{STAFF}/implementation")
    assert "的填报待审核" in board.words
    assert "有 1 个难题待解决" in board.words
    staff.open(ours)
    assert staff.send(f"{ours}/send-back", reason=" ").status == 422
    staff.send(f"{ours}/send-back", reason="请补充监理签字")
    assert "2026年3月20日 的填报被退回，请重报" in lead.open(f"{UNIT}/implementation").words
    assert "请补充监理签字" in lead.open(f"{file}/reports/{report}").words
    form = lead.open(f"{file}/reports/new?due_on=2026-03-20")
    assert "土方完成。" in form.text, "what stood in it comes back"
    again = lead.send(words="土方完成，监理已签字。")
    assert again.said == "进度已报送，等待审核。"
    second = f"{STAFF}/implementation/{way.first}/reports/{again.path.rsplit('/', 1)[-1]}"
    staff.open(second)
    assert staff.send(f"{second}/approve").said == "已审核，公开页已更新。"
    page = staff.open(second)
    assert "请补充监理签字" in page.words, "the earlier one stays readable"
    assert f"{second}/approve" not in page.forms()
    one = staff.open(f"{STAFF}/implementation/{way.first}")
    assert "1/2" in staff.open(f"{STAFF}/implementation").words
    assert "2026年3月16日 完成" in one.words
    assert "<svg" in one.text


def test_the_office_erases_a_photo_that_shows_what_it_must_not(way: UnderWay, signed_in: SignedIn) -> None:
    way.on(date(2026, 3, 18))
    staff, lead = signed_in(Role.STAFF, way.congress), officer(way, signed_in)
    lead.open(f"{UNIT}/implementation/{way.first}/reports/new")
    given = lead.send(percent="25", funds_spent="120", words="土方完成。", files={"photos": photo()})
    link = next(one for one in given.links() if "/photos/" in one)
    ours, file = given.path.replace(UNIT, STAFF), link.rsplit("/", 1)[-1]
    staff.open(ours)
    assert staff.send(f"{ours}/photos/{file}/erase").status == 422, "not without a reason"
    assert staff.send(f"{ours}/photos/{file}/erase", **{f"photo_reason_{file}": "拍到行人"}).said == "照片已删除。"
    assert lead.open(link).status == 404
    assert not [one for one in staff.open(ours).links() if "/photos/" in one]
    assert f"{ours}/photos/{file}/erase" not in lead.open(given.path).forms()


def test_only_the_lead_unit_reports_the_assisting_unit_reads_and_others_see_nothing(
    way: UnderWay, signed_in: SignedIn
) -> None:
    file = f"{UNIT}/implementation/{way.first}"
    assists, other = officer(way, signed_in, OTHER_UNIT), officer(way, signed_in, THIRD_UNIT)
    assert "配合单位" in assists.open(f"{UNIT}/implementation").words
    assert assists.open(file).status == 200
    assert f"{file}/reports/new" not in assists.open(file).links()
    assert assists.open(f"{file}/reports/new").status == 404
    assert other.open(file).status == 404
    assert "没有由本单位牵头或者配合的项目" in other.open(f"{UNIT}/implementation").words
    assert other.open(f"{STAFF}/implementation").status in (403, 404)
    government = signed_in(Role.GOVERNMENT, way.congress)
    assert government.open(f"{file}/reports/new").status == 200


def test_rule_22_the_board_shows_computed_lights_and_late_reports_and_filters(
    way: UnderWay, signed_in: SignedIn, house: House
) -> None:
    way.report(MARCH, 20, date(2026, 3, 21))
    way.report(MARCH, 5, date(2026, 3, 19), place=1)
    way.on(date(2026, 4, 1))
    shown(house)
    staff = signed_in(Role.STAFF, way.congress)
    board = staff.open(f"{STAFF}/implementation")
    # From 03-01 to 04-30 the plan rises to 40: on 04-01 it stands at 20.7; the third project reported nothing.
    assert "正常推进" in board.words
    assert "比计划慢 1 个百分点" in board.words
    assert "进度偏慢" not in board.words
    assert "严重滞后" in board.words
    assert "逾期 12 天" in board.words
    red = staff.open(f"{STAFF}/implementation?light=red")
    assert way.projects[0].hex not in red.text.replace("-", "")
    assert way.projects[1].hex in red.text.replace("-", "")
    assert "没有符合条件的项目" in staff.open(f"{STAFF}/implementation?q=没有这个").words
    late = staff.open(f"{STAFF}/implementation/{way.first}")
    assert "逾期 1 天" in late.words, "rule 19: due 03-20, given on 03-21"
    way.on(date(2026, 5, 1))
    staff = signed_in(Role.STAFF, way.congress)
    assert "节点“全面开工”逾期 1 天" in staff.open(f"{STAFF}/implementation").words
    content = staff.open(f"{STAFF}/implementation/board.xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))
    assert any(row[1:5] == ("甲", polls.UNIT, 20, 40.3) for row in rows), rows


def test_a_scheme_is_tried_on_the_real_projects_changed_and_adopted(
    way: UnderWay, signed_in: SignedIn, house: House
) -> None:
    way.report(MARCH, 17, MARCH)
    way.on(date(2026, 4, 1))
    shown(house)
    staff = signed_in(Role.STAFF, way.congress)
    tried = staff.open(f"{STAFF}/lights?scheme=two_colours")
    assert "3 个项目里有 3 个会换灯。什么都还没有改变。" in tried.words
    assert "未达序时" in tried.words
    page = staff.send(f"{STAFF}/lights", act="try", at_least_0="-4", title="本市办法")
    assert "3 个项目里有 3 个会换灯" in page.words
    wrong = staff.send(
        f"{STAFF}/lights", act="try", at_least_0="-4", words_2="更慢", colour_2="yellow", at_least_1="-3"
    )
    assert wrong.status == 422
    adopted = staff.send(
        f"{STAFF}/lights",
        rhythm="monthly",
        at_least_1="",
        words_2="",
        report_day="5",
        remind_after="3",
        title="本市办法",
    )
    assert adopted.said == "进度办法已通过，从现在起按它亮灯。"
    assert "逾期满 3 个工作日，系统自动催办" in adopted.words
    assert "第 1 版" in adopted.words
    with house.reading.connect() as conn:
        known = progress_board.rules_of(conn, way.congress)
        assert (known.report_day, known.remind_after) == (5, 3)
        assert {project for _, project in progress_board.going_on(conn)} == set(way.projects)
    assert "序时推进" in staff.open(f"{STAFF}/implementation").words
    assert signed_in(Role.UPPER_READER, way.congress).open(f"{STAFF}/lights").forms() == ["/account/sign-out"]


def test_difficulties_go_to_the_leading_group_and_urging_goes_up(way: UnderWay, signed_in: SignedIn) -> None:
    way.on(date(2026, 4, 2))
    staff, lead = signed_in(Role.STAFF, way.congress), officer(way, signed_in)
    raised = f"{UNIT}/implementation/{way.first}/difficulties"
    lead.open(raised)
    assert lead.send(words="燃气管线权属不清", needs="请明确牵头单位").said == "已提请领导小组研究。"
    waiting = staff.open(f"{STAFF}/meetings")
    assert "燃气管线权属不清" in waiting.words
    form = staff.open(f"{STAFF}/meetings/new?year=2026")
    field = next(name for name in form.document.xpath("//textarea/@name") if name.startswith("decided_"))
    difficulty = field.removeprefix("decided_")
    told = {field: "由市水务局牵头", f"unit_{difficulty}": polls.UNIT, f"due_{difficulty}": "2026-04-20"}
    refused = staff.send(title="第二次会议", held_on="2026-04-03", **told)
    assert refused.status == 422, "a meeting to come"
    assert "由市水务局牵头" in refused.text
    assert staff.send(held_on="2026-04-02").said == "会议已登记。"
    assert "由市水务局牵头" in lead.open(raised).words
    staff.open(f"{STAFF}/implementation/{way.first}/difficulties")
    action = f"{STAFF}/implementation/{way.first}/difficulties/{difficulty}/resolve"
    assert staff.send(action, resolved="权属已明确").said == "已登记为解决。"

    urge = f"{STAFF}/implementation/{way.first}/urge"
    form = staff.open(urge)
    assert "应于2026年3月20日前填报进度" in form.text
    assert staff.send(level="supervision", due_on="2026-04-10").said.startswith("已督办")
    assert "督办通知" in lead.open(f"{UNIT}/implementation/{way.first}").words
    staff.open(urge)
    refused = staff.send(level="reminder", words="请填报")
    assert (refused.status, "不能退回到较轻的一级" in refused.words) == (409, True)
    assert officer(way, signed_in).open(urge).status in (403, 404)
    way.on(date(2026, 4, 12))
    board = signed_in(Role.STAFF, way.congress).open(f"{STAFF}/implementation").words
    assert "“甲”督办到期，仍然滞后" in board
    assert "督办通知要求2026年4月10日前办结" in board


def test_the_end_acceptance_completion_and_look_backs_of_three_years(way: UnderWay, signed_in: SignedIn) -> None:
    way.on(date(2026, 11, 20))
    staff, lead = signed_in(Role.STAFF, way.congress), officer(way, signed_in)
    file = f"{STAFF}/implementation/{way.first}"
    assert "还有 2 个节点没有完成" in staff.open(f"{file}/closing").words
    for number in (1, 2):
        mine = f"{UNIT}/implementation/{way.first}"
        lead.open(mine)
        assert lead.send(f"{mine}/milestones/{number}", on=f"2026-0{number + 4}-10").said == "节点已登记为完成。"
    assert "晚 10 天完成" in staff.open(file).words
    staff.open(f"{file}/closing")
    early = staff.send(f"{file}/closing/completion", completion="completed")
    assert (early.status, "请先登记验收" in early.words) == (409, True)
    paper = {"document": ("验收报告.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf")}
    accepted = staff.send(
        f"{file}/closing/accept", on="2026-11-18", body="市住建局", number="验〔2026〕1号", files=paper
    )
    assert accepted.said == "已登记验收。"
    assert staff.open(f"{file}/closing/paper").content.startswith(b"%PDF")
    assert "已验收" in staff.open(f"{STAFF}/implementation?light=blue").words
    staff.open(f"{file}/closing")
    assert staff.send(f"{file}/closing/completion").said == "完成情况已登记。", "the suggested level is chosen"

    way.on(date(2027, 11, 25))
    staff = signed_in(Role.STAFF, way.congress)
    assert "第 1 年回头看到期" in staff.open(f"{STAFF}/implementation?year=2026").words
    staff.open(f"{file}/closing/look-back")
    refused = staff.send(in_use="no", findings="两处井盖缺失", files={"photos": photo()})
    assert refused.status == 422
    assert "保留已上传的" in refused.words
    done = staff.send(measures="水务局一周内补齐")
    assert done.said == "回头看已登记。"
    assert "水务局一周内补齐" in done.words
    seen = next(link for link in done.links() if "/photos/" in link)
    assert staff.open(seen).headers["content-type"] == "image/jpeg"
    staff.open(f"{file}/closing")
    gone = staff.send(f"{seen}/erase", **{f"photo_reason_{seen.rsplit('/', 1)[-1]}": "拍到门牌"})
    assert gone.said == "照片已删除。"
    assert staff.open(seen).status == 404
    done = staff.open(f"{file}/closing")
    assert "登记第 2 年回头看" in done.words


def test_an_upper_level_reads_and_changes_nothing(way: UnderWay, signed_in: SignedIn) -> None:
    reader = signed_in(Role.UPPER_READER, way.congress)
    for path in ("", f"/{way.first}", f"/{way.first}/closing", f"/{way.first}/difficulties"):
        page = reader.open(f"{STAFF}/implementation{path}")
        assert page.status == 200
        assert page.forms() == ["/account/sign-out"] or path == "", page.forms()
    assert reader.open(f"{STAFF}/implementation/{way.first}/urge").status == 403
