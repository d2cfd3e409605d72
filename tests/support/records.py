"""Records of made-up polls: any form, papers beside cards, sealed or not, void ones and second ballots."""

import hashlib
import random
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, reduce
from uuid import UUID, uuid5

from application.checkpoint_key import CheckpointKey
from application.history.book import BOOK
from application.history.mapper import FactMapper
from application.history.recorded import Recorded
from application.history.tree_leaf import leaf_of, row_of
from domain.checkpoints.checkpoint import Algorithm, Checkpoint, text_of
from domain.checkpoints.tree import leaf_hash, prove_inclusion, root_of, span_hashes
from domain.polls import poll as polls
from domain.polls.ballot import Receipt, box_root
from domain.polls.box_opening import BoxOpened, OpenedOn
from domain.polls.columns import Columns, Mark, add_up
from domain.polls.count import canonical_count, count_hash, form_hash_of, form_of, turnout_of
from domain.polls.outcome import NoOutcome
from domain.polls.paper import PapersReturned
from domain.polls.parts import Parts, rules_of, tally_parts
from domain.polls.places import Again
from domain.polls.poll import Poll, PollFact, PollPrepared, Sealing
from domain.polls.reckoning import Operator, Threshold
from domain.polls.record import Attested, ProvenStep, belongs_in_record, record_files
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    MaxFor,
    Option,
    PassBase,
    RuleProfile,
    Shortfall,
    TieAtCut,
)
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened
from domain.shared import CHINA
from tests.support import poll_facts

