"""Fixtures for the API: programs with tokens, and a congress they work for."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from domain.accounts.permissions import Grant, Role
from interfaces.composition import House
from tests.support import polls, programs
from tests.support.programs import Program, Programs


@pytest.fixture
def congress(house: House) -> UUID:
    """The city's congress, under the word `qc`."""
    made, _clerk = polls.founded(house.office, "qc")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def elsewhere(house: House, congress: UUID) -> UUID:
    """Another congress, under the word `dh`."""
    made, _clerk = polls.founded(house.office, "dh")
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


@pytest.fixture
def program(house: House, site: FastAPI) -> Programs:
    """Makes programs: `program(Role.STAFF, congress)`, with all scopes unless some are named."""

    def somebody(role: Role, congress: UUID | None = None, *, only_in: UUID | None = None, **how: object) -> Program:
        of = {name: how.pop(name) for name in ("unit", "delegate") if name in how}
        grant = Grant(role=role, congress=congress, **of)  # type: ignore[arg-type]  # identities, by name
        return programs.program(house, site, grant, congress=only_in, **how)  # type: ignore[arg-type]  # as above

    return somebody
