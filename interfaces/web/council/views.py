"""What the pages of a council's agenda show."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from application.polls.preparing import known_poll
from domain.accounts.permissions import Act
from domain.congress.congress import Level
from domain.congress.council import ItemResult
from domain.polls.poll import PollStage
from domain.polls.rules import Form
from domain.shared import Invalid, Missing, NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web.council.words import CHOSEN_BY, RESULT_KINDS, RESULTS, hands_words
from interfaces.web.session.views import known_session, standing
from projections import agenda, attendance, poll_board, profile_shelf, proposal_register
from projections.agenda import AgendaRow, Tally
from projections.congress_directory import ListedCongress, congresses_named
from projections.congress_register import ListedSession, sessions_of
from projections.proposal_register import ProposalRow

MOST_OFFERED = 30
"""Open proposals offered for an agenda, those with most support first."""

USUAL_SPEAKERS = ("街道办事处", "社区居委会", "责任单位", "居民代表")


class Meeting(NamedTuple):
    """A meeting with its agenda as the office sees it."""

    session: ListedSession
    items: list[AgendaRow]
    upper: ListedCongress | None
    bodies: dict[UUID, ListedCongress]
    """The upper body, and those to which items were passed on when another one was above."""

    @property
    def most_counted(self) -> int:
        """Those present when most hands were counted: who is there, where nobody checks in at the door."""
        return max((one.present for one in self.items if one.present is not None), default=0)

    @property
    def waiting(self) -> list[AgendaRow]:
        """Chosen, and not passed on or listed yet."""
        return [one for one in self.items if one.waits]

    @property
    def tally(self) -> Tally:
        """How far the meeting has come."""
        decided = [one for one in self.items if one.result]
        return Tally(len(self.items), len(decided), len([one for one in decided if one.is_chosen]))


def meeting(conn: Connection, here: Place, session: UUID) -> Meeting:
    """The meeting with its agenda. Raises NotFound."""
    known = known_session(conn, here, session)
    items, parent = agenda.items_of(conn, session), here.congress.parent
    named = {one.id: one for one in congresses_named(conn, bodies_of(items, parent))}
    return Meeting(known, items, named.get(parent) if parent else None, named)


def bodies_of(items: list[AgendaRow], parent: UUID | None = None) -> tuple[UUID, ...]:
    """The upper body, and those to which items were passed on."""
    found = (parent, *(one.passed_to for one in items))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def around(house: House, conn: Connection, here: Place, session: UUID) -> dict[str, Any]:
    """The meeting, who is there, and the words of every page about it."""
    known = meeting(conn, here, session)
    return {
        "meeting": known,
        "standing": standing(house, conn, here, session),
        "root": f"/staff/{here.congress.slug}/agenda/{session}",
        "may_keep": here.may(Act.KEEP_AGENDA) and not known.session.rehearsal,
        "is_street": here.congress.level == Level.STREET,
        "results": RESULTS,
        "result_kinds": RESULT_KINDS,
        "chosen_by": CHOSEN_BY,
        "hands_words": hands_words,
    }


def offered(conn: Connection, here: Place, known: Meeting) -> list[ProposalRow]:
    """Open proposals of the meeting's year that are not on its agenda, those with most support first."""
    found = proposal_register.proposals_of(
        conn,
        here.congress.id,
        known.session.year,
        outcome=proposal_register.OPEN,
        order=proposal_register.MOST_SUPPORTED,
        limit=MOST_OFFERED + len(known.items),
    )
    there = {one.proposal for one in known.items}
    return [one for one in found if one.proposal not in there][:MOST_OFFERED]


