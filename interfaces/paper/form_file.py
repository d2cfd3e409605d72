"""form.json: the form of a poll's ballot as a file, for computers that read papers without the database.

It is the very text whose SHA-256 is the form's hash, so the file can be compared with what is printed and signed.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.polls.ballot_form import ENCODING, BallotForm, FormEntry, written_form
from domain.polls.rules import Form
from domain.shared import Refused


@dataclass(eq=False)
class NotAForm(Refused):
    """A file that is not the form of a ballot; `problem` says what was found, in English."""

    problem: str


def form_file(form: BallotForm) -> bytes:
    """The file, canonical: sorted keys, UTF-8, no spaces."""
    return json.dumps(written_form(form), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_form(content: bytes) -> BallotForm:
    """The form in the file; a byte order mark and another order of fields are accepted. Raises NotAForm."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
        form = _form(said)
    except (ValueError, KeyError, TypeError, RecursionError, Refused) as problem:
        raise NotAForm(problem=str(problem)) from None
    if written_form(form) != said:
        raise NotAForm(problem="unknown fields or values")
    return form


def _form(said: dict[str, Any]) -> BallotForm:
    if said["encoding"] != ENCODING:
        raise NotAForm(problem="encoding")
    return BallotForm(
        poll=UUID(said["poll"]),
        form=Form(said["form"]),
        items=_entries(said["items"]),
        options=_entries(said["options"]),
        most_for=said["most_for"],
    )


def _entries(said: list[dict[str, str]]) -> tuple[FormEntry, ...]:
    return tuple(FormEntry(id=entry["id"], name=entry["name"]) for entry in said)
