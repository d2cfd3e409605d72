"""Everything that is recorded is said in words: acts, fields, values; and every form records something."""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid4

import pytest

from application import as_of
from application.history.book import BOOK
from application.history.fact_book import Entry
from domain.changes import Change, changes
from domain.congress.congress import Unit
from domain.polls.poll import PollCounted
from interfaces.web._base.discovery import all_routes
from interfaces.web._base.language import CHINESE, ENGLISH, speaking
from interfaces.web.audit import words
from interfaces.web.audit.fields import FIELDS, HIDDEN
from interfaces.web.audit.telling import sentence_of
from interfaces.web.audit.values import LONGEST, Names, rows_of, shortened, value_words
from tests.golden.make import sample

NOBODY = Names({})
each = pytest.mark.parametrize("entry", list(BOOK.entries()), ids=lambda entry: entry.name)


@each
def test_every_fact_is_told_in_a_sentence(entry: Entry) -> None:
    fact = sample(entry.fact, entry.name)
    with speaking(CHINESE):
        said = sentence_of(fact, NOBODY, "某事")
    assert said
    assert said != words.fact_words(entry.name)
    assert "{" not in said
    assert entry.name not in said
    with speaking(ENGLISH):
        assert sentence_of(fact, NOBODY, "something") != said


def states() -> tuple[set[type], set[type[Enum]]]:
    """Every kind of record and of enumeration in which something is kept."""
    records: set[type] = set()
    enums: set[type[Enum]] = set()

    def visit(kind: Any) -> None:
        for part in get_args(kind):
            visit(part)
        if isinstance(kind, type) and issubclass(kind, Enum):
            enums.add(kind)
        elif isinstance(kind, type) and is_dataclass(kind) and kind not in records:
            records.add(kind)
            for hint in get_type_hints(kind).values():
                visit(hint)

    for evolve in as_of.evolutions():
        visit(get_type_hints(evolve)["return"])
    return records, enums


def test_every_field_of_every_state_has_words() -> None:
    named = {field.name for record in states()[0] for field in fields(record)}
    assert sorted(named - FIELDS.keys() - HIDDEN) == []


def test_every_value_of_an_enumeration_has_words() -> None:
    unsaid = [member for kind in states()[1] for member in kind if value_words("", member, NOBODY) == member.value]
    assert unsaid == []


def test_marks_are_in_no_table_of_changes() -> None:
    counted = PollCounted(version=1, count=json.dumps({"marks": 1}), count_hash="a" * 64)
    rows = rows_of(changes(None, counted), NOBODY).rows
    assert [(row.label, row.after) for row in rows] == [
        ("版本", "1"),
        ("计票报告校验码", f"SHA-256 {'a' * 16}…"),
    ]


def test_long_values_are_cut_and_say_how_long_they_are() -> None:
    assert shortened("很" * 400) == f"{'很' * LONGEST}…（共 400 字）"
    assert shortened("短") == "短"


def test_what_is_kept_under_a_key_is_called_by_its_name() -> None:
    key, unit = uuid4(), Unit(id=uuid4(), name="水务局", duty_phone="")
    rows = rows_of(
        [
            Change(path=("units", key), before=None, after=unit),
            Change(path=("units", key, "name"), before="水务局", after="水利局"),
        ],
        Names({key: "水利局"}),
    ).rows
    assert [(row.label, row.before, row.after) for row in rows] == [
        ("单位 · 水务局", "–", "水务局"),
        ("水利局 · 名称", "水务局", "水利局"),
    ]


def test_a_field_is_called_as_it_is_where_it_stands() -> None:
    told = [
        Change(path=("starts_on",), before=None, after=1),
        Change(path=("card", "starts_on"), before=None, after=1),
        Change(path=("entries", uuid4(), "number"), before="003", after="004"),
    ]
    labels = [row.label for row in rows_of(told, NOBODY).rows]
    assert labels == ["开始日期", "开工时间", "– · 代表证号"]


