"""Two teams count papers on their pages; the way to the count says what is missing."""

from collections.abc import Callable

import pytest

from domain.accounts.permissions import Actor, Role
from interfaces.composition import House
from tests.interfaces.web.polls.conftest import settled, url_of
from tests.support.papers import both_enter, enter, entry_of, mixed_hall, returned, without_cards
from tests.support.polls import Hall
from tests.support.visitors import SignedIn, Visitor
from tests.support.voters import cast, row

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
SignsIn = Callable[[Actor], Visitor]
FORMS = [f"r{item}.{mark}" for item in range(1, 7) for mark in ("1", "2", "3", "0", "u", "d")]


@pytest.fixture
def hall(house: House) -> Hall:
    """Closed: 18 cards all used, 12 papers handed out."""
    made = mixed_hall(house.office, house.box, house.private)
    for number, card in enumerate(made.cards):
        cast(made, card, row(made, 1, 2, 3), number)
    made.close()
    settled(house)
    return made


def table_of(hall: Hall) -> str:
    return f"/scrutineer/jz/polls/{hall.poll}"


def figures(votes_for: int, against: int) -> dict[str, str]:
    """The same for every item."""
    return {f"r{item}.1": str(votes_for) for item in range(1, 7)} | {f"r{item}.2": str(against) for item in range(1, 7)}


def test_the_way_to_the_count_names_the_next_thing(hall: Hall, staff: Visitor) -> None:
    page = staff.open(url_of(hall))
    assert "发出了12张纸质票，还没有登记票箱里收回多少张" in page.words
    assert "可用票卡等于发出的票卡" in page.words
    assert page.document.xpath("//section[contains(@class, 'next')]//a[text()='纸质票清点、录入']")
    assert not page.document.xpath("//button[text()='计票']")


def test_papers_are_recorded_in_the_batches_that_are_proposed(hall: Hall, staff: Visitor) -> None:
    staff.open(f"{url_of(hall)}/papers")
    page = staff.send(papers="12")
    assert page.said == "收回的纸质票已登记，可以分组录入。"
    assert "第1批" in page.words


@pytest.mark.parametrize(
    ("papers", "batches", "said"),
    [("12", "6 6", "第1批只有6张，少于10张"), ("12", "11", "各批合计11张，与收回的张数不符"), ("", "", "请填写")],
)
def test_wrong_batches_are_refused_and_kept(hall: Hall, staff: Visitor, papers: str, batches: str, said: str) -> None:
    staff.open(f"{url_of(hall)}/papers")
    page = staff.send(papers=papers, batches=batches)
    assert page.status == 422
    assert said in page.words
    assert page.document.xpath("//input[@name='batches']/@value") == [batches]


def test_rule_11_what_is_short_is_said_beside_the_item_and_kept(hall: Hall, staff: Visitor) -> None:
    returned(hall, 12)
    staff.open(f"{url_of(hall)}/papers/1/1")
    page = staff.send(**(figures(10, 2) | {"r3.1": "4"}))
    assert page.status == 422
    assert "少6张" in page.words
    assert page.document.xpath("//input[@name='r3.1']/@value") == ["4"]
    assert page.document.xpath("//input[@name='r1.1']/@value") == ["10"]
    assert staff.send(**{"r3.1": "10"}).said == "已录入。"


def test_a_figure_that_is_no_number_is_said_beside_it(hall: Hall, staff: Visitor) -> None:
    returned(hall, 12)
    staff.open(f"{url_of(hall)}/papers/1/1")
    page = staff.send(**(figures(10, 2) | {"r3.1": "十"}))
    assert page.status == 422
    assert "请填写数字。" in page.words


def test_no_team_sees_the_figures_of_the_other_before_both_have_entered(
    hall: Hall, staff: Visitor, signs_in: SignsIn
) -> None:
    returned(hall, 12)
    enter(hall, 1, entry_of(hall, [row(hall, 1)] * 12))
    other = signs_in(hall.scrutineers[1])
    page = other.open(f"{table_of(hall)}/papers")
    assert "已录入" in page.words
    assert "两组的数字" not in page.text
    assert set(other.open(f"{table_of(hall)}/papers/1/2").document.xpath("//input[contains(@name, '.')]/@value")) == {
        ""
    }
    assert "不一致" not in staff.open(f"{url_of(hall)}/papers").words


