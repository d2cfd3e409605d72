"""Commands that count papers and keypads: what the boxes held, what two teams entered, what the chief decided.

Figures go into the workings first, under the digest that the fact then names: a crash in between leaves figures that
nothing names. Neither a fact nor the key of a command holds a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from application.office import By, Office
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from application.private.store import PrivateStore
from application.private.workings import figures_of, keep_figures, named_by
from domain.accounts.permissions import Act
from domain.polls import paper_count
from domain.polls import poll as polls
from domain.polls.before_count import Differing
from domain.polls.columns import Columns
from domain.polls.count import form_of
from domain.polls.paper import BatchEntered, DoubtfulMarkDecided, KeypadTotalsEntered
from domain.polls.paper_count import (
    TEAMS,
    Entry,
    columns_of_entry,
    decidable_marks,
    differences,
    read_entry,
    written_entry,
)
from domain.polls.parts import merged, rules_of
from domain.polls.poll import Poll
from domain.shared import Invalid, Refused

KEYPADS: Final = 0
"""Stands for the keypads among batches, which are numbered from 1."""


@dataclass(eq=False)
class FiguresLost(Refused):
    """The figures that were entered are not here any more: the batch is entered again."""

    batch: int


def return_papers(office: Office, by: By, poll: UUID, batches: Sequence[int]) -> int:
    """Records the papers the boxes held, mixed and cut into batches; none is possible too.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, CountedByKeypad, PapersFixed, Invalid
    or BatchTooSmall.
    """
    require_at_table(by.actor, Act.ENTER_PAPERS, known_poll(office, poll))
    return office.change(by, poll, polls.evolve, lambda known: paper_count.return_papers(known, batches))


def enter_batch(
    office: Office,
    private: PrivateStore,
    by: By,
    poll: UUID,
    *,
    team: int,
    batch: int,
    entry: Entry,
    scanned: bool = False,
) -> int:
    """A team enters what it counted in a batch, without having seen what the other team entered.

    Raises NotPermitted, NotThisPollsScrutineer and what `paper_count.enter_batch` refuses; then nothing is kept.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.ENTER_PAPERS, state)
    form = form_of(poll, state.prepared)
    fact = BatchEntered(team=team, batch=batch, entrant=by.actor.account, digest="", scanned=scanned)
    paper_count.enter_batch(state, entry, form, fact)
    named = keep_figures(private, poll, _kind(batch), written_entry(entry))
    fact = BatchEntered(team=team, batch=batch, entrant=by.actor.account, digest=named, scanned=scanned)
    return office.change(
        named_by(by, named), poll, polls.evolve, lambda known: paper_count.enter_batch(known, entry, form, fact)
    )


def enter_keypad(office: Office, private: PrivateStore, by: By, poll: UUID, *, team: int, entry: Entry) -> int:
    """One of two people enters the totals of the keypads.

    Raises NotPermitted, NotThisPollsScrutineer and what `paper_count.enter_keypad` refuses; then nothing is kept.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.ENTER_PAPERS, state)
    form = form_of(poll, state.prepared)
    fact = KeypadTotalsEntered(team=team, entrant=by.actor.account, returned=entry.papers, digest="")
    paper_count.enter_keypad(state, entry, form, fact)
    named = keep_figures(private, poll, _kind(KEYPADS), written_entry(entry))
    fact = KeypadTotalsEntered(team=team, entrant=by.actor.account, returned=entry.papers, digest=named)
    return office.change(
        named_by(by, named), poll, polls.evolve, lambda known: paper_count.enter_keypad(known, entry, form, fact)
    )


def decide_doubtful(
    office: Office,
    private: PrivateStore,
    by: By,
    poll: UUID,
    *,
    batch: int,
    item: str,
    number: int,
    mark: str,
    reason: str,
) -> int:
    """The chief decides what a doubtful mark counts as; the mark goes into the workings, the reason into the record.

    Raises NotPermitted, NotThisPollsScrutineer, Invalid (mark) and what `paper_count.decide_doubtful` refuses.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.DECIDE_INCIDENT, state, chief_alone=True)
    if mark not in decidable_marks(form_of(poll, state.prepared)):
        raise Invalid(field="mark", reason="choice", value="")
    agreed = agreed_entry(private, poll, state, batch)
    fact = DoubtfulMarkDecided(batch=batch, item=item, number=number, reason=reason, digest="")
    paper_count.decide_doubtful(state, agreed, fact)
    named = keep_figures(private, poll, _doubt(batch, item, number), {"mark": mark})
    fact = DoubtfulMarkDecided(batch=batch, item=item, number=number, reason=reason, digest=named)

    def decide(known: Poll | None) -> DoubtfulMarkDecided:
        found = agreed_entry(private, poll, polls.known(known), batch)
        return paper_count.decide_doubtful(known, found, fact)

    return office.change(named_by(by, named), poll, polls.evolve, decide)