def test_many_things_are_counted_and_many_rows_left_out() -> None:
    several: tuple[UUID, ...] = tuple(uuid4() for _ in range(30))
    assert value_words("scrutineers", several, NOBODY) == "共 30 项"
    rows = rows_of([Change(path=("term",), before=n, after=n + 1) for n in range(70)], NOBODY)
    assert (len(rows.rows), rows.more) == (60, 10)


RECORDED = {
    "/staff/congresses/{slug}/move": "congress.congress-moved",
    "/staff/{slug}/look": "congress.congress-look-chosen",
    "/staff/{slug}/calendar/new": "congress.calendar-entry-added",
    "/staff/{slug}/calendar/{entry}": "congress.calendar-entry-changed",
    "/staff/{slug}/calendar/{entry}/withdraw": "congress.calendar-entry-withdrawn",
    "/staff/{slug}/year-reports/{kind}/{first_year:int}/{last_year:int}": "congress.year-report-written",
    "/staff/{slug}/year-reports/{kind}/{first_year:int}/{last_year:int}/submit": "congress.year-report-submitted",
    "/staff/{slug}/year-reports/{kind}/{first_year:int}/{last_year:int}/take-back": "congress.year-report-taken-back",
    "/staff/{slug}/working-days/mark": "congress.days-marked",
    "/staff/{slug}/working-days/take-back": "congress.day-marks-taken-back",
    "/staff/{slug}/calls/new": "proposals.call-published",
    "/staff/{slug}/calls/{year:int}/extend": "proposals.call-extended",
    "/staff/{slug}/calls/{year:int}/wording": "proposals.call-reworded",
    "/staff/{slug}/houses": "proposals.house-opened",
    "/staff/{slug}/houses/{house_id}": "proposals.house-changed",
    "/staff/{slug}/houses/{house_id}/close": "proposals.house-closed",
    "/delegate/{slug}/proposals/new": "proposals.proposal-received",
    "/unit/{slug}/suggestions/new": "proposals.proposal-received",
    "/{slug}/{year:int}/propose": "proposals.proposal-received",
    "/t/{code}/forget": "proposals.proposer-forgotten",
    "/t/{code}/support": "proposals.support-given",
    "/{slug}/{year:int}/proposals/{name}/support": "proposals.support-given",
    "/staff/{slug}/agenda/{session}/items": "congress.agenda-item-entered",
    "/staff/{slug}/agenda/{session}/proposals": "congress.agenda-item-entered",
    "/staff/{slug}/agenda/{session}/items/{item}/move": "congress.agenda-ordered",
    "/staff/{slug}/agenda/{session}/items/{item}/matter": "congress.agenda-item-put-right",
    "/staff/{slug}/agenda/{session}/items/{item}/remove": "congress.agenda-item-removed",
    "/staff/{slug}/agenda/{session}/items/{item}/notes": "congress.discussion-noted",
    "/staff/{slug}/agenda/{session}/items/{item}/notes/{note_id}": "congress.discussion-corrected",
    "/staff/{slug}/agenda/{session}/items/{item}/hands": "congress.hands-shown",
    "/staff/{slug}/agenda/{session}/items/{item}/poll": "congress.item-put-to-poll",
    "/staff/{slug}/agenda/{session}/items/{item}/result": "congress.item-decided",
    "/staff/{slug}/agenda/{session}/pass-on": "congress.item-passed-on",
    "/staff/{slug}/agenda/{session}/list": "congress.street-list-announced",
    "/delegate/{slug}/materials/{material}/read": "congress.material-read",
    "/delegate/{slug}/projects/{project}/question": "projects.question-asked",
    "/delegate/{slug}/projects/{project}/remark": "projects.remark-recorded",
    "/delegate/{slug}/remarks/{remark}/accept": "projects.answer-accepted",
    "/delegate/{slug}/remarks/{remark}/send-back": "projects.answer-sent-back",
    "/delegate/{slug}/remarks/{remark}/take-back": "projects.remark-taken-back",
    "/staff/{slug}/deliberation/close": "projects.remarks-closed",
    "/staff/{slug}/implementation/{project}/reports/new": "projects.progress-reported",
    "/unit/{slug}/implementation/{project}/reports/new": "projects.progress-reported",
    "/staff/{slug}/implementation/{project}/reports/{report_id}/approve": "projects.report-approved",
    "/staff/{slug}/implementation/{project}/reports/{report_id}/send-back": "projects.report-sent-back",
    "/staff/{slug}/implementation/{project}/reports/{report_id}/photos/{file}/erase": "projects.progress-photo-erased",
    "/staff/{slug}/implementation/{project}/milestones/{number}": "projects.milestone-reached",
    "/unit/{slug}/implementation/{project}/milestones/{number}": "projects.milestone-reached",
    "/staff/{slug}/implementation/{project}/milestones/{number}/take-back": "projects.milestone-taken-back",
    "/staff/{slug}/implementation/{project}/urge": "projects.project-urged",
    "/staff/{slug}/implementation/{project}/difficulties": "projects.difficulty-raised",
    "/unit/{slug}/implementation/{project}/difficulties": "projects.difficulty-raised",
    "/staff/{slug}/implementation/{project}/difficulties/{difficulty}/resolve": "projects.difficulty-resolved",
    "/staff/{slug}/meetings/new": "projects.leading-group-met",
    "/staff/{slug}/lights": "projects.progress-rules-adopted",
    "/staff/{slug}/implementation/{project}/closing/accept": "projects.project-accepted",
    "/staff/{slug}/implementation/{project}/closing/undo": "projects.acceptance-undone",
    "/staff/{slug}/implementation/{project}/closing/completion": "projects.completion-recorded",
    "/staff/{slug}/implementation/{project}/closing/photos/{file}/erase": "projects.progress-photo-erased",
    "/staff/{slug}/implementation/{project}/closing/look-back": "projects.look-back-recorded",
    "/staff/{slug}/deliberation/new": "projects.remark-recorded",
    "/staff/{slug}/deliberation/reopen": "projects.remarks-reopened",
    "/staff/{slug}/deliberation/remarks/{remark}/accept": "projects.answer-accepted",
    "/staff/{slug}/deliberation/remarks/{remark}/answer": "projects.remark-answered",
    "/staff/{slug}/deliberation/remarks/{remark}/assign": "projects.remark-assigned",
    "/staff/{slug}/deliberation/remarks/{remark}/correct": "projects.remark-corrected",
    "/staff/{slug}/deliberation/remarks/{remark}/send-back": "projects.answer-sent-back",
    "/staff/{slug}/deliberation/remarks/{remark}/take-back": "projects.remark-taken-back",
    "/staff/{slug}/materials/cards/remind": "congress.readers-reminded",
    "/staff/{slug}/materials/new": "congress.material-sent",
    "/staff/{slug}/materials/{material}/remind": "congress.readers-reminded",
    "/staff/{slug}/materials/{material}/replace": "congress.material-replaced",
    "/staff/{slug}/materials/{material}/withdraw": "congress.material-withdrawn",
    "/unit/{slug}/remarks/{remark}/answer": "projects.remark-answered",
    "/staff/{slug}/supervision/groups/{project}": "supervision.group-formed",
    "/staff/{slug}/supervision/groups/{project}/dissolve": "supervision.group-dissolved",
    "/staff/{slug}/inspections/new": "supervision.inspection-planned",
    "/staff/{slug}/inspections/{inspection}/edit": "supervision.inspection-replanned",
    "/staff/{slug}/inspections/{inspection}/tell": "supervision.inspection-told",
    "/staff/{slug}/inspections/{inspection}/cancel": "supervision.inspection-cancelled",
    "/staff/{slug}/inspections/{inspection}/conclude": "supervision.inspection-concluded",
    "/staff/{slug}/inspections/notes/{note}/hand-over": "supervision.note-handed-over",
    "/staff/{slug}/inspections/notes/{note}/settle": "supervision.note-settled",
    "/staff/{slug}/inspections/notes/{note}/remove": "supervision.note-photo-erased",
    "/staff/{slug}/draws/new": "supervision.draw-announced",
    "/staff/{slug}/supervision/import/{upload}": "supervision.group-formed",
    "/staff/{slug}/draws/{draw}/close": "supervision.pool-closed",
    "/staff/{slug}/draws/{draw}/import/{upload}": "supervision.pool-closed",
    "/staff/{slug}/draws/{draw}/draw": "supervision.sites-drawn",
    "/staff/{slug}/draws/{draw}/give-up": "supervision.draw-given-up",
    "/delegate/{slug}/supervision/note": "supervision.note-taken",
    "/delegate/{slug}/supervision/notes/{note}/correct": "supervision.note-corrected",
    "/delegate/{slug}/supervision/notes/{note}/withdraw": "supervision.note-withdrawn",
    "/delegate/{slug}/supervision/inspections/{inspection}/reply": "supervision.inspection-replied",
    "/a/{secret}": "accounts.account-activated",
    "/account/password": "accounts.password-changed",
    "/account/second-factor/codes": "accounts.recovery-codes-renewed",
    "/account/second-factor/off": "accounts.second-factor-turned-off",
    "/account/second-factor/on": "accounts.second-factor-turned-on",
    "/account/sign-ins": "accounts.sign-ins-ended",
    "/account/tokens/new": "accounts.api-token-issued",
    "/account/tokens/{token}/revoke": "accounts.api-token-revoked",
    "/delegate/{slug}/projects/{project}/read": "projects.card-read",
    "/scrutineer/{slug}/polls/{poll}/close": "polls.poll-closed",
    "/scrutineer/{slug}/polls/{poll}/last-call": "polls.last-ballots-called",
    "/scrutineer/{slug}/polls/{poll}/release": "polls.card-set-released",
    "/scrutineer/{slug}/polls/{poll}/sign": "polls.count-signed",
    "/scrutineer/{slug}/polls/{poll}/key/new": "polls.sealing-key-made",
    "/scrutineer/{slug}/polls/{poll}/key/trial": "polls.trial-ballot-opened",
    "/scrutineer/{slug}/polls/{poll}/box/open": "polls.box-opened",
    "/scrutineer/{slug}/polls/{poll}/box/second": "polls.box-opened",
    "/scrutineer/{slug}/polls/{poll}/box/cannot-open": "polls.poll-cancelled",
    "/scrutineer/{slug}/polls/{poll}/box/delete": "polls.sealed-ballots-deleted",
    "/scrutineer/{slug}/polls/{poll}/void-cards": "polls.voiding-noted",
    "/scrutineer/{slug}/polls/{poll}/unused-cards": "polls.unused-card-handed-in",
    "/scrutineer/{slug}/polls/{poll}/incidents": "polls.incident-reported",
    "/scrutineer/{slug}/polls/{poll}/incidents/{number}/decide": "polls.incident-decided",
    "/scrutineer/{slug}/polls/{poll}/print-papers": "polls.papers-printed",
    "/scrutineer/{slug}/polls/{poll}/spoiled-papers": "polls.spoiled-paper-replaced",
    "/staff/{slug}/polls/{poll}/unused-cards": "polls.unused-card-handed-in",
    "/staff/{slug}/polls/{poll}/incidents": "polls.incident-reported",
    "/staff/{slug}/polls/{poll}/print-papers": "polls.papers-printed",
    "/staff/{slug}/polls/{poll}/spoiled-papers": "polls.spoiled-paper-replaced",
    "/staff/accounts/new": "accounts.account-opened",
    "/staff/accounts/tokens/{token}/revoke": "accounts.api-token-revoked",
    "/staff/accounts/{account}/{act}": "accounts.role-granted",
    "/staff/backup": "backups.backup-taken",
    "/staff/congresses/new": "congress.congress-founded",
    "/staff/congresses/{slug}": "congress.congress-described",
    "/staff/{slug}/accounts/import/{upload}": "accounts.account-opened",
    "/staff/{slug}/accounts/new": "accounts.account-opened",
    "/staff/{slug}/accounts/tokens/{token}/revoke": "accounts.api-token-revoked",
    "/staff/{slug}/accounts/slips": "accounts.slip-issued",
    "/staff/{slug}/accounts/{account}/{act}": "accounts.role-granted",
    "/staff/{slug}/asks/plan": "asks.ask-issued",
    "/staff/{slug}/asks/below": "asks.ask-issued",
    "/staff/{slug}/asks/rules/new": "asks.ask-rules-adopted",
    "/staff/{slug}/duties/rules": "supervision.duty-rules-adopted",
    "/staff/{slug}/asks/{ask}/photos/{file}/erase": "asks.ask-photo-erased",
    "/staff/{slug}/asks/{ask}/urge": "asks.ask-urged",
    "/staff/{slug}/asks/{ask}/escalate": "asks.ask-escalated",
    "/staff/{slug}/asks/{ask}/withdraw": "asks.ask-withdrawn",
    "/staff/{slug}/asks/{ask}/answer": "asks.progress-answered",
    "/staff/{slug}/asks/{ask}/approve": "asks.ask-approved",
    "/staff/{slug}/asks/{ask}/send-back": "asks.ask-sent-back",
    "/staff/{slug}/delegates/import/{upload}": "congress.delegates-imported",
    "/staff/{slug}/delegates/imports/{import_id}/undo": "congress.import-undone",
    "/staff/{slug}/delegates/new": "congress.delegate-added",
    "/staff/{slug}/delegates/slips": "accounts.slip-issued",
    "/staff/{slug}/delegates/{delegate}": "congress.delegate-corrected",
    "/staff/{slug}/delegates/{delegate}/end": "congress.delegate-left",
    "/staff/{slug}/polls/{poll}/cancel": "polls.poll-cancelled",
    "/staff/{slug}/polls/{poll}/close": "polls.poll-closed",
    "/staff/{slug}/polls/{poll}/count": "polls.poll-counted",
    "/staff/{slug}/polls/{poll}/declare": "polls.poll-declared",
    "/staff/{slug}/polls/{poll}/again": "polls.held-again",
    "/staff/{slug}/polls/{poll}/places": "polls.places-decided",
    "/staff/{slug}/polls/{poll}/last-call": "polls.last-ballots-called",
    "/staff/{slug}/polls/{poll}/open": "polls.poll-opened",
    "/staff/{slug}/polls/{poll}/scrutineers": "polls.scrutineers-approved",
    "/staff/{slug}/polls/{poll}/void-cards": "polls.voiding-noted",
    "/staff/{slug}/polls/{poll}/papers": "polls.papers-returned",
    "/scrutineer/{slug}/polls/{poll}/papers": "polls.papers-returned",
    "/staff/{slug}/polls/{poll}/papers/{batch}/{team}": "polls.batch-entered",
    "/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}": "polls.batch-entered",
    "/scrutineer/{slug}/polls/{poll}/papers/doubtful": "polls.doubtful-mark-decided",
    "/staff/{slug}/profiles/new": "polls.profile-drafted",
    "/staff/{slug}/profiles/{profile}/adopt": "polls.profile-adopted",
    "/staff/{slug}/profiles/{profile}/edit": "polls.profile-revised",
    "/staff/{slug}/projects/{project}/approvals/new": "projects.approval-recorded",
    "/staff/{slug}/projects/{project}/approvals/{approval}/withdraw": "projects.approval-withdrawn",
    "/staff/{slug}/projects/{project}/proposals/{proposal}/back": "projects.proposal-given-back",
    "/staff/{slug}/projects/{project}/screening": "projects.candidate-screened",
    "/staff/{slug}/proposals/{proposal}/behind": "projects.proposal-taken-up",
    "/staff/{slug}/proposals/{proposal}/candidate": "proposals.proposal-became-candidate",
    "/staff/{slug}/proposals/{proposal}/screening": "proposals.proposal-screened",
    "/unit/{slug}/projects/{project}/approvals/new": "projects.approval-recorded",
    "/unit/{slug}/projects/{project}/approvals/{approval}/withdraw": "projects.approval-withdrawn",
    "/unit/{slug}/projects/{project}/proposals/{proposal}/back": "projects.proposal-given-back",
    "/unit/{slug}/projects/{project}/screening": "projects.candidate-screened",
    "/unit/{slug}/proposals/{proposal}/behind": "projects.proposal-taken-up",
    "/unit/{slug}/proposals/{proposal}/candidate": "proposals.proposal-became-candidate",
    "/unit/{slug}/proposals/{proposal}/screening": "proposals.proposal-screened",
    "/staff/{slug}/screening/new": "proposals.screening-rules-adopted",
    "/staff/{slug}/projects/import/{upload}": "projects.candidate-drafted",
    "/staff/{slug}/projects/list": "projects.candidate-list-published",
    "/staff/{slug}/projects/list/withdraw": "projects.candidate-list-withdrawn",
    "/staff/{slug}/projects/new": "projects.candidate-drafted",
    "/staff/{slug}/projects/{project}/edit": "projects.candidate-revised",
    "/staff/{slug}/projects/{project}/withdraw": "projects.candidate-withdrawn",
    "/staff/{slug}/sessions/new": "congress.session-convened",
    "/staff/{slug}/sessions/{session}/check-in": "congress.delegate-checked-in",
    "/staff/{slug}/sessions/{session}/check-in/{act}": "congress.card-drawn",
    "/staff/{slug}/sessions/{session}/edit": "congress.session-rescheduled",
    "/staff/{slug}/sessions/{session}/rehearsals": "congress.rehearsal-begun",
    "/staff/{slug}/rehearsals/{rehearsal}/polls/{poll}/seat": "congress.delegate-checked-in",
    "/staff/{slug}/rehearsals/{rehearsal}/end": "congress.rehearsal-ended",
    "/staff/{slug}/sessions/{session}/polls/cards": "polls.card-set-printed",
    "/staff/{slug}/sessions/{session}/polls/cards/{number}/discard": "polls.card-set-discarded",
    "/staff/{slug}/sessions/{session}/polls/new": "polls.poll-prepared",
    "/staff/{slug}/sessions/{session}/polls/evaluation": "polls.poll-prepared",
    "/staff/{slug}/units": "congress.unit-added",
    "/staff/{slug}/units/{unit}": "congress.unit-changed",
    "/staff/{slug}/units/{unit}/withdraw": "congress.unit-withdrawn",
    "/staff/{slug}/proposals/many": "proposals.proposal-declined",
    "/staff/{slug}/proposals/reserve": "proposals.proposal-received",
    "/staff/{slug}/proposals/{proposal}/signatures": "proposals.support-given",
    "/staff/{slug}/proposals/{proposal}/edit": "proposals.proposal-put-right",
    "/staff/{slug}/proposals/{proposal}/split": "proposals.proposal-received",
    "/staff/{slug}/proposals/{proposal}/show": "proposals.proposal-shown",
    "/staff/{slug}/proposals/{proposal}/hide": "proposals.proposal-hidden",
    "/staff/{slug}/proposals/{proposal}/merge": "proposals.proposal-merged",
    "/staff/{slug}/proposals/{proposal}/take-in": "proposals.proposal-took-in",
    "/staff/{slug}/proposals/{proposal}/transfer": "proposals.proposal-transferred",
    "/staff/{slug}/proposals/{proposal}/reserve": "proposals.proposal-reserved",
    "/staff/{slug}/proposals/{proposal}/decline": "proposals.proposal-declined",
    "/staff/{slug}/proposals/{proposal}/reopen": "proposals.proposal-reopened",
    "/unit/{slug}/proposals/many": "proposals.proposal-declined",
    "/unit/{slug}/proposals/reserve": "proposals.proposal-received",
    "/unit/{slug}/proposals/{proposal}/edit": "proposals.proposal-put-right",
    "/unit/{slug}/proposals/{proposal}/split": "proposals.proposal-received",
    "/unit/{slug}/proposals/{proposal}/show": "proposals.proposal-shown",
    "/unit/{slug}/proposals/{proposal}/hide": "proposals.proposal-hidden",
    "/unit/{slug}/proposals/{proposal}/merge": "proposals.proposal-merged",
    "/unit/{slug}/proposals/{proposal}/take-in": "proposals.proposal-took-in",
    "/unit/{slug}/proposals/{proposal}/transfer": "proposals.proposal-transferred",
    "/unit/{slug}/proposals/{proposal}/reserve": "proposals.proposal-reserved",
    "/unit/{slug}/proposals/{proposal}/decline": "proposals.proposal-declined",
    "/unit/{slug}/proposals/{proposal}/reopen": "proposals.proposal-reopened",
    "/staff/{slug}/proposals/new": "proposals.proposal-received",
    "/staff/{slug}/proposals/import/{upload}": "proposals.proposal-received",
    "/staff/{slug}/proposals/{proposal}/forget": "proposals.proposer-forgotten",
    "/staff/{slug}/proposals/{proposal}/photos/{file}/erase": "proposals.proposal-photo-erased",
    "/staff/{slug}/duty-list": "projects.duty-list-published",
    "/staff/{slug}/duty-list/import/{upload}": "projects.plan-filed",
    "/unit/{slug}/duty-list/import/{upload}": "projects.plan-filed",
    "/staff/{slug}/implementation/{project}/plan/edit": "projects.plan-filed",
    "/unit/{slug}/implementation/{project}/plan/edit": "projects.plan-filed",
    "/staff/{slug}/implementation/{project}/plan/send-back": "projects.plan-sent-back",
    "/staff/{slug}/implementation/{project}/adjust": "projects.adjustment-proposed",
    "/unit/{slug}/implementation/{project}/adjust": "projects.adjustment-proposed",
    "/staff/{slug}/adjustments/report": "projects.session-informed",
    "/staff/{slug}/adjustments/{adjustment}/decide": "projects.adjustment-decided",
    "/staff/{slug}/adjustments/{adjustment}/refuse": "projects.adjustment-refused",
    "/staff/{slug}/adjustments/{adjustment}/withdraw": "projects.adjustment-withdrawn",
    "/unit/{slug}/adjustments/{adjustment}/withdraw": "projects.adjustment-withdrawn",
    "/unit/{slug}/asks/{ask}/answer": "asks.progress-answered",
    "/unit/{slug}/projects/import/{upload}": "projects.candidate-drafted",
    "/unit/{slug}/projects/new": "projects.candidate-drafted",
    "/unit/{slug}/projects/{project}/edit": "projects.candidate-revised",
    "/unit/{slug}/projects/{project}/withdraw": "projects.candidate-withdrawn",
    "/staff/{slug}/duties/{duty}/answer": "supervision.duty-answered",
    "/unit/{slug}/duties/{duty}/answer": "supervision.duty-answered",
    "/staff/{slug}/duties/{duty}/approve": "supervision.duty-approved",
    "/staff/{slug}/duties/{duty}/change": "supervision.duty-changed",
    "/staff/{slug}/duties/{duty}/escalate": "supervision.duty-escalated",
    "/staff/{slug}/duties/{duty}/send-back": "supervision.duty-sent-back",
    "/staff/{slug}/duties/{duty}/withdraw": "supervision.duty-withdrawn",
    "/delegate/{slug}/inquiries/{inquiry}": "supervision.inquiry-question-put",
    "/delegate/{slug}/inquiries/{inquiry}/questions/{question}/drop": "supervision.inquiry-question-dropped",
    "/staff/{slug}/inquiries/new": "supervision.inquiry-planned",
    "/staff/{slug}/inquiries/{inquiry}/edit": "supervision.inquiry-rearranged",
    "/staff/{slug}/inquiries/{inquiry}/cancel": "supervision.inquiry-cancelled",
    "/staff/{slug}/inquiries/{inquiry}/hold": "supervision.inquiry-held",
    "/staff/{slug}/inquiries/{inquiry}/duties/new": "supervision.duty-raised",
    "/staff/{slug}/inquiries/{inquiry}/questions/new": "supervision.inquiry-question-put",
    "/staff/{slug}/inquiries/{inquiry}/questions/{question}": "supervision.inquiry-question-answered",
    "/staff/{slug}/inquiries/{inquiry}/questions/{question}/drop": "supervision.inquiry-question-dropped",
    "/staff/{slug}/volunteers/new": "supervision.volunteer-enlisted",
    "/staff/{slug}/volunteers/{volunteer}/edit": "supervision.volunteer-assigned",
    "/staff/{slug}/volunteers/{volunteer}/link": "supervision.volunteer-link-issued",
    "/staff/{slug}/volunteers/{volunteer}/link/revoke": "supervision.volunteer-link-revoked",
    "/staff/{slug}/volunteers/{volunteer}/release": "supervision.volunteer-released",
    "/staff/{slug}/volunteers/{volunteer}/forget": "supervision.volunteer-forgotten",
    "/staff/{slug}/volunteers/observations/new": "supervision.observation-made",
    "/staff/{slug}/volunteers/observations/{observation}/note": "supervision.observation-settled",
    "/staff/{slug}/volunteers/observations/{observation}/duty": "supervision.duty-raised",
    "/staff/{slug}/volunteers/observations/{observation}/photos/erase": "supervision.observation-photo-erased",
    "/w/{secret}/observe": "supervision.observation-made",
    "/staff/{slug}/visits/new": "supervision.visit-planned",
    "/staff/{slug}/visits/{visit}/edit": "supervision.visit-rearranged",
    "/staff/{slug}/visits/{visit}/cancel": "supervision.visit-cancelled",
    "/staff/{slug}/visits/{visit}/hold": "supervision.visit-held",
    "/staff/{slug}/visits/{visit}/findings/new": "supervision.visit-finding-noted",
    "/staff/{slug}/visits/{visit}/findings/{finding}/answer": "supervision.visit-finding-answered",
    "/staff/{slug}/visits/{visit}/findings/{finding}/approve": "supervision.visit-finding-approved",
    "/staff/{slug}/visits/{visit}/findings/{finding}/duty": "supervision.duty-raised",
    "/staff/{slug}/visits/{visit}/findings/{finding}/send-back": "supervision.visit-finding-sent-back",
    "/staff/{slug}/visits/{visit}/findings/{finding}/withdraw": "supervision.visit-finding-withdrawn",
}
"""For each address that takes a form a fact that it records."""