def test_rule_15_nobody_reads_the_figures_of_another_team_at_the_address_of_its_form(
    hall: Hall, staff: Visitor, signs_in: SignsIn
) -> None:
    returned(hall, 12)
    staff.open(f"{url_of(hall)}/papers/1/1")
    staff.send(**figures(10, 2))
    shown = "//input[@name='r1.1']/@value"
    other = signs_in(hall.scrutineers[1])
    assert other.open(f"{table_of(hall)}/papers/1/1").document.xpath(shown) == [""]
    assert staff.open(f"{url_of(hall)}/papers/1/1").document.xpath(shown) == ["10"]
    other.open(f"{table_of(hall)}/papers/1/2")
    other.send(**figures(10, 2))
    assert other.open(f"{table_of(hall)}/papers/1/1").document.xpath(shown) == ["10"]


def test_rule_15_only_what_differs_is_shown_side_by_side_and_counted_again(hall: Hall, signs_in: SignsIn) -> None:
    returned(hall, 12)
    enter(hall, 1, entry_of(hall, [row(hall, 1, 4)] * 12))
    enter(hall, 2, entry_of(hall, [row(hall, 1, 4)] * 11 + [row(hall, 1)]))
    second = signs_in(hall.scrutineers[1])
    page = second.open(f"{table_of(hall)}/papers")
    assert "不一致：项目4" in page.words
    (table,) = page.document.xpath("//table[contains(@class, 'compare')]")
    assert len(table.xpath(".//tbody/tr")) == 2
    page = second.open(f"{table_of(hall)}/papers/1/2")
    assert page.document.xpath("//input[@name='r4.1']/@value") == [""]
    assert page.document.xpath("//input[@name='r1.1']/@value") == ["12"]
    assert page.document.xpath("//input[@name='r1.1']/@readonly")
    assert second.send(**{"r4.1": "12"}).said == "已录入。"
    assert "一致" in second.open(f"{table_of(hall)}/papers").words


def test_rule_15_nobody_gets_the_form_of_the_other_team_accepted(hall: Hall, signs_in: SignsIn) -> None:
    returned(hall, 12)
    enter(hall, 1, entry_of(hall, [row(hall, 1)] * 12))
    first = signs_in(hall.scrutineers[0])
    page = first.open(f"{table_of(hall)}/papers")
    assert not page.document.xpath("//a[contains(@href, '/papers/1/2')]")
    first.open(f"{table_of(hall)}/papers/1/2")
    page = first.send(**figures(12, 0))
    assert page.status == 409
    assert "您已为第1组录入过" in page.words


def test_rule_4_doubtful_marks_stand_in_the_chiefs_queue(hall: Hall, staff: Visitor, signs_in: SignsIn) -> None:
    returned(hall, 12)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 11 + [("?", *row(hall)[1:])], doubtful={"1": 1}))
    assert "还有1处存疑的标记" in staff.open(url_of(hall)).words
    assert not staff.open(f"{url_of(hall)}/papers/doubtful").document.xpath("//select")
    chief = signs_in(hall.chief)
    chief.open(f"{table_of(hall)}/papers/doubtful")
    assert chief.send(mark="for", reason="").status == 422
    page = chief.send(mark="for", reason="勾出格，意思清楚")
    assert page.said == "已决定。"
    assert "勾出格，意思清楚" in page.words
    assert "存疑的标记都已决定" in staff.open(url_of(hall)).words


def test_a_mixed_poll_is_counted_when_all_is_settled(hall: Hall, staff: Visitor) -> None:
    returned(hall, 12)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 12))
    page = staff.open(url_of(hall))
    assert "应办的事都已办妥，可以计票。" in page.words
    page = staff.send(f"{url_of(hall)}/count")
    assert page.said == "计票完成。请核对报告单。"
    assert staff.open(f"{url_of(hall)}/report.pdf").content.startswith(b"%PDF")


