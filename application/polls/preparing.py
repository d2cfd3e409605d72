"""Commands that prepare a poll: its items, its scrutineers, its cards."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from application.accounts import ensure_scrutineer
from application.congress import session_of
from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.lineage import filled_by
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress.rehearsal import NotInRehearsal
from domain.congress.session import Session
from domain.polls import card_set as card_sets
from domain.polls import declaring, opening
from domain.polls import poll as polls
from domain.polls import preparing as judged
from domain.polls import profile as profiles
from domain.polls.opening import CardSetNeeded, MayNotBeScrutineer
from domain.polls.places import AgainGivenUp
from domain.polls.poll import Poll, PollCancelled, PollItem, PollPrepared, PollStage, Sealing
from domain.polls.rules import Form, RuleProfile
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.shared import NotFound


def prepare_poll(
    office: Office,
    box: Box,
    by: By,
    poll: UUID,
    *,
    session: UUID,
    profile: UUID,
    card_set: UUID | None,
    title: str,
    summaries: Mapping[UUID, str],
    waiver: str = "",
    sealing: Sealing = Sealing.SEALED,
    keypad: bool = False,
    paper_colour: str = "",
) -> int:
    """Prepares the vote on the session's published list by the adopted profile, with one card set bound to it.

    Without a set it is held on paper, or with the hall's keypads. `summaries` are the lines under the items' names,
    by project. Raises NotPermitted, NotFound, ListNotPublished, ListAtVote, ProfileNotAdopted, CardSetNeeded,
    SetAlreadyBound, SetDiscarded, Missing, Invalid, NotForProjects, SealingRequired, NoSurplus, NotInRehearsal or
    NotSecret.
    """
    convened = session_of(office, session)
    by.actor.require(Act.PREPARE_POLL, convened.congress)

    def decide(desk: Desk) -> None:
        version, rules = rules_at(desk, profile, convened)
        candidates = _put_to_vote(desk, poll, session, convened)
        prepared = PollPrepared(
            congress=convened.congress,
            session=session,
            session_title=convened.title,
            year=convened.year,
            title=title.strip(),
            items=_items(desk, candidates, summaries),
            profile_id=profile,
            profile_version=version,
            profile=rules,
            card_set=card_set,
            sealing=sealing,
            sent_on=candidates.published_on if candidates else convened.starts_on,
            waiver=waiver.strip(),
            keypad=keypad,
            paper_colour=paper_colour.strip(),
        )
        desk.add(poll, judged.prepare_vote(prepared))
        bind_set(desk, poll, prepared)

    box.prepare(poll)
    return office.record(by, decide)


def _put_to_vote(desk: Desk, poll: UUID, session: UUID, convened: Session) -> lists.CandidateList | None:
    """The session's published list, which this poll takes. Raises ListNotPublished or ListAtVote."""
    listing = lists.list_stream(convened.congress, convened.year)
    candidates = desk.load(listing, lists.evolve)
    if candidates is not None and candidates.session != session:
        raise lists.ListNotPublished(year=convened.year)
    desk.add(listing, lists.put_to_vote(candidates, convened.year, poll))
    return candidates


def rules_at(desk: Desk, profile: UUID, convened: Session) -> tuple[int, RuleProfile]:
    """The adopted rules of this congress and their version, for a real session.

    Raises NotFound, ProfileNotAdopted or NotInRehearsal.
    """
    if convened.is_rehearsal:
        raise NotInRehearsal(title=convened.title)
    known = desk.load(profile, profiles.evolve)
    adopted = profiles.adopted_rules(known)
    if known is None or known.congress != convened.congress:
        raise NotFound(kind="profile", id=str(profile))
    return known.version, adopted


def bind_set(desk: Desk, poll: UUID, prepared: PollPrepared) -> None:
    """The poll's card set, if it has one, serves this poll and no other.

    Raises CardSetNeeded, SetAlreadyBound, SetDiscarded, SetOfRehearsal or SetIsReal.
    """
    if prepared.card_set is not None:
        found = _set_of(desk, prepared.card_set, prepared.session)
        desk.add(prepared.card_set, card_sets.bind_card_set(found, poll=poll, rehearsal=prepared.rehearsal))


