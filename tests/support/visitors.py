"""People who use the pages in tests, without a browser: they open addresses and send the forms they see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from lxml import html
from starlette.testclient import TestClient

from application.accounts import COMMAND_LINE, grant_role, open_account
from application.office import By
from application.private import sign_ins
from domain.accounts.permissions import Grant
from interfaces.composition import House
from interfaces.web._base import areas, tokens

_BLOCKS = ("td", "th", "li", "p", "dt", "dd", "div", "option", "button", "label", "legend", "small", "h1", "h2", "h3")
_FRESH = ("csrf", "command_key")


@dataclass
class Page:
    """What came back: where it was found, its status, its text."""

    path: str
    status: int
    text: str
    headers: dict[str, str]
    content: bytes

    @property
    def document(self) -> Any:
        return html.fromstring(self.content, base_url=self.path)

    @property
    def words(self) -> str:
        """The visible words, spaces folded; cells, items and paragraphs stand apart."""
        document = self.document
        for hidden in document.xpath("//head | //script | //style"):
            hidden.drop_tree()
        for block in document.iter(*_BLOCKS):
            block.tail = f" {block.tail or ''}"
        return " ".join(document.text_content().split())

    @property
    def heading(self) -> str:
        return " ".join(self.document.xpath("string(//h1)").split())

    @property
    def errors(self) -> list[str]:
        """The sentences of the summary of errors."""
        return [" ".join(item.text_content().split()) for item in self.document.xpath("//*[@id='errors']//li")]

    @property
    def said(self) -> str:
        """What the page says once after a command."""
        return " ".join(self.document.xpath("string(//*[@role='status'])").split())

    def links(self) -> list[str]:
        return [str(link) for link in self.document.xpath("//a/@href")]

    def forms(self) -> list[str]:
        """Where the forms of the page lead."""
        return [str(form.get("action")) for form in self.document.forms]


@dataclass
class Visitor:
    """Somebody with a browser. `client` is Starlette's for what these words do not cover."""

    client: TestClient
    at: Page | None = field(default=None)

    def open(self, path: str) -> Page:
        """Goes to an address, following redirects."""
        return self._seen(self.client.get(path))

    def send(self, action: str = "", /, files: Any = None, **typed: Any) -> Page:
        """Fills in the form on the page that was opened and sends it; the only one, or the one that leads to `action`.

        What is not given stays as the page offers it. A value of None leaves a field out; a list gives several.
        """
        assert self.at is not None, "open a page first"
        found = [form for form in self.at.document.forms if not action or form.get("action") == action]
        if not action:
            found = [form for form in found if not str(form.get("action")).endswith("/sign-out")]
        different = {tuple(pair for pair in form.form_values() if pair[0] not in _FRESH) for form in found}
        assert len(different) == 1, f"{len(different)} forms lead to {action or 'somewhere'}: {self.at.forms()}"
        values: dict[str, Any] = {}
        for name, value in found[0].form_values():
            values.setdefault(name, []).append(value)
        values.update(typed)
        data = {name: value for name, value in values.items() if value is not None}
        target = found[0].get("action") or self.at.path
        return self._seen(self.client.post(target, data=data, files=files))

    def _seen(self, response: Any) -> Page:
        self.at = Page(
            path=response.url.raw_path.decode(),
            status=response.status_code,
            text=response.text,
            headers=dict(response.headers),
            content=response.content,
        )
        return self.at


SignedIn = Callable[..., Visitor]
"""The fixture `signed_in`: `signed_in(Role.STAFF, congress, name="李红")`."""


@contextmanager
def one_loop() -> Iterator[None]:
    """Until the end of the block the requests of all clients run in one loop, not in one of their own each."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield


def visitor(site: FastAPI) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(TestClient(site, base_url=site.state.house.settings.public_url))


def account(house: House, *grants: Grant, name: str = "王敏", login: str = "") -> UUID:
    """An account with these roles, without a password."""
    made = uuid4()
    key = str(made)
    open_account(house.office, By(actor=COMMAND_LINE, key=key), made, login or f"u-{key[:8]}", name, grants[0])
    for number, grant in enumerate(grants[1:]):
        grant_role(house.office, By(actor=COMMAND_LINE, key=f"{key}/{number}"), made, grant)
    house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def sign_in(house: House, who: Visitor, account: UUID) -> Visitor:
    """Signs somebody in without typing: a sign-in as the sign-in page would begin it."""
    token = sign_ins.begin(house.private, account, house.office.now())
    for path in areas.COOKIE_PATHS:
        who.client.cookies.set(tokens.SIGN_IN_COOKIE, token, path=path)
    return who
