"""The document of the API, and the page made from it."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from domain.accounts.scopes import Scope
from interfaces.api._base import openapi, reference
from interfaces.api._base.examples import example_of
from tests.support.programs import every_operation
from tests.support.visitors import Visitor


@pytest.fixture
def store() -> str:
    return "sqlite"


@pytest.fixture
def document(site: FastAPI) -> dict[str, Any]:
    made: dict[str, Any] = TestClient(site).get(openapi.ADDRESS).json()
    return made


def test_the_document_is_kept_by_its_tag(site: FastAPI) -> None:
    client = TestClient(site)
    first = client.get(openapi.ADDRESS)
    assert first.json()["openapi"] == "3.1.0"
    assert first.headers["access-control-allow-origin"] == "*"
    again = client.get(openapi.ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_scope_is_named_in_the_document(document: dict[str, Any]) -> None:
    told = document["components"]["securitySchemes"]["token"]["description"]
    assert [scope for scope in Scope if f"`{scope.value}`" not in told] == []


def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [ref for value in part.values() for ref in references(value)]
        return [ref for value in part for ref in references(value)] if isinstance(part, list) else []

    for ref in set(references(document)):
        place: Any = document
        for step in ref.removeprefix("#/").split("/"):
            place = place[step]


def test_the_pages_show_every_operation_and_the_first_one_leads_to_each(visitor: Visitor) -> None:
    first = visitor.open(reference.ADDRESS)
    led_to = {link for link in first.links() if link.startswith(f"{reference.ADDRESS}/")}
    shown: set[str] = set()
    for address in {link.partition("#")[0] for link in led_to}:
        page = visitor.open(address)
        shown |= {f"{address}#{details.get('id')}" for details in page.document.xpath("//details")}
        assert not page.document.xpath("//script | //*[@style]")
    assert {link for link in led_to if "#" in link} == shown
    assert {link.partition("#")[2] for link in shown} == {called.route.unique_id for called in every_operation()}
    assert first.heading == "接口说明"
    assert "congress:write" in visitor.open(f"{reference.ADDRESS}/units").words
    assert visitor.open(f"{reference.ADDRESS}/nothing").status == 404


def test_the_page_is_kept_and_speaks_english(site: FastAPI) -> None:
    client = TestClient(site)
    english = {"Accept-Language": "en"}
    address = f"{reference.ADDRESS}/units"
    first = client.get(address, headers=english)
    assert "Request body" in first.text
    assert client.get(address, headers={**english, "If-None-Match": first.headers["etag"]}).status_code == 304


def test_an_example_is_put_together_from_its_fields() -> None:
    known = {"Inner": {"type": "object", "properties": {"n": {"type": "integer", "examples": [7]}}}}
    schema = {
        "type": "object",
        "properties": {
            "inner": {"anyOf": [{"$ref": "#/components/schemas/Inner"}, {"type": "null"}]},
            "list": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            "flag": {"type": "boolean"},
        },
    }
    assert example_of(schema, known) == {"inner": {"n": 7}, "list": ["a"], "flag": True}


def test_marks_of_the_document_become_parts() -> None:
    assert reference.parts("a **b** `c`") == [("plain", "a "), ("strong", "b"), ("plain", " "), ("code", "c")]
