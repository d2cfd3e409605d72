"""Programs that use the API in tests: each acts by a token of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.testclient import TestClient

from application.api_tokens import issue_token
from application.office import By
from domain.accounts import account as accounts
from domain.accounts.permissions import Grant
from domain.accounts.scopes import Scope
from interfaces.api._base.discovery import all_operations
from interfaces.api._base.operations import CHANGING, ROOT, Operation
from interfaces.composition import House
from tests.support import visitors

ALL_SCOPES = tuple(Scope)
READING_SCOPES = tuple(scope for scope in Scope if not scope.changes)
ANY_TAG = "*"

PLACES: dict[str, str] = {
    "slug": "qc",
    "position": "1",
    "year": "2026",
    "code": "0000000A",
    "number": "1",
    "algorithm": "sha256",
    "size": "1",
    "old": "1",
    "kind": "analysis",
    "first_year": "2026",
    "last_year": "2026",
}
"""What stands in the places of addresses where nothing particular is meant; every other place is an identity."""


@dataclass(frozen=True)
class Program:
    """Somebody else's program. Addresses are below `/api/v1`."""

    client: TestClient
    secret: str
    account: UUID
    token: UUID

    def get(self, path: str, **headers: str) -> Any:
        """Reads."""
        return self.client.get(ROOT + path, headers={"Authorization": f"Bearer {self.secret}", **headers})

    def post(self, path: str, json: Any = None, *, key: str = "", if_match: str = "", **more: Any) -> Any:
        """Acts, under a key of its own unless one is given."""
        return self.send("POST", path, json, key=key, if_match=if_match, **more)

    def put(self, path: str, json: Any = None, *, key: str = "", if_match: str = ANY_TAG, **more: Any) -> Any:
        """Replaces, whatever the version unless one is given."""
        return self.send("PUT", path, json, key=key, if_match=if_match, **more)

    def patch(self, path: str, json: Any = None, *, key: str = "", if_match: str = ANY_TAG, **more: Any) -> Any:
        """Changes some fields, whatever the version unless one is given."""
        return self.send("PATCH", path, json, key=key, if_match=if_match, **more)

    def delete(self, path: str, *, key: str = "", if_match: str = ANY_TAG, **more: Any) -> Any:
        """Takes away, whatever the version unless one is given."""
        return self.send("DELETE", path, None, key=key, if_match=if_match, **more)

    def send(self, method: str, path: str, json: Any = None, *, key: str = "", if_match: str = "", **more: Any) -> Any:
        """Any request that changes something."""
        headers = {"Authorization": f"Bearer {self.secret}", "Idempotency-Key": key or str(uuid4())}
        if if_match:
            headers["If-Match"] = if_match
        content = {} if json is None else {"json": json}
        return self.client.request(
            method, ROOT + path, headers={**headers, **more.pop("headers", {})}, **content, **more
        )

    def call(self, called: "Called", query: str = "", *, if_match: str = ANY_TAG) -> Any:
        """Any operation, with nothing in its body."""
        empty: dict[str, Any] = {"files": {"nothing": b""}} if called.route.takes_form else {"json": {}}
        return self.send(called.method, f"{called.path}{query}", if_match=if_match, **empty)


Programs = Callable[..., Program]
"""The fixture `program`: `program(Role.STAFF, congress, scopes=(Scope.ROLL_READ,))`."""


def program(
    house: House,
    site: FastAPI,
    *grants: Grant,
    scopes: Iterable[Scope] = ALL_SCOPES,
    congress: UUID | None = None,
    account: UUID | None = None,
) -> Program:
    """A program with a token of this account (else a new one with these roles), valid for a month."""
    holder = account or visitors.account(house, *grants)
    state = house.office.state_of(holder, accounts.evolve)
    assert state is not None
    token = uuid4()
    position, secret = issue_token(
        house.office,
        house.private,
        By(actor=state.actor(holder), key=str(token)),
        token,
        name="数据大屏",
        congress=congress,
        scopes=tuple(scopes),
        expires_on=house.office.today() + timedelta(days=30),
    )
    house.followers.wait_for(position)
    client = TestClient(site, base_url=house.settings.public_url, raise_server_exceptions=False)
    return Program(client=client, secret=secret, account=holder, token=token)


@dataclass(frozen=True)
class Called:
    """One operation as a test calls it."""

    method: str
    route: Operation

    @property
    def path(self) -> str:
        """An address in which every place is filled, below `/api/v1`."""
        filled = self.route.path.removeprefix(ROOT)
        for place in self.route.param_convertors:
            filled = filled.replace(f"{{{place}}}", PLACES.get(place) or str(uuid4()))
        return filled

    @property
    def changes(self) -> bool:
        """Whether it records something."""
        return self.method in CHANGING

    @property
    def scope(self) -> Scope | None:
        """The scope it needs."""
        return self.route.rule.scope(self.method)

    def __str__(self) -> str:
        return f"{self.method} {self.route.path.removeprefix(ROOT)}"


def every_operation() -> list[Called]:
    """All operations there are, whoever wrote them."""
    return [Called(method, route) for route in all_operations() for method in sorted(route.methods or ())]
