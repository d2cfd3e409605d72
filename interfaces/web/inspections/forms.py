"""An inspection and its conclusion as they are typed."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from application.supervision.inspections import Conclusion, Found
from domain.supervision.duty import WITHIN, DutyOrder
from domain.supervision.inspection import InspectionKind, InspectionPlan, Site
from interfaces.web._base.forms import Typed
from interfaces.web.supervision.desk import Watched, ids

_SEPARATOR: Final = re.compile(r"\s*[|｜，,\t]\s*")
BLANK_ROWS: Final = 3
"""Empty places for findings beside those that come from notes."""

MOST_ROWS: Final = 40


def read_plan(typed: Typed, watched: Sequence[Watched], draw: UUID | None) -> InspectionPlan:
    """The plan. Raises WrongFields."""
    projects = ids(typed.texts("projects"))
    kind, on = typed.choice("kind", InspectionKind), typed.date("on")
    leader = typed.id("leader") if typed.text("leader") else None
    sites = read_sites(typed, watched, projects)
    typed.settle()
    return InspectionPlan(
        title=typed.text("title"),
        kind=kind,
        projects=projects,
        sites=sites,
        on=on,
        gather=typed.text("gather"),
        leader=leader,
        members=ids(typed.texts("members")),
        focus=typed.text("focus"),
        draw=draw,
    )


def read_sites(typed: Typed, watched: Sequence[Watched], projects: Sequence[UUID]) -> tuple[Site, ...]:
    """One to a line: name, place, number of the project on its list, the last two if they are known."""
    numbers = {str(one.number): one.project for one in reversed(watched) if not projects or one.project in projects}
    found = []
    for line in typed.text("sites").splitlines():
        name, place, number = _parts(line, numbers)
        if number and number not in numbers:
            typed.wrong("sites", "site_project", number)
        elif name:
            alone = projects[0] if len(projects) == 1 else None
            found.append(Site(name=name, place=place, project=numbers.get(number, alone)))
    return tuple(found)


def written_sites(sites: Sequence[Site], watched: Mapping[UUID, Watched]) -> str:
    """As they stand in the form."""
    lines = []
    for site in sites:
        known = watched.get(site.project) if site.project else None
        number = str(known.number) if known else ""
        parts = [site.name, site.place, number]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        lines.append("，".join(parts))
    return "\n".join(lines)


def read_conclusion(typed: Typed, *, with_findings: bool) -> Conclusion:
    """The conclusion. Raises WrongFields."""
    held_on = typed.date("held_on")
    attended = ids((*typed.texts("attended"), *typed.texts("others")))
    found = _findings(typed) if with_findings else ()
    typed.settle()
    return Conclusion(
        held_on=held_on,
        attended=attended,
        words=typed.text("words"),
        public_words=typed.text("public_words"),
        found=found,
    )


def _findings(typed: Typed) -> tuple[Found, ...]:
    """Rows with words; one of a note only where it is ticked."""
    rows = min(typed.integer("rows"), MOST_ROWS) if typed.text("rows") else 0
    found = []
    for row in range(1, rows + 1):
        words, note = typed.text(f"words_{row}"), typed.text(f"note_{row}")
        if not words or (note and not typed.ticked(f"take_{row}")):
            continue
        project = typed.id(f"project_{row}") if typed.text(f"project_{row}") else None
        found.append(
            Found(
                words=words,
                is_problem=typed.text(f"kind_{row}") != "good",
                project=project,
                note=typed.id(f"note_{row}") if note else None,
                order=read_order(typed, words, project, f"_{row}"),
            )
        )
    return tuple(found)


def read_order(typed: Typed, words: str, project: UUID | None, row: str = "") -> DutyOrder | None:
    """To which unit, and in how many working days; None where no unit was chosen."""
    if not typed.text(f"unit{row}") or typed.text(f"kind{row}") == "good":
        return None
    days = typed.integer(f"days{row}") if typed.text(f"days{row}") else WITHIN
    return DutyOrder(unit=typed.id(f"unit{row}"), words=words, working_days=days, project=project)


def _parts(line: str, numbers: Mapping[str, UUID]) -> tuple[str, str, str]:
    """Name, place, number; a place may hold commas, a number stands last and alone."""
    parts = [part for part in _SEPARATOR.split(line.strip()) if part]
    if not parts:
        return "", "", ""
    last = parts[-1].removesuffix("号")
    number = last if len(parts) > 1 and (last in numbers or (last.isdigit() and len(parts) > 2)) else ""
    return parts[0], "，".join(parts[1 : len(parts) - bool(number)]), number
