"""Commands that begin a rehearsal 演练 and throw it away.

A rehearsal is a session and polls of its own (domain/congress/rehearsal.py). The codes of its cards, made up as
everything else in it, are kept until it is thrown away: so its ballots can be cast by a button.
"""

import secrets
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid5

from application.congress import session_at, session_of
from application.history.box import Box
from application.office import By, Desk, Office
from application.private.hall_words import erase_hall_word
from application.private.rehearsal_cards import erase_cards, keep_cards
from application.private.store import PrivateStore
from application.private.workings import erase_workings
from domain.accounts.permissions import Act
from domain.congress import rehearsal as rehearsals
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.rehearsal import OnlyInRehearsal, RehearsalBegun, RehearsalEnded, RehearsalEntered, rehearsed
from domain.congress.roll import Roll
from domain.congress.session import Session
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls import preparing
from domain.polls import profile as profiles
from domain.polls.card import SECRET_BYTES, Secret, card_id, secret_from
from domain.polls.card_set import CardSetPrinted, PrintAs, SetName, card_set_stream
from domain.polls.poll import PollCancelled, PollItem, PollPrepared, PollStage, Sealing
from domain.polls.rules import RuleProfile
from domain.projects import candidate_list as lists
from domain.shared import NotFound

SETS: Final = (
    SetName(colour="灰色", word="演练甲", number=1),
    SetName(colour="棕色", word="演练乙", number=2),
    SetName(colour="灰色", word="演练丙", number=3),
)
"""The set of the first ballot and two spare ones; no real set has these colours."""

SPARE: Final = 20
"""One card in so many is beyond the roll, so that left-over cards have to be voided in a rehearsal too."""

PRINT_AS: Final = PrintAs.ADDRESS

ITEMS: Final = 12
"""Made-up items where the year has no list of candidates yet."""

_ENDED: Final = frozenset({PollStage.DECLARED, PollStage.CANCELLED})


