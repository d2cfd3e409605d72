"""Which special inquiries and hearings are planned and were held, what was asked there and what was answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.inquiry import (
    InquiryCancelled,
    InquiryHeld,
    InquiryPlan,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    InquiryRearranged,
    InquiryStage,
)
from projections.reading.attached import as_rows
from projections.reading.projection import Projection

metadata = MetaData()

_inquiries = Table(
    "inquiry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("inquiry", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("topic", String, nullable=False),
    Column("on", Date, nullable=False),
    Column("starts_at", String, nullable=False),
    Column("place", String, nullable=False),
    Column("presiding", String, nullable=False),
    Column("others", String, nullable=False),
    Column("background", Text, nullable=False),
    Column("delegates", JSON, nullable=False),
    Column("units", JSON, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("cancelled_because", Text, nullable=False),
    Column("attending", Integer),
    Column("conclusion", Text, nullable=False),
    Column("files", JSON, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("inquiry_inquiry", "inquiry", unique=True),
    Index("inquiry_year", "congress", "year"),
)

_projects = Table(
    "inquiry_project",
    metadata,
    Column("inquiry", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("project", Uuid, nullable=False, index=True),
)

_questions = Table(
    "inquiry_question",
    metadata,
    Column("inquiry", Uuid, primary_key=True),
    Column("question", Uuid, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("delegate", Uuid, index=True),
    Column("speaker", String, nullable=False),
    Column("unit", Uuid),
    Column("unit_name", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("put_on", Date, nullable=False),
    Column("respondent", String, nullable=False),
    Column("answer", Text, nullable=False),
)


class InquiryRow(NamedTuple):
    """An inquiry or a hearing with how many questions it has and how many are answered."""

    congress: UUID
    inquiry: UUID
    year: int
    kind: str
    topic: str
    on: date
    """The day it is planned for, or was held on."""
    starts_at: str
    place: str
    presiding: str
    others: str
    background: str
    delegates: list[str]
    units: list[dict[str, str]]
    """Each with `unit` and `name`."""
    stage: str
    cancelled_because: str
    attending: int | None
    conclusion: str
    files: list[dict[str, Any]]
    questions: int
    answered: int

    @property
    def unit_names(self) -> list[str]:
        """Those who answer."""
        return [unit["name"] for unit in self.units]


class QuestionRow(NamedTuple):
    """A question with its answer."""

    inquiry: UUID
    question: UUID
    delegate: UUID | None
    speaker: str
    unit: UUID | None
    unit_name: str
    words: str
    put_on: date
    respondent: str
    answer: str


def inquiries_of(
    conn: Connection, congress: UUID, *, year: int | None = None, kind: str = "", project: UUID | None = None
) -> list[InquiryRow]:
    """Those of a congress, the latest day first."""
    query = _listed().where(_inquiries.c.congress == congress)
    if year is not None:
        query = query.where(_inquiries.c.year == year)
    if kind:
        query = query.where(_inquiries.c.kind == kind)
    if project is not None:
        about = select(_projects.c.inquiry).where(_projects.c.project == project)
        query = query.where(_inquiries.c.inquiry.in_(about))
    rows = conn.execute(query.order_by(_inquiries.c.on.desc(), _inquiries.c.position.desc()))
    return [InquiryRow(*row) for row in rows]


def inquiry_at(conn: Connection, inquiry: UUID) -> InquiryRow | None:
    """One of them."""
    row = conn.execute(_listed().where(_inquiries.c.inquiry == inquiry)).one_or_none()
    return InquiryRow(*row) if row else None


def projects_of(conn: Connection, inquiries: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """What each is about, in the order of the plan."""
    query = select(_projects.c.inquiry, _projects.c.project).where(_projects.c.inquiry.in_(list(inquiries)))
    found: dict[UUID, list[UUID]] = {inquiry: [] for inquiry in inquiries}
    for row in conn.execute(query.order_by(_projects.c.inquiry, _projects.c.place)):
        found[row.inquiry].append(row.project)
    return found


def questions_of(conn: Connection, inquiry: UUID) -> list[QuestionRow]:
    """What was asked, in the order of putting."""
    shown = [_questions.c[name] for name in QuestionRow._fields]
    query = select(*shown).where(_questions.c.inquiry == inquiry)
    return [QuestionRow(*row) for row in conn.execute(query.order_by(_questions.c.position))]


def questions_by(conn: Connection, delegate: UUID) -> list[QuestionRow]:
    """What one delegate asked anywhere, the first first."""
    shown = [_questions.c[name] for name in QuestionRow._fields]
    query = select(*shown).where(_questions.c.delegate == delegate)
    return [QuestionRow(*row) for row in conn.execute(query.order_by(_questions.c.position))]


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with inquiries or hearings, newest first."""
    query = select(_inquiries.c.year).where(_inquiries.c.congress == congress).distinct()
    return list(conn.scalars(query.order_by(_inquiries.c.year.desc())))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each inquiry with its facts."""
    for notice in noticed:
        match notice.fact:
            case InquiryPlanned() as fact:
                _plan(conn, notice, fact)
            case InquiryRearranged() as fact:
                _change(conn, fact.inquiry, **_as_planned(fact.plan))
                conn.execute(delete(_projects).where(_projects.c.inquiry == fact.inquiry))
                _list_projects(conn, fact.inquiry, fact.plan)
            case InquiryCancelled() as fact:
                _change(conn, fact.inquiry, stage=InquiryStage.CANCELLED.value, cancelled_because=fact.reason)
            case InquiryHeld() as fact:
                held: dict[str, Any] = {"on": fact.on, "year": fact.on.year, "attending": fact.attending}
                held |= {"conclusion": fact.conclusion, "files": as_rows(fact.files)}
                _change(conn, fact.inquiry, stage=InquiryStage.HELD.value, **held)
            case InquiryQuestionPut() as fact:
                _ask(conn, notice, fact)
            case InquiryQuestionCorrected() as fact:
                corrected = ("speaker", "unit", "unit_name", "words")
                _question(conn, fact.question, **{name: getattr(fact, name) for name in corrected})
            case InquiryQuestionDropped() as fact:
                conn.execute(delete(_questions).where(_questions.c.question == fact.question))
            case InquiryQuestionAnswered() as fact:
                _question(conn, fact.question, respondent=fact.respondent, answer=fact.words)


def _listed() -> Any:
    asked = (
        select(
            _questions.c.inquiry,
            func.count().label("questions"),
            func.count(func.nullif(_questions.c.answer, "")).label("answered"),
        )
        .group_by(_questions.c.inquiry)
        .subquery()
    )
    shown = [column for column in _inquiries.c if column.name != "position"]
    counted = (func.coalesce(asked.c.questions, 0), func.coalesce(asked.c.answered, 0))
    return select(*shown, *counted).outerjoin(asked, asked.c.inquiry == _inquiries.c.inquiry)


def _plan(conn: Connection, notice: Noticed, fact: InquiryPlanned) -> None:
    conn.execute(
        insert(_inquiries).values(
            congress=fact.congress,
            inquiry=fact.inquiry,
            kind=fact.kind.value,
            stage=InquiryStage.PLANNED.value,
            cancelled_because="",
            conclusion="",
            files=[],
            position=notice.position,
            **_as_planned(fact.plan),
        )
    )
    _list_projects(conn, fact.inquiry, fact.plan)


def _as_planned(plan: InquiryPlan) -> dict[str, Any]:
    same = ("topic", "on", "starts_at", "place", "presiding", "others", "background")
    return {
        **{name: getattr(plan, name) for name in same},
        "year": plan.on.year,
        "delegates": [str(delegate) for delegate in plan.delegates],
        "units": [{"unit": str(one.unit), "name": one.name} for one in plan.units],
    }


def _list_projects(conn: Connection, inquiry: UUID, plan: InquiryPlan) -> None:
    rows = [{"inquiry": inquiry, "place": place, "project": one} for place, one in enumerate(plan.projects)]
    if rows:
        conn.execute(insert(_projects), rows)


def _ask(conn: Connection, notice: Noticed, fact: InquiryQuestionPut) -> None:
    same = ("inquiry", "question", "delegate", "speaker", "unit", "unit_name", "words")
    put = {name: getattr(fact, name) for name in same}
    conn.execute(insert(_questions).values(position=notice.position, put_on=fact.on, respondent="", answer="", **put))


def _change(conn: Connection, inquiry: UUID, **values: object) -> None:
    conn.execute(update(_inquiries).where(_inquiries.c.inquiry == inquiry).values(**values))


def _question(conn: Connection, question: UUID, **values: object) -> None:
    conn.execute(update(_questions).where(_questions.c.question == question).values(**values))


PROJECTION = Projection(name="inquiries", shape=1, metadata=metadata, project=project)
