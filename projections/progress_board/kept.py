"""How the values of the board stand in JSON columns, and back."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.asks.answers import Completion
from domain.files import Attached, FileType
from domain.projects.implementation_facts import (
    CompletionRecorded,
    DifficultyDecided,
    LookBackRecorded,
    ProgressReported,
    ProjectAccepted,
    ProjectUrged,
)
from domain.projects.lights import Band, Colour, LightRules
from domain.projects.periods import ProgressRules, Rhythm
from domain.shared import Money
from projections.progress_board.rows import Acceptance, Decision, Ended, LookBack, ReportMark, Urged

Told = dict[str, Any]


def of_files(files: Iterable[Attached]) -> list[Told]:
    """Photos and documents."""
    return [
        {"file": str(one.file), "name": one.name, "type": one.type.value, "size": one.size, "digest": one.digest}
        for one in files
    ]


def as_files(told: Iterable[Told]) -> tuple[Attached, ...]:
    """Back from `of_files`."""
    return tuple(
        Attached(
            file=UUID(one["file"]),
            name=one["name"],
            type=FileType(one["type"]),
            size=one["size"],
            digest=one["digest"],
        )
        for one in told
    )


def of_report(fact: ProgressReported, stage: str) -> list[Any]:
    """The mark of a report."""
    days = [fact.due_on.isoformat(), fact.on.isoformat()]
    return [str(fact.report), *days, str(fact.percent), str(fact.funds_spent), stage]


def as_report(told: list[Any]) -> ReportMark:
    """Back from `of_report`."""
    return _as_report(*told)


@lru_cache(maxsize=16_384)
def _as_report(report: str, due_on: str, given_on: str, percent: str, spent: str, stage: str) -> ReportMark:
    """First pages show hundreds of projects with all their reports, mostly the same again."""
    days = (date.fromisoformat(due_on), date.fromisoformat(given_on))
    return ReportMark(UUID(report), *days, Decimal(percent), Money(Decimal(spent)), stage)


def of_urging(fact: ProjectUrged) -> list[Any]:
    """One step of escalation."""
    return [fact.level.value, fact.on.isoformat(), fact.words, _day(fact.due_on)]


def as_urging(told: list[Any]) -> Urged:
    """Back from `of_urging`."""
    level, on, words, due_on = told
    return Urged(level, date.fromisoformat(on), words, _as_day(due_on))


def of_acceptance(fact: ProjectAccepted) -> Told:
    """The acceptance."""
    told = {"on": fact.on.isoformat(), "body": fact.body, "number": fact.number, "words": fact.words}
    return {**told, "documents": of_files(fact.documents)}


def as_acceptance(told: Told) -> Acceptance:
    """Back from `of_acceptance`."""
    return Acceptance(
        on=date.fromisoformat(told["on"]),
        body=told["body"],
        number=told["number"],
        words=told["words"],
        documents=as_files(told["documents"]),
    )


def of_completion(fact: CompletionRecorded) -> Told:
    """How the year ended."""
    told = {"completion": fact.completion.value, "words": fact.words, "on": fact.on.isoformat()}
    return {**told, "carried_to": fact.carried_to}


def as_completion(told: Told) -> Ended:
    """Back from `of_completion`."""
    return Ended(Completion(told["completion"]), told["words"], date.fromisoformat(told["on"]), told["carried_to"])


def of_look_back(fact: LookBackRecorded) -> Told:
    """One look-back."""
    told = {"look_back": str(fact.look_back), "nth": fact.nth, "on": fact.on.isoformat(), "in_use": fact.in_use}
    return {**told, "findings": fact.findings, "measures": fact.measures, "photos": of_files(fact.photos)}


def as_look_back(told: Told) -> LookBack:
    """Back from `of_look_back`."""
    return LookBack(
        look_back=UUID(told["look_back"]),
        nth=told["nth"],
        on=date.fromisoformat(told["on"]),
        in_use=told["in_use"],
        findings=told["findings"],
        measures=told["measures"],
        photos=as_files(told["photos"]),
    )


def of_decision(fact: DifficultyDecided) -> Told:
    """What a meeting decided."""
    told = {"meeting": str(fact.meeting), "title": fact.title, "held_on": fact.held_on.isoformat()}
    return {**told, "words": fact.words, "unit_name": fact.unit_name, "due_on": _day(fact.due_on)}


def as_decision(told: Told) -> Decision:
    """Back from `of_decision`."""
    return Decision(
        meeting=UUID(told["meeting"]),
        title=told["title"],
        held_on=date.fromisoformat(told["held_on"]),
        words=told["words"],
        unit_name=told["unit_name"],
        due_on=_as_day(told["due_on"]),
    )


def of_rules(rules: ProgressRules) -> Told:
    """The rules of a congress."""
    lights = rules.lights
    bands = [[one.colour.value, one.words, None if one.at_least is None else str(one.at_least)] for one in lights.bands]
    colours = {
        name: getattr(lights, name).value for name in ("milestone_overdue", "accepted", "suspended", "terminated")
    }
    told = {"title": rules.title, "rhythm": rules.rhythm.value, "report_day": rules.report_day}
    return {**told, "remind_after": rules.remind_after, "since": _day(rules.since), "bands": bands, "colours": colours}


def as_rules(told: Told) -> ProgressRules:
    """Back from `of_rules`."""
    bands = tuple(
        Band(colour=Colour(colour), words=words, at_least=None if at_least is None else Decimal(at_least))
        for colour, words, at_least in told["bands"]
    )
    colours = {name: Colour(colour) for name, colour in told["colours"].items()}
    return ProgressRules(
        title=told["title"],
        rhythm=Rhythm(told["rhythm"]),
        report_day=told["report_day"],
        since=_as_day(told["since"]),
        remind_after=told["remind_after"],
        lights=LightRules(bands=bands, **colours),
    )


def as_day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def as_decimal(text: str) -> Decimal:
    """A number."""
    return Decimal(text)


def as_money(text: str) -> Money:
    """Yuan."""
    return Money(Decimal(text))


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _as_day(text: str | None) -> date | None:
    return as_day(text) if text else None
