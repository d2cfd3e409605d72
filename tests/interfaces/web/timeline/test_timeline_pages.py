"""A project's timeline on the pages of office, units, delegates and residents: each reads with own eyes."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest
from fastapi import FastAPI
from PIL import Image

from application.history.recorded import Recorded
from application.private.files import Upload, erase_file, keep_file
from domain.accounts.permissions import Role
from domain.asks.answers import Completion
from domain.congress.congress import CongressFounded, Level, SlugTakenBy, UnitAdded, slug_stream
from domain.congress.roll import DelegateEntry, DelegatesImported, roll_stream
from domain.files import Attached, FileType
from domain.projects.implementation_facts import CompletionRecorded, DifficultyRaised, ProjectAccepted
from domain.projects.plan import AnnualMilestone
from domain.proposals.proposal import ProposalBecameCandidate, ProposalReceived, tracking_code
from domain.shared import CHINA, Money, Year, project_code
from domain.supervision.note import NoteTaken
from interfaces.composition import House
from tests.support import carrying_out as work
from tests.support import facts
from tests.support.facts import CONGRESS, UNIT, YEAR, Told
from tests.support.residents import resident_of
from tests.support.stores import Clock
from tests.support.visitors import SignedIn, Visitor
from tests.support.year import of

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

CITY = Level.CITY
DELEGATE = work.id_of("delegate")
PROJECT, OTHER = facts.project(1), facts.project(2)
CODE = project_code(PROJECT)
JUNE = date(YEAR, 6, 22)


@pytest.fixture
def photo(house: House) -> Attached:
    drawn = io.BytesIO()
    Image.new("RGB", (1200, 900), "#345").save(drawn, "JPEG")
    upload = Upload(name="north.jpg", type=FileType.JPEG, content=drawn.getvalue())
    return keep_file(house.private, CONGRESS, upload, house.office.now(), uuid5(CONGRESS, "photo"))


@pytest.fixture(autouse=True)
def project(house: House, clock: Clock, photo: Attached) -> None:
    """One project under way with an approved report, another with a plan only."""
    clock.set(YEAR, 6, 30, 9)
    founded = of(
        CongressFounded, name="江州市人民代表大会", short_name="江州市人大", slug="jz", parent=None, level=CITY
    )
    entry = of(DelegateEntry, delegate=DELEGATE, number="1")
    other = uuid5(CONGRESS, "other unit")
    note = NoteTaken(
        congress=CONGRESS,
        year=Year(YEAR),
        project=PROJECT,
        delegate=DELEGATE,
        inspection=None,
        seen_on=JUNE,
        words="北街积水",
        place="",
        is_problem=True,
    )
    difficulty = DifficultyRaised(difficulty=work.id_of("d"), words="管线迁改", needs="", on=date(YEAR, 6, 5))
    record(
        house,
        (slug_stream("jz"), SlugTakenBy(slug="jz", congress=CONGRESS)),
        (CONGRESS, founded),
        (CONGRESS, UnitAdded(unit=UNIT, name="市水务局", duty_phone="12345")),
        (CONGRESS, UnitAdded(unit=other, name="市教育局", duty_phone="")),
        (roll_stream(CONGRESS), of(DelegatesImported, congress=CONGRESS, entries=(entry,))),
        *(facts.drafted(1), facts.drafted(2), facts.listed(1), facts.listed(2), facts.prepared()),
        *(facts.adopted(1, 300, place=1), facts.adopted(2, 290, place=2), facts.announced(1, 2)),
        *(work.filed(), work.published(), work.filed(2), work.published(2)),
        work.reached(1, "全面开工", date(YEAR, 3, 2)),
        work.of(1, difficulty),
        work.reported("june", JUNE, 46, photos=(photo,)),
        work.approved("june", date(YEAR, 6, 24)),
        (work.id_of("note"), note),
    )


def record(house: House, *told: Told) -> None:
    versions: Counter[UUID] = Counter(house.history.versions_of({stream for stream, _fact in told}))
    at = datetime(YEAR, 6, 30, 9, tzinfo=CHINA)
    for stream, fact in told:
        versions[stream] += 1
        at += timedelta(minutes=1)
        house.history.append([Recorded(stream, versions[stream], at, None, fact)], seen={})
    assert house.followers.wait_for(house.history.last_position(), timeout=30)


def test_each_reads_with_own_eyes(signed_in: SignedIn, visitor: Visitor) -> None:
    office = signed_in(Role.STAFF, CONGRESS).open(f"/staff/jz/timeline/{PROJECT}")
    unit = signed_in(Role.DEPARTMENT, CONGRESS, unit=UNIT).open(f"/unit/jz/timeline/{PROJECT}")
    delegate = signed_in(Role.DELEGATE, CONGRESS, delegate=DELEGATE).open(f"/delegate/jz/timeline/{PROJECT}")
    resident = visitor.open(f"/p/{CODE}/timeline")
    inside = ("北街积水", "责任单位报送实施计划", "管线迁改", "全面开工")
    assert [words in office.words for words in inside] == [True, True, True, True]
    assert [words in unit.words for words in inside] == [False, True, True, True]
    assert [words in delegate.words for words in inside] == [False, False, True, True]
    assert [words in resident.words for words in inside] == [False, False, False, True]
    for page in (office, unit, delegate, resident):
        assert page.status == 200
        assert "完成 46%，已支出资金 4,600 万元。" in page.words


def test_the_office_looks_with_the_eyes_of_others_and_nobody_with_hers(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, CONGRESS)
    as_resident = staff.open(f"/staff/jz/timeline/{PROJECT}?as=resident").words
    assert "全面开工" in as_resident
    assert "管线迁改" not in as_resident
    delegate = signed_in(Role.DELEGATE, CONGRESS, delegate=DELEGATE)
    assert "北街积水" not in delegate.open(f"/delegate/jz/timeline/{PROJECT}?as=office").words
    assert "责任单位报送" not in delegate.open(f"/delegate/jz/timeline/{PROJECT}?as=unit").words


def test_kind_and_year_narrow_the_lines_on_every_page(signed_in: SignedIn, visitor: Visitor) -> None:
    staff = signed_in(Role.STAFF, CONGRESS).open(f"/staff/jz/timeline/{PROJECT}?kind=difficulty&year={YEAR}").words
    assert "管线迁改" in staff
    assert "全面开工" not in staff
    public = visitor.open(f"/p/{CODE}/timeline?kind=vote").words
    assert "经代表票决列入年度清单" in public
    assert "全面开工" not in public
    assert "全面开工" in visitor.open(f"/p/{CODE}/timeline?kind=nothing&year=x").words


def test_what_is_not_the_congress_s_or_the_unit_s_is_not_found(signed_in: SignedIn) -> None:
    staff = signed_in(Role.STAFF, CONGRESS)
    assert staff.open(f"/staff/jz/timeline/{uuid5(CONGRESS, 'nothing')}").status == 404
    stranger = signed_in(Role.DEPARTMENT, CONGRESS, unit=uuid5(CONGRESS, "other unit"))
    for path in (f"/unit/jz/timeline/{PROJECT}", f"/unit/jz/timeline/{PROJECT}/print"):
        assert stranger.open(path).status == 404
    assert stranger.open(f"/staff/jz/timeline/{PROJECT}").status == 403


def test_photos_are_seen_with_their_line_small_beside_it_and_gone_once_erased(
    house: House, signed_in: SignedIn, visitor: Visitor, photo: Attached
) -> None:
    large = visitor.client.get(f"/p/{CODE}/photos/{photo.file}")
    small = visitor.client.get(f"/p/{CODE}/photos/{photo.file}?small")
    assert (large.status_code, small.status_code) == (200, 200)
    assert len(small.content) < len(large.content)
    assert small.headers["content-type"] == "image/jpeg"
    assert visitor.client.get(f"/p/{project_code(OTHER)}/photos/{photo.file}").status_code == 404
    staff = signed_in(Role.STAFF, CONGRESS)
    assert staff.client.get(f"/staff/jz/timeline/{PROJECT}/photos/{photo.file}").status_code == 200
    record(house, work.sent_back("june", JUNE))
    assert visitor.client.get(f"/p/{CODE}/photos/{photo.file}").status_code == 404, "the report does not stand"
    erase_file(house.private, photo.file)
    assert staff.client.get(f"/staff/jz/timeline/{PROJECT}/photos/{photo.file}").status_code == 404


def test_paper_says_for_whom_it_is(signed_in: SignedIn, visitor: Visitor) -> None:
    for who, path in (
        (signed_in(Role.STAFF, CONGRESS), f"/staff/jz/timeline/{PROJECT}/print?kind=progress"),
        (signed_in(Role.DELEGATE, CONGRESS, delegate=DELEGATE), f"/delegate/jz/timeline/{PROJECT}/print"),
        (visitor, f"/p/{CODE}/timeline.pdf"),
    ):
        answer = who.client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        assert answer.content.startswith(b"%PDF")


def test_rule_22_the_public_light_is_computed_from_approved_reports(visitor: Visitor, house: House) -> None:
    """Planned on 06-30 between 20 % on 03-31 and 80 % on 09-30: 49.8 %; 46 is within five points."""
    page = visitor.open(f"/p/{CODE}")
    assert "正常推进" in page.words
    assert "实际 46%" in page.words
    assert "黑线为计划进度 49.8%" in page.words
    assert "比计划慢 4 个百分点" in page.words
    assert "值班电话 0571-8123 4567" in page.words
    assert "节点逾期" in visitor.open(f"/p/{project_code(OTHER)}").words
    record(house, work.reported("again", JUNE, 34))
    assert "实际 46%" in visitor.open(f"/p/{CODE}").words, "nobody has approved it"
    record(house, work.approved("again", JUNE))
    assert "严重滞后" in visitor.open(f"/p/{CODE}").words


def test_a_kept_page_shows_the_light_of_the_day_and_not_yesterday_s(site: FastAPI, clock: Clock) -> None:
    """Kept with its tag, it must not outlive the day: on 10-01 the milestone of 09-30 is overdue."""
    resident = resident_of(site)
    clock.set(YEAR, 9, 30, 23)
    before = {
        path: resident.get(path) for path in (f"/p/{CODE}", f"/jz/{YEAR}", f"/jz/{YEAR}.json", f"/p/{CODE}/timeline")
    }
    assert "严重滞后" in before[f"/p/{CODE}"].text
    clock.set(YEAR, 10, 1, 0)
    for path, old in before.items():
        answer = resident.get(path, headers={"if-none-match": old.headers["etag"]})
        assert (answer.status_code, "节点逾期" in answer.text) == (200, True), path


def test_the_annual_list_has_lights_and_is_narrowed_by_them(house: House, visitor: Visitor) -> None:
    listed = visitor.open(f"/jz/{YEAR}").words
    assert "46%（计划 49.8%）" in listed
    assert "全部 2" in listed
    red = visitor.open(f"/jz/{YEAR}?light=red-milestone_overdue").words
    assert "项目2" in red
    assert "项目1 " not in red
    accepted = ProjectAccepted(on=date(YEAR, 6, 29), body="市住建局", number="", words="")
    record(house, work.of(2, accepted))
    assert "已验收2026年6月29日 验收" in visitor.open(f"/jz/{YEAR}").words


def test_what_was_voted_stays_beside_what_an_adjustment_made_of_it(house: House, visitor: Visitor) -> None:
    assert "票决时为" in visitor.open(f"/p/{CODE}").words, "the plan has other targets than the card"
    assert "次调整" not in visitor.open(f"/p/{CODE}").words
    record(house, work.logged(950, date(YEAR, 6, 25)))
    words = visitor.open(f"/p/{CODE}").words
    assert "改造点位 950 处" in words
    assert "计划经过 1 次调整" in words
    assert "改造点位：1000 处 → 950 处（-5%）" in visitor.open(f"/p/{CODE}/timeline?kind=plan").words


def test_public_pages_stay_small_without_script_and_in_english(visitor: Visitor) -> None:
    for path in (f"/p/{CODE}", f"/p/{CODE}/timeline", f"/jz/{YEAR}", f"/p/{CODE}?view=large"):
        answer = visitor.client.get(path)
        assert len(answer.content) < 30 * 1024
        assert b"<script" not in answer.content
    assert "46% done" in visitor.client.get(f"/p/{CODE}?lang=en").text


def test_programs_read_the_same_light(visitor: Visitor) -> None:
    told = visitor.client.get(f"/api/v1/public/projects/{CODE}").json()
    known = {"colour": "green", "cause": "difference", "words": "正常推进", "reason": "比计划慢 4 个百分点"}
    assert told["light"] == known | {"percent": "46", "planned_percent": "49.8"}
    assert (told["progress"]["percent"], told["duty_phone"]) == (46, "0571-8123 4567")
    listed = visitor.client.get(f"/api/v1/public/congresses/jz/lists/{YEAR}").json()
    assert [one["light"]["colour"] for one in listed["projects"]] == ["green", "red"]


def test_who_proposed_follows_the_project_to_its_end(house: House, visitor: Visitor) -> None:
    proposal = uuid5(CONGRESS, "proposal")
    known = {"congress": CONGRESS, "year": Year(YEAR), "code": tracking_code(proposal), "split_from": None}
    received = of(ProposalReceived, received_on=date(YEAR - 1, 9, 20), contact=None, photos=(), **known)
    became = ProposalBecameCandidate(project=PROJECT, name="项目1")
    record(house, (proposal, received), (proposal, became))
    accepted = ProjectAccepted(on=date(YEAR, 6, 30), body="市住建局", number="8号", words="")
    address = f"/t/{tracking_code(proposal)}"
    before = visitor.open(address).words
    assert "6月进度报告：完成 46%" in before
    assert "下一个节点：主体完工" in before
    assert "管线迁改" not in before
    record(house, work.of(1, accepted))
    after = visitor.open(address).words
    assert "已验收" in after
    assert "市住建局验收（8号）。" in after
    assert "下一个节点" not in after


def test_rule_21_a_project_across_years_is_shown_by_the_year_that_runs(house: House, visitor: Visitor) -> None:
    """Total 382 million, this year 247 planned, 241 spent: 97.6 %, not 63.1 %."""
    of_year = AnnualMilestone(year=YEAR, funds=Money(Decimal(247_000_000)), words="主体封顶")
    total, deadline = Money(Decimal(382_000_000)), date(YEAR + 1, 10, 31)
    plan = replace(work.PLAN, deadline=deadline, total_funds=total, year_funds=of_year.funds, annual=(of_year,))
    spent = Money(Decimal(241_000_000))
    record(house, work.published(2, plan), work.reached(1, "全面开工", JUNE, 2))
    record(house, work.reported("far", JUNE, 60, 2, funds_spent=spent), work.approved("far", JUNE, 2))
    words = visitor.open(f"/p/{project_code(OTHER)}").words
    assert "2026 年投资 2.47 亿元已支出 2.41 亿元，占 97.6%" in words
    assert "总投资 3.82 亿元已支出 2.41 亿元" in words
    assert "2026 年的年度目标 主体封顶" in words
    assert "跨年度项目，按 2026 年的年度目标计" in words


def test_what_is_carried_over_keeps_its_light_and_what_is_completed_does_not(house: House, visitor: Visitor) -> None:
    over = CompletionRecorded(completion=Completion.CARRIED_OVER, words="", on=date(YEAR, 6, 30), carried_to=YEAR + 1)
    record(house, work.of(1, over))
    words = visitor.open(f"/p/{CODE}").words
    assert "正常推进" in words
    assert "这个项目结转 2027 年继续实施。" in words
    ended = CompletionRecorded(completion=Completion.COMPLETED, words="", on=date(YEAR, 6, 30))
    record(house, work.of(1, ended))
    words = visitor.open(f"/p/{CODE}").words
    assert "已完成" in words
    assert "正常推进" not in words
    assert "下一个节点" not in words
