"""The office's work on proposals, page by page: one place, from the first paper to the reserve of a later year."""

from io import BytesIO
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook

from application.private.contacts import Contact, contact_of, keep_contact
from application.private.files import Upload, file_at, keep_file
from application.proposals import forgetting, handling
from domain.accounts.permissions import Role
from domain.files import FileType
from domain.proposals.call import Channel
from domain.proposals.proposal import Outcome, Suggestion
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from projections import proposal_register
from projections.congress_register import units_of
from projections.proposal_register.reaching import proposals_with_photo
from tests.support.proposals import Calling, call, calling
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

INBOX = "/staff/jz/proposals"


@pytest.fixture
def place(house: House) -> Calling:
    place = calling(house.office)
    shown(house)
    return place


@pytest.fixture
def staff(place: Calling, signed_in: SignedIn) -> Visitor:
    return signed_in(Role.STAFF, place.congress)


def shown(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def known_units(house: House, place: Calling) -> list[UUID]:
    with house.reading.connect() as conn:
        return [unit.id for unit in units_of(conn, place.congress)]


def newest(house: House, place: Calling) -> proposal_register.ProposalRow:
    with house.reading.connect() as conn:
        return proposal_register.proposals_of(conn, place.congress, place.year, limit=1)[0]


def test_papers_are_typed_in_one_after_the_other_and_merged_at_one_click(
    house: House, place: Calling, staff: Visitor
) -> None:
    first = place.received("北街老旧小区加装电梯")
    shown(house)
    staff.open(f"{INBOX}/new?year={place.year}")
    page = staff.send(f"{INBOX}/new", title="", content="", channel="telephone")
    assert (page.status, len(page.errors)) == (422, 2)
    on = house.office.today().isoformat()
    page = staff.send(
        f"{INBOX}/new",
        title="老旧小区加装电梯",
        content="六层楼没有电梯，老人下楼难。",
        channel="telephone",
        place="北街",
        received_on=on,
        name="张三",
        phone="13900000000",
        then="next",
    )
    row = newest(house, place)
    assert (row.channel, row.place) == ("telephone", "北街")
    assert row.code in page.words
    assert "北街老旧小区加装电梯" in page.words
    assert [page.document.forms[-1].fields[name] for name in ("channel", "place", "title")] == ["telephone", "北街", ""]
    assert row.contact is not None
    kept = contact_of(house.private, row.contact)
    assert kept is not None
    assert kept.phone == "13900000000"
    page = staff.send(f"{INBOX}/{row.proposal}/merge")
    assert page.path.startswith(f"{INBOX}/new")
    assert "合并" in page.words
    assert place.proposal(row.proposal).into == first


def test_totals_add_up_and_filters_narrow(house: House, place: Calling, staff: Visitor) -> None:
    taker, other = place.received("桥面维修"), place.received("桥面修补", place.clerk, channel=Channel.PAPER)
    third, fourth = place.received("路灯"), place.received("公厕")
    handling.merge(house.office, by(place.clerk), [other], taker)
    handling.reserve(house.office, by(place.clerk), [third], "明年")
    shown(house)
    page = staff.open(f"{INBOX}?year={place.year}")
    assert "4收到 =0成为候选 +1合并 +0转办 +1储备 +0不采纳 +2待办" in page.words
    assert "公厕" in page.words
    assert "路灯" not in page.words
    assert "桥面修补" in staff.open(f"{INBOX}?year={place.year}&channel=paper").words
    found = staff.open(f"{INBOX}?year={place.year}&words=桥面").words
    assert "桥面维修" in found
    assert "公厕" not in found
    code = place.proposal(fourth).received.code
    assert "公厕" in staff.open(f"{INBOX}?year={place.year}&words={code.lower()}").words
    staff.open(f"{INBOX}?year={place.year}")
    page = staff.send(f"{INBOX}/many?year={place.year}", chosen=[str(taker), str(fourth)], act="decline")
    assert page.status == 422
    for ticked in ([], [str(fourth)]):
        page = staff.send(f"{INBOX}/many?year={place.year}", chosen=ticked, act="merge")
        assert (page.status, "合并至少要选两件。" in page.words) == (422, True)
    page = staff.send(
        f"{INBOX}/many?year={place.year}",
        chosen=[str(fourth)],
        act="decline",
        decline_reason="already_planned",
        words="已列入计划",
    )
    assert page.said == "已办理 1 件建议。"
    assert place.proposal(fourth).outcome is Outcome.DECLINED
    later = [place.received("校门口拥堵"), place.received("校门口堵车")]
    shown(house)
    staff.open(f"{INBOX}?year={place.year}")
    staff.send(f"{INBOX}/many?year={place.year}", chosen=[str(one) for one in (taker, *later)], act="merge")
    merged = [place.proposal(one) for one in (taker, *later)]
    assert [one.outcome for one in merged].count(Outcome.MERGED) == 2
    page = staff.open(f"{INBOX}?year={place.year}&outcome=all")
    assert "6收到 =0成为候选 +3合并 +0转办 +1储备 +1不采纳 +1待办" in page.words


def test_one_proposal_is_put_right_split_shown_transferred_and_reopened(
    house: House, place: Calling, staff: Visitor
) -> None:
    proposal = place.received("修路和装灯")
    shown(house)
    at = f"{INBOX}/{proposal}"
    staff.open(f"{at}/edit")
    assert staff.send(category="道路交通").said == "已更正。"
    staff.open(f"{at}/split")
    assert staff.send(title_1="修路", content_1="北街").status == 422
    page = staff.send(title_1="修路", content_1="北街", title_2="装灯", content_2="南街", reason="一事一议")
    assert page.said == "已拆成 2 件。"
    assert newest(house, place).title == "装灯"
    assert staff.send(f"{at}/show", show_title="修路", show_content="北街破损").said == "已公开，居民可以附议。"
    assert staff.send(f"{at}/signatures", voices="36", support_words="").status == 422
    page = staff.send(f"{at}/signatures", voices="36", support_words="东街社区签名表")
    assert "附议 36 人" in page.words
    page = staff.send(f"{at}/transfer", to="unit", transfer_reason="职责范围")
    assert (page.status, page.heading.startswith("修路")) == (422, True)
    page = staff.send(f"{at}/transfer", to="hotline", work_order="WO-7", transfer_reason="日常维护")
    assert page.said == "已转办。"
    assert "12345 热线 WO-7。日常维护" in page.words
    page = staff.send(f"{at}/reopen", reopen_reason="热线退回")
    assert place.proposal(proposal).outcome is None
    page = staff.send(f"{at}/merge", into="ABC", target=None)
    assert page.errors == ["并入哪一件：没有找到查询码是 ABC 的建议，请核对。"]
    page = staff.send(f"{at}/decline", decline_reason="negative_list", decline_words="不行")
    assert page.status == 422
    assert "请先初筛" in page.errors[0]


def test_the_reserve_is_brought_into_a_year_that_has_its_call(house: House, place: Calling, staff: Visitor) -> None:
    kept = place.received("小公园")
    handling.reserve(house.office, by(place.clerk), [kept], "条件不具备")
    call(house.office, place.clerk, place.congress, place.year + 1)
    shown(house)
    page = staff.open(f"{INBOX}/reserve")
    assert "条件不具备" in page.words
    page = staff.send(f"{INBOX}/reserve", chosen=[str(kept)], into_year=str(place.year + 1))
    assert page.said == f"已把 1 件建议转入 {place.year + 1} 年。"
    assert "小公园" in page.words
    staff.open(f"{INBOX}/reserve")
    page = staff.send(f"{INBOX}/reserve", chosen=[str(kept)], into_year=str(place.year + 1))
    assert page.status == 409


def test_a_photo_and_contact_data_go_everywhere_at_once_also_from_a_part_and_the_next_year(
    house: House, place: Calling, staff: Visitor
) -> None:
    contact, now = uuid4(), house.office.now()
    photos = tuple(
        keep_file(
            house.private,
            place.congress,
            Upload(name=name, type=FileType.JPEG, content=b"\xff\xd8 " + name.encode()),
            now,
            uuid4(),
        )
        for name in ("1.jpg", "2.jpg")
    )
    keep_contact(house.private, contact, place.congress, Contact(phone="13800000001"), now)
    whole = place.received("加装电梯和修桥", photos=photos, contact=contact)
    key = by(place.clerk)
    parts = [Suggestion(title="加装电梯", content="三单元"), Suggestion(title="修桥", content="北桥")]
    handling.split(house.office, key, whole, parts, "一事一议")
    part = handling.split_part(house.office, key, 1)
    handling.reserve(house.office, by(place.clerk), [part], "明年再议")
    call(house.office, place.clerk, place.congress, place.year + 1)
    handling.draw_from_reserve(house.office, by(place.clerk), [part], place.year + 1)
    everywhere = (whole, part, handling.drawn_for(part, place.year + 1))
    shown(house)

    first = photos[0].file
    address = f"{INBOX}/{part}/photos/{first}"
    assert staff.client.get(address).status_code == 200
    staff.open(f"{INBOX}/{part}")
    page = staff.send(f"{address}/erase")
    assert (page.status, len(page.errors)) == (422, 1)
    assert file_at(house.private, first) is not None
    page = staff.send(f"{address}/erase", **{f"photo_reason_{first}": "拍到了他人的脸"})
    assert page.said == "照片已删除，不能恢复。"
    assert file_at(house.private, first) is None
    for one in everywhere:
        assert staff.client.get(f"{INBOX}/{one}/photos/{first}").status_code == 404
        page = staff.open(f"{INBOX}/{one}")
        assert [str(photos[1].file) in found for found in page.document.xpath("//ul[@class='photos']//img/@src")] == [
            True
        ]
        assert "拍到了他人的脸" in page.words
    forgetting.erase_photo(house.office, house.private, by(place.clerk), whole, first, "再删一次")
    assert place.proposal(whole).photos == photos[1:]
    with pytest.raises(NotFound):
        forgetting.erase_photo(house.office, house.private, by(place.clerk), whole, uuid4(), "不是它的")
    with house.reading.connect() as conn:
        carrying = proposals_with_photo(conn, photos[1].file)
    assert set(carrying) == set(everywhere)
    with pytest.raises(NotPermitted):
        forgetting.erase_photo(house.office, house.private, by(place.delegate()), whole, photos[1].file, "不行")
    forgetting.erase_photo(house.office, house.private, by(place.clerk), whole, photos[1].file, "脸", carrying)
    shown(house)
    with house.reading.connect() as conn:
        assert {row.has_photos for row in proposal_register.proposals_at(conn, everywhere).values()} == {False}

    staff.open(f"{INBOX}/{part}")
    assert staff.send(f"{INBOX}/{part}/forget").said == "联系方式已删除，不能恢复。"
    assert {place.proposal(one).contact for one in everywhere} == {None}
    assert contact_of(house.private, contact) is None


def test_a_list_shows_every_bad_row_before_anything_is_saved(house: House, place: Calling, staff: Visitor) -> None:
    on = house.office.today().isoformat()
    rows = [
        "标题,内容,渠道,收到日期,姓名,电话",
        f"修桥,北桥破损,来信,{on},李四,13800000001",
        f"修路,请打 13800000002,电话,{on},,",
        f",没有标题,书面,{on},,",
        "装灯,南街太暗,鸽子,2001-01-01,,",
        f"修桥,北桥破损,来信,{on},,",
    ]
    staff.open(f"{INBOX}/import?year={place.year}")
    page = staff.send(files={"table": ("建议.csv", "\n".join(rows).encode(), "text/csv")})
    assert "4 行有问题" in page.words
    for said in ("手机号码", "「标题」没有填写", "没有「鸽子」这个渠道", "不在征集期内", "与第 2 行重复"):
        assert said in page.words
    with house.reading.connect() as conn:
        assert proposal_register.totals(conn, place.congress, place.year).received == 0
    assert staff.send().said == "已录入 1 件建议。"
    row = newest(house, place)
    assert (row.title, row.channel) == ("修桥", "letter")
    assert row.contact is not None


def test_the_workbook_has_no_formulas_and_no_contact_data(house: House, place: Calling, staff: Visitor) -> None:
    place.received("=1+1 修路")
    shown(house)
    page = staff.open(f"{INBOX}/proposals.xlsx?year={place.year}")
    book = load_workbook(BytesIO(page.content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "=1+1 修路" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}


def test_the_government_decides_without_contact_data_and_departments_see_nothing(
    house: House, place: Calling, staff: Visitor, signed_in: SignedIn
) -> None:
    staff.open(f"{INBOX}/new?year={place.year}")
    on = house.office.today().isoformat()
    staff.send(f"{INBOX}/new", title="公厕", content="增设", channel="paper", received_on=on, phone="13900000003")
    proposal: UUID = newest(house, place).proposal
    assert "13900000003" in staff.open(f"{INBOX}/{proposal}").words
    government = signed_in(Role.GOVERNMENT, place.congress)
    at = f"/unit/jz/proposals/{proposal}"
    page = government.open(at)
    assert "13900000003" not in page.words
    page = government.send(f"{at}/reserve", reserve_reason="明年安排")
    assert page.said == "已列入储备库。"
    assert "公厕" in government.open("/unit/jz/proposals/reserve").words
    assert government.open("/unit/jz/proposals?outcome=all").status == 200
    department = signed_in(Role.DEPARTMENT, place.congress, unit=next(iter(known_units(house, place))))
    assert department.open(at).status == 403
    auditor = signed_in(Role.AUDITOR, place.congress)
    page = auditor.open(f"{INBOX}/{proposal}")
    assert page.status == 200
    assert "13900000003" not in page.words
    assert f"{INBOX}/{proposal}/reopen" not in page.forms()
