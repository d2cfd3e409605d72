"""From the inbox to the list on the pages: rules as data, tick sheets, approvals with documents, the decision."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from domain.accounts.permissions import Role
from interfaces.composition import House
from projections import candidate_board
from projections.candidate_board import ListedCandidate, Standing
from tests.interfaces.web.candidates.conftest import typed
from tests.support import polls
from tests.support.proposals import Calling, calling
from tests.support.visitors import Page, SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ROOT = "/staff/jz"


@dataclass(frozen=True)
class Hall:
    """A congress with an open call, its office and its government."""

    house: House
    place: Calling
    staff: Visitor
    government: Visitor

    def received(self, title: str) -> UUID:
        made = self.place.received(title)
        self.house.followers.wait_for(self.house.history.last_position())
        return made

    def screened(self, proposal: UUID, *hits: str) -> Page:
        self.staff.open(f"{ROOT}/proposals/{proposal}/screening")
        return self.staff.send(f"{ROOT}/proposals/{proposal}/screening", hits=list(hits))

    def became(self, proposal: UUID, who: Visitor | None = None, area: str = "staff") -> Page:
        visitor, at = who or self.staff, f"/{area}/jz/proposals/{proposal}/candidate"
        visitor.open(at)
        full = typed(polls.candidate("占位", 1, self.place.year))
        known = {name: full[name] for name in full if name not in ("number", "name", "content", "place", "category")}
        return visitor.send(at, place="全城", category="城市更新", **known)

    def adopted(self) -> Page:
        self.staff.open(f"{ROOT}/screening/new")
        return self.staff.send(
            f"{ROOT}/screening/new", step1="departments", step2="legality", decision="主任会议第 40 次会议通过"
        )

    def approve(self, project: UUID, who: Visitor | None = None, area: str = "staff", **said: object) -> Page:
        visitor, at = who or self.staff, f"/{area}/jz/projects/{project}/approvals/new"
        visitor.open(at)
        files = said.pop("files", None)
        return visitor.send(at, files=files, **said)

    def candidates(self) -> list[ListedCandidate]:
        with self.house.reading.connect() as conn:
            return candidate_board.candidates_of(conn, self.place.congress, self.place.year)


@pytest.fixture
def hall(house: House, signed_in: SignedIn) -> Hall:
    place = calling(house.office)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    staff = signed_in(Role.STAFF, place.congress)
    return Hall(house, place, staff, signed_in(Role.GOVERNMENT, place.congress, name="政府办"))


def test_rules_are_data_and_every_version_keeps_its_decision(hall: Hall) -> None:
    assert "还没有启用自己的清单" in hall.staff.open(f"{ROOT}/screening").words
    hall.staff.open(f"{ROOT}/screening/new")
    page = hall.staff.send(f"{ROOT}/screening/new", n6_code="负1", n6_name="面子工程", decision="主任会议")
    assert page.errors == ["编号：编号“负1”空着或者与别的条目重复，请给每一条一个不同的编号。"]
    assert 'value="面子工程"' in page.text
    hall.staff.open(f"{ROOT}/screening/new")
    own = {"n7_code": "负7", "n7_name": "维修养护", "p8_code": "", "p8_name": "", "p8_words": "", "step1": "legality"}
    assert hall.staff.send(f"{ROOT}/screening/new", **own, decision="第 40 次").said == "新的初筛清单已经启用。"
    assert hall.adopted().said
    words = hall.government.open("/unit/jz/screening").words
    assert "第 2 版" in words
    assert "主任会议第 40 次会议通过" in words
    assert "负7 维修养护" in words
    assert "财政资金为主" not in words
    assert hall.government.open(f"{ROOT}/screening/new").status in (403, 404)


def test_rule_18_a_hit_is_named_in_words_and_keeps_the_proposal_from_the_file(hall: Hall) -> None:
    hit = hall.received("补贴某小区物业费")
    assert "命中负面清单" in (hall.screened(hit, "负5", "负3").said or "")
    page = hall.became(hit)
    assert page.status == 409
    said = "“补贴某小区物业费”命中负面清单 负3“增加负担或者债务风险”、负5“个别人或者个别单位的诉求”，不能作为候选项目。"
    assert page.errors == [said]
    hall.adopted()
    unscreened = hall.became(hall.received("加装路灯"))
    assert unscreened.errors == ["“加装路灯”还没有初筛。本大会已经启用初筛清单，请先初筛。"]
    assert hall.candidates() == []


def test_the_way_to_the_list_with_documents_that_only_those_read_who_may(hall: Hall, signed_in: SignedIn) -> None:
    hall.adopted()
    proposal, other = hall.received("老旧小区加装电梯"), hall.received("我们楼也要电梯")
    hall.screened(proposal)
    hall.screened(other)
    assert "建议已成为候选项目" in (hall.became(proposal).said or "")
    (one,) = hall.candidates()
    assert (one.name, one.standing, one.support_proposals) == ("老旧小区加装电梯", Standing.SCREENED, 1)
    hall.staff.open(f"{ROOT}/proposals/{other}/candidate")
    page = hall.staff.send(f"{ROOT}/proposals/{other}/behind", project=str(one.project))
    assert page.said == "建议已归入候选项目“老旧小区加装电梯”。"
    assert "2 条建议" in page.words

    backwards = hall.approve(one.project, body="市财政局", on="2026-01-25")
    assert backwards.errors == ["日期：日期还没有到。"]
    opinion = {"document": ("意见.pdf", PDF, "application/pdf")}
    said = {"body": "市财政局", "on": "2026-01-15"}
    page = hall.approve(one.project, hall.government, "unit", files=opinion, **said)
    assert page.said == "已登记部门意见：同意。"
    (link,) = [found for found in page.links() if found.endswith("/document")]
    answer = hall.government.open(link)
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("inline")
    assert hall.staff.open(link.replace("/unit/", "/staff/")).content == PDF
    delegate = signed_in(Role.DELEGATE, hall.place.congress, delegate=hall.place.delegates[0].delegate)
    for area in ("/unit/", "/staff/"):
        assert delegate.open(link.replace("/unit/", area)).status in (403, 404)

    refused = hall.approve(one.project, kind="legality", body="市司法局", on="2026-01-14", number="9")
    assert refused.errors == ["日期：日期与审定的先后不符：2026年1月14日 与部门意见的 2026年1月15日 前后颠倒。"]
    assert hall.candidates()[0].standing is Standing.IN_APPROVAL
    assert "待审定：合法性审查" in hall.staff.open(f"{ROOT}/projects?year={hall.place.year}").words
    hall.approve(one.project, kind="legality", body="市司法局", on="2026-01-16", number="9")
    assert hall.candidates()[0].standing is Standing.READY
    page = hall.staff.open(f"{ROOT}/projects/{one.project}")
    assert "去确定名单" in page.words
    assert "卡片在" not in page.words
    edit = f"{ROOT}/projects/{one.project}/edit"
    hall.staff.open(edit)
    assert "审定以后，卡片在 2026年1月20日 修改过。" in hall.staff.send(edit, place="只在城东").words


def test_the_presidium_fixes_the_list_with_number_date_and_scan(hall: Hall, signed_in: SignedIn) -> None:
    first, second = hall.received("背街小巷照明"), hall.received("农贸市场改造")
    hall.became(first)
    hall.became(second)
    polls.convened(hall.house.office, hall.place.clerk, hall.place.congress, date(hall.place.year, 1, 20))
    hall.house.followers.wait_for(hall.house.history.last_position())
    year = hall.place.year
    chosen = "&".join(f"project={one.project}" for one in hall.candidates())
    compared = hall.staff.open(f"{ROOT}/projects/compare?year={year}&{chosen}")
    assert {"背街小巷照明", "农贸市场改造", "人均投资", "800 元"} <= set(compared.words.replace(".", " ").split()) | {
        "800 元"
    }
    hall.staff.open(f"{ROOT}/projects/list?year={year}")
    decision = {"decision_number": "〔2026〕3号", "decided_on": "2026-01-19"}
    wrong = hall.staff.send(
        f"{ROOT}/projects/list", files={"scan": ("决定.exe", b"MZ", "application/octet-stream")}, **decision
    )
    assert wrong.status == 422
    assert "格式不能接收" in wrong.errors[0]
    page = hall.staff.send(f"{ROOT}/projects/list", files={"scan": ("决定.pdf", PDF, "application/pdf")}, **decision)
    assert page.said == "名单已公布，代表现在可以阅读候选项目。"
    assert "〔2026〕3号" in page.words
    scan = f"{ROOT}/projects/list/scan?year={year}"
    assert hall.staff.open(scan).content == PDF
    assert signed_in(Role.SCRUTINEER, hall.place.congress).open(scan).status == 403
    (code,) = [one.code for one in hall.candidates() if one.name == "背街小巷照明"]
    public = hall.staff.open(f"/p/{code}").words
    assert "居民建议，共 1 件、附议 0 人。" in public
    assert "建立候选项目。" in public
