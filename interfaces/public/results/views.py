"""What the public result of a poll shows, as far as its rule profile lets it be published."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from application.polls.preparing import known_poll
from domain.polls.count import read_count
from domain.polls.poll import Poll, counted_in
from domain.polls.rules import Publication
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.public.lists.views import congress as congress_of
from interfaces.web._base.language import gettext as _
from interfaces.web.polls import words
from interfaces.web.polls.grades import grades_of
from interfaces.web.polls.results import Result, result_of
from interfaces.web.polls.sequel import sequel_of, with_sequel
from projections import declared_results


def shown(house: House, slug: str, poll: UUID) -> dict[str, Any]:
    """Everything the template needs. Raises NotFound for a poll that is not public."""
    with house.reading.connect() as conn:
        congress = congress_of(conn, slug)
        found = declared_results.result_of(conn, congress.id, poll)
        others = declared_results.results_of(conn, congress.id, found.year) if found else []
    if found is None:
        raise NotFound(kind="page", id=str(poll))
    state = known_poll(house.office, poll)
    context = {"congress": congress, "found": found, "prepared": state.prepared}
    context |= {"others": [one for one in others if one.poll != poll], "why_void": "", "result": None, "grades": None}
    context |= {"count": None, "full": False, "adopted": [], "said": []}
    if found.is_void:
        return context | {"why_void": _why_void(state)}
    count = read_count(counted_in(state).count)
    full = state.prepared.profile.publication is Publication.FULL_COUNTS
    result = _result(house, state, count)
    return context | {
        "count": count if full else None,
        "full": full,
        "result": result if full else None,
        "grades": grades_of(state.prepared.profile, count),
        "adopted": list(_adopted(state)),
        "said": [*result.still_open, *result.sequel] if result and full else _plainly(result) if result else [],
    }


def _result(house: House, state: Poll, count: dict[str, Any]) -> Result | None:
    if state.prepared.profile.evaluation is not None:
        return None
    return with_sequel(result_of(count["outcome"], state.prepared.profile), sequel_of(house.office, state))


def _plainly(result: Result) -> list[str]:
    """Without any number of votes, where only what was adopted is published."""
    return [*result.sequel] or ([_("还有名额待定。")] if result.still_open else [])


def _adopted(state: Poll) -> Iterator[str]:
    adopted = state.declared.adopted if state.declared else ()
    names = {item.project: item.name for item in state.prepared.items}
    return (names[project] for project in adopted)


def _why_void(state: Poll) -> str:
    """Never a figure, and nothing that somebody typed (rule 2)."""
    if state.counted is not None and state.counted.void_because:
        return str(words.VOID[state.counted.void_because])
    return _("核对票卡和选票时发现不符，本次表决无效，不计算也不显示任何得票，须重新表决。")
