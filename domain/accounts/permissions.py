"""Who may do what: roles are granted per congress, everything not listed is denied."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.shared import NotPermitted, Refused


class Role(StrEnum):
    """The parts people play in a congress's office."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    DELEGATE = "delegate"
    SCRUTINEER = "scrutineer"
    VENUE = "venue"
    UPPER_READER = "upper_reader"
    AUDITOR = "auditor"


class Act(StrEnum):
    """What can be permitted. Reading public pages and casting a ballot by card need no permission."""

    FOUND_CONGRESS = "found_congress"
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_ACCOUNTS = "read_accounts"
    ISSUE_SLIPS = "issue_slips"
    READ_OFFICE = "read_office"
    READ_AUDIT = "read_audit"
    MANAGE_UNITS = "manage_units"
    KEEP_ROLL = "keep_roll"
    CONVENE_SESSION = "convene_session"
    CHECK_IN = "check_in"
    EDIT_CANDIDATES = "edit_candidates"
    FIX_LIST = "fix_list"
    READ_CANDIDATES = "read_candidates"
    KEEP_PROFILES = "keep_profiles"
    PREPARE_POLL = "prepare_poll"
    PRINT_CARDS = "print_cards"
    RELEASE_CARDS = "release_cards"
    DRAW_CARD = "draw_card"
    VOID_CARD = "void_card"
    OPEN_POLL = "open_poll"
    CLOSE_POLL = "close_poll"
    COUNT_POLL = "count_poll"
    SIGN_COUNT = "sign_count"
    DECLARE_POLL = "declare_poll"
    GUARD_KEY = "guard_key"
    """Make, split and try the sealing key, open the box: scrutineers only."""
    ENTER_PAPERS = "enter_papers"
    REPORT_INCIDENT = "report_incident"
    DECIDE_INCIDENT = "decide_incident"
    """The chief alone (ballot.md, step 3)."""
    DECIDE_PLACES = "decide_places"
    PUBLISH = "publish"
    ISSUE_ASK = "issue_ask"
    ANSWER_ASK = "answer_ask"
    APPROVE_ASK = "approve_ask"
    TAKE_BACKUP = "take_backup"
    PUBLISH_CALL = "publish_call"
    KEEP_HOUSES = "keep_houses"
    READ_PROPOSALS = "read_proposals"
    READ_CONTACTS = "read_contacts"
    """See who proposed and how to reach them; no fact holds it."""
    RECEIVE_PROPOSALS = "receive_proposals"
    DECIDE_PROPOSALS = "decide_proposals"
    SCREEN = "screen"
    PROPOSE = "propose"
    """Bring proposals of one's own, as a delegate or a department."""
    RECORD_APPROVALS = "record_approvals"
    KEEP_AGENDA = "keep_agenda"
    SEND_MATERIALS = "send_materials"
    RECORD_REMARKS = "record_remarks"
    REMARK = "remark"
    """Remark and ask before the session, as a delegate."""
    ANSWER_REMARKS = "answer_remarks"
    CHOOSE_LOOK = "choose_look"
    KEEP_CALENDAR = "keep_calendar"
    KEEP_WORKING_DAYS = "keep_working_days"
    FILE_PLAN = "file_plan"
    PUBLISH_PLAN = "publish_plan"
    REPORT_PROGRESS = "report_progress"
    CHECK_REPORTS = "check_reports"
    PROPOSE_ADJUSTMENT = "propose_adjustment"
    DECIDE_ADJUSTMENT = "decide_adjustment"
    """Write down what the standing committee or the presidium decided on an adjustment (rule 20)."""
    KEEP_IMPLEMENTATION = "keep_implementation"
    """Lights, leading group, urging, acceptance, completion, look-back."""
    KEEP_SUPERVISION = "keep_supervision"
    SUPERVISE = "supervise"
    """Inspect and note, as a delegate."""
    ANSWER_DUTY = "answer_duty"
    VISIT_BELOW = "visit_below"
    """Guidance visits of the upper level to the congresses below it."""
    SUBMIT_REPORT = "submit_report"


