"""Polls as of an earlier moment."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from domain.accounts.scopes import Scope
from domain.polls import poll as polls
from interfaces.api._base.callers import OfficeReader
from interfaces.api._base.operations import operations
from interfaces.api.as_of.models import ID, AsOf, Then
from interfaces.api.as_of.told import as_of

router = operations("as-of", read=Scope.POLLS_READ)

ThePoll = Annotated[UUID, Path(description="表决的标识。", examples=[ID])]


@router.get("/congresses/{slug}/polls/{poll}/as-of", summary="以前某一时刻的表决", description="不含选票上的标记。")
def poll(here: OfficeReader, poll: ThePoll, on: Then = "") -> AsOf:
    """The poll's preparation and course."""
    return as_of(
        here,
        on,
        poll,
        polls.evolve,
        kind="poll",
        name=lambda state: state.prepared.title,
        is_ours=lambda state: state.prepared.congress == here.congress.id,
    )
