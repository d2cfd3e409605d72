"""Everything below a congress at a glance: stages, lights, sums that add up, filters, a workbook; and how fast."""

from datetime import date
from io import BytesIO
from uuid import UUID, uuid5

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from domain.accounts.permissions import Role
from domain.congress.congress import Level
from domain.proposals.call import CallPublished, call_stream
from domain.proposals.totals import Totals
from interfaces.composition import House
from interfaces.web.below.standing import YearStage, light_of, stage_of
from projections.calls import CallRow
from projections.year_rail import YearRail
from tests.support import levels
from tests.support.levels import CITY, EAST, HILLS
from tests.support.visitors import SignedIn
from tests.support.year import of, record

SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
NONE_YET = Totals(received=0)


@pytest.fixture
def built(house: House) -> House:
    levels.build(house.history)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return house


@pytest.mark.usefixtures("built")
def test_the_city_sees_every_level_below_with_sums_that_add_up(signed_in: SignedIn) -> None:
    """Rule 18 for 东河区: 37 received = 12 became candidates + 20 merged + 5 declined + 0 open."""
    city = signed_in(Role.UPPER_READER, CITY)
    page = city.open("/staff/city/below?year=2026")
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th | td")]
        for row in page.document.xpath("(//table)[1]/*[self::tbody or self::tfoot]/tr")
    ]
    assert [row[0].split("人大")[0] for row in rows[:3]] == ["东河区", "丘陵镇", "湖滨镇"]
    assert rows[0][2:10] == ["09-20 – 10-19", "37", "12", "20", "0", "0", "5", "0"]
    assert rows[-1][3:11] == ["43", "12", "20", "0", "0", "5", "6", "12"]
    assert rows[-1][-1] == "10"
    assert "征集已结束，6 件未办结" in page.words
    assert "会期已过" not in page.words
    assert "/staff/hills?year=2026" in page.links()
    assert city.open("/staff/hills?year=2026").status == 200


@SQLITE
@pytest.mark.usefixtures("built")
def test_filters_and_the_workbook_show_the_same(signed_in: SignedIn) -> None:
    city = signed_in(Role.STAFF, CITY)
    towns = city.open("/staff/city/below?level=township")
    assert "丘陵镇人大" in towns.words
    assert "东河区人大" not in towns.words
    assert "没有符合条件的大会" in city.open("/staff/city/below?level=street&stage=vote").words
    file = city.open("/staff/city/below/below.xlsx?level=township").content
    sheet = load_workbook(BytesIO(file)).active
    assert sheet is not None
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[0] for row in told[2:]] == ["丘陵镇人民代表大会", "湖滨镇人民代表大会", "合计"]
    assert told[-1][6:13] == [6, 0, 0, 0, 0, 0, 6]
    assert city.open("/staff/hills/below").status == 200, "a township may look; nothing is below it"
    assert "没有下级大会" in city.open("/staff/hills/below").words


@SQLITE
def test_sixty_congresses_are_asked_for_together(built: House, signed_in: SignedIn) -> None:
    towns = [uuid5(EAST, f"town {number}") for number in range(60)]
    record(built.history, (fact for number, town in enumerate(towns) for fact in _town(number, town)))
    assert built.followers.wait_for(built.history.last_position(), timeout=20)
    city = signed_in(Role.STAFF, CITY)
    asked: list[str] = []
    event.listen(built.reading, "before_cursor_execute", lambda *about: asked.append(about[2]))
    page = city.open("/staff/city/below?year=2026")
    assert page.status == 200
    assert len(page.document.xpath("(//table)[1]//tbody/tr")) == 65
    assert len(asked) < 25, asked


def _town(number: int, town: UUID) -> list[tuple[UUID, object]]:
    told = list(levels.founded(town, f"第{number}镇", f"town-{number}", Level.TOWNSHIP, EAST))
    return [*told, (call_stream(town, 2026), of(CallPublished, congress=town, year=levels.YEAR))]


TODAY = date(2026, 1, 20)


def rail(**known: object) -> YearRail:
    nothing = dict.fromkeys(YearRail._fields, None)
    return YearRail(**{**nothing, "congress": HILLS, "year": 2026, "candidates": 0, **known})  # type: ignore[arg-type]


def call(closes_on: date) -> CallRow:
    nothing = dict.fromkeys(CallRow._fields, None)
    return CallRow(**{**nothing, "opens_on": date(2025, 9, 20), "closes_on": closes_on})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "called", "totals", "kind", "words"),
    [
        (rail(adopted=10), None, NONE_YET, "ok", "已公告"),
        (rail(session_starts_on=date(2026, 1, 19)), None, NONE_YET, "bad", "会期已过，没有宣布结果"),
        (rail(session_starts_on=date(2026, 1, 26)), None, NONE_YET, "bad", "离会议不足 7 天，名单未定"),
        (rail(session_starts_on=date(2026, 1, 27), candidates=3), None, NONE_YET, "info", "正在进行"),
        (rail(session_starts_on=date(2026, 1, 26), listed=12), None, NONE_YET, "info", "正在进行"),
        (None, call(date(2026, 1, 19)), Totals(received=6, open=6), "warn", "征集已结束，6 件未办结"),
        (None, call(date(2026, 1, 20)), Totals(received=6, open=6), "info", "征集中，剩 1 天"),
        (None, None, NONE_YET, "warn", "还没有发布征集公告"),
    ],
)
def test_lights_come_from_the_record(
    known: YearRail | None, called: CallRow | None, totals: Totals, kind: str, words: str
) -> None:
    """Rule 16: the seventh day before the session is still in time, the sixth is not."""
    assert light_of(known, called, totals, 2026, TODAY) == (kind, words)


def test_a_street_whose_council_decided_by_hands_is_not_late_for_want_of_a_poll() -> None:
    met = rail(session_starts_on=date(2026, 1, 19))
    assert light_of(met, None, NONE_YET, 2026, TODAY, council_met=True) == ("ok", "已有结果")
    waiting = light_of(met, call(date(2026, 1, 10)), Totals(received=6, open=6), 2026, TODAY, council_met=True)
    assert waiting == ("warn", "征集已结束，6 件未办结")


def test_next_years_call_is_missed_from_october_on() -> None:
    assert light_of(None, None, NONE_YET, 2027, date(2026, 9, 30)).kind == "idle"
    assert light_of(None, None, NONE_YET, 2027, date(2026, 10, 1)).kind == "warn"


def test_the_stage_is_the_furthest_that_is_recorded() -> None:
    assert stage_of(None, None) is YearStage.NOT_BEGUN
    assert stage_of(None, call(TODAY)) is YearStage.CALL
    assert stage_of(rail(candidates=3), call(TODAY)) is YearStage.CANDIDATES
    assert stage_of(rail(), call(TODAY), council_met=True) is YearStage.DELIBERATION
    assert stage_of(rail(candidates=3, listed=3), None) is YearStage.DELIBERATION
    assert stage_of(rail(listed=3, poll_stage="open"), None) is YearStage.VOTE
    assert stage_of(rail(listed=3, poll_stage="declared", adopted=3), None) is YearStage.ADOPTED