_STAFF = frozenset(
    {
        Act.READ_OFFICE,
        Act.READ_ACCOUNTS,
        Act.ISSUE_SLIPS,
        Act.MANAGE_UNITS,
        Act.KEEP_ROLL,
        Act.CONVENE_SESSION,
        Act.CHECK_IN,
        Act.EDIT_CANDIDATES,
        Act.FIX_LIST,
        Act.READ_CANDIDATES,
        Act.KEEP_PROFILES,
        Act.PREPARE_POLL,
        Act.PRINT_CARDS,
        Act.DRAW_CARD,
        Act.VOID_CARD,
        Act.OPEN_POLL,
        Act.CLOSE_POLL,
        Act.COUNT_POLL,
        Act.DECLARE_POLL,
        Act.ENTER_PAPERS,
        Act.REPORT_INCIDENT,
        Act.DECIDE_PLACES,
        Act.PUBLISH,
        Act.ISSUE_ASK,
        Act.ANSWER_ASK,
        Act.APPROVE_ASK,
        Act.PUBLISH_CALL,
        Act.KEEP_HOUSES,
        Act.READ_PROPOSALS,
        Act.READ_CONTACTS,
        Act.RECEIVE_PROPOSALS,
        Act.DECIDE_PROPOSALS,
        Act.SCREEN,
        Act.RECORD_APPROVALS,
        Act.KEEP_AGENDA,
        Act.SEND_MATERIALS,
        Act.RECORD_REMARKS,
        Act.ANSWER_REMARKS,
        Act.CHOOSE_LOOK,
        Act.KEEP_CALENDAR,
        Act.KEEP_WORKING_DAYS,
        Act.FILE_PLAN,
        Act.PUBLISH_PLAN,
        Act.REPORT_PROGRESS,
        Act.CHECK_REPORTS,
        Act.PROPOSE_ADJUSTMENT,
        Act.DECIDE_ADJUSTMENT,
        Act.KEEP_IMPLEMENTATION,
        Act.KEEP_SUPERVISION,
        Act.ANSWER_DUTY,
        Act.VISIT_BELOW,
        Act.SUBMIT_REPORT,
    }
)
_OF_UNITS = frozenset(
    {
        Act.ANSWER_ASK,
        Act.PROPOSE,
        Act.ANSWER_REMARKS,
        Act.FILE_PLAN,
        Act.REPORT_PROGRESS,
        Act.PROPOSE_ADJUSTMENT,
        Act.ANSWER_DUTY,
    }
)
"""What the government office does for every unit, and a department for itself."""
_READING = frozenset({Act.READ_OFFICE, Act.READ_CANDIDATES, Act.READ_PROPOSALS})

PERMITTED: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            Act.FOUND_CONGRESS,
            Act.MANAGE_ACCOUNTS,
            Act.READ_ACCOUNTS,
            Act.ISSUE_SLIPS,
            Act.READ_OFFICE,
            Act.READ_CANDIDATES,
            Act.READ_AUDIT,
            Act.MANAGE_UNITS,
            Act.TAKE_BACKUP,
            Act.CHOOSE_LOOK,
        }
    ),
    Role.STAFF: _STAFF,
    Role.GOVERNMENT: _OF_UNITS
    | {
        Act.EDIT_CANDIDATES,
        Act.READ_CANDIDATES,
        Act.READ_PROPOSALS,
        Act.DECIDE_PROPOSALS,
        Act.SCREEN,
        Act.RECORD_APPROVALS,
    },
    Role.DEPARTMENT: _OF_UNITS,
    Role.DELEGATE: frozenset({Act.READ_CANDIDATES, Act.PROPOSE, Act.REMARK, Act.SUPERVISE}),
    Role.SCRUTINEER: frozenset(
        {
            Act.READ_CANDIDATES,
            Act.PRINT_CARDS,
            Act.RELEASE_CARDS,
            Act.VOID_CARD,
            Act.CLOSE_POLL,
            Act.COUNT_POLL,
            Act.SIGN_COUNT,
            Act.GUARD_KEY,
            Act.ENTER_PAPERS,
            Act.REPORT_INCIDENT,
            Act.DECIDE_INCIDENT,
        }
    ),
    Role.VENUE: frozenset({Act.CHECK_IN, Act.DRAW_CARD, Act.VOID_CARD}),
    Role.UPPER_READER: _READING,
    Role.AUDITOR: _READING | {Act.READ_ACCOUNTS, Act.READ_AUDIT},
}

