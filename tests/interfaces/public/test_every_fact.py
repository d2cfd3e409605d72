"""After every fact of a year, kept pages are what they would be if they were rendered now."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from application.history.recorded import Recorded
from domain.asks.ask import AskApproved, AskIssued, AskKind, SummaryAnswered, ask_id
from domain.congress.congress import CongressDescribed, UnitChanged
from domain.projects.project import ProjectUnlisted
from domain.proposals.call import CallReworded, call_stream
from domain.proposals.house import HouseChanged, HouseClosed, house_code
from domain.shared import CHINA, project_code
from interfaces.composition import House, open_house
from interfaces.public import changes
from interfaces.settings import Settings
from interfaces.web.app import Site, create_app
from tests.support import year
from tests.support.year import CONGRESS, HOUSE, PROJECTS, UNIT, YEAR, Told, of

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PAGES = (
    *("/", "/city", f"/city/{YEAR}", f"/city/{YEAR}.json", f"/city/{YEAR}/call", f"/h/{house_code(HOUSE)}"),
    *(f"/p/{project_code(one)}" for one in PROJECTS[:2]),
    f"/p/{project_code(PROJECTS[0])}/timeline",
)
SUMMARY = ask_id(CONGRESS, YEAR, AskKind.SUMMARY, PROJECTS[0])
LATER: tuple[Told, ...] = (
    (CONGRESS, of(CongressDescribed, name="新市人民代表大会")),
    (CONGRESS, of(UnitChanged, unit=UNIT, duty_phone="0571-8123 4567")),
    (SUMMARY, of(AskIssued, congress=CONGRESS, year=YEAR, kind=AskKind.SUMMARY, project=PROJECTS[0], unit=UNIT)),
    (SUMMARY, of(SummaryAnswered)),
    (SUMMARY, of(AskApproved, on=date(2026, 12, 20))),
    (PROJECTS[1], of(ProjectUnlisted)),
    (call_stream(CONGRESS, YEAR), of(CallReworded, title="更正后的公告")),
    (HOUSE, of(HouseChanged, name="北街代表之家")),
    (HOUSE, HouseClosed()),
)


@pytest.fixture
def house(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Shows facts when it is told to, in this thread."""
    settings = Settings(data=tmp_path_factory.mktemp("data"), database_url=database_url)
    opened = open_house(settings, follow=False)
    yield opened
    opened.close()


def read(site: Site, path: str) -> tuple[int, bytes]:
    answer = TestClient(site, base_url="http://localhost").get(path, follow_redirects=False)
    return answer.status_code, answer.content


def test_no_fact_leaves_an_old_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "PATIENCE", 60.0)
    monkeypatch.setattr(changes, "LOOK_AFTER", 3600.0)
    kept, fresh = create_app(house), create_app(house)
    versions: Counter[UUID] = Counter()
    at, changed = datetime(2025, 10, 1, 8, 0, tzinfo=CHINA), 0
    before: list[tuple[int, bytes]] = []
    for stream, fact in (*year.in_short(), *LATER):
        versions[stream] += 1
        at += timedelta(days=1)
        house.history.append([Recorded(stream, versions[stream], at, None, fact)], seen={})
        house.followers.catch_up()
        fresh.pages.drop(None)
        now = [read(fresh, path) for path in PAGES]
        assert [read(kept, path) for path in PAGES] == now, fact
        changed += now != before
        before = now
    assert changed > len(LATER)
