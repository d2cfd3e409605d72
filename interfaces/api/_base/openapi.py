"""The OpenAPI document: what FastAPI knows of the operations, and what surrounds all of them."""

import json
import re
from collections.abc import Iterator
from functools import partial
from inspect import getdoc
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response
from starlette.routing import Route

from domain.accounts.scopes import Scope
from interfaces.api._base import problems, versions
from interfaces.api._base.describing import DESCRIPTION, HEADERS, PARAMETERS, PROBLEMS, TAGS
from interfaces.api._base.examples import example_of
from interfaces.api._base.operations import CHANGING, CONDITIONAL, ROOT, Operation
from interfaces.composition import House

ADDRESS: Final = f"{ROOT}/openapi.json"
Document = dict[str, Any]
_PLACE: Final = re.compile(r"{(\w+)}")


def add_to(app: FastAPI) -> None:
    """Serves the document."""
    app.router.routes.insert(0, Route(ADDRESS, partial(_served, app), methods=["GET"]))


def document(app: FastAPI) -> Document:
    """The whole document, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _served(app: FastAPI, request: Request) -> Response:
    content = json.dumps(document(app), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "ETag": versions.tag_of((), content),
        "Cache-Control": "public, max-age=300",
        "Access-Control-Allow-Origin": "*",
    }
    if versions.fits(headers["ETag"], request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)


def _made(app: FastAPI) -> Document:
    house: House = app.state.house
    routes = [route for route in app.routes if isinstance(route, Operation)]
    made = get_openapi(
        title="票决 Piaojue API",
        version="1",
        openapi_version="3.1.0",
        summary="民生实事项目人大代表票决制办公系统的接口",
        description=DESCRIPTION,
        routes=routes,
        servers=[{"url": house.settings.public_url}],
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    parts = made.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= _problem_schemas()
    for schema in schemas.values():
        schema.pop("description", None)  # the docstrings of our models are for engineers
    parts["parameters"] = PARAMETERS
    parts["headers"] = HEADERS
    parts["responses"] = {f"Problem{status}": _problem(status) for status in PROBLEMS}
    parts["securitySchemes"] = {"token": _scheme()}
    for route in routes:
        for method in route.methods or ():
            _complete(made["paths"][route.path][method.lower()], route, method, schemas)
    for path, operations in made["paths"].items():
        if "201" in operations.get("post", {}).get("responses", {}):
            operations["post"]["responses"]["201"]["links"] = _links(path, made, schemas)
    return made


def _links(path: str, made: Document, schemas: Document) -> Document:
    """From what was made to every operation on it: its own place is filled from the answer, the others as before."""
    answer = made["paths"][path]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    told = schemas[answer["$ref"].rsplit("/", 1)[-1]]["properties"]
    before = {place: f"$request.path.{place}" for place in _PLACE.findall(path)}
    found: Document = {}
    for below, operations in made["paths"].items():
        places = _PLACE.findall(below)
        if not below.startswith(f"{path}/{{") or len(places) != len(before) + 1:
            continue
        name = places[-1] if places[-1] in told else "id"
        for operation in operations.values():
            parameters = {**before, places[-1]: f"$response.body#/{name}"}
            found[operation["operationId"]] = {"operationId": operation["operationId"], "parameters": parameters}
    return found


def _problem_schemas() -> Document:
    made = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner: Document = made.pop("$defs")
    return {"Problem": made, **inner}


def _problem(status: int) -> Document:
    title, said, refused = PROBLEMS[status]
    example: Document = {
        "type": problems.TYPES + refused[1] if refused else "about:blank",
        "title": title,
        "status": status,
        "detail": said,
        "instance": f"{ROOT}/congresses/qingcheng/units",
        "errors": [],
    }
    if refused:
        example["refused"] = refused[0]
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": f"{title}。", "content": {problems.MEDIA_TYPE: {"schema": schema, "example": example}}}


def _scheme() -> Document:
    scopes = "\n".join(f"- `{scope.value}`" for scope in Scope)
    return {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "piaojue_…",
        "description": f"接口令牌，在“我的账号”中制作。可选的范围：\n\n{scopes}",
    }


def _complete(operation: Document, route: Operation, method: str, schemas: Document) -> None:
    scope = route.rule.scope(method)
    if operation.get("description") == getdoc(route.endpoint):
        operation.pop("description", None)  # so are those of our operations
    responses: Document = operation["responses"]
    responses.pop("422", None)
    if not route.rule.public:
        operation["security"] = [{"token": []}]
        operation["x-scope"] = scope.value if scope else None
    parameters = operation.setdefault("parameters", [])
    parameters += [{"$ref": f"#/components/parameters/{name}"} for name in _parameters(method)]
    for status, response in responses.items():
        response["description"] = "已建立。" if status == "201" else "成功。"
        _headers(response, status, operation, method)
        _example(response, schemas)
    if "requestBody" in operation:
        _example(operation["requestBody"], schemas)
    if method == "GET":
        responses["304"] = {"description": "没有变化。", "headers": {"ETag": _ref("headers", "ETag")}}
    for refused in _statuses(route, method):
        responses[str(refused)] = _ref("responses", f"Problem{refused}")


def _parameters(method: str) -> Iterator[str]:
    if method == "GET":
        yield "IfNoneMatch"
    if method in CHANGING:
        yield "IdempotencyKey"
        yield "IfMatch" if method in CONDITIONAL else "IfMatchOptional"
    yield "AcceptLanguage"


def _statuses(route: Operation, method: str) -> Iterator[int]:
    if not route.rule.public:
        yield from (401, 403, 429)
    yield from (404, 422, 500, 503)
    if method in CHANGING:
        yield from (400, 409, 412, 413)
        if route.body_field is not None:
            yield 415
    if method in CONDITIONAL:
        yield 428


def _headers(response: Document, status: str, operation: Document, method: str) -> None:
    told = ["ETag"] if status != "204" else []
    told += ["Position"] if method in CHANGING else []
    told += ["Location"] if status == "201" else []
    told += ["Link"] if any(p.get("name") == "cursor" for p in operation["parameters"]) else []
    names = {"Position": "Piaojue-Position"}
    response["headers"] = {names.get(name, name): _ref("headers", name) for name in told}


def _example(holder: Document, schemas: Document) -> None:
    for content in holder.get("content", {}).values():
        if "schema" in content and "example" not in content and "examples" not in content:
            content["example"] = example_of(content["schema"], schemas)


def _ref(kind: str, name: str) -> Document:
    return {"$ref": f"#/components/{kind}/{name}"}
