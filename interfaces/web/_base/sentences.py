"""What a refusal says to a person: one table from refusals to sentences, one to HTTP statuses.

Each concept may add `sentences.py` beside its routes with `SENTENCES` (and `REASONS`, `FIELDS`, `KINDS`,
`FIELD_OF`, `STATUS`): found by themselves. A sentence may use the values the refusal carries.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

from domain.shared import Invalid, Missing, NotFound, NotPermitted, Refused
from interfaces.web._base.discovery import modules_named
from interfaces.web._base.language import Lazy, gettext, lazy

Sentence = Lazy | Callable[[Refused], str]

SENTENCES: Final[dict[str, Sentence]] = {
    "Missing": lazy("还没有填写：%(fields)s。"),
    "Invalid": lazy("%(field)s：%(reason)s"),
    "NotPermitted": lazy("您的账号没有办理这件事的权限。如确需办理，请与管理员联系。"),
    "NotFound": lazy("没有找到%(kind)s，可能已被撤回，或者地址有误。"),
    "FormExpired": lazy("这个页面放得太久，登录已经变化，或者浏览器不接受 Cookie。请返回重新打开表单，再提交一次。"),
    "WrongFields": lazy("有几处需要改正。"),
    "Busy": lazy("现在办理的人较多，请过几秒再提交；同一份表单重复提交不会办两次。"),
    "NotAnswering": lazy("暂时没有回音，不知道是否已经办成。请过几秒再提交同一份表单，不会办两次。"),
    "KeyUsedOtherwise": lazy("这份表单已经提交过了。请刷新页面再办理。"),
    "AlreadyThere": lazy("这一项已经有了。请刷新页面查看。"),
    "ChangedWhileTyped": lazy("您填写期间，别人已经改过这里。您填的都还在；核对以后再提交一次，就以您填的为准。"),
    "ChangedMeanwhile": lazy("您看过以后，这里又有了改动，所以没有办理。请重新读取后再试。"),
}

REASONS: Final[dict[str, Lazy]] = {
    "required": lazy("请填写。"),
    "date": lazy("请填写日期，例如 2026-01-24。"),
    "number": lazy("请填写数字。"),
    "money": lazy("请填写金额，例如 2300 或 2300.5。"),
    "choice": lazy("请从列出的选项中选择。"),
    "file": lazy("请选择文件。"),
    "too_long": lazy("内容太长。"),
    "key": lazy("这份表单不完整，请刷新页面再提交。"),
}

FIELDS: Final[dict[str, Lazy]] = {
    "name": lazy("名称"),
    "title": lazy("标题"),
    "reason": lazy("理由"),
    "key": lazy("表单"),
    "file": lazy("文件"),
}

KINDS: Final[dict[str, Lazy]] = {
    "page": lazy("这个页面"),
    "congress": lazy("这个大会"),
}

FIELD_OF: Final[dict[str, str]] = {}
"""Refusals that concern one field, e.g. a name that is taken: shown beside it."""

STATUS: Final[dict[str, int]] = {
    "NotFound": 404,
    "NotPermitted": 403,
    "FormExpired": 403,
    "ChangedMeanwhile": 412,
    "Missing": 422,
    "Invalid": 422,
    "WrongFields": 422,
    "Busy": 503,
    "NotAnswering": 503,
    "FilesNotAnswering": 503,
    "TryAgain": 503,
}
"""Every other refusal is a conflict with the rules or with what is recorded: 409."""


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal, by its class or the nearest class above it."""
    known = _gathered("STATUS")
    return next((int(str(known[kind.__name__])) for kind in type(refused).__mro__ if kind.__name__ in known), 409)


def sentence(refused: Refused) -> str:
    """What the refusal says, with its values filled in; with the names of fields, for it may stand alone."""
    match refused:
        case Missing():
            return _filled("Missing", refused, fields=gettext("、").join(field_name(name) for name in refused.fields))
        case Invalid():
            return _filled("Invalid", refused, field=field_name(refused.field), reason=reason(refused))
        case NotFound():
            return _filled("NotFound", refused, kind=kind_name(refused.kind))
        case NotPermitted():
            return _filled("NotPermitted", refused)
    return _filled(type(refused).__name__, refused)


def reason(refused: Invalid) -> str:
    """What is wrong with a field, without the field's name."""
    return _found("REASONS", refused.reason).filled(value=refused.value)


def field_name(name: str) -> str:
    """The label of a field that a refusal names."""
    return _found("FIELDS", name).filled()


def kind_name(kind: str) -> str:
    """What was not found, in words."""
    return _found("KINDS", kind).filled()


def field_of(refused: Refused) -> str:
    """The field a refusal is about, by the table `FIELD_OF`; empty for the form as a whole."""
    return str(_gathered("FIELD_OF").get(type(refused).__name__, ""))


def known_words(table: str) -> Mapping[str, object]:
    """One of SENTENCES, REASONS, FIELDS, KINDS, FIELD_OF with what every concept adds."""
    return _gathered(table)


def _filled(name: str, refused: Refused, **words: str) -> str:
    speaking = _gathered("SENTENCES").get(name)
    if speaking is None:
        return lazy("现在不能这样办理。").filled()
    if isinstance(speaking, Lazy):
        return speaking.filled(**{**_values(refused), **words})
    return str(speaking(refused))  # type: ignore[operator]  # the table holds sentences and functions only


def _values(refused: Refused) -> dict[str, object]:
    return {
        field.name: gettext("、").join(map(str, value)) if isinstance(value, tuple) else value
        for field in fields(refused)
        for value in (getattr(refused, field.name),)
    }


def _found(table: str, name: str) -> Lazy:
    words = _gathered(table).get(name)
    return words if isinstance(words, Lazy) else Lazy(name.replace("%", "%%"))


@cache
def _gathered(table: str) -> Mapping[str, object]:
    gathered: dict[str, object] = dict(globals()[table])
    for module in _of_concepts():
        gathered.update(getattr(module, table, {}))
    return gathered


@cache
def _of_concepts() -> tuple[ModuleType, ...]:
    return tuple(import_module(name) for name in modules_named("sentences"))
