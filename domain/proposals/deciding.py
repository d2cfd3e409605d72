"""What the office may do with a proposal; totals always reconcile (rule 18)."""

import re
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.proposals.call import Channel
from domain.proposals.proposal import (
    DeclineReason,
    Outcome,
    Proposal,
    ProposalBecameCandidate,
    ProposalDeclined,
    ProposalForm,
    ProposalHidden,
    ProposalLetGo,
    ProposalMerged,
    ProposalPhotoErased,
    ProposalPutRight,
    ProposalReceived,
    ProposalReopened,
    ProposalReserved,
    ProposalScreened,
    ProposalShown,
    ProposalTookIn,
    ProposalTransferred,
    ProposerForgotten,
    Suggestion,
    TransferTo,
)
from domain.proposals.screening import Screening, require_clean
from domain.shared import Invalid, Missing, NotFound, Refused, Year

LONGEST_TITLE = 60
LONGEST_CONTENT = 2000
LONGEST_PLACE = 120

_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")
"""Mobile numbers and the numbers of identity cards (GB 11643): they belong into the contact data, never into facts."""


@dataclass(eq=False)
class ProposalSettled(Refused):
    """The proposal has its outcome; it has to be reopened first."""

    title: str
    outcome: str


@dataclass(eq=False)
class ProposalIsOpen(Refused):
    """There is no outcome to be taken back."""

    title: str


@dataclass(eq=False)
class StandsBehindProject(Refused):
    """The proposal's candidate is in the file; the candidate has to be withdrawn instead."""

    title: str


@dataclass(eq=False)
class CannotTakeIn(Refused):
    """Only an open proposal of the same congress and year, or one behind a candidate, can take others in."""

    title: str


@dataclass(eq=False)
class NotInReserve(Refused):
    """Only what lies in the reserve pool 储备库 can be drawn from it."""

    title: str


@dataclass(eq=False)
class HandedOn(Refused):
    """Another congress handles the proposal; taking it back here would make two of it."""

    title: str


@dataclass(eq=False)
class DrawnAlready(Refused):
    """The proposal was drawn from the reserve for this year before, and is handled there."""

    title: str
    year: int


def receive(fact: ProposalReceived) -> ProposalReceived:
    """Raises Missing (title, content, unit_name) or Invalid."""
    suggestion = require_said(fact.suggestion)
    if fact.form is ProposalForm.UNIT and not fact.unit_name.strip():
        raise Missing(fields=("unit_name",))
    if fact.signatories < 1:
        raise Invalid(field="signatories", reason="not_positive", value=str(fact.signatories))
    if fact.channel is Channel.HOUSE and fact.house is None:
        raise Missing(fields=("house",))
    return replace(fact, suggestion=suggestion, unit_name=fact.unit_name.strip())


def require_said(suggestion: Suggestion) -> Suggestion:
    """What is proposed, without blanks around it. Raises Missing (title, content) or Invalid."""
    said = replace(
        suggestion,
        title=" ".join(suggestion.title.split()),
        content=suggestion.content.strip(),
        place=suggestion.place.strip(),
        category=suggestion.category.strip(),
        beneficiaries=suggestion.beneficiaries.strip(),
    )
    if empty := tuple(name for name in ("title", "content") if not getattr(said, name)):
        raise Missing(fields=empty)
    for name, most in (("title", LONGEST_TITLE), ("content", LONGEST_CONTENT), ("place", LONGEST_PLACE)):
        if len(getattr(said, name)) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    for name in ("title", "content", "place", "beneficiaries"):
        refuse_personal(name, getattr(said, name))
    for name, most in (("longitude", 180), ("latitude", 90)):
        value = getattr(said, name)
        if value is not None and abs(value) > most:
            raise Invalid(field=name, reason="out_of_range", value=str(value))
    if said.estimated_funds is not None and said.estimated_funds < 0:
        raise Invalid(field="estimated_funds", reason="not_positive", value=str(said.estimated_funds))
    return said