def test_a_figure_changed_after_the_count_takes_the_result_off_the_pages(
    hall: Hall, staff: Visitor, house: House
) -> None:
    returned(hall, 12)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 12))
    staff.open(url_of(hall))
    staff.send(f"{url_of(hall)}/count")
    enter(hall, 1, entry_of(hall, [row(hall, 2)] * 12))
    settled(house)
    page = staff.open(url_of(hall))
    assert "已截止，待计票" in page.words
    assert not page.document.xpath("//figure")
    assert staff.open(f"{url_of(hall)}/report").status == 404


def test_rule_5_keypad_totals_are_entered_on_their_own_page(house: House, signed_in: SignedIn) -> None:
    hall = without_cards(house.office, house.box, house.private, keypad=True)
    hall.close()
    settled(house)
    one, other = (signed_in(Role.STAFF, hall.congress) for _ in range(2))
    for number, person in ((1, one), (2, other)):
        assert "全场总数" in person.open(f"{url_of(hall)}/papers").words
        page = person.open(f"{url_of(hall)}/papers/0/{number}")
        assert "未按键" in page.words
        totals = {f"r{item}.{mark}": n for item in range(1, 7) for mark, n in (("1", "20"), ("2", "5"), ("3", "2"))}
        assert "少3张" in person.send(papers="30", **totals).words
        assert person.send(**{f"r{item}.0": "3" for item in range(1, 7)}).said == "已录入。"
    assert "应办的事都已办妥" in one.open(url_of(hall)).words


@pytest.mark.parametrize("role", [Role.UPPER_READER, Role.AUDITOR, Role.VENUE])
def test_who_does_not_count_sees_no_figures(hall: Hall, signed_in: SignedIn, role: Role) -> None:
    somebody = signed_in(role, hall.congress)
    for path in ("papers", "papers/1/1", "papers/doubtful"):
        assert somebody.open(f"{url_of(hall)}/{path}").status == 403


def test_there_is_no_third_team_and_no_batch_that_was_not_cut(hall: Hall, staff: Visitor) -> None:
    returned(hall, 12)
    for path in ("1/3", "2/1", "0/1"):
        assert staff.open(f"{url_of(hall)}/papers/{path}").status == 404


def test_the_report_accounts_for_every_card_and_paper_and_tells_large_parts_apart(hall: Hall, staff: Visitor) -> None:
    returned(hall, 11)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 11))
    staff.open(url_of(hall))
    staff.send(f"{url_of(hall)}/count")
    page = staff.open(f"{url_of(hall)}/report")
    assert "纸质票：发出12＝收回11＋未收回1。" in page.words
    assert "发出30＝票卡18＋纸质票12；收回29＝票箱内18＋纸质票11。" in page.words
    assert "电子票 18张" in page.words
    assert "纸质票 11张" in page.words


def test_rule_12_the_report_does_not_tell_nine_papers_apart(house: House, signed_in: SignedIn) -> None:
    small = mixed_hall(house.office, house.box, house.private, papers=9)
    for number, card in enumerate(small.cards):
        cast(small, card, row(small, 1, 2), number)
    small.close()
    returned(small, 9)
    both_enter(small, entry_of(small, [row(small, 3)] * 9))
    settled(house)
    staff = signed_in(Role.STAFF, small.congress)
    staff.open(url_of(small))
    staff.send(f"{url_of(small)}/count")
    page = staff.open(f"{url_of(small)}/report")
    assert "为保守秘密只公布合计" in page.words
    assert "分部分票数" not in page.words
    assert staff.open(f"{url_of(small)}/report.pdf").content.startswith(b"%PDF")


def test_the_wrong_figure_after_a_count_is_reached_from_the_recount(hall: Hall, staff: Visitor) -> None:
    returned(hall, 12)
    both_enter(hall, entry_of(hall, [row(hall, 1)] * 12))
    staff.open(url_of(hall))
    staff.send(f"{url_of(hall)}/count")
    page = staff.open(f"{url_of(hall)}/recount")
    assert page.document.xpath(f"//a[@href='{url_of(hall)}/papers']")
