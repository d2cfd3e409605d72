"""The book of the office: every kind of fact in the history, under its stable name and version.

Never change a name. A field with a default needs no new version; any other change of shape does,
with an upcast from the version before and a golden file for the new one (tests/golden/make.py).
"""

from application.history.book_of_asks import CHAPTER as ASKS
from application.history.book_of_councils import CHAPTER as COUNCILS
from application.history.book_of_deliberation import CHAPTER as DELIBERATION
from application.history.book_of_implementation import CHAPTER as IMPLEMENTATION
from application.history.book_of_inquiries import CHAPTER as INQUIRIES
from application.history.book_of_proposals import CHAPTER as PROPOSALS
from application.history.book_of_supervision import CHAPTER as SUPERVISION
from application.history.book_of_working_days import CHAPTER as WORKING_DAYS
from application.history.book_of_year_reports import CHAPTER as YEAR_REPORTS
from application.history.fact_book import FactBook
from domain.accounts.account import (
    AccountActivated,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    PasswordChanged,
    RoleGranted,
    RoleRevoked,
    SignInsEnded,
    SlipIssued,
)
from domain.accounts.api_token import ApiTokenIssued, ApiTokenRevoked
from domain.accounts.identity import IdentityLinked, IdentityUnlinked
from domain.accounts.login import LoginTakenBy
from domain.accounts.second_factor import (
    RecoveryCodesRenewed,
    SecondFactorReset,
    SecondFactorTurnedOff,
    SecondFactorTurnedOn,
)
from domain.asks.ask import (
    AskApproved,
    AskIssued,
    AskSentBack,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from domain.backups.backup import BackupTaken
from domain.congress.calendar import CalendarEntryAdded, CalendarEntryChanged, CalendarEntryWithdrawn
from domain.congress.congress import (
    CongressDescribed,
    CongressFounded,
    CongressMoved,
    SlugTakenBy,
    UnitAdded,
    UnitChanged,
    UnitWithdrawn,
)
from domain.congress.look import CongressLookChosen
from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded, RehearsalEntered
from domain.congress.roll import DelegateAdded, DelegateCorrected, DelegateLeft, DelegatesImported, ImportUndone
from domain.congress.session import (
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    PaperIssued,
    PaperIssueUndone,
    SessionConvened,
    SessionEntered,
    SessionRescheduled,
)
from domain.polls.accounting import IncidentDecided, IncidentReported, UnusedCardHandedIn
from domain.polls.box_opening import BoxOpened, SealedBallotsDeleted
from domain.polls.card_set import CardSetBound, CardSetDiscarded, CardSetPrinted, CardSetReleased
from domain.polls.paper import (
    BatchEntered,
    DoubtfulMarkDecided,
    KeypadTotalsEntered,
    PapersPrinted,
    PapersReturned,
    SpoiledPaperReplaced,
)
from domain.polls.places import AgainGivenUp, HeldAgain, PlacesDecided
from domain.polls.poll import (
    CardVoidingNoted,
    CountSigned,
    LastBallotsCalled,
    PollCancelled,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollOpened,
    PollPrepared,
    ScrutineersApproved,
)
from domain.polls.profile import ProfileAdopted, ProfileDrafted, ProfileRevised
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened
from domain.polls.voiding import VoidingNoted
from domain.projects.candidate_list import (
    CandidateListPublished,
    CandidateListPutToVote,
    CandidateListReleased,
    CandidateListWithdrawn,
    CardRead,
)
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectEvaluated,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
)
from domain.projects.voted_list import VotedListAnnounced, VotedListSupplemented

BOOK = FactBook()

