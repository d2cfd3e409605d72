"""The candidate list the presidium fixes, how delegates read it, and the pre-reading rule."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.files import Attached
from domain.shared import Invalid, Missing, NotFound, Refused, Year


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCandidate:
    """One line of the list."""

    project: UUID
    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateListPublished:
    """The list and its cards reached the delegates on this day; the pre-reading days run from it."""

    congress: UUID
    year: Year
    session: UUID
    candidates: tuple[ListedCandidate, ...]
    decision: str
    """The presidium's decision that fixed the list: number or words."""
    published_on: date
    decision_number: str = ""
    """Of the presidium's decision, where it has one."""
    decided_on: date | None = None
    scan: Attached | None = None
    """The signed decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresidiumDecision:
    """By which decision the presidium fixed the list."""

    words: str
    number: str = ""
    on: date | None = None
    scan: Attached | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateListWithdrawn:
    """The list was taken back to be put right; delegates are told why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateListPutToVote:
    """A poll was prepared from the list: it can no longer be taken back."""

    poll: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateListReleased:
    """The poll prepared from the list was cancelled before it opened."""

    poll: UUID


CandidateListFact = CandidateListPublished | CandidateListWithdrawn | CandidateListPutToVote | CandidateListReleased


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateList:
    """The list of a congress for a year, as it stands."""

    congress: UUID
    year: Year
    session: UUID
    candidates: tuple[ListedCandidate, ...]
    published_on: date
    published: bool = True
    poll: UUID | None = None
    decision: PresidiumDecision = PresidiumDecision(words="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRead:
    """A delegate opened a candidate's card: the read receipt, once for each card."""

    congress: UUID
    delegate: UUID
    project: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one delegate has read of one year's cards."""

    projects: frozenset[UUID] = frozenset()


@dataclass(eq=False)
class ListAlreadyPublished(Refused):
    """The year's list is out; it has to be taken back before another is published."""

    year: int


@dataclass(eq=False)
class ListNotPublished(Refused):
    """There is no published list for the year."""

    year: int


@dataclass(eq=False)
class ListAtVote(Refused):
    """A poll was prepared from the list."""

    year: int


@dataclass(eq=False)
class ListHasChanged(Refused):
    """The list is not the one that was put to the vote; the poll is not repeated but prepared afresh."""

    year: int


@dataclass(eq=False)
class NumberRepeated(Refused):
    """Two candidates of the list carry the same number."""

    number: int


@dataclass(eq=False)
class PreReadingTooShort(Refused):
    """The cards did not reach the delegates early enough (rule 16)."""

    sent_on: date
    days: int
    required: int
    earliest: date


def list_stream(congress: UUID, year: int) -> UUID:
    """A congress has one candidate list a year."""
    return uuid5(congress, f"candidate-list/{year}")


def reading_stream(candidate_list: UUID, delegate: UUID) -> UUID:
    """What a delegate has read of a list."""
    return uuid5(candidate_list, f"reading/{delegate}")


def publish_list(
    current: CandidateList | None,
    *,
    congress: UUID,
    year: int,
    session: UUID,
    candidates: tuple[ListedCandidate, ...],
    decision: PresidiumDecision,
    on: date,
    numbered: bool = False,
) -> CandidateListPublished:
    """`numbered`: the congress's rules ask for number and date of the decision.

    Raises Missing, Invalid (decided_on), NumberRepeated or ListAlreadyPublished.
    """
    if current is not None and current.published:
        raise ListAlreadyPublished(year=year)
    if not candidates:
        raise Missing(fields=("candidates",))
    seen: set[int] = set()
    for candidate in candidates:
        if candidate.number in seen:
            raise NumberRepeated(number=candidate.number)
        seen.add(candidate.number)
    _require_decided(decision, on, numbered=numbered)
    ordered = tuple(sorted(candidates, key=lambda candidate: candidate.number))
    return CandidateListPublished(
        congress=congress,
        year=Year(year),
        session=session,
        candidates=ordered,
        decision=decision.words.strip(),
        published_on=on,
        decision_number=decision.number.strip(),
        decided_on=decision.on,
        scan=decision.scan,
    )


def _require_decided(decision: PresidiumDecision, published_on: date, *, numbered: bool) -> None:
    if numbered:
        said = {"decision_number": decision.number.strip(), "decided_on": decision.on}
        if empty := tuple(name for name, value in said.items() if not value):
            raise Missing(fields=empty)
    if decision.on is not None and decision.on > published_on:
        raise Invalid(field="decided_on", reason="after_publication", value=decision.on.isoformat())


def withdraw_list(current: CandidateList | None, year: int, reason: str) -> CandidateListWithdrawn:
    """Raises ListNotPublished, ListAtVote or Missing (reason)."""
    if _published(current, year).poll is not None:
        raise ListAtVote(year=year)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return CandidateListWithdrawn(reason=reason.strip())


def put_to_vote(current: CandidateList | None, year: int, poll: UUID) -> CandidateListPutToVote:
    """Raises ListNotPublished, or ListAtVote when another poll has it."""
    if _published(current, year).poll is not None:
        raise ListAtVote(year=year)
    return CandidateListPutToVote(poll=poll)


def release_list(current: CandidateList | None, year: int, poll: UUID) -> CandidateListReleased:
    """Raises ListNotPublished, or NotFound when the poll does not hold the list."""
    if _published(current, year).poll != poll:
        raise NotFound(kind="poll", id=str(poll))
    return CandidateListReleased(poll=poll)


def require_pre_reading(sent_on: date, vote_on: date, days: int) -> None:
    """Rule 16: cards reach the delegates at least `days` days before the vote.

    Sent 03-01 with seven days: a vote on 03-07 is refused (6 days), on 03-08 allowed.
    """
    had = (vote_on - sent_on).days
    if had < days:
        earliest = date.fromordinal(sent_on.toordinal() + days)
        raise PreReadingTooShort(sent_on=sent_on, days=max(had, 0), required=days, earliest=earliest)


def read_card(reading: Reading | None, fact: CardRead) -> tuple[CardRead, ...]:
    """A receipt is given once; reading again adds nothing."""
    return () if reading is not None and fact.project in reading.projects else (fact,)


def evolve(current: CandidateList | None, fact: CandidateListFact) -> CandidateList:
    """The list after one more fact."""
    match fact:
        case CandidateListPublished():
            return CandidateList(
                congress=fact.congress,
                year=fact.year,
                session=fact.session,
                candidates=fact.candidates,
                published_on=fact.published_on,
                decision=PresidiumDecision(
                    words=fact.decision, number=fact.decision_number, on=fact.decided_on, scan=fact.scan
                ),
            )
        case CandidateListWithdrawn():
            return replace(_known(current), published=False)
        case CandidateListPutToVote():
            return replace(_known(current), poll=fact.poll)
        case CandidateListReleased():
            return replace(_known(current), poll=None)


def evolve_reading(reading: Reading | None, fact: CardRead) -> Reading:
    """The reading after one more receipt."""
    return Reading(projects=(reading.projects if reading else frozenset()) | {fact.project})


def _known(current: CandidateList | None) -> CandidateList:
    if current is None:
        raise NotFound(kind="candidate_list", id="")
    return current


def _published(current: CandidateList | None, year: int) -> CandidateList:
    if current is None or not current.published:
        raise ListNotPublished(year=year)
    return current
