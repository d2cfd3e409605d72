"""The form for what came of an inspection: who was there, what was found, which unit puts it right."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.supervision.duty import WITHIN
from domain.supervision.inspection import Inspection
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web.inspections.forms import BLANK_ROWS, MOST_ROWS
from interfaces.web.supervision.desk import Watched, by_project, people, watched_lately
from projections import delegate_notes, inspections
from projections.congress_register import units_of
from projections.inspections import InspectionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One place for a finding; of a note, or empty."""

    number: int
    note: UUID | None = None
    who: str = ""
    words: str = ""
    project: UUID | None = None
    unit: UUID | None = None


def context(
    house: House, here: Place, inspection: UUID, state: Inspection, typed: Typed | None = None
) -> dict[str, Any]:
    """Beside what is typed. `typed`: as many rows as were sent."""
    delegations, names = people(house, here)
    with house.reading.connect() as conn:
        row = inspections.inspection_at(conn, inspection)
        watched = by_project(watched_lately(conn, here.congress.id))
        noted = delegate_notes.notes_of(conn, here.congress.id, inspection=inspection)
        units = units_of(conn, here.congress.id)
    leads = {unit.name: unit.id for unit in units}
    rows = [
        FindingRow(
            number=number,
            note=note.note,
            who=names[note.delegate],
            words=note.words,
            project=note.project,
            unit=leads.get(watched[note.project].lead_unit) if note.project in watched else None,
        )
        for number, note in enumerate((one for one in noted if one.waits), 1)
    ]
    blank = max(BLANK_ROWS, int(typed.decimal("rows")) - len(rows) if typed and typed.text("rows") else 0)
    rows += [FindingRow(number=len(rows) + place) for place in range(1, blank + 1)]
    return {
        "inspection": inspection,
        "state": state,
        "plan": state.plan,
        "names": names,
        "members": _expected(row, state),
        "delegations": _others(delegations, state),
        "rows": rows[:MOST_ROWS],
        "projects": [(str(one), watched[one].called) for one in state.plan.projects if one in watched],
        "units": [(str(unit.id), unit.name) for unit in units],
        "is_first": state.concluded is None,
        "notes": len(noted),
    }


def offered(state: Inspection, rows: list[FindingRow]) -> dict[str, Any]:
    """Who did not say they stay away was there, unless the conclusion says otherwise; notes are taken over."""
    stood = state.concluded
    if stood is not None:
        return {
            "held_on": stood.held_on.isoformat(),
            "attended": stood.attended,
            "others": stood.attended,
            "words": stood.words,
            "public_words": stood.public_words,
        }
    away = {one for one, said in state.replies.items() if not said.coming}
    values: dict[str, Any] = {
        "held_on": state.plan.on.isoformat(),
        "attended": tuple(one for one in state.plan.members if one not in away),
        "others": (),
    }
    alone = str(state.plan.projects[0]) if len(state.plan.projects) == 1 else ""
    for row in rows:
        values |= {
            f"words_{row.number}": row.words,
            f"take_{row.number}": "yes",
            f"kind_{row.number}": "problem",
            f"project_{row.number}": row.project or alone,
            f"unit_{row.number}": row.unit or "",
            f"days_{row.number}": WITHIN,
        }
    return values


def _expected(row: InspectionRow | None, state: Inspection) -> list[tuple[UUID, str]]:
    """Those on the plan, with what they said."""
    if row is None:
        return []
    said = {True: _("能来"), False: _("请假"), None: ""}
    return [(one, said[state.replies[one].coming if one in state.replies else None]) for one in state.plan.members]


def _others(delegations: dict[str, Any], state: Inspection) -> dict[str, Any]:
    """The rest of the roll: somebody may have come along."""
    planned = set(state.plan.members)
    left = {name: [one for one in listed if one.id not in planned] for name, listed in delegations.items()}
    return {name: listed for name, listed in left.items() if listed}


def lead_unit_of(watched: Watched, units: list[tuple[str, str]]) -> str:
    """The project's lead unit among the choices, empty where it is none of them."""
    return next((unit for unit, name in units if name == watched.lead_unit), "")
