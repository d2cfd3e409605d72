"""What delegates and units propose themselves: brought, followed, and seen by nobody who has no business with it."""

import io
from uuid import UUID

import pytest
from PIL import Image

from application.congress import add_units
from application.proposals.handling import decline, merge
from domain.accounts.permissions import Role
from domain.proposals.call import Channel
from domain.proposals.proposal import DeclineReason
from interfaces.composition import House
from projections import proposal_register
from projections.congress_register import units_of
from projections.proposal_register import ProposalRow
from tests.support.proposals import Calling, calling
from tests.support.stores import by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def place(house: House) -> Calling:
    made = calling(house.office)
    settled(house)
    return made


def settled(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)


def brought(house: House, place: Calling, **whose: UUID) -> ProposalRow:
    """The newest one."""
    with house.reading.connect() as conn:
        return proposal_register.brought_by(conn, place.congress, **whose)[0]


def photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()


def test_a_delegate_brings_what_was_heard_on_a_visit_with_a_photo_and_follows_it(
    house: House, place: Calling, signed_in: SignedIn
) -> None:
    mine = place.delegates[0].delegate
    delegate: Visitor = signed_in(Role.DELEGATE, place.congress, delegate=mine)
    delegate.open("/delegate/jz/proposals/new")
    long_ago = {"title": "装红绿灯", "content": "车多", "source": "visit", "visited_on": "2025-01-01"}
    refused = delegate.send(
        "/delegate/jz/proposals/new", files={"photos": ("灯.jpg", photo(), "image/jpeg")}, **long_ago
    )
    assert "不在征集期内" in " ".join(refused.errors)
    today = house.office.today().isoformat()
    page = delegate.send("/delegate/jz/proposals/new", visited_on=today, house=str(place.house), signatories="46")
    assert page.said.startswith("建议已提交，查询码")
    row = brought(house, place, delegate=mine)
    assert (row.channel, row.house, row.signatories) == (Channel.VISIT, place.house, 46)
    (picture,) = page.document.xpath("//img/@src[contains(., '/photos/')]")
    assert delegate.client.get(picture).headers["content-type"] == "image/jpeg"

    taker = place.received("北街交通")
    merge(house.office, by(place.clerk), (row.proposal,), taker, "同一件事")
    decline(house.office, by(place.clerk), (taker,), DeclineReason.ALREADY_PLANNED, "已列入交警部门计划")
    settled(house)
    told = delegate.open(f"/delegate/jz/proposals/{row.proposal}").words
    assert "同一件事" in told
    assert "已列入交警部门计划" in told
    assert "共 1 件：合并 1" in delegate.open("/delegate/jz/proposals").words

    other = signed_in(Role.DELEGATE, place.congress, delegate=place.delegates[1].delegate)
    assert other.open(f"/delegate/jz/proposals/{row.proposal}").status == 404
    assert other.client.get(picture).status_code == 404
    assert "装红绿灯" not in other.open("/delegate/jz/proposals").words


def test_a_department_proposes_in_its_own_name_and_the_government_office_for_any(
    house: House, place: Calling, signed_in: SignedIn
) -> None:
    add_units(house.office, by(place.clerk), place.congress, [("市园林局", "")])
    settled(house)
    with house.reading.connect() as conn:
        first, second = (one.id for one in units_of(conn, place.congress)[:2])
    department = signed_in(Role.DEPARTMENT, place.congress, unit=first)
    department.open("/unit/jz/suggestions/new")
    assert department.send("/unit/jz/suggestions/new", title="", content="学位不足").errors
    money = {"estimated_funds": "2300", "beneficiaries": "适龄儿童 1080 人"}
    page = department.send("/unit/jz/suggestions/new", title="新建幼儿园", unit=str(second), **money)
    assert "2,300 万元" in page.words
    row = brought(house, place, unit=first)
    assert (row.title, row.form, row.channel) == ("新建幼儿园", "unit", Channel.UNIT)

    government = signed_in(Role.GOVERNMENT, place.congress)
    government.open("/unit/jz/suggestions/new")
    assert "政府办公室" in government.send("/unit/jz/suggestions/new", title="修路", content="坑多").words
    government.open("/unit/jz/suggestions/new")
    government.send("/unit/jz/suggestions/new", title="修桥", content="桥窄", unit=str(second))
    assert brought(house, place, unit=second).title == "修桥"
    for title in ("新建幼儿园", "修路", "修桥"):
        assert title in government.open("/unit/jz/suggestions").words
    assert "修桥" not in department.open("/unit/jz/suggestions").words
    others = brought(house, place, unit=second).proposal
    assert department.open(f"/unit/jz/suggestions/{others}").status == 404
    delegate = signed_in(Role.DELEGATE, place.congress, delegate=place.delegates[0].delegate)
    assert delegate.open("/unit/jz/suggestions").status == 403
