"""What the lines of a project's timeline say."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from interfaces.public.projects import told_of_supervision, told_of_work
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, number
from interfaces.web.polls.sequel import BODIES
from interfaces.web.screening.words import APPROVALS, OUTCOMES, rules_named
from projections.progress_timeline import Entry, Reader

Details = Mapping[str, Any]

ASKS: dict[str, Lazy] = {
    "plan": lazy("年底问计划"),
    "result": lazy("年初问结果"),
    "progress": lazy("年中问进展"),
    "summary": lazy("年底问总结"),
}

COMPLETIONS: dict[str, Lazy] = {
    "completed": lazy("已完成"),
    "basically_completed": lazy("基本完成"),
    "not_completed": lazy("未完成"),
    "carried_over": lazy("结转下年"),
}

GROUPS: dict[str, tuple[Lazy, tuple[str, ...]]] = {
    "origin": (
        lazy("提出和审议"),
        ("suggested", "drafted", "screened", "approval", "listed", "unlisted", "withdrawn"),
    ),
    "vote": (lazy("票决"), ("adopted", "not_adopted")),
    "plan": (lazy("计划和调整"), ("plan_", "adjustment_", "session_informed")),
    "progress": (lazy("实施进展"), ("milestone", "report")),
    "difficulty": (lazy("困难和督办"), ("difficulty", "urged")),
    "supervision": (
        lazy("代表监督"),
        ("group_", "inspection", "note", "duty", "inquiry", "observation", "visit"),
    ),
    "asks": (lazy("四问"), ("ask_",)),
    "closing": (lazy("验收、测评和回头看"), ("accept", "completed", "evaluated", "look_back")),
}
"""What lines can be chosen by: the words, and how their kinds begin."""


class Line(NamedTuple):
    """A line as it is shown: the day, what it belongs to, what happened, and more in the reporter's words."""

    on: date
    heading: str
    said: str
    more: tuple[str, ...]
    done: bool = True
    photos: tuple[str, ...] = ()
    """Ids of the files that are shown with it."""

    group: str = ""
    """What kind of line it is: a key of GROUPS."""

    seen_by: Reader = Reader.RESIDENT
    """Who else reads it."""


def lines(entries: list[Entry], *, with_counts: bool) -> list[Line]:
    """The entries in words, in their order; `with_counts`: the rule profile lets votes be published."""
    return [_line(entry, with_counts=with_counts) for entry in entries]


def _line(entry: Entry, *, with_counts: bool) -> Line:
    details = entry.details
    heading = str(ASKS[details["ask"]]) if "ask" in details else ""
    if entry.kind == "report":
        heading = told_of_work.of_month(details["due_on"])
    if entry.kind in _TOLD:
        said, *rest = _TOLD[entry.kind](details)
        more = tuple(text for text in rest if text)
    else:
        said, more = _SAID[entry.kind](details), _more(details)
    if entry.kind in ("adopted", "not_adopted") and with_counts:
        said += _("赞成 %(votes)s 票。", votes=details["votes_for"])
    photos = tuple(details.get("photos", ()))
    return Line(entry.happened_on, heading, said, more, True, photos, group_of(entry.kind), entry.seen_by)


def group_of(kind: str) -> str:
    """The group of lines that this kind belongs to."""
    return next((group for group, (_words, kinds) in GROUPS.items() if kind.startswith(kinds)), "")


def _more(details: Details) -> tuple[str, ...]:
    found = [details.get(name) for name in ("milestones", "results", "reason")]
    if details.get("problems"):
        found.append(_("困难和问题：%(problems)s", problems=details["problems"]))
    if details.get("leftovers"):
        found.append(_("遗留事项：%(leftovers)s", leftovers=details["leftovers"]))
    return tuple(text for text in found if text)


def _approved(details: Details) -> str:
    if "percent" in details:
        spent = money(Decimal(details["funds_spent"]))
        return _("完成 %(percent)s%%，已支出资金 %(spent)s。", percent=details["percent"], spent=spent)
    if "completion" in details:
        return _("责任单位报告：%(completion)s。", completion=COMPLETIONS[details["completion"]])
    return _("答复已经人大认可。")