BOOK.add("accounts.account-opened", 1, AccountOpened)
BOOK.add("accounts.login-taken", 1, LoginTakenBy)
BOOK.add("accounts.role-granted", 1, RoleGranted)
BOOK.add("accounts.role-revoked", 1, RoleRevoked)
BOOK.add("accounts.account-disabled", 1, AccountDisabled)
BOOK.add("accounts.account-enabled", 1, AccountEnabled)
BOOK.add("accounts.slip-issued", 1, SlipIssued)
BOOK.add("accounts.account-activated", 1, AccountActivated)
BOOK.add("accounts.password-changed", 1, PasswordChanged)
BOOK.add("accounts.account-renamed", 1, AccountRenamed)
BOOK.add("accounts.sign-ins-ended", 1, SignInsEnded)
BOOK.add("accounts.second-factor-turned-on", 1, SecondFactorTurnedOn)
BOOK.add("accounts.second-factor-turned-off", 1, SecondFactorTurnedOff)
BOOK.add("accounts.second-factor-reset", 1, SecondFactorReset)
BOOK.add("accounts.recovery-codes-renewed", 1, RecoveryCodesRenewed)
BOOK.add("accounts.identity-linked", 1, IdentityLinked)
BOOK.add("accounts.identity-unlinked", 1, IdentityUnlinked)
BOOK.add("accounts.api-token-issued", 1, ApiTokenIssued)
BOOK.add("accounts.api-token-revoked", 1, ApiTokenRevoked)

BOOK.add("backups.backup-taken", 1, BackupTaken)

BOOK.add("congress.congress-founded", 1, CongressFounded)
BOOK.add("congress.congress-described", 1, CongressDescribed)
BOOK.add("congress.congress-moved", 1, CongressMoved)
BOOK.add("congress.congress-look-chosen", 1, CongressLookChosen)
BOOK.add("congress.slug-taken", 1, SlugTakenBy)
BOOK.add("congress.calendar-entry-added", 1, CalendarEntryAdded)
BOOK.add("congress.calendar-entry-changed", 1, CalendarEntryChanged)
BOOK.add("congress.calendar-entry-withdrawn", 1, CalendarEntryWithdrawn)
BOOK.add("congress.unit-added", 1, UnitAdded)
BOOK.add("congress.unit-changed", 1, UnitChanged)
BOOK.add("congress.unit-withdrawn", 1, UnitWithdrawn)

BOOK.add("congress.delegates-imported", 1, DelegatesImported)
BOOK.add("congress.import-undone", 1, ImportUndone)
BOOK.add("congress.delegate-added", 1, DelegateAdded)
BOOK.add("congress.delegate-corrected", 1, DelegateCorrected)
BOOK.add("congress.delegate-left", 1, DelegateLeft)

BOOK.add("congress.session-convened", 1, SessionConvened)
BOOK.add("congress.session-rescheduled", 1, SessionRescheduled)
BOOK.add("congress.session-entered", 1, SessionEntered)
BOOK.add("congress.rehearsal-begun", 1, RehearsalBegun)
BOOK.add("congress.rehearsal-ended", 1, RehearsalEnded)
BOOK.add("congress.rehearsal-entered", 1, RehearsalEntered)
BOOK.add("congress.delegate-checked-in", 1, DelegateCheckedIn)
BOOK.add("congress.check-in-undone", 1, CheckInUndone)
BOOK.add("congress.card-drawn", 1, CardDrawn)
BOOK.add("congress.card-draw-undone", 1, CardDrawUndone)
BOOK.add("congress.paper-issued", 1, PaperIssued)
BOOK.add("congress.paper-issue-undone", 1, PaperIssueUndone)

BOOK.add("asks.ask-issued", 1, AskIssued)
BOOK.add("asks.plan-answered", 1, PlanAnswered)
BOOK.add("asks.result-answered", 1, ResultAnswered)
BOOK.add("asks.progress-answered", 1, ProgressAnswered)
BOOK.add("asks.summary-answered", 1, SummaryAnswered)
BOOK.add("asks.ask-sent-back", 1, AskSentBack)
BOOK.add("asks.ask-approved", 1, AskApproved)

