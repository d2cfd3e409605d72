"""Whatever a person can do on a page a program can do too, or there is a reason."""

from interfaces.web._base.discovery import all_routes
from tests.support.programs import every_operation

_ON_AN_ACCOUNT = (
    "accounts.granted",
    "accounts.revoked",
    "accounts.renamed",
    "accounts.disabled",
    "accounts.enabled",
    "accounts.signed_out",
    "accounts.second_factor_reset",
    "accounts.linked",
    "accounts.unlinked",
    "accounts.slip",
)

_ANSWERS = ("asks.answer_plan", "asks.answer_result", "asks.answer_progress", "asks.answer_summary")

OPERATIONS = {
    "/account/tokens/new": ("tokens.issued",),
    "/account/tokens/{token}/revoke": ("tokens.revoked",),
    "/staff/accounts/new": ("accounts.opened", "accounts.slip"),
    "/staff/accounts/{account}/{act}": _ON_AN_ACCOUNT,
    "/staff/accounts/tokens/{token}/revoke": ("accounts.token_revoked",),
    "/staff/{slug}/accounts/new": ("accounts.opened", "accounts.slip"),
    "/staff/{slug}/accounts/import/{upload}": ("accounts.opened_many",),
    "/staff/{slug}/accounts/slips": ("accounts.waiting_slips",),
    "/staff/{slug}/accounts/{account}/{act}": _ON_AN_ACCOUNT,
    "/staff/{slug}/accounts/tokens/{token}/revoke": ("accounts.token_revoked",),
    "/staff/{slug}/delegates/slips": ("accounts.delegate_slips",),
    "/staff/congresses/new": ("congresses.found",),
    "/staff/congresses/{slug}": ("congresses.describe",),
    "/staff/{slug}/units": ("units.add",),
    "/staff/{slug}/units/{unit}": ("units.change",),
    "/staff/{slug}/units/{unit}/withdraw": ("units.withdraw",),
    "/staff/{slug}/calls/new": ("calls.publish",),
    "/staff/{slug}/calls/{year:int}/extend": ("calls.extend",),
    "/staff/{slug}/calls/{year:int}/wording": ("calls.reword",),
    "/staff/{slug}/houses": ("houses.add",),
    "/staff/{slug}/houses/{house_id}": ("houses.change",),
    "/staff/{slug}/houses/{house_id}/close": ("houses.close",),
    "/delegate/{slug}/proposals/new": ("own-proposals.bring",),
    "/unit/{slug}/suggestions/new": ("own-proposals.bring_for_unit",),
    "/unit/{slug}/projects/import": ("candidates.check_import",),
    "/staff/{slug}/projects/import": ("candidates.check_import",),
    "/unit/{slug}/projects/import/{upload}": ("candidates.import_cards",),
    "/staff/{slug}/projects/import/{upload}": ("candidates.import_cards",),
    "/staff/{slug}/projects/list": ("candidates.publish",),
    "/staff/{slug}/projects/list/withdraw": ("candidates.withdraw_list",),
    "/unit/{slug}/projects/new": ("candidates.draft",),
    "/staff/{slug}/projects/new": ("candidates.draft",),
    "/unit/{slug}/projects/{project}/edit": ("candidates.revise",),
    "/staff/{slug}/projects/{project}/edit": ("candidates.revise",),
    "/unit/{slug}/projects/{project}/withdraw": ("candidates.withdraw",),
    "/staff/{slug}/projects/{project}/withdraw": ("candidates.withdraw",),
    "/staff/{slug}/projects/{project}/approvals/new": ("screening.record",),
    "/staff/{slug}/projects/{project}/approvals/{approval}/withdraw": ("screening.withdraw",),
    "/staff/{slug}/projects/{project}/proposals/{proposal}/back": ("screening.give_back",),
    "/staff/{slug}/projects/{project}/screening": ("screening.screen_candidate",),
    "/staff/{slug}/proposals/{proposal}/behind": ("screening.stand_behind",),
    "/staff/{slug}/proposals/{proposal}/candidate": ("screening.become",),
    "/staff/{slug}/proposals/{proposal}/screening": ("screening.screen_proposal",),
    "/unit/{slug}/projects/{project}/approvals/new": ("screening.record",),
    "/unit/{slug}/projects/{project}/approvals/{approval}/withdraw": ("screening.withdraw",),
    "/unit/{slug}/projects/{project}/proposals/{proposal}/back": ("screening.give_back",),
    "/unit/{slug}/projects/{project}/screening": ("screening.screen_candidate",),
    "/unit/{slug}/proposals/{proposal}/behind": ("screening.stand_behind",),
    "/unit/{slug}/proposals/{proposal}/candidate": ("screening.become",),
    "/unit/{slug}/proposals/{proposal}/screening": ("screening.screen_proposal",),
    "/staff/{slug}/screening/new": ("screening.adopt",),
    "/delegate/{slug}/projects/{project}/read": ("reading.read",),
    "/delegate/{slug}/projects/{project}/note": ("reading.note",),
    "/staff/{slug}/delegates/new": ("roll.add",),
    "/staff/{slug}/delegates/{delegate}": ("roll.correct",),
    "/staff/{slug}/delegates/{delegate}/end": ("roll.end",),
    "/staff/{slug}/delegates/import": ("roll.check",),
    "/staff/{slug}/delegates/import/{upload}": ("roll.confirm",),
    "/staff/{slug}/delegates/imports/{import_id}/undo": ("roll.undo",),
    "/staff/{slug}/sessions/new": ("sessions.convene",),
    "/staff/{slug}/sessions/{session}/edit": ("sessions.reschedule",),
    "/staff/{slug}/sessions/{session}/check-in": ("sessions.scan", "sessions.check_in"),
    "/staff/{slug}/sessions/{session}/check-in/{act}": (
        "sessions.undo_check_in",
        "sessions.draw",
        "sessions.undo_draw",
        "sessions.issue_paper",
        "sessions.undo_paper",
        "sessions.exchange_card",
    ),
    "/staff/{slug}/asks/plan": ("asks.ask_for_plan",),
    "/staff/{slug}/profiles/new": ("profiles.draft",),
    "/unit/{slug}/asks/{ask}/answer": _ANSWERS,
    "/staff/{slug}/asks/{ask}/answer": _ANSWERS,
    "/staff/{slug}/asks/{ask}/send-back": ("asks.send_back",),
    "/staff/{slug}/asks/{ask}/approve": ("asks.approve",),
    "/staff/{slug}/polls/{poll}/scrutineers": ("polls.approve_scrutineers",),
    "/staff/{slug}/polls/{poll}/cancel": ("polls.cancel",),
    "/staff/{slug}/polls/{poll}/open": ("polls.open_poll",),
    "/staff/{slug}/polls/{poll}/void-cards": ("polls.void_card",),
    "/staff/{slug}/polls/{poll}/last-call": ("polls.last_call",),
    "/staff/{slug}/polls/{poll}/close": ("polls.close",),
    "/staff/{slug}/polls/{poll}/count": ("polls.count",),
    "/staff/{slug}/polls/{poll}/declare": ("polls.declare",),
    "/staff/{slug}/polls/{poll}/again": ("polls.second_ballot", "polls.repeat"),
    "/staff/{slug}/polls/{poll}/places": ("polls.decide_places",),
    "/staff/{slug}/profiles/{profile}/edit": ("profiles.revise",),
    "/staff/{slug}/profiles/{profile}/adopt": ("profiles.adopt",),
    "/scrutineer/{slug}/polls/{poll}/release": ("polls.release",),
    "/scrutineer/{slug}/polls/{poll}/void-cards": ("polls.void_card",),
    "/scrutineer/{slug}/polls/{poll}/last-call": ("polls.last_call",),
    "/scrutineer/{slug}/polls/{poll}/close": ("polls.close",),
    "/scrutineer/{slug}/polls/{poll}/sign": ("polls.sign",),
    "/scrutineer/{slug}/polls/{poll}/box/second": ("polls.opened_offline",),
    "/scrutineer/{slug}/polls/{poll}/box/cannot-open": ("polls.cannot_open",),
    "/scrutineer/{slug}/polls/{poll}/box/delete": ("polls.delete_sealed",),
    "/staff/{slug}/polls/{poll}/unused-cards": ("polls.hand_in",),
    "/scrutineer/{slug}/polls/{poll}/unused-cards": ("polls.hand_in",),
    "/staff/{slug}/polls/{poll}/incidents": ("polls.report_incident",),
    "/scrutineer/{slug}/polls/{poll}/incidents": ("polls.report_incident",),
    "/scrutineer/{slug}/polls/{poll}/incidents/{number}/decide": ("polls.decide_incident",),
    "/staff/{slug}/polls/{poll}/print-papers": ("polls.print_papers",),
    "/scrutineer/{slug}/polls/{poll}/print-papers": ("polls.print_papers",),
    "/staff/{slug}/polls/{poll}/spoiled-papers": ("polls.replace_paper",),
    "/scrutineer/{slug}/polls/{poll}/spoiled-papers": ("polls.replace_paper",),
    "/staff/{slug}/polls/{poll}/papers": ("polls.returned",),
    "/scrutineer/{slug}/polls/{poll}/papers": ("polls.returned",),
    "/staff/{slug}/polls/{poll}/papers/{batch}/{team}": ("polls.enter_batch", "polls.enter_keypad"),
    "/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}": ("polls.enter_batch", "polls.enter_keypad"),
    "/scrutineer/{slug}/polls/{poll}/papers/doubtful": ("polls.decide_doubtful",),
    "/staff/{slug}/sessions/{session}/rehearsals": ("polls.begin_rehearsal",),
    "/staff/{slug}/rehearsals/{rehearsal}/polls/{poll}/seat": ("polls.seat_everybody",),
    "/staff/{slug}/rehearsals/{rehearsal}/polls/{poll}/cast": ("polls.cast_made_up",),
    "/staff/{slug}/rehearsals/{rehearsal}/end": ("polls.end_rehearsal",),
    "/staff/{slug}/sessions/{session}/polls/cards": ("polls.print_set",),
    "/staff/{slug}/sessions/{session}/polls/new": ("polls.prepare",),
    "/staff/{slug}/sessions/{session}/polls/evaluation": ("polls.prepare_evaluation",),
    "/staff/{slug}/sessions/{session}/polls/cards/{number}/discard": ("polls.discard",),
}
"""The addresses of forms, with the operations that do the same."""

