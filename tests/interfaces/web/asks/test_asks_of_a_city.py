"""A city asks its counties: one form for several, answered there, approved here, seen in one matrix."""

import io
from uuid import UUID

import openpyxl
import pytest
from PIL import Image

from domain.accounts.permissions import Role
from domain.asks.ask import AskKind, ask_id
from interfaces.composition import House
from interfaces.serving.rounds import daily_round
from tests.support.asking import YEAR, City, city
from tests.support.stores import Clock
from tests.support.visitors import SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def there(house: House, clock: Clock) -> City:
    clock.set(2026, 7, 1)
    made = city(house.office)
    assert house.followers.wait_for(house.history.last_position())
    return made


def asked(there: City, county: int, kind: AskKind = AskKind.PROGRESS) -> UUID:
    return ask_id(there.counties[county], YEAR, kind, asked_by=there.congress)


def test_a_city_asks_and_approves_what_its_counties_answer(there: City, signed_in: SignedIn) -> None:
    upper, lower = signed_in(Role.STAFF, there.congress), signed_in(Role.STAFF, there.counties[0])
    upper.open(f"/staff/jz/asks/new?kind=progress&year={YEAR}")
    page = upper.send("/staff/jz/asks/below")
    assert page.said == "已向 2 个下级发出“年中问进展”。"
    assert "东河区" in page.words
    assert "上级提问" in lower.open(f"/staff/dh/asks?year={YEAR}").words
    own, theirs = f"/staff/dh/asks/{asked(there, 0)}", f"/staff/jz/asks/{asked(there, 0)}"
    lower.open(own)
    assert (
        "取消" not in lower.send(f"{own}/answer", percent="61", funds_spent="800", milestones="八个项目，一个落后").said
    )
    assert f"{own}/approve" not in lower.open(own).forms()
    assert "61%" in upper.open(theirs).words
    upper.send(f"{theirs}/send-back", reason="请写明落后的项目", due_on="2026-06-30")
    assert upper.at is not None
    assert upper.at.errors, "a day that has passed is no term"
    upper.open(theirs)
    assert upper.send(f"{theirs}/send-back", reason="请写明落后的项目", due_on="2026-08-14").said == "已退回重报。"
    assert "2026年8月14日" in lower.open(own).words
    lower.send(f"{own}/answer", milestones="落后的是农村公路")
    upper.open(theirs)
    assert upper.send(f"{theirs}/approve").said == "已认可。"
    assert signed_in(Role.STAFF, there.counties[1]).open(own.replace("/dh/", "/xh/")).status == 404


def test_a_cell_of_the_matrix_turns_without_anybody_opening_a_page(
    there: City, house: House, signed_in: SignedIn, clock: Clock
) -> None:
    upper = signed_in(Role.STAFF, there.congress)
    upper.open(f"/staff/jz/asks/new?kind=progress&year={YEAR}")
    upper.send("/staff/jz/asks/below", below=str(there.counties[1]))
    before = upper.open("/staff/jz/matrix").words
    assert "西河区" in before
    assert "0/17月31日截止" in before
    clock.set(2026, 8, 6)
    assert daily_round(house).look() == {"overdue asks": 1, "overdue duties": 0, "late projects": 0}
    assert house.followers.wait_for(house.history.last_position())
    upper = signed_in(Role.STAFF, there.congress)
    late = upper.open("/staff/jz/matrix?state=late")
    assert "逾期 6 天，1 级" in late.words
    assert "东河区" not in late.words
    assert f"/staff/xh/asks?year={YEAR}&kind=progress" in late.links()
    assert "逾期未答，已提至答复单位主要负责人" in upper.open(f"/staff/jz/asks/{asked(there, 1)}").words
    book = openpyxl.load_workbook(io.BytesIO(upper.open("/staff/jz/matrix/matrix.xlsx?state=late").content))
    lines = [[cell for cell in row if cell is not None] for row in book.worksheets[0].values]
    assert ["西河区人民代表大会", "旗县区级", YEAR, 1, 0, 1, "逾期 6 天，1 级"] in lines
    assert next(line for line in lines if line[:1] == ["合计"])[1:] == [YEAR, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0]


def test_an_overdue_ask_is_urged_escalated_and_withdrawn(there: City, signed_in: SignedIn, clock: Clock) -> None:
    upper = signed_in(Role.STAFF, there.congress)
    upper.open(f"/staff/jz/asks/new?kind=progress&year={YEAR}")
    upper.send("/staff/jz/asks/below", below=str(there.counties[0]))
    address = f"/staff/jz/asks/{asked(there, 0)}"
    clock.set(2026, 8, 3)
    upper = signed_in(Role.STAFF, there.congress)
    upper.open(f"/staff/jz/asks?year={YEAR}")
    assert upper.send(f"{address}/urge").said == "已催办，答复单位会在任务页看到。"
    upper.open(address)
    assert upper.send(f"{address}/escalate").said == "已提级督办。"
    page = upper.open(address)
    assert "提级督办：第 1 级：答复单位主要负责人" in page.words
    assert upper.send(f"{address}/withdraw", withdrawn_because="").errors
    upper.open(address)
    assert upper.send(f"{address}/withdraw", withdrawn_because="合并到年底一并问").said == "已撤回，不必再答复。"
    assert "撤回：合并到年底一并问" in upper.open(address).words


