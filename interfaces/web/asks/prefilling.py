"""What the system knows already, filled into the form of each of the four asks: nothing is typed twice."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from domain.asks.answers import Completion
from domain.asks.ask import AskKind, AskStage
from domain.asks.result import result_answer
from domain.polls import poll as polls
from domain.projects import duty_list as duty_lists
from domain.projects.project import ProjectEvaluated
from domain.proposals.screening import ApprovalKind
from interfaces.composition import House
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, percent
from interfaces.web.asks.words import ENDINGS
from interfaces.web.calls.views import channel_words
from projections import (
    asks_board,
    calls,
    candidate_board,
    inspections,
    plans,
    profile_shelf,
    progress_board,
    proposal_register,
    voted_list,
)
from projections.asks_board import AskRow
from projections.progress_board import BoardRow, ReportRow

ONE = Decimal(1)


def known_values(house: House, row: AskRow) -> dict[str, Any]:
    """The form of an ask that was not answered yet, as far as the record goes; empty where it knows nothing."""
    match AskKind(row.kind):
        case AskKind.PLAN:
            return _plan(house, row)
        case AskKind.RESULT:
            return _result(house, row)
        case AskKind.PROGRESS:
            return _progress(house, row)
        case AskKind.SUMMARY:
            return _summary(house, row)


def declared_poll(house: House, row: AskRow) -> UUID | None:
    """The poll that decided on the year of the ask, once it is announced."""
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, row.congress, row.year)
    return announced.poll if announced else None


def _plan(house: House, row: AskRow) -> dict[str, Any]:
    """Ask 1 from the call, what came in, the candidates with their funds and approvals, and the drafted profile."""
    with house.reading.connect() as conn:
        call = calls.call_of(conn, row.congress, row.year)
        received = proposal_register.totals(conn, row.congress, row.year).received
        candidates = [one for one in candidate_board.candidates_of(conn, row.congress, row.year) if _stands(one)]
        shelved = profile_shelf.profiles_of(conn, row.congress)
    known: dict[str, Any] = {}
    if call is not None:
        known = {"call_from": call.opens_on, "call_until": call.closes_on, "channels": channel_words(call.channels)}
        known["proposals_received"] = received
    if candidates:
        funds = sum((one.total_funds for one in candidates if one.total_funds is not None), Decimal(0))
        known |= {"draft_candidates": len(candidates), "funds": funds or None, "party_review_on": _party(candidates)}
    drafts = [one.title for one in shelved if not one.is_adopted] or [one.title for one in shelved]
    return known | ({"rule_profile_draft": drafts[0]} if drafts else {})


def _stands(candidate: candidate_board.ListedCandidate) -> bool:
    return candidate.standing is not candidate_board.Standing.WITHDRAWN


def _party(candidates: list[candidate_board.ListedCandidate]) -> str | None:
    days = [
        str(one["on"])
        for listed in candidates
        for one in listed.approvals
        if one["kind"] == ApprovalKind.PARTY_COMMITTEE
    ]
    return max(days, default=None)


def _result(house: House, row: AskRow) -> dict[str, Any]:
    """Ask 2 is the declared poll itself; its one date comes from the duty list."""
    poll = declared_poll(house, row)
    state = house.office.state_of(poll, polls.evolve) if poll else None
    if poll is None or state is None:
        return {}
    duties = house.office.state_of(duty_lists.duty_list_stream(row.congress, row.year), duty_lists.evolve)
    known = result_answer(poll, state, duty_list_on=duties.first_on if duties else None)
    return {name: getattr(known, name) for name in known.__dataclass_fields__}


def _progress(house: House, row: AskRow) -> dict[str, Any]:
    """Ask 3 from the progress board: percent, money, milestones, difficulties, adjustments, inspections."""
    today = house.office.today()
    with house.reading.connect() as conn:
        if row.project is None:
            return _progress_of_year(conn, row, today)
        board_row = progress_board.project_row(conn, row.project)
        seen = inspections.count_of(conn, row.project, row.year)
        if board_row is None or (board_row.plan is None and not seen):
            return {}
        difficulties = progress_board.difficulties_of(conn, row.congress, project=row.project)
        adjusted = plans.adjustments_of(conn, row.congress, project=row.project)
        reports = progress_board.reports_of(conn, row.project)
    return {
        "percent": _whole(board_row.actual(today)),
        "funds_spent": board_row.spent(today),
        "milestones": _milestones(board_row, reports[0].words if reports else ""),
        "problems": "\n".join(one.words for one in difficulties if one.resolved_on is None),
        "adjustments": "\n".join(one.reason for one in adjusted),
        "inspections": seen,
    }


def _milestones(row: BoardRow, words: str) -> str:
    named = {one.number: one.name for one in row.plan.milestones} if row.plan else {}
    reached = [
        _("%(name)s（%(day)s）", name=named.get(number, str(number)), day=day(on))
        for number, on in sorted(row.reached.items())
    ]
    lines = [_("已完成节点：%(names)s。", names=_("、").join(reached))] if reached else []
    return "\n".join([*lines, words] if words else lines)


def _progress_of_year(conn: Connection, row: AskRow, today: date) -> dict[str, Any]:
    """All adopted projects of the year together: the mean percent, the sum of the money."""
    rows = progress_board.board(conn, row.congress, row.year)
    if not rows:
        return {}
    late = [one for one in rows if one.plan is not None and one.actual(today) < one.planned(today) - 5]
    mean = sum((one.actual(today) for one in rows), Decimal(0)) / len(rows)
    accepted = sum(one.accepted is not None for one in rows)
    said = {"n": len(rows), "accepted": accepted, "late": len(late)}
    return {
        "percent": _whole(mean),
        "funds_spent": sum((one.spent(today) for one in rows), Decimal(0)),
        "milestones": _("%(n)s 个项目，已验收 %(accepted)s 个，落后于计划 %(late)s 个。", **said),
        "problems": "\n".join(one.name for one in late),
        "inspections": inspections.counts(conn, [one.project for one in rows], row.year).total(),
    }


def _summary(house: House, row: AskRow) -> dict[str, Any]:
    """Ask 4 from acceptance, completion, what is still difficult, and the evaluation."""
    with house.reading.connect() as conn:
        if row.project is None:
            return _summary_of_year(conn, row)
        board_row = progress_board.project_row(conn, row.project)
        difficulties = progress_board.difficulties_of(conn, row.congress, project=row.project)
        reports = progress_board.reports_of(conn, row.project)
    known: dict[str, Any] = {"evaluation": _evaluation(house, row.project)}
    if board_row is not None:
        known |= {"results": _last_told(reports)} | _ended(board_row)
        known["leftovers"] = "\n".join(one.words for one in difficulties if one.resolved_on is None)
    return known


def _last_told(reports: Sequence[ReportRow]) -> str:
    """What the newest report says, for a project that nobody has closed yet."""
    if not reports:
        return ""
    last = reports[0]
    said = {"day": day(last.given_on), "percent": _whole(last.percent), "spent": money(last.spent)}
    return _("截至%(day)s，形象进度 %(percent)s%%，本年支出 %(spent)s。", **said) + last.words


def _ended(row: BoardRow) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if row.completion is not None:
        known = {"completion": row.completion.completion, "results": row.completion.words}
    if row.accepted is not None:
        said = {"day": day(row.accepted.on), "body": row.accepted.body}
        words = _("%(day)s 由%(body)s验收。", **said) + row.accepted.words
        known.setdefault("completion", Completion.COMPLETED)
        known["results"] = "\n".join(filter(None, (words, known.get("results", ""))))
    return known


def _evaluation(house: House, project: UUID) -> str:
    facts = house.history.facts_of((project,)).get(project, [])
    rated = [fact for fact in facts if isinstance(fact, ProjectEvaluated)]
    if not rated:
        return ""
    last = rated[-1]
    said = {
        "title": last.title,
        "grade": last.grade or _("没有有效票"),
        "rate": percent(None if last.satisfaction is None else last.satisfaction * 100),
    }
    return _("%(title)s：%(grade)s，满意率 %(rate)s。", **said)


def _summary_of_year(conn: Connection, row: AskRow) -> dict[str, Any]:
    """How the projects of the year ended, counted, and what their own approved summaries say."""
    rows = progress_board.board(conn, row.congress, row.year)
    if not rows:
        return {}
    told = _own_summaries(conn, row)
    ended = Counter(
        one.completion.completion if one.completion else Completion(told[one.project]["completion"])
        for one in rows
        if one.completion or one.project in told
    )
    counted = [_("%(words)s %(n)s 个", words=words, n=ended[one]) for one, words in ENDINGS.items() if ended[one]]
    total = sum((one.spent_in_all() for one in rows), Decimal(0))
    said = {"n": len(rows), "counted": _("，").join(counted) or _("还没有登记完成情况"), "spent": money(total)}
    known: dict[str, Any] = {f"count_{one.value}": ended[one] or None for one in Completion}
    known["results"] = _("列入 %(n)s 个项目：%(counted)s；支出 %(spent)s。", **said)
    for part in ("leftovers", "lessons", "proposals"):
        known[part] = "\n".join(filter(None, (told[one.project][part] for one in rows if one.project in told)))
    if sum(ended.values()) == len(rows):
        known["completion"] = max(ended, key=lambda one: list(Completion).index(one))
    return known


def _own_summaries(conn: Connection, row: AskRow) -> dict[UUID, dict[str, Any]]:
    """What the lead units answered to the congress's own ask 4, as far as it was approved."""
    asked = asks_board.asks_of(conn, row.congress, row.year)
    return {
        one.project: one.answer
        for one in asked
        if one.kind == AskKind.SUMMARY and one.project and one.answer and one.stage == AskStage.APPROVED
    }


def _whole(value: Decimal) -> int:
    return int(value.quantize(ONE, rounding=ROUND_HALF_UP))
