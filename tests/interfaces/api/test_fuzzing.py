"""Every operation with data nobody thought of: no fault of ours, answers as declared, wrong data refused.

Schemathesis makes the data from the document; what it makes is the same in every run.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.openapi import from_asgi

from domain.accounts.permissions import Grant, Role
from interfaces.api._base import openapi
from interfaces.api._base.operations import CHANGING, CONDITIONAL
from interfaces.composition import House, open_house
from interfaces.settings import Settings
from interfaces.web.app import create_app
from tests.support import program_world, programs, year
from tests.support.program_world import World
from tests.support.programs import Called, Program, every_operation
from tests.support.stores import Clock

EXAMPLES = {"sqlite": 8, "postgres": 2}
"""Requests of each kind for each operation: right and wrong ones."""

SEQUENCES = {"sqlite": 12, "postgres": 3}

AnyCase = Case[Any]
WRONG = GenerationMode.NEGATIVE
_KEYS = count()
USUAL = {"congress": "city", "parent": "city", "expires_on": "2026-02-01"}
"""What stands in bodies every other time."""


class Fuzzed:
    """The site, a program that may do everything there, and the document."""

    def __init__(self, house: House, store: str) -> None:
        self.world: World = program_world.recorded(house)
        self.site = create_app(house)
        everything = [Grant(role=Role.ADMINISTRATOR, congress=None)]
        everything += [Grant(role=role, congress=year.CONGRESS) for role in (Role.STAFF, Role.GOVERNMENT, Role.AUDITOR)]
        self.program: Program = programs.program(house, self.site, *everything)
        self.world["token"] = [str(programs.program(house, self.site, account=self.program.account).token)]
        self.schema = from_asgi(openapi.ADDRESS, self.site)
        self.store = store

    def cases(self, called: Called, mode: GenerationMode) -> st.SearchStrategy[AnyCase]:
        """Requests to things that are there, and to others."""
        operation = self.schema[called.route.path][called.method]
        places = {name: self.world[name] for name in called.route.param_convertors if name in self.world}
        picked = {name: values[0] for name, values in places.items()}
        strategies = [operation.as_strategy(generation_mode=mode)]
        if picked:
            strategies += [operation.as_strategy(generation_mode=mode, path_parameters=picked)] * 2
        return st.one_of(strategies)

    def send(self, case: AnyCase) -> None:
        """Sends one request and checks its answer."""
        self.fit(case)
        is_file = (
            case.media_type == "multipart/form-data" and case.meta and case.meta.is_negative_at(ParameterLocation.BODY)
        )
        case.call_and_validate(headers=self.authorization, checks=checks()[:-1] if is_file else checks())

    def fit(self, case: AnyCase) -> None:
        """What chance would never hit: a key never used, the version that is there, a congress that is there."""
        number = next(_KEYS)
        assert case.meta
        if not case.meta.is_negative_at(ParameterLocation.HEADER):
            if case.method in CHANGING:
                case.headers["Idempotency-Key"] = f"fuzzed-{number}"
            if case.method in CONDITIONAL or (case.method in CHANGING and number % 3):
                case.headers["If-Match"] = "*"
        if not case.meta.is_negative_at(ParameterLocation.BODY) and isinstance(case.body, dict):
            case.body.update({name: value for name, value in USUAL.items() if name in case.body and number % 2})

    @property
    def authorization(self) -> dict[str, str]:
        """The header with the token."""
        return {"Authorization": f"Bearer {self.program.secret}"}


def checks() -> list[Any]:
    """No 5xx, status, content type, headers and body as declared; last, wrong data refused.

    Not so a wrong file: whatever stands there may be read as a table, and its mistakes are the answer.
    """
    names = (
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    )
    return [not_a_server_error, *CHECKS.get_by_names(names)]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def fuzzed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    """One world for all operations of a store."""
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    if request.param == "sqlite":
        yield from _opened(f"sqlite:///{folder}/piaojue.db", folder, "sqlite")
        return
    with request.getfixturevalue("postgres_server").fresh_database() as url:
        yield from _opened(url, folder, "postgres")


def _opened(url: str, folder: Path, store: str) -> Iterator[Fuzzed]:
    house = open_house(
        Settings(data=folder, database_url=url, public_url="https://rd.example.cn", api_per_minute=10**9), Clock()
    )
    try:
        yield Fuzzed(house, store)
    finally:
        house.close()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, WRONG], ids=["right", "wrong"])
@pytest.mark.parametrize("called", every_operation(), ids=str)
def test_an_operation_answers_whatever_is_sent(fuzzed: Fuzzed, called: Called, mode: GenerationMode) -> None:
    @settings(
        max_examples=EXAMPLES[fuzzed.store],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=fuzzed.cases(called, mode))
    def send(case: AnyCase) -> None:
        fuzzed.send(case)

    send()


def test_what_was_made_can_be_used(fuzzed: Fuzzed) -> None:
    """Sequences: what one operation has made is read, changed and taken away by others, in any order."""
    machine: Any = fuzzed.schema.as_state_machine()

    class Sequences(machine):  # type: ignore[misc]  # made from the document when the test runs
        def before_call(self, case: AnyCase) -> None:
            fuzzed.fit(case)

        def get_call_kwargs(self, case: AnyCase) -> dict[str, Any]:  # noqa: ARG002  # as schemathesis calls it
            return {"headers": fuzzed.authorization}

        def validate_response(self, response: Any, case: AnyCase, *_: Any, **_more: Any) -> None:
            case.validate_response(response, checks=checks())

    run_state_machine_as_test(
        Sequences,
        settings=settings(
            max_examples=SEQUENCES[fuzzed.store],
            stateful_step_count=6,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
