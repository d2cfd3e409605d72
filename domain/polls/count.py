"""The count as a text: the canonical JSON that scrutineers sign, its hash, and reading it back.

Written in format 2 (docs/count.md). Format 1, without parts, papers and openings, is still read: earlier histories
hold such counts, and a fact never changes.
"""

import hashlib
import json
from typing import Any
from uuid import UUID

from domain.polls.ballot_form import BallotForm, FormEntry, form_hash
from domain.polls.columns import Columns
from domain.polls.outcome import NoOutcome, Outcome, Turnout
from domain.polls.parts import Parts, merged, rules_of
from domain.polls.poll import Poll, PollClosed, PollInWrongStage, PollPrepared, opened_in
from domain.polls.rules import RuleProfile
from domain.polls.written import Written, written_columns, written_outcome, written_profile

FORMAT = "piaojue-count/2"


def form_of(poll: UUID, prepared: PollPrepared) -> BallotForm:
    """What the voters are asked: the poll's items under its profile's form."""
    options = prepared.profile.evaluation.options if prepared.profile.evaluation else ()
    return BallotForm(
        poll=poll,
        form=prepared.profile.form,
        items=tuple(FormEntry(id=item.id, name=item.name) for item in prepared.items),
        options=tuple(FormEntry(id=option.id, name=option.name) for option in options),
        most_for=prepared.profile.most_for,
    )


def form_hash_of(poll: UUID, prepared: PollPrepared) -> str:
    """The hash every ballot of the poll names."""
    return form_hash(form_of(poll, prepared))


def canonical_count(
    poll: UUID,
    state: Poll,
    turnout: Turnout,
    parts: Parts,
    outcome: Outcome,
) -> str:
    """Everything the result rests on, as JSON with sorted keys: equal counts are equal texts.

    The columns are the sum of the `parts`. A void poll says only why: nothing of its marks is computed or shown
    (rules 1 and 2). Raises PollInWrongStage before the closing.
    """
    if state.closed is None:
        raise PollInWrongStage(stage=state.stage.value)
    prepared, rules, void = state.prepared, rules_of(state.prepared), isinstance(outcome, NoOutcome)
    told_apart = not void and parts.may_be_told_apart(rules.min_group_size)
    said: Written = {
        "format": FORMAT,
        **_question(poll, state, rules),
        "all_delegates": turnout.all_delegates,
        "attending": turnout.attending,
        "issued": turnout.issued,
        "returned": returned_in(state),
        "cards": _cards(state, state.closed),
        "papers": _papers(state),
        "incidents": _incidents(state),
        "box": {"ballots": state.closed.ballots, "root": state.closed.root},
        "openings": _openings(state),
        "parts": {
            "electronic": _part(state.closed.ballots, parts.electronic if told_apart else None),
            "paper": _part(state.papers.returned, parts.paper if told_apart else None),
            "keypad": _part(state.papers.keypad_ballots, parts.keypad if told_apart else None),
        },
        "columns": None if void else written_columns(merged(rules, [item.id for item in prepared.items], parts.filled)),
        "outcome": written_outcome(outcome),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def turnout_of(state: Poll) -> Turnout:
    """N, A and I of a closed poll. Raises PollInWrongStage before it was opened."""
    opened = opened_in(state)
    return Turnout(all_delegates=opened.all_delegates, attending=state.attending, issued=state.issued)


def returned_in(state: Poll) -> int:
    """R: ballots in the box, papers returned, and what the keypads counted."""
    return (state.closed.ballots if state.closed else 0) + state.papers.returned + state.papers.keypad_ballots


def _question(poll: UUID, state: Poll, rules: RuleProfile) -> Written:
    """What was asked, by which rules, sealed to which key."""
    prepared = state.prepared
    return {
        "poll": str(poll),
        "title": prepared.title,
        "session": prepared.session_title,
        "year": int(prepared.year),
        "rehearsal": prepared.rehearsal,
        "sealing": prepared.sealing.value,
        "key": state.key.fingerprint if state.key else None,
        "parent": _parent(prepared),
        "profile": _profile(rules),
        "profile_id": str(prepared.profile_id),
        "profile_version": prepared.profile_version,
        "waiver": prepared.waiver,
        "items": [{"id": item.id, "name": item.name, "project": str(item.project)} for item in prepared.items],
    }


def _profile(profile: RuleProfile) -> Written:
    shown = {"publication": profile.publication.value, "min_group_size": profile.min_group_size}
    return {"title": profile.title, **written_profile(profile), **shown}


def _parent(prepared: PollPrepared) -> Written | None:
    if prepared.parent is None:
        return None
    return {"poll": str(prepared.parent), "again": prepared.again.value if prepared.again else None}


def _cards(state: Poll, closed: PollClosed) -> Written:
    """Where every card is; a re-issued card counts once (rule 13)."""
    issued = state.cards_drawn
    return {
        "printed": closed.cards_printed,
        "voided": closed.cards_voided,
        "issued": issued,
        "reissued": state.cards_spoiled,
        "in_box": closed.ballots,
        "handed_in": state.cards.handed_in,
        "not_handed_in": issued - closed.ballots - state.cards.handed_in,
    }


def _papers(state: Poll) -> Written:
    papers, issued = state.papers, state.papers_issued
    return {
        "printed": papers.printed,
        "issued": issued,
        "reissued": papers.replaced,
        "returned": papers.returned,
        "not_returned": issued - papers.returned,
        "batches": len(papers.batches),
        "doubtful_decided": len(papers.decided),
    }


def _incidents(state: Poll) -> list[Written]:
    return [
        {"number": one.number, "kind": one.kind.value, "decision": one.decision.value if one.decision else None}
        for one in sorted(state.cards.incidents.values(), key=lambda one: one.number)
    ]


def _openings(state: Poll) -> list[Written]:
    """Each opening of a sealed box: where, and with how many shares; by whom is not said here."""
    return [
        {"on": one.opened_on.value, "ballots": one.ballots, "root": one.root, "shares": len(one.holders)}
        for one in sorted(state.box.openings.values(), key=lambda one: one.opened_on)
    ]


def _part(ballots: int, columns: Columns | None) -> Written:
    return {
        "ballots": ballots,
        "columns": None if columns is None or not columns.returned else written_columns(columns),
    }


def count_hash(count: str) -> str:
    """SHA-256 in hex over the canonical text in UTF-8: what is signed and printed."""
    return hashlib.sha256(count.encode("utf-8")).hexdigest()


def read_count(count: str) -> dict[str, Any]:
    """The count as plain values; of an earlier format too, with R where the present one has it."""
    read: dict[str, Any] = json.loads(count)
    read.setdefault("returned", read["box"]["ballots"])
    return read


def open_items(count: dict[str, Any]) -> frozenset[str]:
    """The items a tie or a shortfall leaves to a second ballot or a decision: neither adopted nor passed over."""
    outcome = count["outcome"]
    left = [outcome.get(name) for name in ("second_ballot", "decision")]
    return frozenset(item for one in left if one for item in one["items"])
