"""The call in the office, on the public pages, and the houses: one congress for all of it."""

from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from domain.asks.ask import AskKind, ask_id
from interfaces.composition import House
from projections.houses import houses_of
from tests.interfaces.documents.printed import scanned
from tests.support import polls
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
SMALL = 30 * 1024


@pytest.fixture
def congress(house: House, clock: Clock) -> UUID:
    clock.set(2026, 9, 20, 9)
    made, _clerk = polls.founded(house.office, "qc")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def staff(signed_in: SignedIn, congress: UUID) -> Visitor:
    return signed_in(Role.STAFF, congress)


def published(staff: Visitor, **typed: object) -> None:
    staff.open("/staff/qc/calls/new")
    assert staff.send("/staff/qc/calls/new", **typed).said.startswith("2027 年征集公告已发布")


def test_the_form_knows_everything_and_rule_17_holds_with_its_numbers(staff: Visitor) -> None:
    page = staff.open("/staff/qc/calls/new")
    values = {field.name: field.value for field in page.document.xpath("//input[@name][@value]")}
    assert (values["year"], values["opens_on"], values["closes_on"]) == ("2027", "2026-09-20", "2026-10-19")
    short = {"opens_on": "2026-10-13", "closes_on": "2026-10-19"}
    refused = staff.send("/staff/qc/calls/new", **short)
    assert refused.status == 409
    assert refused.errors == ["结束日期：征集期只有 7 天，首尾两天都算；不足 30 天的，请延长或写明理由。"]
    preview = staff.send("/staff/qc/calls/new", act="preview", **short)
    assert "征集通常在第三季度（7 至 9 月）开始，这次从2026年10月13日开始。" in preview.words
    assert "2026年10月13日至2026年10月19日，共 7 天" in preview.words
    done = staff.send("/staff/qc/calls/new", waiver="按市里统一部署", **short)
    assert done.said == "2027 年征集公告已发布，公开页已经可以看到。提醒：征集通常在第三季度开始。"
    assert "征集期不足 30 天的理由：按市里统一部署" in done.words
    staff.open("/staff/qc/calls/new")
    again = staff.send("/staff/qc/calls/new", year="2027")
    assert again.errors == ["哪一年的项目：2027 年的征集公告已经发布，一年只有一份；需要时可以延长或更正。"]


def test_a_call_is_extended_reworded_printed_and_never_shortened(
    staff: Visitor, signed_in: SignedIn, congress: UUID, clock: Clock
) -> None:
    published(staff, telephone="0471-1234567")
    page = staff.open("/staff/qc/calls/2027")
    assert "30 天" in page.words
    shorter = staff.send("/staff/qc/calls/2027/extend", closes_on="2026-10-10", reason="提前")
    assert shorter.errors == ["新的结束日期：征集期已公布到2026年10月19日，只能延长，不能缩短。请填写更晚的日期。"]
    assert staff.send("/staff/qc/calls/2027/extend", closes_on="2026-10-31", reason="降雪").said
    staff.open("/staff/qc/calls/2027/wording")
    assert staff.send("/staff/qc/calls/2027/wording", title="新标题", channels=["web", "telephone"]).said
    for paper, kind in (("poster.pdf?size=a4", "pdf"), ("leaflet.pdf", "pdf"), ("notice.docx", "wordprocessingml")):
        answer = staff.client.get(f"/staff/qc/calls/2027/{paper}")
        assert kind in answer.headers["content-type"]
        if kind == "pdf":
            assert scanned(answer.content) == ["https://rd.example.cn/qc/2027/propose?via=qr"]
    clock.set(2026, 10, 31, 9)
    assert "正在征集，今天截止" in signed_in(Role.STAFF, congress).open("/staff/qc/calls").words


