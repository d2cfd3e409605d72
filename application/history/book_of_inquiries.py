"""The chapter of the book on what supervision finds: inquiries and hearings, duties, volunteers, guidance visits."""

from typing import Final

from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFellOverdue,
    DutyRaised,
    DutySentBack,
    DutyWithdrawn,
)
from domain.supervision.duty_rules import DutyRulesAdopted
from domain.supervision.inquiry import (
    InquiryCancelled,
    InquiryHeld,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    InquiryRearranged,
)
from domain.supervision.observation import ObservationMade, ObservationPhotoErased, ObservationSettled
from domain.supervision.visit import (
    VisitCancelled,
    VisitFindingAnswered,
    VisitFindingApproved,
    VisitFindingNoted,
    VisitFindingSentBack,
    VisitFindingWithdrawn,
    VisitHeld,
    VisitPlanned,
    VisitRearranged,
)
from domain.supervision.volunteer import (
    VolunteerAssigned,
    VolunteerEnlisted,
    VolunteerForgotten,
    VolunteerLinkIssued,
    VolunteerLinkRevoked,
    VolunteerReleased,
)

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("supervision.duty-raised", 1, DutyRaised),
    ("supervision.duty-changed", 1, DutyChanged),
    ("supervision.duty-answered", 1, DutyAnswered),
    ("supervision.duty-sent-back", 1, DutySentBack),
    ("supervision.duty-approved", 1, DutyApproved),
    ("supervision.duty-escalated", 1, DutyEscalated),
    ("supervision.duty-withdrawn", 1, DutyWithdrawn),
    ("supervision.duty-fell-overdue", 1, DutyFellOverdue),
    ("supervision.duty-rules-adopted", 1, DutyRulesAdopted),
    ("supervision.inquiry-planned", 1, InquiryPlanned),
    ("supervision.inquiry-rearranged", 1, InquiryRearranged),
    ("supervision.inquiry-cancelled", 1, InquiryCancelled),
    ("supervision.inquiry-question-put", 1, InquiryQuestionPut),
    ("supervision.inquiry-question-corrected", 1, InquiryQuestionCorrected),
    ("supervision.inquiry-question-dropped", 1, InquiryQuestionDropped),
    ("supervision.inquiry-question-answered", 1, InquiryQuestionAnswered),
    ("supervision.inquiry-held", 1, InquiryHeld),
    ("supervision.volunteer-enlisted", 1, VolunteerEnlisted),
    ("supervision.volunteer-assigned", 1, VolunteerAssigned),
    ("supervision.volunteer-released", 1, VolunteerReleased),
    ("supervision.volunteer-link-issued", 1, VolunteerLinkIssued),
    ("supervision.volunteer-link-revoked", 1, VolunteerLinkRevoked),
    ("supervision.volunteer-forgotten", 1, VolunteerForgotten),
    ("supervision.observation-made", 1, ObservationMade),
    ("supervision.observation-settled", 1, ObservationSettled),
    ("supervision.observation-photo-erased", 1, ObservationPhotoErased),
    ("supervision.visit-planned", 1, VisitPlanned),
    ("supervision.visit-rearranged", 1, VisitRearranged),
    ("supervision.visit-cancelled", 1, VisitCancelled),
    ("supervision.visit-held", 1, VisitHeld),
    ("supervision.visit-finding-noted", 1, VisitFindingNoted),
    ("supervision.visit-finding-withdrawn", 1, VisitFindingWithdrawn),
    ("supervision.visit-finding-answered", 1, VisitFindingAnswered),
    ("supervision.visit-finding-sent-back", 1, VisitFindingSentBack),
    ("supervision.visit-finding-approved", 1, VisitFindingApproved),
)
