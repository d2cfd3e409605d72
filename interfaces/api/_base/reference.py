"""The reference for people: the OpenAPI document as pages, one for each concept and one that lists them, no script."""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from interfaces.api._base import openapi, versions
from interfaces.api._base.describing import PROBLEMS
from interfaces.api._base.operations import ROOT
from interfaces.web._base.language import current_language
from interfaces.web._base.pages import render

ADDRESS: Final = f"{ROOT}/docs"
_MARKS: Final = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<code>[^`]+)`")
_DEEPEST: Final = 3
Document = dict[str, Any]


class Part(NamedTuple):
    """A run of words: plain, strong or code."""

    kind: str
    words: str


class Field(NamedTuple):
    """One line of a table: a parameter, or a field of a body; `name` has its way from the top."""

    name: str
    kind: str
    required: bool
    about: list[Part]


class Told(NamedTuple):
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    about: list[Part]
    scope: str | None
    parameters: list[Field]
    body: list[Field]
    body_example: str
    answer: list[Field]
    answer_example: str
    statuses: list[str]


class Shown(NamedTuple):
    """A page as it is kept: of a concept, or of all where that is empty."""

    concept: str
    language: str
    large: bool


class Section(NamedTuple):
    """The operations of one concept."""

    name: str
    about: str
    operations: list[Told]


def add_to(app: FastAPI) -> None:
    """Serves the pages."""
    served = partial(_served, app, {})
    app.router.routes.insert(0, Route(f"{ADDRESS}/{{concept}}", served, methods=["GET"]))
    app.router.routes.insert(0, Route(ADDRESS, served, methods=["GET"]))


def sections(document: Document) -> list[Section]:
    """The operations by concept, in the order of the document's tags; concepts without any are left out."""
    told = [
        (operation["tags"][0], _told(document, method, path, operation))
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    found = (
        Section(tag["name"], tag["description"], [one for name, one in told if name == tag["name"]])
        for tag in document["tags"]
    )
    return [section for section in found if section.operations]


def paragraphs(text: str) -> list[list[Part]]:
    """The paragraphs of the little Markdown that the document uses."""
    return [parts(block.replace("\n", "")) for block in text.strip().split("\n\n")]


def parts(text: str) -> list[Part]:
    """A paragraph with what is strong and what is code."""
    found: list[Part] = []
    end = 0
    for mark in _MARKS.finditer(text):
        found.append(Part("plain", text[end : mark.start()]))
        kind = mark.lastgroup or "plain"
        found.append(Part(kind, mark[kind]))
        end = mark.end()
    found.append(Part("plain", text[end:]))
    return [part for part in found if part.words]


def _served(app: FastAPI, kept: dict[Shown, bytes], request: Request) -> Response:
    """Raises HTTPException (404) for a concept that has no operations."""
    large = request.query_params.get("view") == "large"
    key = Shown(request.path_params.get("concept", ""), current_language(), large)
    if key not in kept:
        kept[key] = _rendered(openapi.document(app), key)
    headers = {
        "ETag": versions.tag_of((), kept[key]),
        "Cache-Control": "public, no-cache",
        "Vary": "Accept-Language",
    }
    if versions.fits(headers["ETag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(kept[key], headers=headers)


def _rendered(document: Document, shown: Shown) -> bytes:
    listed = sections(document)
    if not shown.concept:
        page = render(
            "api_tokens/reference.html",
            large=shown.large,
            root=ADDRESS,
            intro=paragraphs(document["info"]["description"]),
            sections=listed,
            problems=sorted((status, title) for status, (title, _said, _refused) in PROBLEMS.items()),
            document=openapi.ADDRESS,
        )
        return page.encode()
    section = next((one for one in listed if one.name == shown.concept), None)
    if section is None:
        raise HTTPException(404)
    return render("api_tokens/reference_of.html", large=shown.large, root=ADDRESS, section=section).encode()


def _told(document: Document, method: str, path: str, operation: Document) -> Told:
    body = _content(operation.get("requestBody", {}))
    answers = [response for status, response in operation["responses"].items() if status.startswith("2")]
    answer = _content(answers[0]) if answers else {}
    return Told(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=parts(operation.get("description", "")),
        scope=operation.get("x-scope"),
        parameters=[_parameter(document, asked) for asked in operation["parameters"]],
        body=list(_fields(document, body.get("schema", {}))),
        body_example=_printed(body),
        answer=list(_fields(document, answer.get("schema", {}))),
        answer_example=_printed(answer),
        statuses=sorted(operation["responses"]),
    )


def _content(holder: Document) -> Document:
    return next(iter(holder.get("content", {}).values()), {})


def _printed(content: Document) -> str:
    return json.dumps(content["example"], ensure_ascii=False, indent=2) if "example" in content else ""


def _parameter(document: Document, asked: Document) -> Field:
    known = _resolved(document, asked)
    return Field(known["name"], _kind(document, known["schema"]), known["required"], parts(known["description"]))


def _fields(document: Document, schema: Document, way: str = "", depth: int = 0) -> Iterator[Field]:
    known = _plain(document, schema)
    if known.get("type") == "array":
        yield from _fields(document, known.get("items", {}), f"{way}[]", depth)
        return
    for name, field in known.get("properties", {}).items():
        whole = f"{way}.{name}" if way else name
        about = field.get("description", "")
        yield Field(whole, _kind(document, field), name in known.get("required", ()), parts(about))
        if depth < _DEEPEST:
            yield from _fields(document, field, whole, depth + 1)


def _kind(document: Document, schema: Document) -> str:
    """The type in a few words: `string(date)`, `integer 1–99`, `staff | venue`, `array of string`."""
    is_maybe = any(one.get("type") == "null" for one in schema.get("anyOf", ()))
    known = _plain(document, schema)
    if "enum" in known:
        told = " | ".join(known["enum"])
    elif known.get("type") == "array":
        told = f"array<{_kind(document, known.get('items', {}))}>"
    else:
        told = known.get("type", "any") + (f"({known['format']})" if "format" in known else "")
    if "minimum" in known and "maximum" in known:
        told += f" {known['minimum']}–{known['maximum']}"
    return f"{told} | null" if is_maybe else told


def _plain(document: Document, schema: Document) -> Document:
    """The schema behind references and choices with null."""
    known = _resolved(document, schema)
    chosen = next((one for one in known.get("anyOf", ()) if one.get("type") != "null"), None)
    return _plain(document, chosen) if chosen else known


def _resolved(document: Document, holder: Document) -> Document:
    known = holder
    while "$ref" in known:
        _hash, *way = known["$ref"].split("/")
        known = document
        for step in way:
            known = known[step]
    return known
