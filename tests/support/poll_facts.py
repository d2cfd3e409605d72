"""Facts of one poll as they follow each other, for tests of the domain: `given(*poll_facts.until_open(), …)`."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from domain.polls.columns import VoteColumn, VoteColumns
from domain.polls.count import canonical_count, count_hash, form_hash_of
from domain.polls.outcome import NoOutcome, Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.poll import (
    CountSigned,
    LastBallotsCalled,
    Poll,
    PollClosed,
    PollCounted,
    PollFact,
    PollItem,
    PollOpened,
    PollPrepared,
    ScrutineersApproved,
    Sealing,
    SignerRole,
    evolve,
)
from domain.polls.rules import RuleProfile
from domain.shared import Year

CONGRESS = UUID("00000000-0000-5000-8000-00000c0de002")
POLL, SESSION, PROFILE, CARDS = (uuid5(CONGRESS, name) for name in ("poll", "session", "profile", "cards"))
CHIEF, LI, WANG, ZHAO = (uuid5(CONGRESS, name) for name in ("chief", "Li", "Wang", "Zhao"))
NAMES = {CHIEF: "总监票人陈", LI: "监票人李", WANG: "监票人王", ZHAO: "代表赵"}
RULES = RuleProfile(title="票决办法", quota=10, min_surplus_rate=Decimal("0.10"), unsealed_allowed=True)
ALL, ATTENDING = 327, 314
ROOT = "ab" * 32


def prepared(candidates: int = 12, rules: RuleProfile = RULES, waiver: str = "", title: str = "票决") -> PollPrepared:
    """A poll on so many candidates, sent on 1 March 2026."""
    items = tuple(
        PollItem(id=str(number), name=f"项目{number}", project=uuid5(CONGRESS, f"project/{number}"))
        for number in range(1, candidates + 1)
    )
    return PollPrepared(
        congress=CONGRESS,
        session=SESSION,
        session_title="第五次会议",
        year=Year(2026),
        title=title,
        items=items,
        profile_id=PROFILE,
        profile_version=1,
        profile=rules,
        card_set=CARDS,
        sealing=Sealing.UNSEALED,
        sent_on=date(2026, 3, 1),
        waiver=waiver,
    )


APPROVED = ScrutineersApproved(chief=CHIEF, scrutineers=(LI, WANG))


def until_prepared(rules: RuleProfile = RULES) -> tuple[PollFact, ...]:
    """Prepared, the scrutineers approved."""
    return prepared(rules=rules), APPROVED


def until_open(issued: int = ATTENDING, rules: RuleProfile = RULES) -> tuple[PollFact, ...]:
    """Open for 314 of 327 delegates."""
    form = form_hash_of(POLL, prepared(rules=rules))
    opened = PollOpened(all_delegates=ALL, attending=ATTENDING, issued=issued, form=form)
    return *until_prepared(rules), opened


def until_closed(ballots: int = 313, issued: int = ATTENDING, voided: int = 16) -> tuple[PollFact, ...]:
    """Closed over so many ballots, of 330 cards printed."""
    closed = PollClosed(ballots=ballots, root=ROOT, cards_printed=330, cards_voided=voided)
    return *until_open(issued), LastBallotsCalled(seconds=60), closed


def until_counted(ballots: int = 313, issued: int = ATTENDING) -> tuple[PollFact, ...]:
    """Counted: item 1 has 300 votes, every next ten less."""
    facts = until_closed(ballots, issued)
    return *facts, counted(folded(*facts), ballots)


def until_signed(ballots: int = 313) -> tuple[PollFact, ...]:
    """Signed by the chief and two scrutineers."""
    facts = until_counted(ballots)
    count = count_after(*facts)
    return *facts, *(signature(person, count) for person in (CHIEF, LI, WANG))


def counted(poll: Poll, ballots: int) -> PollCounted:
    """The count of a closed poll."""
    assert poll.opened is not None
    assert poll.closed is not None
    turnout = Turnout(
        all_delegates=poll.opened.all_delegates, attending=poll.opened.attending, issued=poll.opened.issued
    )
    parts = Parts(electronic=columns_of(ballots, len(poll.prepared.items)))
    outcome = tally_parts(poll.prepared.profile, poll.prepared.items, turnout, parts)
    text = canonical_count(POLL, poll, turnout, parts, outcome)
    why = outcome.reason.value if isinstance(outcome, NoOutcome) else ""
    return PollCounted(version=1, count=text, count_hash=count_hash(text), void_because=why)


def columns_of(ballots: int, items: int) -> VoteColumns:
    """Item 1 has 300 votes (or as many as there are ballots), every next ten less; the others are against."""
    columns = []
    for number in range(1, items + 1):
        votes = max(0, min(ballots, 310 - 10 * number))
        columns.append(
            VoteColumn(
                id=str(number),
                votes_for=votes,
                against=ballots - votes,
                abstain=0,
                not_ticked=0,
                not_pressed=0,
                void=0,
            )
        )
    return VoteColumns(returned=ballots, void_ballots=0, items=tuple(columns))


def signature(person: UUID, count: PollCounted) -> CountSigned:
    """The person's name under this count."""
    role = SignerRole.CHIEF if person == CHIEF else SignerRole.SCRUTINEER
    return CountSigned(
        version=count.version, role=role, delegate=person, name=NAMES[person], count_hash=count.count_hash
    )


def folded(*facts: PollFact) -> Poll:
    """The poll after these facts."""
    poll: Poll | None = None
    for fact in facts:
        poll = evolve(poll, fact)
    assert poll is not None
    return poll


def count_after(*facts: PollFact) -> PollCounted:
    """The current count after these facts."""
    count = folded(*facts).counted
    assert count is not None
    return count


def with_rules(**fields: object) -> RuleProfile:
    """The usual rules with these fields changed."""
    return replace(RULES, **fields)  # type: ignore[arg-type]  # the names are those of RuleProfile
