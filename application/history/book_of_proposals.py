"""The chapter of the book on what comes before a candidate list: calls, houses, proposals, screening."""

from typing import Final

from domain.projects.approvals import ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from domain.projects.origins import ProposalGivenBack, ProposalTakenUp
from domain.proposals.call import CallExtended, CallPublished, CallReworded
from domain.proposals.house import HouseChanged, HouseClosed, HouseOpened
from domain.proposals.proposal import (
    ProposalBecameCandidate,
    ProposalDeclined,
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
)
from domain.proposals.screening import ScreeningRulesAdopted
from domain.proposals.support import SupportGiven

CHAPTER: Final[tuple[tuple[str, int, type], ...]] = (
    ("proposals.call-published", 1, CallPublished),
    ("proposals.call-extended", 1, CallExtended),
    ("proposals.call-reworded", 1, CallReworded),
    ("proposals.house-opened", 1, HouseOpened),
    ("proposals.house-changed", 1, HouseChanged),
    ("proposals.house-closed", 1, HouseClosed),
    ("proposals.screening-rules-adopted", 1, ScreeningRulesAdopted),
    ("proposals.proposal-received", 1, ProposalReceived),
    ("proposals.proposal-put-right", 1, ProposalPutRight),
    ("proposals.proposal-shown", 1, ProposalShown),
    ("proposals.proposal-hidden", 1, ProposalHidden),
    ("proposals.proposal-screened", 1, ProposalScreened),
    ("proposals.proposal-merged", 1, ProposalMerged),
    ("proposals.proposal-took-in", 1, ProposalTookIn),
    ("proposals.proposal-let-go", 1, ProposalLetGo),
    ("proposals.proposal-transferred", 1, ProposalTransferred),
    ("proposals.proposal-reserved", 1, ProposalReserved),
    ("proposals.proposal-declined", 1, ProposalDeclined),
    ("proposals.proposal-became-candidate", 1, ProposalBecameCandidate),
    ("proposals.proposal-reopened", 1, ProposalReopened),
    ("proposals.proposer-forgotten", 1, ProposerForgotten),
    ("proposals.proposal-photo-erased", 1, ProposalPhotoErased),
    ("proposals.support-given", 1, SupportGiven),
    ("projects.proposal-taken-up", 1, ProposalTakenUp),
    ("projects.proposal-given-back", 1, ProposalGivenBack),
    ("projects.candidate-screened", 1, CandidateScreened),
    ("projects.approval-recorded", 1, ApprovalRecorded),
    ("projects.approval-withdrawn", 1, ApprovalWithdrawn),
)
