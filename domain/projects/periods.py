"""When progress reports are due, and how late one came (rule 19)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID, uuid5

from domain.projects.lights import DEFAULT, LightRules, checked_lights
from domain.shared import Invalid, Missing


class Rhythm(StrEnum):
    """How often lead units report."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Calendar(Protocol):
    """What is asked of the working-day calendar."""

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the next one."""
        ...


LATEST_REMINDER: Final = 60
"""Working days: the next quarter's report is due by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRules:
    """How a congress has the progress of its projects reported and lit; versioned data."""

    title: str
    rhythm: Rhythm = Rhythm.QUARTERLY
    report_day: int = 20
    """Day of the month, 1 to 28; moved to the next working day."""
    lights: LightRules = DEFAULT
    since: date | None = None
    """From this day on reports fall due by rhythm and day; set when these change, so that nobody is late for before."""
    remind_after: int | None = None
    """Working days after which a missing report or an overdue milestone is reminded of by itself; None: by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressRulesAdopted:
    """From now on reports fall due and lights shine by these rules."""

    congress: UUID
    version: int
    rules: ProgressRules


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedProgressRules:
    """The rules in force; version 0 are the default ones that nobody had to adopt."""

    version: int
    rules: ProgressRules


NOTHING_ADOPTED = AdoptedProgressRules(version=0, rules=ProgressRules(title="默认进度办法"))


def progress_rules_stream(congress: UUID) -> UUID:
    """A congress has one set of rules at a time."""
    return uuid5(congress, "progress-rules")


def adopt_progress_rules(
    current: AdoptedProgressRules | None, congress: UUID, rules: ProgressRules, on: date
) -> ProgressRulesAdopted:
    """`rules.since` plays no part. Raises Missing (title, words of a band) or Invalid.

    Invalid names report_day, remind_after or bands.
    """
    if not rules.title.strip():
        raise Missing(fields=("title",))
    if not 1 <= rules.report_day <= 28:
        raise Invalid(field="report_day", reason="report_day", value=str(rules.report_day))
    if rules.remind_after is not None and not 1 <= rules.remind_after <= LATEST_REMINDER:
        raise Invalid(field="remind_after", reason="remind_after", value=str(rules.remind_after))
    checked_lights(rules.lights)
    before = current or NOTHING_ADOPTED
    same_days = (before.rules.rhythm, before.rules.report_day) == (rules.rhythm, rules.report_day)
    settled = replace(rules, since=before.rules.since if same_days else on)
    return ProgressRulesAdopted(congress=congress, version=before.version + 1, rules=settled)


def evolve_rules(_current: AdoptedProgressRules | None, fact: ProgressRulesAdopted) -> AdoptedProgressRules:
    """The rules after one more fact."""
    return AdoptedProgressRules(version=fact.version, rules=fact.rules)


def due_dates(year: int, rules: ProgressRules, calendar: Calendar) -> tuple[date, ...]:
    """The days of a year on which reports are due: the 20th of Mar/Jun/Sep/Dec or of every month (rule 19).

    A day off moves to the next working day, which may lie in the next month.
    """
    months: Iterable[int] = range(1, 13) if rules.rhythm is Rhythm.MONTHLY else (3, 6, 9, 12)
    return tuple(calendar.next_working(date(year, month, rules.report_day)) for month in months)


def period_of(dues: Iterable[date], today: date) -> date | None:
    """The due date a report given today belongs to: the first one not before it, else the last one."""
    ordered = sorted(dues)
    return next((due for due in ordered if due >= today), ordered[-1] if ordered else None)


def dues_since(begun: date, first_year: int, rules: ProgressRules, calendar: Calendar, today: date) -> tuple[date, ...]:
    """The due days of a project's reports: from the day its plan came into force up to the coming one.

    Where rhythm or day have changed since, from that day on: what was due by earlier rules is not asked for any more.
    `first_year` is the voted year; a project that crosses years goes on reporting in the later ones.
    """
    years = range(first_year, max(today.year, first_year) + 1)
    dues = [due for year in years for due in due_dates(year, rules, calendar)]
    coming, begins = period_of(dues, today), max(begun, rules.since or begun)
    return tuple(due for due in dues if begins <= due and (coming is None or due <= coming))


def days_late(due_on: date, on: date) -> int:
    """Calendar days after the due date; 0 for a report in time (rule 19: due 03-20, given on 03-21: one day)."""
    return max((on - due_on).days, 0)
