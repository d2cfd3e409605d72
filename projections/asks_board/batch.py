"""How facts move the asks of the board."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Connection, insert, select, update

from application.history.history import Noticed
from domain.asks.ask import (
    AskApproved,
    AskEscalated,
    AskFellOverdue,
    AskHandedOver,
    AskIssued,
    AskPhotoErased,
    AskSentBack,
    AskStage,
    AskUrged,
    AskWithdrawn,
    NextYearOpened,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
    addressee,
)
from domain.projects.project import CandidateDrafted, CandidateRevised, ProjectAdopted
from projections.asks_board.tables import asks as _asks
from projections.asks_board.tables import metadata
from projections.asks_board.tables import names as _names
from projections.asks_board.tables import steps as _steps
from projections.reading.projection import Projection


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each ask with its facts; the steps of a batch are written together."""
    steps: list[Mapping[str, Any]] = []
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(card=card):
                conn.execute(insert(_names).values(project=notice.stream, name=card.name, number=card.number))
            case CandidateRevised(card=card):
                conn.execute(update(_names).where(_names.c.project == notice.stream).values(name=card.name))
            case ProjectAdopted(number=number):
                conn.execute(update(_names).where(_names.c.project == notice.stream).values(number=number))
            case AskIssued() as fact:
                _issue(conn, notice, fact)
                steps.append(_step(notice, "issued", fact.opens_on))
            case _:
                steps.extend(_follow(conn, notice))
    if steps:
        conn.execute(insert(_steps), steps)


def _follow(conn: Connection, notice: Noticed) -> list[Mapping[str, Any]]:
    match notice.fact:
        case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered() as fact:
            answer = told(fact.answer)
            _change(conn, notice, stage=AskStage.ANSWERED.value, answered_on=fact.on, answer=answer, overdue_on=None)
            return [_step(notice, "answered", fact.on)]
        case AskSentBack() as fact:
            later: dict[str, object] = {} if fact.due_on is None else {"due_on": fact.due_on, **_NOT_LATE}
            _change(conn, notice, stage=AskStage.SENT_BACK.value, sent_back_because=fact.reason, **later)
            return [_step(notice, "sent_back", fact.on, fact.reason)]
        case AskApproved(on=on, remark=remark):
            _change(conn, notice, stage=AskStage.APPROVED.value, closed_on=on)
            return [_step(notice, "approved", on, remark)]
        case AskUrged(on=on, words=words):
            _change(conn, notice, urged_on=on, urged=words)
            return [_step(notice, "urged", on, words)]
        case AskFellOverdue(on=on):
            _change(conn, notice, overdue_on=on)
            return [_step(notice, "fell_overdue", on)]
        case AskEscalated() as fact:
            _change(conn, notice, escalated=fact.step, escalated_to=fact.to)
            return [_step(notice, "escalated", fact.on, fact.to, fact.step)]
        case AskWithdrawn(on=on, reason=reason):
            _change(conn, notice, stage=AskStage.WITHDRAWN.value, closed_on=on)
            return [_step(notice, "withdrawn", on, reason)]
        case AskHandedOver() as fact:
            _change(conn, notice, unit=fact.unit, unit_name=fact.unit_name)
            return [_step(notice, "handed_over", fact.on, fact.unit_name)]
        case AskPhotoErased(file=file):
            _erase(conn, notice, str(file))
        case NextYearOpened(proposals=proposals):
            _change(conn, notice, carried=[str(one) for one in proposals])
    return []


_NOT_LATE = {"overdue_on": None, "escalated": 0, "escalated_to": ""}


def _issue(conn: Connection, notice: Noticed, fact: AskIssued) -> None:
    named = conn.execute(select(_names).where(_names.c.project == fact.project)).one_or_none()
    conn.execute(
        insert(_asks).values(
            congress=fact.congress,
            year=fact.year,
            ask=notice.stream,
            kind=fact.kind.value,
            project=fact.project,
            project_number=named.number if named else None,
            project_name=named.name if named else "",
            unit=fact.unit,
            unit_name=fact.unit_name,
            addressee=addressee(fact).value,
            asked_by=fact.asked_by,
            opens_on=fact.opens_on,
            due_on=fact.due_on,
            required=list(fact.required),
            questions=[told(question) for question in fact.questions],
            rules_of=fact.rules_of,
            rules_version=fact.rules_version,
            stage=AskStage.ISSUED.value,
            sent_back_because="",
            escalated=0,
            escalated_to="",
            urged="",
            carried=[],
            position=notice.position,
        )
    )


def _erase(conn: Connection, notice: Noticed, file: str) -> None:
    answer = conn.scalar(select(_asks.c.answer).where(_asks.c.ask == notice.stream))
    if answer is not None:
        photos = [one for one in answer.get("photos", []) if one["file"] != file]
        _change(conn, notice, answer={**answer, "photos": photos})


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_asks).where(_asks.c.ask == notice.stream).values(position=notice.position, **values))


def _step(notice: Noticed, kind: str, on: date, words: str = "", number: int | None = None) -> Mapping[str, Any]:
    told_of = {"kind": kind, "happened_on": on, "words": words, "number": number}
    return {"ask": notice.stream, "position": notice.position, **told_of}


def told(value: Any) -> Any:
    """A value of the domain as JSON holds it: money and days as text, values of enumerations as their code."""
    if is_dataclass(value):
        return {field.name: told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [told(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


PROJECTION = Projection(name="asks_board", shape=3, metadata=metadata, project=project)
