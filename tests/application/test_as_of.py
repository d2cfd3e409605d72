"""The office as it was at an earlier moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.as_of import Past, is_folded, known_by, version_at, versions, versions_of
from application.history.book import BOOK
from application.history.history import History
from application.history.recorded import Recorded
from application.office import Office
from domain.backups.backup import BackupTaken
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress.congress import Level
from domain.projects import project as projects
from domain.projects.project import CandidateRevised, CandidateWithdrawn, ProjectListed, ProjectUnlisted, Stage
from domain.shared import CHINA
from tests.support import facts, year
from tests.support.diary import LineWritten
from tests.support.stores import Clock, by

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
PROJECT = facts.project(1)


def _said(fact: object, _state: object) -> object:
    return fact


@pytest.fixture
def told(office: Office, clock: Clock) -> list[datetime]:
    """A project is drafted, revised and withdrawn, a day apart."""
    at = []
    for fact in (
        facts.drafted(1)[1],
        CandidateRevised(card=facts.card(1, name="雨水管网")),
        CandidateWithdrawn(reason="重复"),
    ):
        office.change(by(), PROJECT, projects.evolve, partial(_said, fact))
        at.append(clock())
        clock.forward(days=1)
    return at


def test_a_project_is_shown_as_it_was_also_after_it_was_withdrawn(history: History, told: list[datetime]) -> None:
    second = Past(history, told[1]).state_of(PROJECT, projects.evolve)
    assert second is not None
    assert (second.card.name, second.stage) == ("雨水管网", Stage.DRAFT)
    first = Past(history, told[1] - timedelta(microseconds=1)).state_of(PROJECT, projects.evolve)
    assert first is not None
    assert first.card.name == "项目1"
    last = Past(history, told[2]).state_of(PROJECT, projects.evolve)
    assert last is not None
    assert last.stage is Stage.WITHDRAWN


def test_before_the_first_fact_nothing_is_there(history: History, told: list[datetime]) -> None:
    past = Past(history, told[0] - timedelta(microseconds=1))
    assert past.state_of(PROJECT, projects.evolve) is None
    assert past.states_of([PROJECT, uuid4()], projects.evolve) == {}


def test_every_version_says_what_it_changed(history: History, told: list[datetime]) -> None:
    drafted, revised, withdrawn = versions_of(history, PROJECT)
    assert [one.at for one in (drafted, revised, withdrawn)] == told
    assert {".".join(map(str, one.path)) for one in drafted.changed} >= {"card.name", "stage", "code"}
    assert [(one.path, one.before, one.after) for one in revised.changed] == [
        (("card", "name"), "项目1", "雨水管网"),
    ]
    assert [(one.path, one.after) for one in withdrawn.changed] == [(("stage",), Stage.WITHDRAWN)]
    for version in (drafted, revised, withdrawn):
        assert version_at(history, PROJECT, version.number) == version
    assert versions_of(history, uuid4()) == ()


def test_what_was_recorded_before_counts_whatever_the_clock_said(history: History) -> None:
    noon = datetime(2026, 1, 20, 12, tzinfo=CHINA)
    fast = facts.drafted(1)[1]
    history.append(
        [
            Recorded(PROJECT, 1, noon + timedelta(hours=5), None, fast),
            Recorded(PROJECT, 2, noon, None, CandidateWithdrawn(reason="重复")),
        ],
        seen={},
    )
    state = Past(history, noon).state_of(PROJECT, projects.evolve)
    assert state is not None
    assert state.stage is Stage.WITHDRAWN


@ONE_STORE
def test_the_year_of_now_is_the_year_of_today(history: History, office: Office) -> None:
    year.record(history)
    past = Past(history, datetime(2100, 1, 1, tzinfo=CHINA))
    roll = rolls.roll_stream(year.CONGRESS)
    assert past.state_of(roll, rolls.evolve) == office.state_of(roll, rolls.evolve)
    project = past.state_of(year.PROJECTS[0], projects.evolve)
    assert project == office.state_of(year.PROJECTS[0], projects.evolve)
    assert project is not None


steps: Any = st.lists(
    st.one_of(
        st.builds(lambda name: CandidateRevised(card=facts.card(1, name=name)), st.sampled_from("甲乙丙")),
        st.builds(lambda n: ProjectListed(number=n, on=date(2026, 1, 5)), st.integers(1, 9)),
        st.just(ProjectUnlisted(reason="改")),
        st.just(CandidateWithdrawn(reason="重复")),
    ),
    max_size=8,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=steps, gaps=st.lists(st.integers(0, 3), min_size=9, max_size=9), upto=st.integers(-1, 30))
def test_the_state_of_a_moment_is_the_fold_of_what_was_recorded_by_then(
    told: list[object], gaps: list[int], upto: int
) -> None:
    """As of now it is the state of today; as of before the first fact nothing is there."""
    at, recorded = datetime(2026, 1, 1, tzinfo=CHINA), []
    for number, (fact, gap) in enumerate(zip([facts.drafted(1)[1], *told], gaps, strict=False), start=1):
        at += timedelta(minutes=gap)
        recorded.append(Recorded(PROJECT, number, at, None, fact))
    moment = datetime(2026, 1, 1, tzinfo=CHINA) + timedelta(minutes=upto)
    known = known_by(recorded, moment)
    assert [one for one in recorded if one.at <= moment] == recorded[:known]
    assert known_by(recorded, at) == len(recorded)
    assert known_by(recorded, recorded[0].at - timedelta(microseconds=1)) == 0
    state: Any = None
    for one in versions(recorded):
        before, state = state, projects.evolve(state, one.fact)  # type: ignore[arg-type]  # facts of projects alone
        assert bool(one.changed) == (before != state)


def test_it_is_known_of_every_fact_what_it_makes_of_its_stream() -> None:
    """A fact of a new stream gets its line in application/as_of.py; backups have no state."""
    unknown = {entry.fact for entry in BOOK.entries() if not is_folded(entry.fact)}
    assert unknown <= {BackupTaken}


def test_of_a_fact_nobody_folds_it_is_told_what_it_says() -> None:
    (version,) = versions([Recorded(uuid4(), 1, datetime(2026, 1, 1, tzinfo=CHINA), None, LineWritten(text="晴"))])
    assert [(one.path, one.after) for one in version.changed] == [(("text",), "晴")]


@ONE_STORE
def test_a_congress_is_told_field_by_field(history: History, office: Office, clock: Clock) -> None:
    congress: UUID = uuid4()
    founded = congresses.found_congress(name="青城市人大", short_name="青城", slug="qc", level=Level.CITY, term=16)
    put_right = congresses.describe_congress(name="青城市人民代表大会", short_name="青城", term=16)
    decide: Callable[[Any], Any] = lambda _: (founded, put_right)  # noqa: E731 -- what a command decides
    office.change(by(), congress, congresses.evolve, decide)
    (change,) = versions_of(history, congress)[1].changed
    assert (change.path, change.before, change.after) == (("name",), "青城市人大", "青城市人民代表大会")
    assert replace(change, before=None) != change
