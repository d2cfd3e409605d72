"""Ask 2 问结果 from the declared poll: what the system knows is not typed again, and not otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.asks.answers import ItemVotes, Reply, ResultAnswer
from domain.polls.count import read_count
from domain.polls.poll import Poll
from domain.shared import Invalid, NotFound


def result_answer(
    poll: UUID,
    state: Poll,
    *,
    duty_list_on: date | None = None,
    remarks: str = "",
    replies: tuple[Reply, ...] = (),
) -> ResultAnswer:
    """The declared poll as the answer to ask 2. Raises NotFound unless the poll is declared."""
    if state.opened is None or state.counted is None or state.declared is None:
        raise NotFound(kind="voted_list", id="")
    outcome = read_count(state.counted.count)["outcome"]
    adopted = set(outcome["adopted"])
    names = {item.id: item.name for item in state.prepared.items}
    return ResultAnswer(
        poll=poll,
        all_delegates=state.opened.all_delegates,
        attending=state.attending,
        issued=state.issued,
        returned=outcome["returned"],
        candidates=len(state.prepared.items),
        quota=state.prepared.profile.quota,
        adopted=len(adopted),
        notice_number=state.declared.notice_number,
        duty_list_on=duty_list_on,
        remarks=remarks,
        counts=tuple(_votes(names[item["id"]], item, adopted) for item in outcome["items"]),
        replies=replies,
    )


def require_as_declared(answer: ResultAnswer, state: Poll | None) -> ResultAnswer:
    """The answer, where it differs from the declared poll in no field. Raises NotFound or Invalid (poll)."""
    if state is None:
        raise NotFound(kind="voted_list", id="")
    declared = result_answer(answer.poll, state)
    typed = replace(declared, duty_list_on=answer.duty_list_on, remarks=answer.remarks, replies=answer.replies)
    if typed != answer:
        raise Invalid(field="poll", reason="not_as_declared", value=str(answer.poll))
    return answer


def _votes(name: str, item: dict[str, Any], adopted: set[str]) -> ItemVotes:
    return ItemVotes(
        name=name,
        votes_for=item["for"],
        against=item["against"],
        abstain=item["abstain"],
        adopted=item["id"] in adopted,
    )
