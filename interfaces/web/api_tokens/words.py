"""Scopes and states of API tokens in words."""

from datetime import date

from domain.accounts.permissions import PERMITTED, Actor
from domain.accounts.scopes import ACTS, Scope
from interfaces.web._base.language import Lazy, gettext, lazy
from projections.api_tokens import ListedToken

CONCEPTS: dict[str, Lazy] = {
    "congress": lazy("大会和单位"),
    "roll": lazy("代表名册"),
    "sessions": lazy("会议和签到"),
    "proposals": lazy("征集和建议"),
    "candidates": lazy("候选项目"),
    "deliberation": lazy("审议和议程"),
    "profiles": lazy("票决办法"),
    "polls": lazy("票决"),
    "implementation": lazy("计划和进度"),
    "supervision": lazy("监督"),
    "asks": lazy("四问"),
    "accounts": lazy("账号"),
    "tokens": lazy("自己的接口令牌"),
    "audit": lazy("操作记录"),
}
"""What scopes are about, in the order in which they are offered."""

NONE, READ, WRITE = "none", "read", "write"
REACHES: dict[str, Lazy] = {NONE: lazy("不用"), READ: lazy("读取"), WRITE: lazy("读取和办理")}

_STATES: dict[str, tuple[str, Lazy]] = {
    "living": ("ok", lazy("可用")),
    "expired": ("idle", lazy("已过期")),
    "revoked": ("idle", lazy("已撤销")),
    "disabled": ("bad", lazy("账号已停用")),
}


def offered(actor: Actor) -> dict[str, tuple[str, ...]]:
    """For each concept how far a token of this account can reach; concepts where it may do nothing are left out."""
    may = frozenset(act for grant in actor.grants for act in PERMITTED[grant.role])
    found: dict[str, tuple[str, ...]] = {}
    for concept in CONCEPTS:
        reaches = tuple(reach for reach in (READ, WRITE) if _is_useful(f"{concept}:{reach}", may))
        if reaches:
            found[concept] = (NONE, *reaches)
    return found


def scopes_of(concept: str, reach: str) -> tuple[Scope, ...]:
    """The scopes of a choice: who may change may read."""
    wanted = {READ: (READ,), WRITE: (READ, WRITE)}.get(reach, ())
    return tuple(Scope(f"{concept}:{one}") for one in wanted if f"{concept}:{one}" in set(Scope))


def told(scopes: tuple[Scope, ...]) -> list[str]:
    """The scopes of a token in at most two lines: 读取：票决 and 读取和办理：候选项目、账号."""
    held = {scope.value for scope in scopes}
    writing = [concept for concept in CONCEPTS if f"{concept}:{WRITE}" in held]
    reading = [concept for concept in CONCEPTS if f"{concept}:{READ}" in held and concept not in writing]
    lines = ((READ, reading), (WRITE, writing))
    return [
        str(REACHES[reach]) + gettext("：") + gettext("、").join(str(CONCEPTS[concept]) for concept in concepts)
        for reach, concepts in lines
        if concepts
    ]


def state_of(token: ListedToken, today: date, *, disabled: bool = False) -> tuple[str, Lazy]:
    """The kind of tag and the words for whether it can be used."""
    if token.revoked_at is not None:
        return _STATES["revoked"]
    if not token.lives_on(today):
        return _STATES["expired"]
    return _STATES["disabled" if disabled else "living"]


def _is_useful(scope: str, may: frozenset[object]) -> bool:
    if scope not in set(Scope):
        return False
    needed = ACTS[Scope(scope)]
    if scope.endswith(f":{WRITE}"):
        reading = scope.replace(WRITE, READ)
        needed -= ACTS[Scope(reading)] if reading in set(Scope) and ACTS[Scope(scope)] else frozenset()
    return not ACTS[Scope(scope)] or bool(needed & may)
