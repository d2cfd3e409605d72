"""A world for programs: a year of a congress, and the identities that stand in the places of its addresses."""

from collections import defaultdict
from uuid import UUID

from domain.accounts.account import AccountOpened
from domain.asks.ask import AskIssued
from domain.congress.calendar import CalendarEntryAdded
from domain.congress.congress import UnitAdded
from domain.congress.council import AgendaItemEntered, DiscussionNoted
from domain.congress.materials import MaterialSent
from domain.congress.rehearsal import rehearsal_id
from domain.congress.roll import DelegatesImported
from domain.congress.session import SessionConvened
from domain.polls.card_set import CardSetPrinted
from domain.polls.poll import PollPrepared
from domain.polls.profile import ProfileDrafted
from domain.projects.adjustment_facts import AdjustmentLogged, AdjustmentProposed
from domain.projects.approvals import ApprovalRecorded
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation_facts import DifficultyRaised, ProgressReported
from domain.projects.project import CandidateDrafted
from domain.projects.remark import QuestionAsked, RemarkRecorded
from domain.proposals.house import HouseOpened
from domain.proposals.proposal import ProposalReceived
from domain.supervision.draw import DrawAnnounced
from domain.supervision.duty import DutyRaised
from domain.supervision.inquiry import InquiryPlanned, InquiryQuestionPut
from domain.supervision.inspection import InspectionPlanned
from domain.supervision.note import NoteTaken
from domain.supervision.observation import ObservationMade
from domain.supervision.visit import VisitFindingNoted, VisitPlanned
from domain.supervision.volunteer import VolunteerEnlisted
from interfaces.composition import House
from tests.support import year

MOST = 3
"""So many of a kind are enough."""

World = dict[str, list[str]]


def recorded(house: House) -> World:
    """Records a year and tells, by the name of a place in addresses, what can stand there."""
    house.followers.wait_for(year.record(house.history, year.in_short()), timeout=20)
    return known(house)


def known(house: House) -> World:
    """What can stand in the places of addresses, by their names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    found |= {"slug": ["city"], "year": [str(year.YEAR)], "role": ["staff"], "position": ["1", "2"]}
    for noticed in house.history.select(0, 10_000):
        for place, value in _places(noticed.fact, noticed.stream):
            if len(found[place]) < MOST:
                found[place].append(str(value))
    return dict(found)


def _places(fact: object, stream: UUID) -> list[tuple[str, object]]:
    match fact:
        case AccountOpened():
            return [("account", stream)]
        case UnitAdded(unit=unit):
            return [("unit", unit)]
        case DelegatesImported(import_id=import_id, entries=entries):
            return [("import_id", import_id), *(("delegate", entry.delegate) for entry in entries[:MOST])]
        case SessionConvened():
            return [("session", stream), ("rehearsal", rehearsal_id(stream, 1))]
        case AgendaItemEntered(item=item):
            return [("item", item)]
        case DiscussionNoted(note=note):
            return [("note", note)]
        case ProfileDrafted():
            return [("profile", stream)]
        case CardSetPrinted():
            return [("set", stream), ("number", 1)]
        case PollPrepared():
            return [("poll", stream)]
        case CandidateDrafted(code=code):
            return [("project", stream), ("code", code)]
        case AskIssued():
            return [("ask", stream)]
        case MaterialSent():
            return [("material", stream)]
        case RemarkRecorded(remark=remark) | QuestionAsked(remark=remark):
            return [("remark", remark)]
        case InspectionPlanned():
            return [("inspection", stream)]
        case NoteTaken(photos=photos):
            return [("note", stream), *(("file", one.file) for one in photos[:1])]
        case DutyRaised():
            return [("duty", stream)]
        case InquiryPlanned():
            return [("inquiry", stream)]
        case InquiryQuestionPut(question=question):
            return [("question", question)]
        case VolunteerEnlisted(volunteer=volunteer):
            return [("volunteer", volunteer)]
        case ObservationMade():
            return [("observation", stream)]
        case VisitPlanned():
            return [("visit", stream)]
        case VisitFindingNoted(finding=finding):
            return [("finding", finding)]
        case DrawAnnounced():
            return [("draw", stream)]
        case HouseOpened():
            return [("house", stream)]
        case CalendarEntryAdded(entry=entry):
            return [("entry", entry)]
        case ProposalReceived():
            return [("proposal", stream)]
        case AdjustmentLogged(adjustment=adjustment) | AdjustmentProposed(adjustment=adjustment):
            return [("adjustment", adjustment)]
        case ProgressReported(report=report):
            return [("report", report)]
        case DifficultyRaised(difficulty=difficulty):
            return [("difficulty", difficulty)]
        case LeadingGroupMet():
            return [("meeting", stream)]
        case ApprovalRecorded(approval=approval):
            return [("approval", approval)]
    return []
