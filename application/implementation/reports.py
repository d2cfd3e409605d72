"""Commands about progress reports and milestones: given by the lead unit, checked by the office (rule 19)."""

from datetime import date
from uuid import UUID

from application.implementation.plans import known_project, require_lead
from application.office import By, Desk, Office
from application.private import files
from application.private.store import PrivateStore
from application.working_days import working_days_at
from domain.accounts.permissions import Act
from domain.projects import implementation, periods, reporting
from domain.projects.implementation import Implementation, implementation_stream
from domain.projects.periods import NOTHING_ADOPTED, progress_rules_stream
from domain.projects.reporting import Progress
from domain.shared import Invalid


def report_progress(office: Office, by: By, project: UUID, report: UUID, due_on: date, progress: Progress) -> int:
    """The report of the period that is due on this day, given or given again until it is approved.

    Raises NotPermitted, NotFound, PlanNotPublished, NotUnderWay, ReportClosed, MilestoneAlreadyReached, Missing or
    Invalid, also for a day on which nothing is due yet.
    """
    require_lead(office, by.actor, Act.REPORT_PROGRESS, project)
    stream = implementation_stream(project)

    def decide(desk: Desk) -> None:
        now = implementation.under_way(desk.load(stream, implementation.evolve))
        facts = reporting.report_progress(now, report, due_on, progress, office.today())
        if due_on not in open_periods(desk, now, office.today()):
            raise Invalid(field="due_on", reason="not_due", value=due_on.isoformat())
        desk.add(stream, *facts)

    return office.record(by, decide)


def send_back_report(office: Office, by: By, project: UUID, report: UUID, reason: str) -> int:
    """Asks for a better report; it does not count any more. Raises NotPermitted, NotFound, ReportClosed or Missing."""
    by.actor.require(Act.CHECK_REPORTS, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: reporting.send_back_report(now, report, reason, office.today()),
    )


def approve_report(office: Office, by: By, project: UUID, report: UUID) -> int:
    """Takes a report as checked: residents read it from now on. Raises NotPermitted, NotFound or ReportClosed."""
    by.actor.require(Act.CHECK_REPORTS, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: reporting.approve_report(now, report, office.today()),
    )


def erase_photo(office: Office, private: PrivateStore, by: By, project: UUID, file: UUID, reason: str) -> int:
    """Erases a photo of a report or a look-back that shows what it must not; the fact stays without it.

    Raises NotPermitted, NotFound or Missing.
    """
    by.actor.require(Act.CHECK_REPORTS, known_project(office, project).congress)
    position = office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: reporting.erase_photo(now, file, reason, office.today()),
    )
    files.erase_file(private, file)
    return position


def reach_milestone(office: Office, by: By, project: UUID, number: int, on: date, words: str = "") -> int:
    """Notes a milestone as reached between two reports.

    Raises NotPermitted, NotFound, PlanNotPublished, NotUnderWay, MilestoneAlreadyReached or Invalid.
    """
    require_lead(office, by.actor, Act.REPORT_PROGRESS, project)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: reporting.reach_milestone(now, number, on, words, office.today()),
    )


def take_back_milestone(office: Office, by: By, project: UUID, number: int, reason: str) -> int:
    """The office found that it had not been reached. Raises NotPermitted, NotFound, NotUnderWay or Missing."""
    by.actor.require(Act.CHECK_REPORTS, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: reporting.take_back_milestone(now, number, reason, office.today()),
    )


def open_periods(desk: Desk, now: Implementation, today: date) -> tuple[date, ...]:
    """The due days for which a report may be given today.

    Those for which something was reported stay open whatever the rules have become since: until it is approved, a
    report may be given again.
    """
    rules = (desk.load(progress_rules_stream(now.congress), periods.evolve_rules) or NOTHING_ADOPTED).rules
    calendar = working_days_at(desk, now.congress)
    dues = periods.dues_since(now.published_on or date.min, now.year, rules, calendar, today)
    return tuple(sorted({*dues, *(one.given.due_on for one in now.reports)}))