def refuse_personal(field: str, text: str) -> None:
    """Raises Invalid (personal) for a text that holds a mobile number or the number of an identity card."""
    if found := _PERSONAL.search(text):
        raise Invalid(field=field, reason="personal", value=found[0][:3] + "…")


def put_right(proposal: Proposal | None, suggestion: Suggestion, reason: str) -> tuple[ProposalPutRight, ...]:
    """Nothing when nothing changes. Raises NotFound, ProposalSettled, Missing or Invalid."""
    known = _open(proposal)
    said = require_said(suggestion)
    return () if said == known.suggestion else (ProposalPutRight(suggestion=said, reason=reason.strip()),)


def split(proposal: Proposal | None, parts: tuple[Suggestion, ...], reason: str) -> tuple[ProposalPutRight, ...]:
    """One matter each: the first part stays under the code, the others are received anew by the caller.

    Raises NotFound, ProposalSettled, Missing (parts, title, content, reason) or Invalid.
    """
    known = _open(proposal)
    if len(parts) < 2:
        raise Missing(fields=("parts",))
    if not reason.strip():
        raise Missing(fields=("reason",))
    said = [require_said(part) for part in parts]
    return () if said[0] == known.suggestion else (ProposalPutRight(suggestion=said[0], reason=reason.strip()),)


def show(proposal: Proposal | None, title: str, content: str) -> ProposalShown:
    """Raises NotFound, Missing or Invalid."""
    said = require_said(replace(_known(proposal).suggestion, title=title, content=content))
    return ProposalShown(title=said.title, content=said.content)


def hide(proposal: Proposal | None, reason: str) -> ProposalHidden:
    """Raises NotFound or Missing (reason)."""
    if not _known(proposal).shown:
        raise NotFound(kind="proposal", id="")
    return ProposalHidden(reason=_required(reason))


def screen(proposal: Proposal | None, screening: Screening) -> tuple[ProposalScreened, ...]:
    """Raises NotFound or ProposalSettled."""
    return () if _open(proposal).screening == screening else (ProposalScreened(screening=screening),)


def merge(
    identity: UUID, proposal: Proposal | None, into: UUID, target: Proposal | None, reason: str
) -> tuple[ProposalMerged, ProposalTookIn]:
    """The proposal's fact and the target's. What was merged into the proposal moves along by `move`.

    Raises NotFound, ProposalSettled or CannotTakeIn.
    """
    known, taker = _open(proposal), _known(target)
    is_taker = taker.outcome in (None, Outcome.BECAME_CANDIDATE)
    if identity == into or not is_taker or (taker.congress, taker.year) != (known.congress, known.year):
        raise CannotTakeIn(title=taker.suggestion.title)
    return ProposalMerged(into=into, reason=reason.strip()), ProposalTookIn(proposal=identity)


def unmerge(proposal: Proposal | None, identity: UUID, reason: str) -> tuple[ProposalReopened, ProposalLetGo]:
    """The proposal's fact and that of what it was merged into. Raises NotFound, ProposalIsOpen or Missing."""
    known = _known(proposal)
    if known.outcome is not Outcome.MERGED:
        raise ProposalIsOpen(title=known.suggestion.title)
    return ProposalReopened(reason=_required(reason)), ProposalLetGo(proposal=identity)


def transfer(proposal: Proposal | None, fact: ProposalTransferred) -> ProposalTransferred:
    """Raises NotFound, ProposalSettled or Missing (name, reason)."""
    _open(proposal)
    needed = {"name": fact.name.strip() or fact.to is TransferTo.HOTLINE, "reason": fact.reason.strip()}
    if empty := tuple(name for name, value in needed.items() if not value):
        raise Missing(fields=empty)
    return replace(fact, name=fact.name.strip(), reason=fact.reason.strip())


def reserve(proposal: Proposal | None, reason: str) -> ProposalReserved:
    """Raises NotFound, ProposalSettled or Missing (reason)."""
    _open(proposal)
    return ProposalReserved(reason=_required(reason))


