"""What a fact is about: the things it gives names to, the things it mentions, the words of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from hashlib import blake2b
from typing import Final
from uuid import UUID

from application.history.history import Noticed
from domain.accounts.account import AccountOpened, AccountRenamed, RoleGranted
from domain.asks.ask import AskIssued
from domain.congress.calendar import CalendarEntryAdded, CalendarEntryChanged, CalendarEntryWithdrawn
from domain.congress.congress import CongressDescribed, CongressFounded, UnitAdded, UnitChanged, UnitWithdrawn
from domain.congress.council import AgendaItemEntered, AgendaItemPutRight
from domain.congress.materials import MaterialReplaced
from domain.congress.rehearsal import RehearsalBegun, RehearsalEntered
from domain.congress.roll import DelegateAdded, DelegateCorrected, DelegatesImported
from domain.congress.session import SessionConvened, SessionEntered, SessionRescheduled
from domain.polls.card_set import CardSetBound, CardSetPrinted
from domain.polls.poll import CountSigned, PollPrepared
from domain.polls.profile import ProfileDrafted, ProfileRevised
from domain.projects.candidate_list import CandidateListPublished
from domain.projects.implementation_facts import PlanFiled
from domain.projects.project import CandidateDrafted, CandidateRevised
from domain.projects.remark import QuestionAsked, RemarkRecorded
from domain.projects.voted_list import VotedListAnnounced
from domain.proposals.proposal import ProposalPutRight, ProposalReceived
from domain.proposals.support import SupportGiven
from domain.supervision.group import GroupFormed
from domain.supervision.inspection import InspectionReplanned
from domain.supervision.note import NoteTaken

LONGEST: Final = 200
_TOLD_BY = ("title", "name", "login", "slug", "source")
_OWN = ("reason", "remark", "decision", "notice_number", "source")
_ONE = (
    *("project", "delegate", "poll", "session", "unit", "account", "chief", "scrutineer"),
    *("proposal", "into", "house", "item", "material", "about"),
    *("inspection", "leader", "duty"),
)
_SEVERAL = ("scrutineers", "present", "adopted", "members", "joined", "left", "attended")
_LINES = {"entries": "delegate", "candidates": "project", "items": "project", "projects": "project"}
_HOLDING = ("entry", "card", "rules", "suggestion", "plan")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing goes by this name from here on; `also` are further words by which it is looked for."""

    id: UUID
    name: str
    also: tuple[str, ...] = ()


def named(notice: Noticed) -> Iterator[Named]:
    """What the fact gives names to."""
    stream = notice.stream
    match notice.fact:
        case AccountOpened(login=login, name=name):
            yield Named(stream, name, (login,))
        case CongressFounded(name=name, short_name=short, slug=slug):
            yield Named(stream, name, (short, slug))
        case CongressDescribed(name=name, short_name=short):
            yield Named(stream, name, (short,))
        case UnitAdded(unit=unit, name=name) | UnitChanged(unit=unit, name=name):
            yield Named(unit, name)
        case CalendarEntryAdded(entry=entry, title=title) | CalendarEntryChanged(entry=entry, title=title):
            yield Named(entry, title)
        case DelegatesImported(entries=entries):
            yield from (Named(entry.delegate, entry.name, (entry.number,)) for entry in entries)
        case DelegateAdded(entry=entry) | DelegateCorrected(entry=entry):
            yield Named(entry.delegate, entry.name, (entry.number,))
        case AgendaItemEntered(item=item, matter=matter) | AgendaItemPutRight(item=item, matter=matter):
            yield Named(item, matter.title)
        case SessionConvened(title=name) | SessionRescheduled(title=name) | RehearsalBegun(title=name):
            yield Named(stream, name)
        case AccountRenamed(name=name):
            yield Named(stream, name)
        case CandidateDrafted(card=card, code=code):
            yield Named(stream, card.name, (code,))
        case CandidateRevised(card=card):
            yield Named(stream, card.name)
        case CandidateListPublished(year=year) | VotedListAnnounced(year=year):
            yield Named(stream, str(year))
        case ProposalReceived(code=code, suggestion=said):
            yield Named(stream, said.title, (code,))
        case MaterialReplaced(title=title):
            yield Named(stream, title)
        case InspectionReplanned(plan=inspection):
            yield Named(stream, inspection.title)
        case ProposalPutRight(suggestion=said):
            yield Named(stream, said.title)
        case PollPrepared(title=title):
            yield Named(stream, title)
        case CardSetPrinted(colour=colour, word=word, number=number):
            yield Named(stream, f"{colour} {word} {number}")
        case ProfileDrafted(rules=rules) | ProfileRevised(rules=rules):
            yield Named(stream, rules.title)
        case _ if notice.version == 1:
            yield Named(stream, subject_of(notice.fact))