READ_BELOW: Final = _READING
"""What whoever reads or works in an office may do in the congresses below it: read, and nothing else.

Everything that is added to the acts is denied there until it is named here. Contact data, accounts, the trail,
keys and cards have acts of their own and stay with the congress; so does whatever is still secret there.
"""


@dataclass(eq=False)
class ReadFromAbove(Refused):
    """The upper level reads, the lower levels write: nothing is done in an office that is read from above."""

    congress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One role in one congress; `congress` None means the whole installation (administrators only).

    A department officer's grant names the unit, a delegate's grant the delegate.
    """

    role: Role
    congress: UUID | None
    unit: UUID | None = None
    delegate: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks for something, with what they have been granted."""

    account: UUID
    name: str
    grants: tuple[Grant, ...] = ()
    acts: frozenset[Act] = frozenset(Act)
    """Nothing else is permitted, whatever the grants say; fewer than all for somebody who acts by a token."""
    looks_below: bool = True
    """Whether an office opens those below it; not for a token that was issued for one congress alone."""
    below: UUID | None = None
    """The congress below one of the own that is being read."""

    def may(self, act: Act, congress: UUID | None) -> bool:
        """Whether any grant that reaches this congress permits the act, or it is read from above."""
        if act not in self.acts:
            return False
        if congress is not None and congress == self.below and act in READ_BELOW:
            return True
        return any(act in PERMITTED[grant.role] for grant in self._reaching(congress))

    def reads_below(self, above: Iterable[UUID]) -> bool:
        """Whether a congress under all these is open for reading: the actor reads the office of one of them."""
        return self.looks_below and any(self.may(Act.READ_OFFICE, congress) for congress in above)

    def only(self, acts: frozenset[Act], congress: UUID | None) -> "Actor":
        """The same person with these acts alone and, unless None, in this congress alone."""
        if congress is None:
            return replace(self, acts=self.acts & acts)
        grants = tuple(replace(grant, congress=congress) for grant in self._reaching(congress))
        return replace(self, grants=grants, acts=self.acts & acts, looks_below=False)

    def require(self, act: Act, congress: UUID | None) -> None:
        """Raises NotPermitted unless the act is permitted in this congress."""
        if not self.may(act, congress):
            raise NotPermitted(act=act.value)

    def delegate_in(self, congress: UUID) -> UUID | None:
        """The delegate this actor is in the congress, if any."""
        return next((g.delegate for g in self.grants if g.congress == congress and g.role is Role.DELEGATE), None)

    def unit_in(self, congress: UUID) -> UUID | None:
        """The unit this actor answers for in the congress, if any."""
        return next((g.unit for g in self.grants if g.congress == congress and g.unit is not None), None)

    def congresses(self, roles: Iterable[Role] = tuple(Role)) -> tuple[UUID, ...]:
        """The congresses in which the actor holds one of the roles, each once, in order of granting."""
        wanted = set(roles)
        found = (g.congress for g in self.grants if g.role in wanted and g.congress is not None)
        return tuple(dict.fromkeys(found))

    def _reaching(self, congress: UUID | None) -> Iterable[Grant]:
        return (g for g in self.grants if g.congress is None or g.congress == congress)


RESIDENT = Actor(account=UUID(int=0), name="")
"""Whoever has no account: may bring what the pages for everybody offer. In the history it is nobody's account."""