BOOK.add("polls.card-set-printed", 1, CardSetPrinted)
BOOK.add("polls.card-set-released", 1, CardSetReleased)
BOOK.add("polls.card-set-bound", 1, CardSetBound)
BOOK.add("polls.card-set-discarded", 1, CardSetDiscarded)

BOOK.add("polls.poll-prepared", 1, PollPrepared)
BOOK.add("polls.scrutineers-approved", 1, ScrutineersApproved)
BOOK.add("polls.card-voiding-noted", 1, CardVoidingNoted)
BOOK.add("polls.voiding-noted", 1, VoidingNoted)
BOOK.add("polls.poll-opened", 1, PollOpened)
BOOK.add("polls.last-ballots-called", 1, LastBallotsCalled)
BOOK.add("polls.poll-closed", 1, PollClosed)
BOOK.add("polls.poll-counted", 1, PollCounted)
BOOK.add("polls.count-signed", 1, CountSigned)
BOOK.add("polls.poll-declared", 1, PollDeclared)
BOOK.add("polls.poll-cancelled", 1, PollCancelled)

BOOK.add("polls.sealing-key-made", 1, SealingKeyMade)
BOOK.add("polls.trial-ballot-opened", 1, TrialBallotOpened)
BOOK.add("polls.box-opened", 1, BoxOpened)
BOOK.add("polls.sealed-ballots-deleted", 1, SealedBallotsDeleted)

BOOK.add("polls.unused-card-handed-in", 1, UnusedCardHandedIn)
BOOK.add("polls.incident-reported", 1, IncidentReported)
BOOK.add("polls.incident-decided", 1, IncidentDecided)

BOOK.add("polls.papers-printed", 1, PapersPrinted)
BOOK.add("polls.spoiled-paper-replaced", 1, SpoiledPaperReplaced)
BOOK.add("polls.papers-returned", 1, PapersReturned)
BOOK.add("polls.batch-entered", 1, BatchEntered)
BOOK.add("polls.doubtful-mark-decided", 1, DoubtfulMarkDecided)
BOOK.add("polls.keypad-totals-entered", 1, KeypadTotalsEntered)

BOOK.add("polls.places-decided", 1, PlacesDecided)
BOOK.add("polls.held-again", 1, HeldAgain)
BOOK.add("polls.again-given-up", 1, AgainGivenUp)

BOOK.add("polls.profile-drafted", 1, ProfileDrafted)
BOOK.add("polls.profile-revised", 1, ProfileRevised)
BOOK.add("polls.profile-adopted", 1, ProfileAdopted)

BOOK.add("projects.candidate-list-published", 1, CandidateListPublished)
BOOK.add("projects.candidate-list-withdrawn", 1, CandidateListWithdrawn)
BOOK.add("projects.candidate-list-put-to-vote", 1, CandidateListPutToVote)
BOOK.add("projects.candidate-list-released", 1, CandidateListReleased)
BOOK.add("projects.card-read", 1, CardRead)

BOOK.add("projects.candidate-drafted", 1, CandidateDrafted)
BOOK.add("projects.candidate-revised", 1, CandidateRevised)
BOOK.add("projects.candidate-withdrawn", 1, CandidateWithdrawn)
BOOK.add("projects.project-listed", 1, ProjectListed)
BOOK.add("projects.project-unlisted", 1, ProjectUnlisted)
BOOK.add("projects.project-adopted", 1, ProjectAdopted)
BOOK.add("projects.project-not-adopted", 1, ProjectNotAdopted)
BOOK.add("projects.project-evaluated", 1, ProjectEvaluated)

BOOK.add("projects.voted-list-announced", 1, VotedListAnnounced)
BOOK.add("projects.voted-list-supplemented", 1, VotedListSupplemented)

for _name, _version, _fact in (
    *ASKS,
    *PROPOSALS,
    *DELIBERATION,
    *IMPLEMENTATION,
    *COUNCILS,
    *WORKING_DAYS,
    *SUPERVISION,
    *INQUIRIES,
    *YEAR_REPORTS,
):
    BOOK.add(_name, _version, _fact)