def approve_scrutineers(office: Office, by: By, poll: UUID, chief: UUID, scrutineers: Sequence[UUID]) -> int:
    """Records whom the plenary approved, and lets them into the scrutineers' area.

    Raises NotPermitted, NotFound, MayNotBeScrutineer (rule 14), TooFewScrutineers, Invalid or PollInWrongStage.
    """
    congress = known_poll(office, poll).prepared.congress
    by.actor.require(Act.PREPARE_POLL, congress)

    def decide(desk: Desk) -> None:
        state = desk.load(poll, polls.evolve)
        fact = polls.ScrutineersApproved(chief=chief, scrutineers=tuple(scrutineers))
        desk.add(poll, opening.approve_scrutineers(state, fact))
        roll = desk.load(rolls.roll_stream(congress), rolls.evolve)
        involved = _responsible_units(desk, polls.known(state))
        for delegate in (chief, *scrutineers):
            if roll is None or not roll.admits(delegate):
                raise NotFound(kind="delegate", id=str(delegate))
            entry = roll.entries[delegate]
            if entry.unit and entry.unit in involved:
                raise MayNotBeScrutineer(name=entry.name, unit=entry.unit)
            ensure_scrutineer(desk, congress, entry)

    return office.record(by, decide)


def cancel_poll(office: Office, by: By, poll: UUID, reason: str) -> int:
    """Ends a poll without a result and sets free what it was held for; its cards are not used again.

    Raises NotPermitted, NotFound, PollInWrongStage or Missing (reason).
    """
    by.actor.require(Act.PREPARE_POLL, known_poll(office, poll).prepared.congress)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        end_without_result(desk, poll, state, declaring.cancel_poll(state, reason))

    return office.record(by, decide)


def end_without_result(desk: Desk, poll: UUID, state: Poll, fact: PollCancelled) -> None:
    """Records the end, sets free what it was held for, and takes the cards out of use unless voting used them up."""
    prepared = state.prepared
    desk.add(poll, fact)
    _set_free(desk, poll, prepared)
    if prepared.card_set is not None and state.stage is PollStage.PREPARED:
        bound = _set_of(desk, prepared.card_set, prepared.session)
        gone = card_sets.discard_card_set(bound, reason=fact.reason, poll_has_opened=False)
        desk.add(prepared.card_set, gone)


def _set_free(desk: Desk, poll: UUID, prepared: PollPrepared) -> None:
    """The candidate list, or the open places of an earlier poll, for which another may now be held."""
    parent = filled_by(desk, prepared)
    if parent is not None:
        desk.load(parent, polls.evolve)
        desk.add(parent, AgainGivenUp(poll=poll))
    elif not prepared.rehearsal and prepared.profile.form is not Form.GRADE:
        listing = lists.list_stream(prepared.congress, prepared.year)
        desk.add(listing, lists.release_list(desk.load(listing, lists.evolve), prepared.year, poll))


def known_poll(office: Office, poll: UUID) -> Poll:
    """The poll. Raises NotFound."""
    return polls.known(office.state_of(poll, polls.evolve))


def _items(desk: Desk, candidates: lists.CandidateList | None, summaries: Mapping[UUID, str]) -> tuple[PollItem, ...]:
    listed = candidates.candidates if candidates else ()
    known = desk.load_many((line.project for line in listed), projects.evolve)
    return tuple(
        PollItem(
            id=str(line.number),
            name=line.name,
            project=line.project,
            lead_unit=known[line.project].card.lead_unit_name,
            summary=summaries.get(line.project, ""),
        )
        for line in listed
    )


def _set_of(desk: Desk, card_set: UUID, session: UUID) -> card_sets.CardSet:
    found = desk.load(card_set, card_sets.evolve)
    if found is None or found.session != session:
        raise CardSetNeeded
    return found


def _responsible_units(desk: Desk, poll: Poll) -> set[str]:
    known = desk.load_many((item.project for item in poll.prepared.items), projects.evolve)
    return {unit for project in known.values() for unit in (project.card.lead_unit_name, *project.card.assisting_units)}