def _adopted(details: Details) -> str:
    told = {"number": details["number"], "notice": details["notice_number"]}
    if details.get("decided_by"):
        who = BODIES[details["decided_by"]]
        return _("由%(who)s决定列入年度清单，第 %(number)s 项（%(notice)s）。", who=who, **told)
    if details.get("again"):
        return _("经代表再次票决列入年度清单，第 %(number)s 项（%(notice)s）。", **told)
    return _("经代表票决列入年度清单，第 %(number)s 项（%(notice)s）。", **told)


def _not_adopted(details: Details) -> str:
    if details.get("decided_by"):
        who, number = BODIES[details["decided_by"]], details["notice_number"]
        return _("%(who)s决定空缺名额时没有列入（%(number)s）。", who=who, number=number)
    return _("经代表再次票决，未列入年度清单。") if details.get("again") else _("经代表票决，未列入年度清单。")


def _evaluated(details: Details) -> str:
    """满意度测评：满意。满意率 78.83%，总体满意率 98.20%，得分 90.45（优秀），列第 1 位，共 10 项。"""
    if details["grade"] is None:
        return _("%(title)s：没有有效票。", title=details["title"])
    said = _("%(title)s：%(grade)s。", title=details["title"], grade=details["grade"])
    if details["score"] is None:
        return said
    said += _("满意率 %(best)s%%，总体满意率 %(both)s%%", best=details["satisfaction"], both=details["overall"])
    said += _("，得分 %(score)s", score=details["score"])
    said += _("（%(band)s）", band=details["band"]) if details["band"] else ""
    return said + _("，列第 %(rank)s 位，共 %(items)s 项。", rank=details["rank"], items=details["items"])


def _suggested(details: Details) -> str:
    told = {"n": number(details["proposals"]), "m": number(details["supporters"])}
    return _("居民建议，共 %(n)s 件、附议 %(m)s 人。", **told)


def _approval(details: Details) -> str:
    told = {"kind": APPROVALS[details["of"]], "body": details["body"], "outcome": OUTCOMES[details["outcome"]]}
    if details["number"]:
        return _("%(kind)s：%(body)s%(outcome)s（%(number)s）。", number=details["number"], **told)
    return _("%(kind)s：%(body)s%(outcome)s。", **told)


def _screened(details: Details) -> str:
    if details["hits"]:
        return _("初筛：命中负面清单 %(rules)s。", rules=rules_named(details["hits"]))
    return _("初筛通过。")


def _approval_withdrawn(details: Details) -> str:
    return _("撤回%(kind)s（%(body)s）。", kind=APPROVALS[details["of"]], body=details["body"])


_TOLD = {**told_of_work.TOLD, **told_of_supervision.TOLD}

_SAID: dict[str, Callable[[Details], str]] = {
    "suggested": _suggested,
    "screened": _screened,
    "approval": _approval,
    "approval_withdrawn": _approval_withdrawn,
    "drafted": lambda _details: _("建立候选项目。"),
    "withdrawn": lambda _details: _("撤回候选项目。"),
    "listed": lambda details: _("列入候选项目名单，第 %(number)s 号，送代表阅读。", number=details["number"]),
    "unlisted": lambda _details: _("候选项目名单撤回修改。"),
    "adopted": _adopted,
    "not_adopted": _not_adopted,
    "evaluated": _evaluated,
    "ask_answered": lambda _details: _("责任单位作了答复。"),
    "ask_sent_back": lambda _details: _("答复退回重报。"),
    "ask_approved": _approved,
    "ask_urged": lambda details: _("催办，请尽快答复。%(words)s", words=details["words"]),
    "ask_overdue": lambda details: _(
        "%(due)s 到期没有答复，已经逾期。", due=day(date.fromisoformat(details["due_on"]))
    ),
    "ask_escalated": lambda details: _(
        "逾期 %(n)s 个工作日，第 %(step)s 级督办：%(to)s。",
        n=details["working_days"],
        step=details["step"],
        to=details["to"],
    ),
    "ask_withdrawn": lambda _details: _("撤回这一问，不必再答复。"),
}