def begin_rehearsal(
    office: Office,
    box: Box,
    private: PrivateStore,
    by: By,
    session: UUID,
    poll: UUID,
    *,
    profile: UUID,
    sealing: Sealing,
    randomness: Callable[[int], bytes] = secrets.token_bytes,
) -> int:
    """Begins the next rehearsal of a session and prepares its poll, with a card set and spare ones.

    The items are the year's candidates, or made up; the rules are the profile's, adopted or still a draft. Raises
    NotPermitted, NotFound, NotInRehearsal, RehearsalUnderWay, NoSurplus or NotSecret.
    """
    congress = session_of(office, session).congress
    by.actor.require(Act.PREPARE_POLL, congress)
    on_roll = office.state_of(rolls.roll_stream(congress), rolls.evolve) or Roll()
    cards = on_roll.all_delegates + -(-on_roll.all_delegates // SPARE)
    if not cards:
        raise NotFound(kind="delegate", id="")
    codes = {name: [secret_from(randomness(SECRET_BYTES)) for _ in range(cards)] for name in SETS}
    begun: list[UUID] = []

    def decide(desk: Desk) -> None:
        begun[:] = [_begin(desk, session)]
        for name, of_set in codes.items():
            desk.add(card_set_stream(begun[0], name.number), _printed(desk, congress, begun[0], name, of_set))
        first = card_set_stream(begun[0], SETS[0].number)
        prepared = _prepared(desk, office.today(), begun[0], session, profile, first, sealing)
        desk.add(poll, preparing.prepare_vote(prepared))
        bound = desk.load(first, card_sets.evolve)
        if bound is not None:
            desk.add(first, card_sets.bind_card_set(bound, poll=poll, rehearsal=True))

    box.prepare(poll)
    position = office.record(by, decide)
    if begun:
        _keep(office, private, begun[0], codes)
    return position


def _begin(desk: Desk, session: UUID) -> UUID:
    real = session_at(desk, session)
    if real.is_rehearsal:
        raise rehearsals.NotInRehearsal(title=real.title)
    known = desk.load(rehearsals.rehearsals_stream(session), rehearsals.evolve_rehearsals) or ()
    states = desk.load_many(known, sessions.evolve)
    number = len(known) + 1
    begun = rehearsals.rehearsal_id(session, number)
    fact = RehearsalBegun(
        congress=real.congress,
        of=session,
        rehearsal=number,
        term=real.term,
        number=real.number,
        title=rehearsed(real.title, number),
        year=real.year,
        starts_on=real.starts_on,
        ends_on=real.ends_on,
    )
    desk.add(begun, rehearsals.begin_rehearsal([states[one].thrown_away for one in known], fact))
    desk.add(rehearsals.rehearsals_stream(session), RehearsalEntered(session=begun))
    desk.load(begun, sessions.evolve)
    return begun


def _printed(desk: Desk, congress: UUID, begun: UUID, name: SetName, codes: Iterable[Secret]) -> CardSetPrinted:
    return card_sets.print_card_set(
        desk.load(card_set_stream(begun, name.number), card_sets.evolve),
        congress=congress,
        session=begun,
        name=name,
        print_as=PRINT_AS,
        secrets=codes,
        per_sheet=8,
        present=(),
        rehearsal=True,
    )


def _prepared(
    desk: Desk, today: date, begun: UUID, session: UUID, profile: UUID, card_set: UUID, sealing: Sealing
) -> PollPrepared:
    real = session_at(desk, session)
    rules = desk.load(profile, profiles.evolve)
    if rules is None or rules.congress != real.congress:
        raise NotFound(kind="profile", id=str(profile))
    return PollPrepared(
        congress=real.congress,
        session=begun,
        session_title=session_at(desk, begun).title,
        year=real.year,
        title=rehearsed(f"{real.year}年民生实事项目票决"),
        items=_items(desk, real, begun, rules.rules),
        profile_id=profile,
        profile_version=rules.version,
        profile=rules.rules,
        card_set=card_set,
        sealing=sealing,
        sent_on=today - timedelta(days=rules.rules.pre_reading_days),
        waiver=rehearsals.WORD if rules.rules.allow_equal else "",
        rehearsal=True,
    )


def _items(desk: Desk, real: Session, begun: UUID, rules: RuleProfile) -> tuple[PollItem, ...]:
    """The year's candidates by name, each standing for a project of its own that is nowhere else."""
    listed = desk.load(lists.list_stream(real.congress, real.year), lists.evolve)
    names = [line.name for line in listed.candidates] if listed and listed.published else []
    wanted = max(ITEMS, (rules.quota or 0) + 2)
    names = names or [f"{rehearsals.WORD}项目{number}" for number in range(1, wanted + 1)]
    return tuple(
        PollItem(id=str(number), name=name, project=uuid5(begun, f"item/{number}"))
        for number, name in enumerate(names, start=1)
    )


def end_rehearsal(
    office: Office, box: Box, private: PrivateStore, by: By, rehearsal: UUID, *, held: Collection[UUID], reason: str
) -> int:
    """Throws a rehearsal away: its polls (`held`) end where they stand, what was kept of it is erased.

    Raises NotPermitted, NotFound, OnlyInRehearsal, RehearsalIsOver, Missing (reason) or TryAgain.
    """
    session = session_of(office, rehearsal)
    by.actor.require(Act.PREPARE_POLL, session.congress)
    if session.rehearsal_of is None:
        raise OnlyInRehearsal(title=session.title)
    ended = RehearsalEnded(
        congress=session.congress, of=session.rehearsal_of, rehearsal=session.rehearsal, reason=reason.strip()
    )

    def decide(desk: Desk) -> None:
        now = session_at(desk, rehearsal)
        desk.add(rehearsal, rehearsals.end_rehearsal(ended, has_ended=now.thrown_away))
        for poll, state in desk.load_many(held, polls.evolve).items():
            if state.prepared.session == rehearsal and state.stage not in _ENDED:
                if state.stage is PollStage.OPEN:
                    box.close(poll)
                desk.add(poll, PollCancelled(reason=ended.reason))

    position = office.record(by, decide)
    erase_cards(private, rehearsal)
    for poll, state in office.states_of(held, polls.evolve).items():
        if state.prepared.session != rehearsal:
            continue
        erase_workings(private, poll)
        erase_hall_word(private, poll)
    return position


def _keep(office: Office, private: PrivateStore, begun: UUID, codes: dict[SetName, list[Secret]]) -> None:
    """Keeps the codes of the sets that stand in the record: those of a command that was repeated are not."""
    for name, of_set in codes.items():
        known = office.state_of(card_set_stream(begun, name.number), card_sets.evolve)
        if known is not None and card_id(of_set[0]) in known.cards:
            keep_cards(private, begun, name.number, of_set)