def draw(proposal: Proposal | None, year: Year, on: date) -> ProposalReceived:
    """A proposal in the reserve, received anew for a later year; the caller gives it its code and origin.

    Raises NotFound, NotInReserve or Invalid (year) for a year that is not later.
    """
    known = _known(proposal)
    if known.outcome is not Outcome.RESERVE:
        raise NotInReserve(title=known.suggestion.title)
    if year <= known.year:
        raise Invalid(field="year", reason="not_later", value=str(known.year))
    return replace(
        known.received,
        year=year,
        channel=Channel.RESERVE,
        received_on=on,
        suggestion=known.suggestion,
        photos=known.photos,
        split_from=None,
    )


def decline(proposal: Proposal | None, reason: DeclineReason, words: str) -> ProposalDeclined:
    """Names the rules that were hit where the negative list is the reason.

    Raises NotFound, ProposalSettled, Missing (words) or Invalid (reason) for a negative list that was not hit.
    """
    known = _open(proposal)
    hits = known.screening.hits if known.screening else ()
    if reason is DeclineReason.NEGATIVE_LIST and not hits:
        raise Invalid(field="reason", reason="no_rule_hit")
    if not words.strip():
        raise Missing(fields=("words",))
    rules = hits if reason is DeclineReason.NEGATIVE_LIST else ()
    return ProposalDeclined(reason=reason, words=words.strip(), rules=rules)


def become_candidate(
    proposal: Proposal | None, project: UUID, name: str, *, screening_needed: bool
) -> ProposalBecameCandidate:
    """Raises NotFound, ProposalSettled, NotScreened or NegativeListHit (rule 18)."""
    known = _open(proposal)
    require_clean(known.suggestion.title, known.screening, needed=screening_needed)
    return ProposalBecameCandidate(project=project, name=name)


def reopen(proposal: Proposal | None, reason: str, *, withdrawn: bool = False) -> ProposalReopened:
    """Takes an outcome back; a merged proposal is unmerged instead, one behind a candidate only with its withdrawal.

    Raises NotFound, ProposalIsOpen, StandsBehindProject, HandedOn or Missing (reason).
    """
    known = _known(proposal)
    if known.onward is not None:
        raise HandedOn(title=known.suggestion.title)
    if known.outcome in (None, Outcome.MERGED):
        raise ProposalIsOpen(title=known.suggestion.title)
    if known.outcome is Outcome.BECAME_CANDIDATE and not withdrawn:
        raise StandsBehindProject(title=known.suggestion.title)
    return ProposalReopened(reason=_required(reason))


def forget(proposal: Proposal | None, *, asked_by_proposer: bool) -> tuple[ProposerForgotten, ...]:
    """Nothing where no contact data are known. Raises NotFound."""
    return () if _known(proposal).contact is None else (ProposerForgotten(asked_by_proposer=asked_by_proposer),)


def erase_photo(proposal: Proposal | None, file: UUID, reason: str) -> tuple[ProposalPhotoErased, ...]:
    """Nothing where it was erased before. Raises NotFound (proposal, file) or Missing (reason)."""
    known = _known(proposal)
    if file not in {one.file for one in known.received.photos}:
        raise NotFound(kind="file", id=str(file))
    said = _required(reason)
    is_there = file in {one.file for one in known.photos}
    return (ProposalPhotoErased(file=file, reason=said),) if is_there else ()


def _known(proposal: Proposal | None) -> Proposal:
    if proposal is None:
        raise NotFound(kind="proposal", id="")
    return proposal


def _open(proposal: Proposal | None) -> Proposal:
    known = _known(proposal)
    if known.outcome is not None:
        raise ProposalSettled(title=known.suggestion.title, outcome=known.outcome.value)
    return known


def _required(reason: str) -> str:
    if not reason.strip():
        raise Missing(fields=("reason",))
    return reason.strip()
