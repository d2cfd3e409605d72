"""Scopes of API tokens: named groups of acts, one to read and one to change for each concept."""

from enum import StrEnum

from domain.accounts.permissions import Act


class Scope(StrEnum):
    """What a token may be used for; a token never permits what its account may not do at that moment."""

    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    AUDIT_READ = "audit:read"
    CONGRESS_READ = "congress:read"
    CONGRESS_WRITE = "congress:write"
    ROLL_READ = "roll:read"
    ROLL_WRITE = "roll:write"
    SESSIONS_READ = "sessions:read"
    SESSIONS_WRITE = "sessions:write"
    CANDIDATES_READ = "candidates:read"
    CANDIDATES_WRITE = "candidates:write"
    PROFILES_READ = "profiles:read"
    PROFILES_WRITE = "profiles:write"
    POLLS_READ = "polls:read"
    POLLS_WRITE = "polls:write"
    ASKS_READ = "asks:read"
    ASKS_WRITE = "asks:write"
    PROPOSALS_READ = "proposals:read"
    PROPOSALS_WRITE = "proposals:write"
    DELIBERATION_READ = "deliberation:read"
    DELIBERATION_WRITE = "deliberation:write"
    IMPLEMENTATION_READ = "implementation:read"
    IMPLEMENTATION_WRITE = "implementation:write"
    SUPERVISION_READ = "supervision:read"
    SUPERVISION_WRITE = "supervision:write"
    TOKENS_READ = "tokens:read"
    TOKENS_WRITE = "tokens:write"

    @property
    def changes(self) -> bool:
        """Whether anything can be recorded with it."""
        return self.value.endswith(":write")


ACTS: dict[Scope, frozenset[Act]] = {
    Scope.ACCOUNTS_READ: frozenset({Act.READ_ACCOUNTS, Act.MANAGE_ACCOUNTS}),
    Scope.ACCOUNTS_WRITE: frozenset({Act.READ_ACCOUNTS, Act.MANAGE_ACCOUNTS, Act.ISSUE_SLIPS}),
    Scope.AUDIT_READ: frozenset({Act.READ_AUDIT}),
    Scope.CONGRESS_READ: frozenset({Act.READ_OFFICE}),
    Scope.CONGRESS_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.FOUND_CONGRESS,
            Act.MANAGE_UNITS,
            Act.CHOOSE_LOOK,
            Act.KEEP_CALENDAR,
            Act.KEEP_WORKING_DAYS,
            Act.SUBMIT_REPORT,
        }
    ),
    Scope.ROLL_READ: frozenset({Act.READ_OFFICE}),
    Scope.ROLL_WRITE: frozenset({Act.READ_OFFICE, Act.KEEP_ROLL}),
    Scope.SESSIONS_READ: frozenset({Act.READ_OFFICE, Act.CHECK_IN}),
    Scope.SESSIONS_WRITE: frozenset({Act.READ_OFFICE, Act.CONVENE_SESSION, Act.CHECK_IN, Act.DRAW_CARD, Act.VOID_CARD}),
    Scope.CANDIDATES_READ: frozenset({Act.READ_OFFICE, Act.READ_CANDIDATES, Act.EDIT_CANDIDATES}),
    Scope.CANDIDATES_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.READ_CANDIDATES,
            Act.EDIT_CANDIDATES,
            Act.FIX_LIST,
            Act.PUBLISH,
            Act.SCREEN,
            Act.RECORD_APPROVALS,
        }
    ),
    Scope.PROFILES_READ: frozenset({Act.READ_OFFICE}),
    Scope.PROFILES_WRITE: frozenset({Act.READ_OFFICE, Act.KEEP_PROFILES}),
    Scope.POLLS_READ: frozenset({Act.READ_OFFICE, Act.READ_CANDIDATES, Act.COUNT_POLL, Act.SIGN_COUNT, Act.GUARD_KEY}),
    Scope.POLLS_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.READ_CANDIDATES,
            Act.PREPARE_POLL,
            Act.PRINT_CARDS,
            Act.RELEASE_CARDS,
            Act.DRAW_CARD,
            Act.VOID_CARD,
            Act.OPEN_POLL,
            Act.CLOSE_POLL,
            Act.COUNT_POLL,
            Act.SIGN_COUNT,
            Act.DECLARE_POLL,
            Act.GUARD_KEY,
            Act.ENTER_PAPERS,
            Act.REPORT_INCIDENT,
            Act.DECIDE_INCIDENT,
            Act.DECIDE_PLACES,
        }
    ),
    Scope.ASKS_READ: frozenset({Act.READ_OFFICE, Act.ANSWER_ASK}),
    Scope.ASKS_WRITE: frozenset({Act.READ_OFFICE, Act.ISSUE_ASK, Act.ANSWER_ASK, Act.APPROVE_ASK}),
    Scope.PROPOSALS_READ: frozenset({Act.READ_OFFICE, Act.READ_PROPOSALS, Act.PROPOSE}),
    Scope.PROPOSALS_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.READ_PROPOSALS,
            Act.PUBLISH_CALL,
            Act.KEEP_HOUSES,
            Act.RECEIVE_PROPOSALS,
            Act.DECIDE_PROPOSALS,
            Act.SCREEN,
            Act.PROPOSE,
        }
    ),
    Scope.DELIBERATION_READ: frozenset({Act.READ_OFFICE, Act.READ_CANDIDATES, Act.ANSWER_REMARKS}),
    Scope.DELIBERATION_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.READ_CANDIDATES,
            Act.KEEP_AGENDA,
            Act.SEND_MATERIALS,
            Act.RECORD_REMARKS,
            Act.REMARK,
            Act.ANSWER_REMARKS,
        }
    ),
    Scope.IMPLEMENTATION_READ: frozenset({Act.READ_OFFICE, Act.FILE_PLAN, Act.REPORT_PROGRESS}),
    Scope.IMPLEMENTATION_WRITE: frozenset(
        {
            Act.READ_OFFICE,
            Act.FILE_PLAN,
            Act.PUBLISH_PLAN,
            Act.REPORT_PROGRESS,
            Act.CHECK_REPORTS,
            Act.PROPOSE_ADJUSTMENT,
            Act.DECIDE_ADJUSTMENT,
            Act.KEEP_IMPLEMENTATION,
        }
    ),
    Scope.SUPERVISION_READ: frozenset({Act.READ_OFFICE, Act.SUPERVISE, Act.ANSWER_DUTY}),
    Scope.SUPERVISION_WRITE: frozenset(
        {Act.READ_OFFICE, Act.KEEP_SUPERVISION, Act.SUPERVISE, Act.ANSWER_DUTY, Act.VISIT_BELOW}
    ),
    Scope.TOKENS_READ: frozenset(),
    Scope.TOKENS_WRITE: frozenset(),
}
"""The acts that a request under each scope may need. Some pages show what only those may see who may change it,
so reading scopes name such acts too: that they record nothing is held by the operations themselves.
"""
