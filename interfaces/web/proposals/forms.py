"""What is proposed as it is typed, and as forms show it."""

from dataclasses import replace
from typing import Final

from domain.proposals.proposal import Suggestion
from interfaces.web._base.forms import Typed
from interfaces.web._base.shown import wan

MOST_PARTS: Final = 6
"""Matters into which one proposal is split at a time."""


def read_suggestion(typed: Typed, known: Suggestion | None = None) -> Suggestion:
    """What was typed; what the form does not ask for stays as it is known."""
    begun = known or Suggestion(title="", content="")
    funds = typed.money_in_wan("estimated_funds") if typed.text("estimated_funds") else None
    return replace(
        begun,
        title=typed.text("title"),
        content=typed.text("content"),
        place=typed.text("place"),
        category=typed.text("category"),
        beneficiaries=typed.text("beneficiaries"),
        estimated_funds=funds,
    )


def read_parts(typed: Typed, whole: Suggestion) -> list[Suggestion]:
    """The matters that were written, each with the place and category of the whole where it has none."""
    parts: list[Suggestion] = []
    for number in range(1, MOST_PARTS + 1):
        title, content = typed.text(f"title_{number}"), typed.text(f"content_{number}")
        if not title and not content:
            continue
        place = typed.text(f"place_{number}") or whole.place
        category = typed.text(f"category_{number}") or whole.category
        begun = whole if not parts else Suggestion(title="", content="")
        parts.append(replace(begun, title=title, content=content, place=place, category=category))
    return parts


def known_values(said: Suggestion) -> dict[str, object]:
    """What stands in the form."""
    return {
        "title": said.title,
        "content": said.content,
        "place": said.place,
        "category": said.category,
        "beneficiaries": said.beneficiaries,
        "estimated_funds": wan(said.estimated_funds) if said.estimated_funds is not None else "",
    }