NOT_BY_PROGRAM = {
    "/{slug}/{year:int}/propose": "residents write themselves; a program sends what reached the office",
    "/{slug}/{year:int}/proposals/{name}/support": "a voice is a resident's own",
    "/t/{code}/support": "a voice is a resident's own",
    "/t/{code}/forget": "only who proposed knows the telephone number",
    "/sign-in": "a program has a token",
    "/sign-in/code": "a program has a token",
    "/a": "only a person takes a slip in",
    "/a/{secret}": "only a person chooses a password",
    "/account/sign-out": "a program has a token, which it can revoke",
    "/account/password": "only a person chooses a password",
    "/account/second-factor/begin": "a second factor is in a person's hand",
    "/account/second-factor/codes": "a second factor is in a person's hand",
    "/account/second-factor/off": "a second factor is in a person's hand",
    "/account/second-factor/on": "a second factor is in a person's hand",
    "/account/sign-ins": "a program has no sign-ins; those of an account are ended by accounts.signed_out",
    "/staff/{slug}/accounts/import": "a program sends the people of a list, not a file of them",
    "/staff/backup": "the file holds everything there is; programs on the server use the command line",
    "/scrutineer/{slug}/polls/{poll}/key/new": "the key is made in the scrutineers' browser and nowhere else",
    "/scrutineer/{slug}/polls/{poll}/key/trial": "every holder brings the share back to the scrutineers' browser",
    "/scrutineer/{slug}/polls/{poll}/box/open": "the first opening is made in the scrutineers' browser",
    "/staff/{slug}/polls/{poll}/papers/{batch}/{team}/scan": "a scan only fills the form that a person completes",
    "/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}/scan": "a scan only fills the form that a person completes",
    "/account/language": "a program names its language in every request",
}


def forms() -> set[str]:
    """The addresses that take a form."""
    return {
        str(getattr(route, "path", ""))
        for route in all_routes()
        if set(getattr(route, "methods", None) or ()) - {"GET", "HEAD"}
    }


def test_every_form_has_an_operation_or_a_reason() -> None:
    assert sorted(forms() - set(OPERATIONS) - set(NOT_BY_PROGRAM)) == []


def test_no_form_is_named_that_is_gone_or_twice() -> None:
    named = [*OPERATIONS, *NOT_BY_PROGRAM]
    assert sorted(set(named) - forms()) == []
    assert len(named) == len(set(named))


def test_the_operations_named_are_there() -> None:
    known = {called.route.unique_id for called in every_operation()}
    assert sorted({name for names in OPERATIONS.values() for name in names} - known) == []
