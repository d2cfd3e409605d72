"""Sealed polls that stand still at every step of their day, each in a congress of its own, to be looked at."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID, uuid4

from application.polls import after_closing, rehearsal_day, rehearsing
from application.polls.cards import release_card_set
from application.polls.preparing import approve_scrutineers, known_poll
from domain.accounts.permissions import Grant, Role
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.ballot_form import Row
from domain.polls.box_opening import OpenedOn
from domain.polls.card import card_id
from domain.polls.made_up import MadeUp
from domain.polls.paper_count import Entry
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.support import outcomes, polls, visitors
from tests.support.papers import both_enter, enter, entry_of, mixed_hall, returned
from tests.support.polls import GREEN, Hall
from tests.support.sealing import MadeKey, columns_in, guarded, new_key, open_twice, record_key, record_opening, sealed
from tests.support.stores import by
from tests.support.voters import VOTES

PAPERS = 12
MARKS = ("for", "against", "abstain", "")


@dataclass(frozen=True)
class Standing:
    """One poll at one step, and who of the office looks at it."""

    step: str
    slug: str
    hall: Hall
    clerk: UUID

    @property
    def chief(self) -> UUID:
        return self.hall.chief.account


def all_steps(house: House) -> list[Standing]:
    """Every step, the earliest first; the last is a rehearsal beside the poll before it."""
    made = [
        _standing(house, step, f"step{place}", make(house, f"step{place}"))
        for place, (step, make) in enumerate(_STEPS.items())
    ]
    after = made[-1]
    made.append(Standing("rehearsal", after.slug, _rehearsed(house, after.hall), after.clerk))
    house.followers.wait_for(house.history.last_position(), timeout=60)
    return made


def _standing(house: House, step: str, slug: str, hall: Hall) -> Standing:
    clerk = visitors.account(house, Grant(role=Role.STAFF, congress=hall.congress), name="周文书")
    return Standing(step, slug, hall, clerk)


def _prepared(house: House, slug: str) -> Hall:
    return polls.prepared(house.office, house.box, slug=slug, sealing=Sealing.SEALED)


def _key_made(house: House, slug: str) -> Hall:
    hall = _prepared(house, slug)
    record_key(hall, new_key(hall))
    return hall


def _released(house: House, slug: str) -> Hall:
    """Tried; half of the delegates have drawn."""
    hall = _prepared(house, slug)
    guarded(hall)
    hall.release()
    for place in range(6):
        hall.check_in(place)
        hall.draw(place)
    return hall


def _voting(house: House, slug: str) -> Hall:
    return _with_papers(house, slug, but=4)[0]


def _last_call(house: House, slug: str) -> Hall:
    hall = _voting(house, slug)
    hall.last_call()
    return hall


def _closed(house: House, slug: str) -> Hall:
    """Papers taken out, a card handed in, an incident waiting and one decided, nothing opened."""
    hall, _key = _with_papers(house, slug)
    hall.close()
    after_closing.hand_in_unused(house.office, house.box, by(hall.clerk), hall.poll, hall.cards[-1])
    for number, note in enumerate(("代表说没有投过，页面说票卡已使用。", "屏幕断电两分钟，票箱没有变化。"), start=1):
        kind = (IncidentKind.USED_BUT_NOT_VOTED, IncidentKind.OTHER)[number - 1]
        after_closing.report_incident(house.office, by(hall.clerk), hall.poll, kind, note)
    after_closing.decide_incident(
        house.office, by(hall.chief), hall.poll, 2, IncidentDecision.PROCEED, "断电不影响已经收下的选票。"
    )
    returned(hall, PAPERS)
    return hall


def _differing(house: House, slug: str) -> Hall:
    """Both teams entered and differ; the box was opened once."""
    hall, key = _with_papers(house, slug)
    hall.close()
    returned(hall, PAPERS)
    rows = _rows(hall)
    enter(hall, 1, entry_of(hall, rows))
    enter(hall, 2, entry_of(hall, [(*rows[0][:-1], "for" if rows[0][-1] != "for" else "against"), *rows[1:]]))
    record_opening(hall, columns_in(hall, key), OpenedOn.BROWSER)
    return hall


def _doubtful(house: House, slug: str) -> Hall:
    """Everything agrees but two marks that the chief is to decide on."""
    return _opened(house, slug, _with_doubts)


def _declared(house: House, slug: str) -> Hall:
    hall = _opened(house, slug, lambda hall: entry_of(hall, _rows(hall)))
    outcomes.declare(hall, "灵人公〔2026〕2号")
    return hall


def _tied(house: House, slug: str) -> Hall:
    """Declared; two items are equal at the last place, so that a second ballot follows."""
    hall = polls.prepared(house.office, house.box, slug=slug)
    hall.release()
    hall.seat()
    hall.open()
    outcomes.vote(hall, {"1": 12, "2": 11, "3": 9, "4": 9, "5": 3})
    outcomes.declare(hall)
    hall.print_set(GREEN, len(hall.delegates) + 2)
    return hall


def _opened(house: House, slug: str, count: Callable[[Hall], Entry]) -> Hall:
    hall, key = _with_papers(house, slug)
    hall.close()
    returned(hall, PAPERS)
    both_enter(hall, count(hall))
    open_twice(hall, key)
    return hall


def _with_doubts(hall: Hall) -> Entry:
    rows = [("?", *row[1:]) if place < 2 else row for place, row in enumerate(_rows(hall))]
    return entry_of(hall, rows, doubtful={hall.form.items[0].id: 2})


def _with_papers(house: House, slug: str, *, but: int = 1) -> tuple[Hall, MadeKey]:
    """Open; all who hold a card have voted but the last so many."""
    keys: list[MadeKey] = []
    hall = mixed_hall(
        house.office,
        house.box,
        house.private,
        cards=13,
        papers=PAPERS,
        slug=slug,
        sealing=Sealing.SEALED,
        before=lambda made: keys.append(guarded(made)),
    )
    for place, card in enumerate(hall.cards[: len(hall.cards) - but]):
        row = tuple("for" if place < votes else "against" for votes in VOTES)
        house.box.cast(hall.poll, card_id(card), sealed(row, hall, keys[0]))
    return hall, keys[0]


def _rows(hall: Hall) -> list[Row]:
    chance = Random(8)
    return [tuple(chance.choice(MARKS) for _ in hall.form.items) for _ in range(PAPERS)]


def _rehearsed(house: House, hall: Hall) -> Hall:
    """In a session whose real poll is over, a rehearsal is open and its made-up ballots are in, but a few."""
    office, box, private, poll = house.office, house.box, house.private, uuid4()
    profile = hall.state.prepared.profile_id
    rehearsing.begin_rehearsal(
        office, box, private, by(hall.clerk), hall.session, poll, profile=profile, sealing=Sealing.UNSEALED
    )
    chief, *others = [entry.delegate for entry in hall.delegates[:3]]
    approve_scrutineers(office, by(hall.clerk), poll, chief, others)
    release_card_set(office, by(hall.chief), poll, hall.scrutineers[0])
    rehearsal_day.seat_everybody(office, box, private, by(hall.clerk), poll)
    session = known_poll(office, poll).prepared.session
    shown = replace(hall, poll=poll, session=session, cards=[], left_over=[], secrets=[])
    shown.open()
    rehearsal_day.cast_made_up(
        office, box, private, by(hall.clerk), poll, outcome=MadeUp.TIE, leave=5, chance=Random(5)
    )
    return shown


_STEPS: dict[str, Callable[[House, str], Hall]] = {
    "prepared": _prepared,
    "key made": _key_made,
    "released": _released,
    "voting": _voting,
    "last call": _last_call,
    "closed": _closed,
    "differing": _differing,
    "doubtful": _doubtful,
    "tied": _tied,
    "declared": _declared,
}
