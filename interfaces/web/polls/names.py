"""Sessions and delegates by the names people use for them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from application.office import Office
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.roll import DelegateEntry, Roll
from interfaces.web._base.forms import Typed


def sessions_of(office: Office, congress: UUID) -> list[tuple[UUID, str]]:
    """The sessions of a congress with their titles, the one convened last first."""
    entered = office.state_of(sessions.calendar_stream(congress), sessions.evolve_calendar) or ()
    known = office.states_of(entered, sessions.evolve)
    return [(session, known[session].title) for session in reversed(entered) if session in known]


def roll_of(office: Office, congress: UUID) -> Roll:
    """The roll, empty before the first import."""
    return office.state_of(rolls.roll_stream(congress), rolls.evolve) or Roll()


def names(roll: Roll, delegates: Iterable[UUID]) -> list[str]:
    """The names of delegates; a dash for somebody who has left."""
    return [roll.entries[delegate].name if delegate in roll.entries else "–" for delegate in delegates]


def label(entry: DelegateEntry) -> str:
    """How a delegate is offered and typed: certificate number, name, delegation."""
    return f"{entry.number} {entry.name} {entry.delegation}"


def labels(roll: Roll) -> list[str]:
    """Every delegate, in the order of the roll."""
    return [label(entry) for entry in roll.entries.values()]


def delegate_in(typed: Typed, field: str, roll: Roll) -> UUID:
    """The delegate named by a field; what names nobody or several is noted as wrong."""
    text = typed.required(field)
    found = matching(text, roll)
    if text and len(found) != 1:
        typed.wrong(field, "several_delegates" if found else "no_delegate", text)
    return found[0] if found else UUID(int=0)


def matching(text: str, roll: Roll) -> Sequence[UUID]:
    """The delegates meant: by certificate number first, by name where there is no such number."""
    text = " ".join(text.split())
    numbered = [key for key, entry in roll.entries.items() if text in (entry.number, label(entry))]
    if numbered:
        return numbered
    first, _, rest = text.partition(" ")
    pairs = [key for key, entry in roll.entries.items() if entry.number == first and rest.startswith(entry.name)]
    return pairs or [key for key, entry in roll.entries.items() if entry.name == text]