def council_stop(
    conn: Connection, congress: ListedCongress, year: int, root: str
) -> tuple[str, str, str, str, str] | None:
    """A street's council as a stop on the rail of the year: its newest meeting with an agenda; None without one."""
    tallies = agenda.tallies(conn, congress.id) if congress.level == Level.STREET else {}
    held = [one for one in sessions_of(conn, congress.id) if one.year == year and one.id in tallies] if tallies else []
    if not held:
        return None
    tally = tallies[held[0].id]
    small = _("项议程，有结果 %(n)s，选定 %(chosen)s", n=tally.decided, chosen=tally.chosen)
    return _("审议"), str(tally.items), small, f"{root}/agenda/{held[0].id}", _("看议程")


def ticked(typed: Typed, name: str) -> list[UUID]:
    """What is ticked under this name. Raises Missing for nothing, Invalid for what is no identity."""
    try:
        found = [UUID(text) for text in typed.texts(name)]
    except ValueError:
        raise Invalid(field=name, reason="choice") from None
    if not found:
        raise Missing(fields=(name,))
    return found


def item_of(known: Meeting, item: UUID) -> AgendaRow:
    """Raises NotFound for an item that is not on this agenda."""
    found = next((one for one in known.items if one.item == item), None)
    if found is None:
        raise NotFound(kind="agenda_item", id=str(item))
    return found


def about_item(house: House, conn: Connection, here: Place, session: UUID, item: UUID) -> dict[str, Any]:
    """One item with what was said on it, its neighbours, and how it may be decided."""
    shown = around(house, conn, here, session)
    known: Meeting = shown["meeting"]
    row = item_of(known, item)
    notes = agenda.notes_of(conn, session)
    proposal = proposal_register.proposal_at(conn, row.proposal) if row.proposal else None
    spoke = dict.fromkeys(note.speaker for said in notes.values() for note in said if note.speaker)
    groups = (one.name for one in attendance.presence(conn, here.congress.id, session))
    counted = [one.counted_by for one in known.items if one.counted_by]
    return {
        **shown,
        "item": row,
        "notes": notes.get(item, []),
        "proposal": proposal,
        "speakers": list(dict.fromkeys((*spoke, *groups, *USUAL_SPEAKERS))),
        "counters": list(dict.fromkeys(counted)),
        "profiles": rules_for_hands(conn, here, session),
        "polls": poll_choices(house, conn, session),
        "before": next((one for one in known.items if one.place == row.place - 1), None),
        "after": next((one for one in known.items if one.place == row.place + 1), None),
        "may_choose": _results_for(row, house),
    }


def rules_for_hands(conn: Connection, here: Place, session: UUID) -> list[tuple[UUID, str]]:
    """Adopted rule profiles for votes, the one this meeting adopted first."""
    adopted = profile_shelf.adopted_profiles(conn, here.congress.id)
    votes = [one for one in adopted if one.form != Form.GRADE]
    votes.sort(key=lambda one: one.session != session)
    return [(one.id, one.title) for one in votes]


def poll_choices(house: House, conn: Connection, session: UUID) -> list[tuple[str, str]]:
    """The items of the meeting's polls that may decide, as `poll/item` and in words."""
    choices: list[tuple[str, str]] = []
    for poll in poll_board.polls_of_session(conn, session):
        if poll.stage is not PollStage.CANCELLED:
            for one in known_poll(house.office, poll.id).prepared.items:
                words = _("%(poll)s 第 %(n)s 项：%(name)s", poll=poll.title, n=one.id, name=one.name)
                choices.append((f"{poll.id}/{one.id}", words))
    return choices


def _results_for(row: AgendaRow, house: House) -> list[tuple[str, str]]:
    """The results that can be recorded now."""
    if row.poll is not None:
        state = known_poll(house.office, row.poll)
        project = next((one.project for one in state.prepared.items if one.id == row.poll_item), None)
        carried = state.declared is not None and project in state.declared.adopted
        voted = state.declared is not None
    else:
        carried, voted = row.is_carried, row.votes_for is not None
    open_to = [ItemResult.CHOSEN] if carried else []
    open_to += [ItemResult.NOT_CHOSEN] if voted else []
    return [(one.value, str(RESULTS[one])) for one in (*open_to, ItemResult.DEFERRED)]
