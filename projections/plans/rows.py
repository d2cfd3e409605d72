"""How facts fill the tables of the plans."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from application.history.history import Noticed
from domain.projects.adjustment_facts import (
    AdjustmentDecided,
    AdjustmentKind,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.duty_list import DutyListPublished
from domain.projects.implementation import AdjustmentStage, Standing
from domain.projects.implementation_facts import PlanFiled, PlanPublished, PlanSentBack
from projections.plans.tables import adjustments, metadata, plans, publications
from projections.reading.kept_plans import kept
from projections.reading.projection import Projection


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each plan and each adjustment with its facts."""
    for notice in noticed:
        match notice.fact:
            case PlanFiled():
                _file(conn, notice, notice.fact)
            case PlanSentBack() as fact:
                _change(conn, notice, sent_back_because=fact.reason, sent_back_on=fact.on)
            case PlanPublished() as fact:
                _change(
                    conn,
                    notice,
                    filed=None,
                    sent_back_because="",
                    sent_back_on=None,
                    in_force=kept(fact.plan),
                    as_published=kept(fact.plan),
                    published_on=fact.on,
                )
            case DutyListPublished() as fact:
                conn.execute(
                    insert(publications).values(
                        congress=fact.congress,
                        year=fact.year,
                        position=notice.position,
                        number=fact.number,
                        published_on=fact.on,
                        issuer=fact.issuer,
                        projects=[str(one) for one in fact.projects],
                    )
                )
            case _:
                _adjust(conn, notice)


def _file(conn: Connection, notice: Noticed, fact: PlanFiled) -> None:
    filed = {"filed": kept(fact.plan), "filed_on": fact.on, "sent_back_because": "", "sent_back_on": None}
    known = conn.execute(select(plans.c.project).where(plans.c.stream == notice.stream)).one_or_none()
    if known is not None:
        _change(conn, notice, **filed)
        return
    conn.execute(
        insert(plans).values(
            stream=notice.stream,
            congress=fact.congress,
            year=fact.year,
            project=fact.project,
            name=fact.name,
            adopted=kept(fact.adopted),
            in_force=None,
            as_published=None,
            published_on=None,
            standing=Standing.UNDER_WAY.value,
            position=notice.position,
            changed=notice.position,
            **filed,
        )
    )


def _adjust(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case AdjustmentLogged() as fact:
            _enter(conn, notice, fact, AdjustmentKind.CHANGE, AdjustmentStage.LOGGED)
            _change(conn, notice, in_force=kept(fact.plan))
        case AdjustmentProposed() as fact:
            _enter(conn, notice, fact, fact.kind, AdjustmentStage.PROPOSED)
        case AdjustmentDecided() as fact:
            _move(
                conn,
                notice.stream,
                fact.adjustment,
                stage=AdjustmentStage.DECIDED.value,
                body=fact.body.value,
                number=fact.number,
                notice_on=fact.notice_on,
                decided_on=fact.on,
            )
            _come_into_force(conn, notice, fact.adjustment)
        case AdjustmentRefused() as fact:
            _move(
                conn,
                notice.stream,
                fact.adjustment,
                stage=AdjustmentStage.REFUSED.value,
                body=fact.body.value,
                number=fact.number,
                decided_on=fact.on,
                ended_because=fact.reason,
            )
        case AdjustmentWithdrawn() as fact:
            stage = AdjustmentStage.WITHDRAWN.value
            _move(conn, notice.stream, fact.adjustment, stage=stage, decided_on=fact.on, ended_because=fact.reason)
        case SessionInformed() as fact:
            _move(
                conn,
                notice.stream,
                fact.adjustment,
                stage=AdjustmentStage.TOLD.value,
                session=fact.session,
                session_title=fact.session_title,
                told_on=fact.on,
            )


def _enter(
    conn: Connection,
    notice: Noticed,
    fact: AdjustmentLogged | AdjustmentProposed,
    kind: AdjustmentKind,
    stage: AdjustmentStage,
) -> None:
    columns = (plans.c.congress, plans.c.year, plans.c.project, plans.c.name, plans.c.in_force, plans.c.adopted)
    congress, year, of, name, before, measure = conn.execute(
        select(*columns).where(plans.c.stream == notice.stream)
    ).one()
    conn.execute(
        insert(adjustments).values(
            stream=notice.stream,
            adjustment=fact.adjustment,
            congress=congress,
            year=year,
            project=of,
            name=name,
            kind=kind.value,
            stage=stage.value,
            before=before,
            after=None if fact.plan is None else kept(fact.plan),
            measure=measure,
            reason=fact.reason,
            proposed_on=fact.on,
            body="",
            number="",
            ended_because="",
            session_title="",
            position=notice.position,
        )
    )


_STANDING = {
    AdjustmentKind.SUSPENSION.value: Standing.SUSPENDED,
    AdjustmentKind.TERMINATION.value: Standing.TERMINATED,
    AdjustmentKind.RESUMPTION.value: Standing.UNDER_WAY,
}


def _come_into_force(conn: Connection, notice: Noticed, adjustment: UUID) -> None:
    query = select(adjustments.c.kind, adjustments.c.after).where(
        adjustments.c.stream == notice.stream, adjustments.c.adjustment == adjustment
    )
    kind, after = conn.execute(query).one()
    if after is not None:
        _change(conn, notice, in_force=after, adopted=after)
    if kind in _STANDING:
        _change(conn, notice, standing=_STANDING[kind].value)


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(plans).where(plans.c.stream == notice.stream).values(changed=notice.position, **values))


def _move(conn: Connection, stream: UUID, adjustment: UUID, **values: object) -> None:
    conn.execute(
        update(adjustments)
        .where(adjustments.c.stream == stream, adjustments.c.adjustment == adjustment)
        .values(**values)
    )


PROJECTION = Projection(name="plans", shape=2, metadata=metadata, project=project)