def test_residents_read_the_call_from_its_first_day_to_after_its_last(
    staff: Visitor, visitor: Visitor, clock: Clock
) -> None:
    none = visitor.open("/qc/2027/call")
    assert (none.status, "还没有发布征集公告" in none.words) == (200, True)
    published(staff, opens_on="2026-09-25", closes_on="2026-10-24", telephone="0471-1234567（工作日）")
    before = visitor.open("/qc/2027/call")
    assert "2026年9月25日开始" in before.words
    assert not [link for link in before.links() if "/propose" in link]
    clock.set(2026, 9, 25, 8)
    page = visitor.open("/qc/2027/call")
    assert "正在征集，还剩 30 天" in page.words
    assert "/qc/2027/propose" in page.links()
    assert "tel:0471-1234567" in page.links()
    assert len(page.content) < SMALL
    unchanged = visitor.client.get("/qc/2027/call", headers={"If-None-Match": page.headers["etag"]})
    assert unchanged.status_code == 304
    for entry in ("/", "/qc"):
        assert "/qc/2027/call" in visitor.open(entry).links()
    clock.set(2026, 10, 25, 8)
    over = visitor.open("/qc/2027/call")
    assert "征集已经结束" in over.words
    assert "/qc/2027/propose" not in over.links()
    assert "/qc/2027/call" not in visitor.open("/qc").links()
    assert visitor.open("/qc/1999/call").status == 404


def test_a_house_has_a_sign_a_page_and_an_end(house: House, staff: Visitor, visitor: Visitor, congress: UUID) -> None:
    published(staff)
    staff.open("/staff/qc/houses")
    assert staff.send("/staff/qc/houses", name="", address="北街").errors == ["名称：请填写。"]
    staff.send("/staff/qc/houses", name="北街代表之家", address="北街 12 号", hours="周三 9:00", telephone="")
    with house.reading.connect() as conn:
        (one,) = houses_of(conn, congress)
    sign = staff.client.get(f"/staff/qc/houses/{one.house}/sign.pdf")
    assert scanned(sign.content) == [f"https://rd.example.cn/h/{one.code}"]
    page = visitor.open(f"/h/{one.code.lower()}")
    assert page.path == f"/h/{one.code}"
    assert f"/qc/2027/propose?house={one.code}" in page.links()
    assert len(page.content) < SMALL
    staff.open(f"/staff/qc/houses/{one.house}")
    staff.send(f"/staff/qc/houses/{one.house}", name="北街代表联络站")
    assert "北街代表联络站" in visitor.open(f"/h/{one.code}").words
    staff.open(f"/staff/qc/houses/{one.house}")
    staff.send(f"/staff/qc/houses/{one.house}/close")
    closed = visitor.open(f"/h/{one.code}")
    assert "不再接收建议" in closed.words
    assert "/qc/2027/propose" in closed.links()
    assert staff.client.get(f"/staff/qc/houses/{one.house}/sign.pdf").status_code == 404
    assert visitor.open("/h/00000000").status == 404


def test_the_year_begins_with_the_call(staff: Visitor, signed_in: SignedIn, congress: UUID, clock: Clock) -> None:
    assert "发布征集公告" in staff.open("/staff/qc").words
    published(staff)
    page = staff.open("/staff/qc")
    stops = [" ".join(stop.itertext()).split()[0] for stop in page.document.xpath("//ol[contains(@class,'rail')]/li")]
    assert stops == ["征集", "初定", "审议", "票决", "公告", "四问", "测评"]
    assert "件；2026年10月19日 截止，剩 30 天" in page.words
    clock.set(2026, 10, 15, 9)
    assert "2027 年征集还剩 5 天" in signed_in(Role.STAFF, congress).open("/staff/qc").words
    clock.set(2027, 7, 1, 9)
    assert "2028 年征集公告还没有发布" in signed_in(Role.STAFF, congress).open("/staff/qc").words


def test_who_only_reads_publishes_nothing(signed_in: SignedIn, congress: UUID) -> None:
    reader = signed_in(Role.UPPER_READER, congress)
    assert reader.open("/staff/qc/calls").status == 200
    assert reader.open("/staff/qc/calls/new").status == 403
    assert "/staff/qc/houses" not in reader.open("/staff/qc/houses").forms()


def test_the_first_ask_knows_the_call(staff: Visitor, congress: UUID) -> None:
    published(staff, channels=["web", "paper"])
    staff.open("/staff/qc/asks/new?kind=plan")
    staff.send("/staff/qc/asks/plan", year="2027")
    ask = f"/staff/qc/asks/{ask_id(congress, 2027, AskKind.PLAN)}"
    page = staff.open(ask)
    known = {field.name: field.value for field in page.document.xpath("//input[@name][@value] | //textarea[@name]")}
    assert (known["call_from"], known["call_until"], known["proposals_received"]) == ("2026-09-20", "2026-10-19", "0")
    assert known["channels"].strip() == "网上、书面递交"