AT = datetime(2026, 3, 8, 10, 0, tzinfo=CHINA)
_EVALUATION = EvaluationRules(
    options=(
        Option(id="satisfied", score=Decimal(100), name="满意"),
        Option(id="basic", score=Decimal(60), name="基本满意"),
        Option(id="unsatisfied", score=Decimal(0), name="不满意"),
    ),
    grades=(
        GradeRule(
            grade="satisfied", of=("satisfied",), threshold=Threshold(fraction="1/2", operator=Operator.AT_LEAST)
        ),
        GradeRule(
            grade="basic", of=("satisfied", "basic"), threshold=Threshold(fraction="1/2", operator=Operator.OVER)
        ),
        GradeRule(grade="unsatisfied"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class MadeUp:
    """A record, and what it was made of."""

    poll: Poll
    parts: Parts
    files: dict[str, bytes]


@lru_cache(maxsize=1)
def key() -> CheckpointKey:
    """The installation's key in these tests."""
    return CheckpointKey.new("rd.example.cn")


def made_up(seed: int, algorithm: Algorithm = Algorithm.SHA256, *, delegates: int = 60) -> MadeUp:
    """The record of a poll that this seed stands for."""
    chance = random.Random(seed)
    candidates = chance.randint(1, 8)
    prepared = _prepared(chance, candidates)
    facts, poll, parts, receipts = _held(chance, prepared, delegates)
    leaves = _leaves(chance, facts)
    text = poll.counted.count if poll.counted else ""
    return MadeUp(
        poll=poll,
        parts=parts,
        files=record_files(
            form=form_of(poll_facts.POLL, prepared),
            count=text,
            receipts=receipts,
            attested=attested(leaves, algorithm),
        ),
    )


def _prepared(chance: random.Random, candidates: int) -> PollPrepared:
    form = chance.choice([Form.PER_ITEM, Form.PER_ITEM, Form.CHOOSE, Form.GRADE])
    again = chance.choice([None, None, Again.TIE, Again.SHORTFALL, Again.REPEAT])
    made = poll_facts.prepared(candidates=candidates, rules=_rules(chance, form, candidates), waiver="主席团决定")
    return replace(
        made,
        sealing=chance.choice(list(Sealing)),
        again=again,
        parent=uuid5(poll_facts.POLL, "parent") if again else None,
        title=chance.choice(["票决", "再次票决“民生”", "表决 <&> \\ 𠅤"]),
    )


def _rules(chance: random.Random, form: Form, candidates: int) -> RuleProfile:
    grade = form is Form.GRADE
    return RuleProfile(
        title="票决办法",
        form=form,
        quota=chance.choice([None, *range(1, candidates + 1)]),
        allow_equal=True,
        min_surplus_rate=chance.choice([Decimal("0.10"), Decimal("0.5"), Decimal(1)]),
        quorum=Threshold(fraction="1/2", operator=chance.choice(list(Operator))),
        pass_base=chance.choice(list(PassBase)),
        pass_operator=chance.choice(list(Operator)),
        pass_fraction=chance.choice(["1/2", "2/3", "0.25"]),
        blank_item=chance.choice(
            [BlankItem.INVALID, BlankItem.BLANK]
            if grade
            else [BlankItem.ABSTAIN, BlankItem.INVALID, BlankItem.NOT_PRESSED]
        ),
        max_for=chance.choice(list(MaxFor)),
        tie_at_cut=chance.choice(list(TieAtCut)),
        shortfall=chance.choice(list(Shortfall)),
        min_group_size=chance.choice([1, 5, 10]),
        unsealed_allowed=True,
        evaluation=_EVALUATION if grade else None,
    )


def rows(chance: random.Random, rules: RuleProfile, items: int, ballots: int, *, paper: bool) -> list[list[str]]:
    """Ballots as people make them; unreadable marks only on paper."""
    form = form_of(poll_facts.POLL, poll_facts.prepared(items, rules))
    marks = [*form.marks, form.marks[1], *([Mark.UNREADABLE] if paper else [])]
    return [[chance.choice(marks) for _ in range(items)] for _ in range(ballots)]


def _held(
    chance: random.Random, prepared: PollPrepared, delegates: int
) -> tuple[list[PollFact], Poll, Parts, list[Receipt]]:
    attending = chance.randint(delegates // 2 + 1, delegates)
    papers, cards = chance.choice([(0, attending), (attending // 3, attending - attending // 3), (attending, 0)])
    ballots = cards - min(cards, chance.randint(0, 2))
    returned = papers - min(papers, chance.randint(0, 2)) + (3 if papers and chance.random() < 0.1 else 0)
    rules, ids = rules_of(prepared), [item.id for item in prepared.items]
    parts = Parts(
        electronic=_columns(chance, rules, ids, ballots, paper=False),
        paper=_columns(chance, rules, ids, returned, paper=True),
    )
    receipts = sorted(Receipt(hashlib.sha256(chance.randbytes(8)).hexdigest()) for _ in range(ballots))
    public = hashlib.sha256(chance.randbytes(8)).hexdigest()
    facts: list[PollFact] = [prepared, poll_facts.APPROVED]
    if prepared.sealing is Sealing.SEALED:
        holders = (poll_facts.CHIEF, poll_facts.LI, poll_facts.WANG)
        made = SealingKeyMade(public_key=public, threshold=2, holders=holders, shares=("a" * 64, "b" * 64, "c" * 64))
        facts += [made, TrialBallotOpened(key=hashlib.sha256(bytes.fromhex(public)).hexdigest(), combinations=3)]
    late = chance.randint(0, min(1, papers))
    root, left_over = box_root(receipts), chance.randint(0, 9)
    facts += [
        polls.PollOpened(
            all_delegates=delegates,
            attending=attending - late,
            issued=attending - late,
            form=form_hash_of(poll_facts.POLL, prepared),
            papers=papers - late,
        ),
        polls.LastBallotsCalled(seconds=60),
        polls.PollClosed(
            ballots=ballots,
            root=root,
            cards_printed=cards + left_over,
            cards_voided=left_over,
            papers=papers,
            late=late,
        ),
    ]
    if returned:
        facts.append(PapersReturned(batches=(returned,)))
    if prepared.sealing is Sealing.SEALED and ballots:
        facts += [
            BoxOpened(
                opened_on=where, root=root, ballots=ballots, holders=(poll_facts.LI, poll_facts.WANG), digest="d" * 64
            )
            for where in OpenedOn
        ]
    return *_counted(facts, rules, prepared, parts), receipts


def _columns(chance: random.Random, rules: RuleProfile, ids: list[str], ballots: int, *, paper: bool) -> Columns | None:
    return add_up(rules, ids, rows(chance, rules, len(ids), ballots, paper=paper)) if ballots else None


def _counted(
    facts: list[PollFact], rules: RuleProfile, prepared: PollPrepared, parts: Parts
) -> tuple[list[PollFact], Poll, Parts]:
    closed = poll_facts.folded(*facts)
    outcome = tally_parts(rules, prepared.items, turnout_of(closed), parts)
    text = canonical_count(poll_facts.POLL, closed, turnout_of(closed), parts, outcome)
    void = outcome.reason.value if isinstance(outcome, NoOutcome) else ""
    count = polls.PollCounted(version=1, count=text, count_hash=count_hash(text), void_because=void)
    after: list[PollFact] = [count]
    if void:
        after.append(polls.PollCancelled(reason="无效"))
    else:
        after += [poll_facts.signature(person, count) for person in (poll_facts.CHIEF, poll_facts.LI, poll_facts.WANG)]
        after.append(
            polls.PollDeclared(on=date(2026, 3, 8), notice_number="1", count_hash=count.count_hash, adopted=())
        )
    return [*facts, *after], reduce(polls.evolve, after, closed), parts


def _leaves(chance: random.Random, facts: list[PollFact]) -> list[str]:
    """The facts in a history, between others."""
    mapper, leaves = FactMapper(BOOK), []
    position = chance.randint(1, 50)
    for version, fact in enumerate(facts, start=1):
        leaves += [f'{{"position":{position + more}}}' for more in range(chance.randint(0, 3))]
        position += 5
        stored = mapper.to_stored_event(Recorded(poll_facts.POLL, version, AT, UUID(int=7), fact))
        row = row_of(position, str(stored.originator_id), version, stored.topic, stored.state)
        leaves.append(leaf_of(row).decode())
    return leaves


def attested(leaves: list[str], algorithm: Algorithm = Algorithm.SHA256) -> Attested:
    """A signed checkpoint over these leaves, with a proof for each that is published."""
    from application.history.tree import HASHES  # noqa: PLC0415  # as the installation hashes

    hashed = HASHES[algorithm.value]
    hashes = [leaf_hash(leaf.encode(), hashed) for leaf in leaves]
    spans = span_hashes(hashes, hashed)
    verifier = key().verifier(algorithm)
    said = Checkpoint(origin=verifier.name, size=len(leaves), root=root_of(hashes, hashed), algorithm=algorithm, at=AT)
    facts = tuple(
        ProvenStep(index=index, leaf=leaf, proof=tuple(prove_inclusion(index, len(leaves), spans)))
        for index, leaf in enumerate(leaves)
        if '"stream"' in leaf and belongs_in_record(leaf)
    )
    return Attested(checkpoint=str(key().sign(text_of(said), algorithm)), key=str(verifier), facts=facts)