def test_rules_are_previewed_in_words_adopted_and_followed_below(there: City, signed_in: SignedIn) -> None:
    upper, lower = signed_in(Role.STAFF, there.congress), signed_in(Role.STAFF, there.counties[0])
    assert "下面是通用规则" in upper.open("/staff/jz/asks/rules").words
    form = "/staff/jz/asks/rules/new"
    typed = {
        "progress_due_month": "8",
        "progress_due_day": "15",
        "progress_required": "problems",
        "progress_q1": "群众怎样参与？",
    }
    upper.open(form)
    shown = upper.send(form, **typed, preview="yes").words
    assert "年中问进展：当年6月1日至当年8月15日，由各项目牵头单位答复。另须填写困难和问题。附加 1 个问题。" in shown
    wrong = upper.send(form, **typed | {"progress_due_month": "5"}, decision="主任会议")
    assert (wrong.status, len(wrong.errors)) == (422, 1)
    upper.open(form)
    assert upper.send(form, **typed, decision="主任会议第40次会议").said == "新的四问规则已经启用。"
    assert "沿用江州市人民代表大会的第 1 版" in lower.open("/staff/dh/asks/rules").words
    upper.open(f"/staff/jz/asks/new?kind=progress&year={YEAR}")
    upper.send("/staff/jz/asks/below", below=str(there.counties[0]))
    own = f"/staff/dh/asks/{asked(there, 0)}"
    lower.open(own)
    page = lower.send(f"{own}/answer", percent="50", funds_spent="1", milestones="过半")
    assert (page.status, len(page.errors)) == (422, 1)
    lower.send(f"{own}/answer", problems="无", q1="监督员")
    assert "群众怎样参与？ 监督员" in lower.open(own).words


def test_photos_come_with_an_answer_stay_and_can_be_left_out(there: City, signed_in: SignedIn) -> None:
    upper, lower = signed_in(Role.STAFF, there.congress), signed_in(Role.STAFF, there.counties[0])
    upper.open(f"/staff/jz/asks/new?kind=progress&year={YEAR}")
    upper.send("/staff/jz/asks/below", below=str(there.counties[0]))
    own = f"/staff/dh/asks/{asked(there, 0)}"
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "#9f1d20").save(picture, "JPEG")
    lower.open(own)
    sent = {"photos": ("site.jpg", picture.getvalue(), "image/jpeg")}
    page = lower.send(f"{own}/answer", files=sent, percent="50", funds_spent="1", milestones="过半")
    (photo,) = {link for link in page.links() if "/photos/" in link}
    assert lower.open(photo).content.startswith(b"\xff\xd8")
    assert upper.open(photo.replace("/dh/", "/jz/")).status == 200
    lower.open(own)
    assert "photos" in lower.send(f"{own}/answer", files={"photos": ("a.txt", b"no picture", "image/jpeg")}).text
    wrong = f"photo_reason_{photo.rsplit('/', 1)[1]}"
    upper.open(own.replace("/dh/", "/jz/"))
    erased = f"{photo.replace('/dh/', '/jz/')}/erase"
    assert upper.send(erased).errors
    upper.open(own.replace("/dh/", "/jz/"))
    assert upper.send(erased, **{wrong: "拍到了他人的脸"}).said == "照片已删除。"
    assert lower.open(photo).status == 404
    lower.open(own)
    page = lower.send(f"{own}/answer", files=sent)
    (photo,) = {link for link in page.links() if "/photos/" in link}
    page = lower.send(f"{own}/answer", keep=None)
    assert not [link for link in page.links() if "/photos/" in link]
    assert lower.open(photo).status == 404


def test_what_a_summary_teaches_stands_in_next_years_file(
    there: City, house: House, signed_in: SignedIn, clock: Clock
) -> None:
    clock.set(2026, 11, 20)
    ask = there.issued(AskKind.SUMMARY)
    assert house.followers.wait_for(there.office.history.last_position())
    staff, address = signed_in(Role.STAFF, there.congress), f"/staff/jz/asks/{ask}"
    staff.open(address)
    told = {
        "completion": "completed",
        "results": "全部完工",
        "leftovers": "剩余两处",
        "lessons": "早定单位",
        "proposals": "续建三期",
    }
    staff.send(f"{address}/answer", **told)
    page = staff.open(address)
    assert "转入 2027 年建议" in page.words
    page = staff.send(
        f"{address}/approve", matter=["leftovers-1", "proposals-1"], **{"title_leftovers-1": "补建剩余两处"}
    )
    assert page.said == "已认可，项目公开页已更新。2 件事项已转入 2027 年建议。"
    (first, _second) = [link for link in page.links() if "/proposals/" in link]
    proposal = staff.open(first)
    assert "补建剩余两处" in proposal.words
    assert "问总结转入" in proposal.words
    assert address in proposal.links()
    assert "补建剩余两处" in staff.open("/staff/jz/proposals?year=2027").words
