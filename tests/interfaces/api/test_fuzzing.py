"""Every operation with data nobody thought of: no fault of ours, answers as declared, wrong data refused.

Schemathesis makes the data from the document; what it makes is the same in every run.
"""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
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

pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
"""The connection pool draws random numbers in its own threads meanwhile; what is made here does not depend on them."""

EXAMPLES = {"sqlite": 6, "postgres": 2}
"""Requests of each kind for each operation: right and wrong ones."""

SEQUENCES = {"sqlite": 4, "postgres": 1}
LONGEST = 6
"""So many requests follow the one that has made something."""

AnyCase = Case[Any]
MAKING = [called for called in every_operation() if called.route.status_code == HTTPStatus.CREATED]
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
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

    def cases(self, called: Called, mode: GenerationMode, *, known: bool = False) -> st.SearchStrategy[AnyCase]:
        """Requests to things that are there and, unless only those are wanted, to others."""
        operation = self.schema[called.route.path][called.method]
        places = {name: self.world[name] for name in called.route.param_convertors if name in self.world}
        picked = {name: values[0] for name, values in places.items()}
        there = operation.as_strategy(generation_mode=mode, path_parameters=picked)
        return there if known or not picked else st.one_of(operation.as_strategy(generation_mode=mode), there, there)

    def links(self, called: Called) -> dict[str, dict[str, str]]:
        """The operations on what this one makes, with what fills the places of their addresses."""
        responses = self.schema.raw_schema["paths"][called.route.path][called.method.lower()]["responses"]
        return {name: link["parameters"] for name, link in responses["201"].get("links", {}).items()}

    def send(self, case: AnyCase) -> Any:
        """Sends one request and checks its answer."""
        self.fit(case)
        is_file = (
            case.media_type == "multipart/form-data" and case.meta and case.meta.is_negative_at(ParameterLocation.BODY)
        )
        headers = {"Authorization": f"Bearer {self.program.secret}"}
        return case.call_and_validate(headers=headers, checks=checks()[:-1] if is_file else checks())

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


@pytest.mark.parametrize("mode", [RIGHT, WRONG], ids=["right", "wrong"])
@pytest.mark.parametrize("called", every_operation(), ids=str)
def test_an_operation_answers_whatever_is_sent(fuzzed: Fuzzed, called: Called, mode: GenerationMode) -> None:
    @_bounded(EXAMPLES[fuzzed.store])
    @given(case=fuzzed.cases(called, mode))
    def send(case: AnyCase) -> None:
        fuzzed.send(case)

    send()


@pytest.mark.parametrize("called", MAKING, ids=str)
def test_what_was_made_can_be_used(fuzzed: Fuzzed, called: Called) -> None:
    """What one operation has made is read, changed and taken away by the others, in any order."""
    links = fuzzed.links(called)

    @_bounded(SEQUENCES[fuzzed.store])
    @given(data=st.data())
    def follow(data: st.DataObject) -> None:
        making = data.draw(fuzzed.cases(called, RIGHT, known=True))
        order = data.draw(st.permutations(sorted(links)))[:LONGEST]
        following = [data.draw(fuzzed.schema.find_operation_by_id(name).as_strategy()) for name in order]
        made = fuzzed.send(making)
        for name, case in zip(order, following, strict=True):
            if made.status_code == HTTPStatus.CREATED:
                case.path_parameters = {
                    place: making.path_parameters[place] if told == f"$request.path.{place}" else _told(made, told)
                    for place, told in links[name].items()
                }
                fuzzed.send(case)

    follow()


def _told(made: Any, expression: str) -> str:
    """The part of an answer that a link of the document names."""
    return str(made.json()[expression.removeprefix("$response.body#/")])


def _bounded(examples: int) -> settings:
    """So many requests, the same in every run."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