def entry_of(private: PrivateStore, poll: UUID, state: Poll, batch: int, team: int) -> Entry | None:
    """What a team entered last; None when it has not, or when the figures are lost."""
    papers = state.papers
    fact = papers.keypad.get(team) if batch == KEYPADS else papers.entries.get((batch, team))
    figures = figures_of(private, poll, _kind(batch), fact.digest) if fact else None
    return None if figures is None else read_entry(figures)


def agreed_entry(private: PrivateStore, poll: UUID, state: Poll, batch: int) -> Entry | None:
    """The figures of a batch on which both teams agree; None while they do not."""
    if len({fact.digest for (of, _), fact in state.papers.entries.items() if of == batch}) != 1:
        return None
    entered = [entry_of(private, poll, state, batch, team) for team in TEAMS]
    return entered[0] if all(entered) else None


def differing_in(private: PrivateStore, poll: UUID, state: Poll) -> Differing:
    """Where the teams differ, by batch. Batches that one team has not entered are not among them."""
    found = {}
    for batch in range(KEYPADS, len(state.papers.batches) + 1):
        first, second = (entry_of(private, poll, state, batch, team) for team in TEAMS)
        if first and second and (differing := differences(first, second)):
            found[batch] = differing
    return found


def decided_marks(private: PrivateStore, poll: UUID, state: Poll, batch: int) -> dict[tuple[str, int], str]:
    """What the chief decided on the doubtful marks of a batch, by item and number. Raises FiguresLost."""
    decided = {}
    for fact in state.papers.decided:
        if fact.batch == batch:
            figures = figures_of(private, poll, _doubt(batch, fact.item, fact.number), fact.digest)
            if figures is None:
                raise FiguresLost(batch=batch)
            decided[fact.item, fact.number] = str(figures["mark"])
    return decided


def paper_columns(private: PrivateStore, poll: UUID, state: Poll) -> Columns | None:
    """The columns of all papers, once everything about them is settled. Raises FiguresLost."""
    rules, form = rules_of(state.prepared), form_of(poll, state.prepared)
    batches = []
    for batch in range(1, len(state.papers.batches) + 1):
        entry = agreed_entry(private, poll, state, batch)
        if entry is None:
            raise FiguresLost(batch=batch)
        batches.append(columns_of_entry(entry, rules, form, decided_marks(private, poll, state, batch)))
    return merged(rules, [item.id for item in form.items], batches) if batches else None


def keypad_columns(private: PrivateStore, poll: UUID, state: Poll) -> Columns | None:
    """The columns of the keypads, on which both people agree. Raises FiguresLost."""
    if not state.prepared.keypad:
        return None
    entry = entry_of(private, poll, state, KEYPADS, TEAMS[0])
    if entry is None:
        raise FiguresLost(batch=KEYPADS)
    return columns_of_entry(entry, rules_of(state.prepared), form_of(poll, state.prepared))


def _kind(batch: int) -> str:
    return "keypad" if batch == KEYPADS else f"paper/{batch}"


def _doubt(batch: int, item: str, number: int) -> str:
    return f"doubt/{batch}/{item}/{number}"