def nearest(notice: Noticed) -> tuple[UUID, ...]:
    """The things whose name tells what the fact is about, the nearest first."""
    fact = notice.fact
    match fact:
        case UnitWithdrawn(unit=unit):
            return unit, notice.stream
        case CalendarEntryAdded(entry=entry) | CalendarEntryChanged(entry=entry) | CalendarEntryWithdrawn(entry=entry):
            return entry, notice.stream
        case SessionEntered(session=session) | RehearsalEntered(session=session):
            return session, notice.stream
        case RoleGranted():
            return (notice.stream,)
    held = (getattr(fact, name) for name in _there(type(fact), ("project", "delegate", "item")))
    return (*(one for one in held if isinstance(one, UUID)), notice.stream)


def subject_of(fact: object) -> str:
    """A few words of the fact itself that say what it is about; empty when it has none.

    Words of the code (why a card was voided: `spoiled`) are nobody's words, and a signature is about the count.
    """
    if isinstance(fact, CountSigned):
        return ""
    for holding in (fact, *(getattr(fact, name) for name in _there(type(fact), _HOLDING))):
        for name in _there(type(holding), _TOLD_BY):
            told = getattr(holding, name)
            if type(told) is str and told:
                return told[:LONGEST]
    return ""


def belongs_to(fact: object) -> UUID | None:
    """The project or poll to which everything on the stream belongs from now on."""
    match fact:
        case AskIssued(project=UUID() as project):
            return project
        case SupportGiven(proposal=proposal):
            return proposal
        case RemarkRecorded(project=project) | QuestionAsked(project=project) | PlanFiled(project=project):
            return project
        case GroupFormed(project=project) | NoteTaken(project=project):
            return project
        case CardSetBound(poll=poll):
            return poll
    return None


def own_words(fact: object) -> tuple[str, ...]:
    """Reasons, decisions, numbers of notices: what people look for that is nothing's name."""
    found = [getattr(fact, name) for name in _there(type(fact), _OWN)]
    return tuple(dict.fromkeys(text for text in found if type(text) is str and text))


def things(notice: Noticed) -> Iterator[UUID]:
    """Everything the fact mentions, its stream first."""
    fact = notice.fact
    yield notice.stream
    kind = type(fact)
    for name in _there(kind, _ONE):
        one = getattr(fact, name)
        if isinstance(one, UUID):
            yield one
    for name in _there(kind, _SEVERAL):
        several = getattr(fact, name)
        if isinstance(several, tuple):  # a plan that was adopted bears the name of projects that were
            yield from (one for one in several if isinstance(one, UUID))
    for name in _there(kind, tuple(_LINES)):
        lines = getattr(fact, name)
        yield from (line if isinstance(line, UUID) else getattr(line, _LINES[name]) for line in lines)


_THERE: Final[dict[tuple[type, tuple[str, ...]], tuple[str, ...]]] = {}


def _there(kind: type, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that facts of this kind have; looked up once."""
    found = _THERE.get((kind, names))
    if found is None:
        known = {field.name for field in fields(kind)} if is_dataclass(kind) else set()
        found = _THERE[kind, names] = tuple(name for name in names if name in known)
    return found


def reference(thing: UUID) -> int:
    """The number under which a thing is mentioned: 63 bits of its identity, which are as good as chance."""
    return thing.int & ((1 << 63) - 1)


def reference_of_person(account: UUID) -> int:
    """The number for what somebody did, apart from what was done about the account."""
    return _digest(b"by" + account.bytes)


def reference_of_text(text: str) -> int:
    """The number of words that are nothing's name."""
    return _digest(text.encode())


def _digest(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1
