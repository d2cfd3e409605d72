"""The count as a text: the canonical JSON that scrutineers sign, its hash, and reading it back."""

import hashlib
import json
from typing import Any
from uuid import UUID

from domain.polls.ballot_form import BallotForm, FormEntry, form_hash
from domain.polls.columns import Columns
from domain.polls.outcome import NoOutcome, Outcome, Turnout
from domain.polls.poll import Poll, PollClosed, PollPrepared
from domain.polls.rules import RuleProfile
from domain.polls.written import Written, written_columns, written_outcome, written_profile

FORMAT = "piaojue-count/1"


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
    poll: UUID, state: Poll, closed: PollClosed, turnout: Turnout, columns: Columns, outcome: Outcome
) -> str:
    """Everything the result rests on, as JSON with sorted keys: equal counts are equal texts.

    A void poll says only why: nothing of its marks is computed or shown (rules 1 and 2).
    """
    prepared = state.prepared
    said: Written = {
        "format": FORMAT,
        "poll": str(poll),
        "title": prepared.title,
        "session": prepared.session_title,
        "year": int(prepared.year),
        "sealing": prepared.sealing.value,
        "profile": _profile(prepared.profile),
        "profile_id": str(prepared.profile_id),
        "profile_version": prepared.profile_version,
        "waiver": prepared.waiver,
        "items": [{"id": item.id, "name": item.name, "project": str(item.project)} for item in prepared.items],
        "all_delegates": turnout.all_delegates,
        "attending": turnout.attending,
        "issued": turnout.issued,
        "box": {"ballots": closed.ballots, "root": closed.root},
        "columns": None if isinstance(outcome, NoOutcome) else written_columns(columns),
        "outcome": written_outcome(outcome),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _profile(profile: RuleProfile) -> Written:
    shown = {"publication": profile.publication.value, "min_group_size": profile.min_group_size}
    return {"title": profile.title, **written_profile(profile), **shown}


def count_hash(count: str) -> str:
    """SHA-256 in hex over the canonical text in UTF-8: what is signed and printed."""
    return hashlib.sha256(count.encode("utf-8")).hexdigest()


def read_count(count: str) -> dict[str, Any]:
    """The count as plain values."""
    read: dict[str, Any] = json.loads(count)
    return read


def open_items(count: dict[str, Any]) -> frozenset[str]:
    """The items a tie or a shortfall leaves to a second ballot or a decision: neither adopted nor passed over."""
    outcome = count["outcome"]
    left = [outcome.get(name) for name in ("second_ballot", "decision")]
    return frozenset(item for one in left if one for item in one["items"])