PRIVATE = {
    "/staff/{slug}/rehearsals/{rehearsal}/polls/{poll}/cast": "made-up ballots go into the box, which knows no hour",
    "/staff/{slug}/polls/{poll}/papers/{batch}/{team}/scan": "pictures are read and dropped; the entry is recorded",
    "/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}/scan": "pictures are read and dropped, as in the office",
    "/a": "only looks at a slip, which its address holds",
    "/account/language": "a cookie of the browser",
    "/account/second-factor/begin": "shows a secret that is worth nothing until its first code is right",
    "/account/sign-out": "sign-ins are private, each person sees the own",
    "/delegate/{slug}/projects/{project}/note": "a delegate's notes are nobody else's business",
    "/sign-in": "sign-ins are private, each person sees the own",
    "/sign-in/code": "sign-ins are private, each person sees the own",
    "/staff/{slug}/accounts/import": "a file to look at; taking it over records it",
    "/staff/{slug}/delegates/import": "a file to look at; taking it over records it",
    "/staff/{slug}/proposals/import": "a file to look at; taking it over records it",
    "/staff/{slug}/supervision/import": "a file to look at; taking it over records it",
    "/staff/{slug}/draws/{draw}/import": "a file to look at; taking it over records it",
    "/staff/{slug}/projects/import": "a file to look at; taking it over records it",
    "/unit/{slug}/projects/import": "a file to look at; taking it over records it",
    "/staff/{slug}/duty-list/import": "a file to look at; taking it over records it",
    "/unit/{slug}/duty-list/import": "a file to look at; taking it over records it",
}
"""The short list of acts that are nobody else's business, each with the reason."""


def forms() -> set[str]:
    return {
        str(getattr(route, "path", ""))
        for route in all_routes()
        if set(getattr(route, "methods", None) or ()) - {"GET", "HEAD"}
    }


def test_every_form_records_a_fact_or_is_a_private_act() -> None:
    assert sorted(forms() - RECORDED.keys() - PRIVATE.keys()) == []
    assert sorted({*RECORDED, *PRIVATE} - forms()) == []
    assert RECORDED.keys().isdisjoint(PRIVATE)


def test_the_facts_that_forms_record_are_in_the_book_with_words() -> None:
    assert set(RECORDED.values()) <= {entry.name for entry in BOOK.entries()} & words.FACTS.keys()
