"""Problem details (RFC 9457) for everything that is not answered otherwise, in the sentences of the pages."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.history import box
from application.history.group_commit import NotAnswering
from application.office import Busy
from domain.shared import Invalid, Refused
from interfaces.web._base import sentences
from interfaces.web._base.forms import errors_of
from interfaces.web._base.language import Lazy, current_language, lazy
from interfaces.web._base.pages import retry_headers
from projections.reading.engine import is_passing

MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = "urn:piaojue:problem:"
_UNNAMED: Final = "about:blank"

TITLES: Final[dict[int, Lazy]] = {
    400: lazy("请求有误"),
    401: lazy("需要令牌"),
    403: lazy("没有权限"),
    404: lazy("没有找到"),
    405: lazy("方法不对"),
    409: lazy("现在不能办理"),
    412: lazy("内容已有改动"),
    413: lazy("内容太大"),
    415: lazy("内容类型不对"),
    422: lazy("需要改正"),
    428: lazy("缺少版本"),
    429: lazy("请稍候"),
    500: lazy("系统故障"),
    503: lazy("请稍候"),
}

_HTTP_SENTENCES: Final[dict[int, Lazy]] = {
    400: lazy("请求不完整或格式不对。"),
    404: lazy("没有找到这个地址。"),
    405: lazy("这个地址不能用这种方法。可用的方法见回应的 Allow 头。"),
    413: lazy("请求的内容太大。"),
    422: lazy("有几处需要改正。"),
    500: lazy("系统出了故障，刚才的操作可能没有完成。用同一个幂等键再发一次不会办两次；仍不行请联系管理员。"),
}

_CODES: Final[dict[str, str]] = {
    "missing": "required",
    "string_too_short": "required",
    "too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "enum": "choice",
    "literal_error": "choice",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "decimal_parsing": "number",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "extra_forbidden": "unknown_field",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "less_than": "out_of_range",
}
"""Kinds of pydantic's errors, as the reasons of the catalogue; any other is `malformed`."""


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(
        description="内容中的字段、查询参数或请求头；逐级用点隔开。",
        examples=["name"],
    )
    code: str = Field(description="哪里不对，给程序看的固定用词。", examples=["required"])
    detail: str = Field(description="给人看的话。", examples=["请填写。"])


class Problem(BaseModel):
    """Why a request was not done (RFC 9457)."""

    type: str = Field(
        description="问题的种类；状态码已经说明一切时为 `about:blank`。",
        examples=["urn:piaojue:problem:unit-exists"],
    )
    title: str = Field(description="状态码的意思。", examples=["现在不能办理"])
    status: int = Field(description="HTTP 状态码。", examples=[409])
    detail: str = Field(
        description="给人看的话，与页面上相同，语言由 `Accept-Language` 决定。",
        examples=["已经有名为“市教育局”的单位。"],
    )
    instance: str = Field(description="请求的地址。", examples=["/api/v1/congresses/qingcheng/units"])
    refused: str | None = Field(default=None, description="拒绝的名称，给程序看。", examples=["UnitExists"])
    errors: list[FieldProblem] = Field(default_factory=list, description="各字段不对的地方。", examples=[[]])


def add_to(app: FastAPI) -> None:
    """Registers the answers."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, of_http)
    app.add_exception_handler(SQLAlchemyError, _away)
    for kind in (box.Busy, box.TryAgain):
        app.add_exception_handler(kind, _too_much)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(Exception, _broken)


def of(refused: Refused, path: str) -> Response:
    """The answer to a refusal."""
    name, status = type(refused).__name__, sentences.status_of(refused)
    said = sentences.sentence(refused)
    headers = retry_headers(refused)
    if status == HTTPStatus.UNAUTHORIZED:
        given = "" if name == "TokenNotGiven" else ', error="invalid_token"'
        headers["WWW-Authenticate"] = f'Bearer realm="piaojue"{given}'
    errors = [
        FieldProblem(field=field, code=_code_of(refused), detail=detail)
        for field, detail in errors_of(refused).items()
        if field
    ]
    return _answer(path, status, said, kind=_kind(name), refused=name, errors=errors, headers=headers)


def _refused(request: Request, error: Exception) -> Response:
    return of(cast("Refused", error), request.url.path)


def _away(request: Request, error: Exception) -> Response:
    """A model that is wrong is no store that is away: that stays a fault of ours. Raises it again."""
    if not is_passing(error):
        raise error
    return of(NotAnswering(retry_after=2.0), request.url.path)


def _too_much(request: Request, _error: Exception) -> Response:
    return of(Busy(retry_after=2.0), request.url.path)


def of_http(request: Request, error: Exception) -> Response:
    """The answer to what has a status and no refusal."""
    known = cast("HTTPException", error)
    said = _HTTP_SENTENCES.get(known.status_code, _HTTP_SENTENCES[400])
    return _answer(request.url.path, known.status_code, str(said), headers=known.headers)


def _malformed(request: Request, error: Exception) -> Response:
    """Malformed JSON is a bad request, a malformed identity in the address nothing that exists."""
    found = cast("RequestValidationError", error).errors()
    if any(wrong["type"] == "json_invalid" for wrong in found):
        return of_http(request, HTTPException(400))
    if any(wrong["loc"][0] == "path" for wrong in found):
        return of_http(request, HTTPException(404))
    errors = [_field_problem(wrong) for wrong in found]
    return _answer(request.url.path, 422, str(_HTTP_SENTENCES[422]), kind=_kind("WrongFields"), errors=errors)


def _broken(request: Request, _error: Exception) -> Response:
    return _answer(request.url.path, 500, str(_HTTP_SENTENCES[500]))


def _field_problem(wrong: Mapping[str, Any]) -> FieldProblem:
    where = ".".join(str(part) for part in wrong["loc"][1:])
    code = _CODES.get(wrong["type"], "malformed")
    return FieldProblem(field=where, code=code, detail=sentences.reason(Invalid(field=where, reason=code)))


def _code_of(refused: Refused) -> str:
    if isinstance(refused, Invalid):
        return refused.reason
    return "required" if type(refused).__name__ == "Missing" else _kind(type(refused).__name__).removeprefix(TYPES)


def _kind(name: str) -> str:
    return TYPES + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def _answer(
    path: str,
    status: int,
    said: str,
    *,
    kind: str = _UNNAMED,
    refused: str | None = None,
    errors: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    title = TITLES.get(status) or TITLES[500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    problem = Problem(
        type=kind, title=str(title), status=status, detail=said, instance=path, refused=refused, errors=errors or []
    )
    content = problem.model_dump_json(exclude_none=True)
    around = {"Content-Language": current_language(), "Vary": "Accept-Language", **(headers or {})}
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=around)
