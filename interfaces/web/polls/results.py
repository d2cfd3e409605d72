"""A counted vote as pages show it: bars with the pass line, the table behind them, what is left open in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from domain.polls.count import open_items
from domain.polls.outcome import Decider, SecondBallotReason, Warned
from domain.polls.rules import Form, PassBase, RuleProfile
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.polls.surplus import surplus_warning
from interfaces.web.profiles.plain import line_words

SCALE: Final = 1000
"""Units across a bar's full width."""

_COLUMNS = {
    "for": lazy("赞成"),
    "against": lazy("反对"),
    "abstain": lazy("弃权"),
    "not_ticked": lazy("未选"),
    "not_pressed": lazy("未按键"),
    "void": lazy("无效"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One item. `bar` and `line` are places on a scale of SCALE; `line` is None for plurality."""

    id: str
    name: str
    rank: int
    votes: int
    marks: tuple[int, ...]
    total: int
    needed: int | None
    passed: bool
    adopted: bool
    standing: str
    bar: int
    line: int | None
    placed: bool = False
    """It got one of the places that the count left open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A counted vote, items by rank; `columns` are the marks that this form has."""

    returned: int
    void_ballots: int
    adopted: int
    columns: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    line_name: str
    needed: int | None
    """The pass line where it is the same for all items."""
    remarks: tuple[str, ...]
    still_open: tuple[str, ...]
    """What must be decided before every place is filled, in sentences."""
    sequel: tuple[str, ...] = ()
    """What became of the places that were left open."""


def result_of(outcome: Mapping[str, Any], rules: RuleProfile) -> Result:
    """The outcome of a valid vote, as it is written in the count."""
    fields = _fields(outcome, rules)
    undecided = open_items({"outcome": outcome})
    widest = max([item["for"] for item in outcome["items"]] + [outcome["returned"], 1])
    rows = [_row(item, rules, fields, undecided, widest) for item in outcome["items"]]
    needs = {row.needed for row in rows}
    return Result(
        returned=outcome["returned"],
        void_ballots=outcome["void_ballots"],
        adopted=len(outcome["adopted"]),
        columns=tuple(str(_COLUMNS[field]) for field in fields),
        rows=tuple(sorted(rows, key=lambda row: row.rank)),
        line_name=line_words(rules),
        needed=needs.pop() if len(needs) == 1 else None,
        remarks=tuple(_remarks(outcome, rules)),
        still_open=tuple(_still_open(outcome, rows)),
    )


def _fields(outcome: Mapping[str, Any], rules: RuleProfile) -> tuple[str, ...]:
    if rules.form is Form.CHOOSE:
        return ("for", "not_ticked", "void")
    pressed = any(item["not_pressed"] for item in outcome["items"])
    return ("for", "against", "abstain", *(("not_pressed",) if pressed else ()), "void")


def _row(
    item: Mapping[str, Any], rules: RuleProfile, fields: Sequence[str], undecided: frozenset[str], widest: int
) -> ResultRow:
    whole = max(item["base"] or (widest if rules.pass_base is PassBase.NONE else 1), 1)
    marks = tuple(item[field] for field in fields)
    return ResultRow(
        id=item["id"],
        name=item["name"],
        rank=item["rank"],
        votes=item["for"],
        marks=marks,
        total=sum(marks),
        needed=item["needed"],
        passed=item["passed"],
        adopted=item["adopted"],
        standing=_standing(item, rules, undecided),
        bar=min(SCALE, item["for"] * SCALE // whole),
        line=None if item["needed"] is None else min(SCALE, item["needed"] * SCALE // whole),
    )


def _standing(item: Mapping[str, Any], rules: RuleProfile, undecided: frozenset[str]) -> str:
    if item["adopted"]:
        return _("列入")
    if item["id"] in undecided:
        return _("待定")
    line = line_words(rules)
    if not item["passed"]:
        return _("未%(line)s", line=line) if line == _("过半数") else _("未达%(line)s", line=line)
    if rules.quota is None:
        return _("未列入")
    if item["needed"] is None:
        return _("未入前 %(n)s", n=rules.quota)
    return _("已过线，未入前 %(n)s", n=rules.quota)


def _remarks(outcome: Mapping[str, Any], rules: RuleProfile) -> list[str]:
    said = []
    if outcome["void_ballots"]:
        said.append(_("%(n)s张票整张无效，已计入收回数，不计入任何项目的赞成票。", n=outcome["void_ballots"]))
    if outcome["not_returned"] > 0:
        said.append(_("发出的票有%(n)s张没有收回。", n=outcome["not_returned"]))
    warnings = outcome["warnings"]
    if Warned.EQUAL_ELECTION in warnings:
        said.append(_("候选项目不多于应选数，按主席团的决定等额表决。"))
    if Warned.SURPLUS_BELOW_MINIMUM in warnings:
        said.append(surplus_warning(rules, len(outcome["items"])))
    if rules.quota is not None and len(outcome["adopted"]) > rules.quota:
        said.append(_("末位得票相同的项目全部列入，列入数多于应选数。"))
    unused = outcome["open_places"]
    if unused and outcome["second_ballot"] is None and outcome["decision"] is None:
        said.append(_("应选%(quota)s项，空缺%(n)s项，按办法不再补足。", quota=rules.quota, n=unused))
    return said


def _still_open(outcome: Mapping[str, Any], rows: Sequence[ResultRow]) -> list[str]:
    said = []
    again, decision = outcome["second_ballot"], outcome["decision"]
    if again is not None:
        names = _named(again["items"], rows)
        tied = {"names": names, "votes": _votes(again["items"], rows), "n": again["places"]}
        if again["reason"] == SecondBallotReason.TIE:
            told = _("%(names)s得票相同（各%(votes)s票），还剩%(n)s个名额，须在这些项目中另行表决。", **tied)
        else:
            told = _("通过的项目不足，剩余%(n)s个名额须就%(names)s另行表决。", names=names, n=again["places"])
        said.append(told + _("另行表决之前，这些名额空缺。"))
    if decision is not None:
        who = _("主席团") if decision["by"] == Decider.PRESIDIUM else _("常委会")
        names = _named(decision["items"], rows)
        if decision["by"] == Decider.PRESIDIUM:
            tied = {"names": names, "votes": _votes(decision["items"], rows), "n": decision["places"]}
            told = _("%(names)s得票相同（各%(votes)s票），还剩%(n)s个名额，由%(who)s决定。", who=who, **tied)
        else:
            told = _("通过的项目不足，剩余%(n)s个名额由%(who)s决定。", n=decision["places"], who=who)
        said.append(told + _("决定之前，这些名额空缺。"))
    return said


def _votes(ids: Sequence[str], rows: Sequence[ResultRow]) -> int:
    return next((row.votes for row in rows if row.id in ids), 0)


def _named(ids: Sequence[str], rows: Sequence[ResultRow]) -> str:
    """“…”“…”: the names as the table shows them; ranks are dense there and would be taken for places."""
    by_id = {row.id: row.name for row in rows}
    return "".join(_("“%(name)s”", name=by_id[id]) for id in ids)
