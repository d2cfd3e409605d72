"""A vote, its second ballot and the decision after it: what the system declares is what `piaojue tally` computes."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from application.polls.adopting import adopted_by_count
from domain.polls.columns import add_up
from domain.polls.count import canonical_count, count_hash, open_items, read_count
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.places import Again, HeldAgain
from domain.polls.poll import (
    Poll,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollFact,
    PollOpened,
    PollPrepared,
    Sealing,
    counted_in,
    evolve,
)
from domain.polls.reckoning import Operator
from domain.polls.rules import Form, MaxFor, PassBase, Shortfall, TieAtCut
from domain.polls.second_ballots import decide_places, open_places, second_ballot
from interfaces.tally.command import main as tally
from interfaces.web.polls.reporting import tally_files_of
from tests.support import poll_facts
from tests.support.poll_facts import POLL, ROOT, with_rules

ON = date(2026, 3, 20)
EXAMPLES = settings(deadline=None, max_examples=60)


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """One vote as it went: who held cards and what lay in the box, which may be too many."""

    attending: int
    issued: int
    rows: list[list[str]]


def marks_of(form: Form) -> list[str]:
    return ["x", "x", "", "?"] if form is Form.CHOOSE else ["for", "for", "for", "against", "abstain", "", "?"]


@st.composite
def rules(draw: st.DrawFn) -> PollPrepared:
    candidates = draw(st.integers(1, 6))
    profile = with_rules(
        form=draw(st.sampled_from([Form.PER_ITEM, Form.CHOOSE])),
        quota=draw(st.one_of(st.none(), st.integers(1, candidates))),
        allow_equal=True,
        min_surplus_rate=draw(st.sampled_from([Decimal("0.10"), Decimal("0.5")])),
        pass_base=draw(st.sampled_from(PassBase)),
        pass_operator=draw(st.sampled_from(Operator)),
        max_for=draw(st.sampled_from(MaxFor)),
        tie_at_cut=draw(st.sampled_from(TieAtCut)),
        shortfall=draw(st.sampled_from(Shortfall)),
    )
    return poll_facts.prepared(candidates, profile, waiver="主席团决定")


@st.composite
def ballots(draw: st.DrawFn, prepared: PollPrepared) -> Ballot:
    items = len(prepared.items)
    cells = st.lists(st.sampled_from(marks_of(prepared.profile.form)), min_size=items, max_size=items)
    attending = draw(st.integers(7, 12))
    issued = draw(st.integers(6, attending))
    return Ballot(attending=attending, issued=issued, rows=draw(st.lists(cells, max_size=10)))


def folded(*facts: PollFact) -> Poll:
    return poll_facts.folded(*facts)


def counted(prepared: PollPrepared, ballot: Ballot) -> Poll:
    """The poll after its count, as the system makes it."""
    opened = PollOpened(all_delegates=12, attending=ballot.attending, issued=ballot.issued, form="f" * 64)
    closed = PollClosed(ballots=len(ballot.rows), root=ROOT, cards_printed=ballot.issued, cards_voided=0)
    state = folded(prepared, opened, closed)
    turnout = Turnout(all_delegates=12, attending=ballot.attending, issued=ballot.issued)
    parts = Parts(electronic=add_up(prepared.profile, [item.id for item in prepared.items], ballot.rows))
    outcome = tally_parts(prepared.profile, prepared.items, turnout, parts)
    text = canonical_count(POLL, state, turnout, parts, outcome)
    why = outcome.reason.value if isinstance(outcome, NoOutcome) else ""
    return evolve(state, PollCounted(version=1, count=text, count_hash=count_hash(text), void_because=why))


def declared(state: Poll) -> Poll:
    adopted = adopted_by_count(state)
    fact = PollDeclared(on=ON, notice_number="〔2026〕5号", count_hash=counted_in(state).count_hash, adopted=adopted)
    return evolve(state, fact)


def recomputed(state: Poll) -> dict[str, object]:
    """What `piaojue tally` says of the exported files."""
    with TemporaryDirectory() as folder:
        arguments = []
        for name, text in tally_files_of(read_count(counted_in(state).count)).items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
            arguments += [f"--{name.removesuffix('.json')}", str(Path(folder) / name)]
        out = Path(folder) / "outcome.json"
        assert tally([*arguments, "--out", str(out)]) == 0
        found: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
        return found


def agrees(state: Poll) -> bool:
    """Whether the declared result is the tool's; a void poll shows nothing that could be recomputed."""
    count = read_count(counted_in(state).count)
    if counted_in(state).void_because:
        assert count["columns"] is None
        assert set(count["outcome"]) == {"valid", "reason"}
        return False
    again = recomputed(state)
    assert again == count["outcome"]
    ids = {item.project: item.id for item in state.prepared.items}
    assert [ids[project] for project in adopted_by_count(state)] == again["adopted"]
    return True


@EXAMPLES
@given(st.data())
def test_every_ballot_of_a_vote_agrees_with_the_tool_and_every_project_ends_once(data: st.DataObject) -> None:
    """Parent, second ballot, second ballot of that, decisions: no place is given twice, no project is lost."""
    prepared = data.draw(rules())
    placed: list[UUID] = []
    waiting = {item.project for item in prepared.items}
    poll_id = POLL
    for round_ in range(4):
        state = counted(prepared, data.draw(ballots(prepared)))
        if not agrees(state):
            break
        state = declared(state)
        placed += adopted_by_count(state)
        left = open_places(state)
        open_now = open_items(read_count(counted_in(state).count))
        waiting = {item.project for item in state.prepared.items if item.id in open_now}
        if left is None:
            break
        if left.by is not None:
            places = decide_places(state, number="〔2026〕3号", on=ON, adopted=tuple(sorted(waiting)[: left.places]))
            placed += places.adopted
            waiting = set()
            break
        prepared = following(poll_id, state)
        assert {item.id for item in prepared.items} == open_now
        state = evolve(state, HeldAgain(poll=uuid5(poll_id, str(round_)), again=left.again or Again.TIE))
        assert prepared.profile.quota == left.places
        poll_id = uuid5(poll_id, str(round_))
    assert len(placed) == len(set(placed))
    assert not waiting & set(placed)


def following(poll_id: UUID, state: Poll) -> PollPrepared:
    return second_ballot(
        poll_id,
        state,
        title="再次票决",
        card_set=state.prepared.card_set,
        sealing=Sealing.UNSEALED,
        paper_colour="",
        waiver="主席团决定",
    )


@EXAMPLES
@given(st.data())
def test_a_first_vote_never_gives_more_places_than_there_are(data: st.DataObject) -> None:
    prepared = data.draw(rules())
    state = counted(prepared, data.draw(ballots(prepared)))
    if not agrees(state) or prepared.profile.quota is None or prepared.profile.tie_at_cut is TieAtCut.ADMIT_ALL:
        return
    left = open_places(state)
    assert len(adopted_by_count(state)) + (left.places if left else 0) <= prepared.profile.quota
