"""How fast the trail is searched with 300,000 facts, and how fast it is filled; nothing here fails by the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Engine

from application.history.history import Noticed
from domain.accounts.account import AccountOpened, RoleGranted
from domain.accounts.permissions import Role
from domain.congress.congress import CongressFounded, Level
from domain.congress.roll import DelegateEntry, DelegatesImported
from domain.congress.session import DelegateCheckedIn
from domain.projects.candidate_list import CardRead
from domain.projects.card import CandidateCard
from domain.projects.project import CandidateDrafted
from domain.shared import CHINA, Year, project_code
from projections.audit_trail import Asked, entries, metadata, project
from projections.reading.engine import open_reading
from tests.bench.conftest import Say, durable_store

pytestmark = pytest.mark.bench

FACTS, BATCH, DELEGATES = 300_000, 2000, 300
HOME = UUID("00000000-0000-5000-8000-00000000be4c")
_SURNAMES, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文建国红"
_PLACES = "东西南北青山河城新兴和平安康乐园华光明胜利解放人民友谊团结"
_THINGS = ("雨水管网改造", "老旧小区加装电梯", "口袋公园建设", "养老服务中心", "农村公路养护", "充电桩布设")
_COUNTIES = tuple(uuid5(HOME, f"county {number}") for number in range(20))


def facts() -> Iterator[Noticed]:
    """Years of twenty counties, half of them the first one's: candidates, cards read, delegates checking in."""
    chance, told = Random(1), _Telling()
    clerks = {county: uuid5(county, "clerk") for county in _COUNTIES}
    delegates = {county: [uuid5(county, str(number)) for number in range(DELEGATES)] for county in _COUNTIES}
    known: dict[UUID, list[UUID]] = {county: [] for county in _COUNTIES}
    for number, county in enumerate(_COUNTIES):
        name = f"{_PLACES[number]}县人大"
        founded = CongressFounded(
            name=name, short_name=name, slug=f"c{number}", level=Level.COUNTY, parent=None, term=1
        )
        yield told(county, None, founded)
        yield told(clerks[county], None, AccountOpened(login=f"u{number}", name=_person(chance)))
        yield told(clerks[county], None, RoleGranted(role=Role.STAFF, congress=county))
        entries = tuple(
            DelegateEntry(delegate=one, number=f"{place:04}", name=_person(chance), delegation="一团")
            for place, one in enumerate(delegates[county])
        )
        imported = DelegatesImported(congress=county, import_id=county, source="名册.xlsx", entries=entries)
        yield told(uuid5(county, "roll"), clerks[county], imported)
    while told.position < FACTS:
        county = chance.choice(_COUNTIES) if chance.random() < 0.5 else _COUNTIES[0]
        delegate, share = chance.choice(delegates[county]), chance.random()
        if share < 0.1 or not known[county]:
            stream = uuid5(county, f"project {told.position}")
            known[county].append(stream)
            name = f"{''.join(chance.choices(_PLACES, k=4))}{chance.choice(_THINGS)}{chance.randrange(99)}"
            fact: object = CandidateDrafted(
                congress=county, year=Year(2026), code=project_code(stream), card=CandidateCard(name=name)
            )
        elif share < 0.6:
            stream = uuid5(delegate, f"session {told.position}")
            fact = DelegateCheckedIn(congress=county, session=stream, delegate=delegate)
        else:
            stream = uuid5(delegate, "reading")
            fact = CardRead(congress=county, delegate=delegate, project=chance.choice(known[county]))
        yield told(stream, clerks[county], fact)


class _Telling:
    """Facts a minute apart, at their places."""

    def __init__(self) -> None:
        self.position = 0
        self._versions: dict[UUID, int] = {}

    def __call__(self, stream: UUID, by: UUID | None, fact: object) -> Noticed:
        self.position += 1
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        at = datetime(2020, 1, 1, tzinfo=CHINA) + timedelta(minutes=self.position)
        return Noticed(position=self.position, stream=stream, version=version, at=at, by=by, fact=fact)


def _person(chance: Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=2))


@pytest.fixture(params=["sqlite", "postgres"])
def reading(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with durable_store(request.param, tmp_path) as url:
        engine = open_reading(url)
        with engine.begin() as conn:
            metadata.create_all(conn)
        yield engine
        engine.dispose()


def test_searching_the_trail(reading: Engine, say: Say) -> None:
    told = list(facts())
    started = perf_counter()
    for start in range(0, len(told), BATCH):
        with reading.begin() as conn:
            project(conn, told[start : start + BATCH])
    spent = perf_counter() - started
    say(f"{reading.dialect.name}: {len(told):,} facts, filled at {len(told) / spent:,.0f} facts/s without reading them")
    first, day = _COUNTIES[0], datetime(2020, 3, 1, tzinfo=CHINA)
    asked = {
        "newest": Asked(congress=first),
        "two characters, common": Asked(congress=first, words="管网"),
        "rare": Asked(congress=first, words="青山河城"),
        "nothing": Asked(congress=first, words="龘龘"),
        "one character": Asked(congress=first, words="王"),
        "two words": Asked(congress=first, words="王 电梯"),
        "everywhere": Asked(words="管网"),
        "a person": Asked(congress=first, by=uuid5(first, "clerk")),
        "a day and a word": Asked(congress=first, words="管网", since=day, until=day + timedelta(days=1)),
    }
    for name, question in asked.items():
        with reading.connect() as conn:
            taken = []
            for _ in range(5):
                started = perf_counter()
                found = entries(conn, question)
                taken.append(perf_counter() - started)
        say(f"  {name}: {min(taken) * 1000:.0f} ms ({len(found)} lines)")
