"""Checkpoints and their proofs for programs: who keeps copies, who verifies. Without a token, from any site."""

from datetime import datetime
from typing import Annotated

from fastapi import Path, Request
from pydantic import Field

from application.checkpoint_proofs import proof_of_event, proof_of_growth
from application.history.tree_store import StoredCheckpoint
from domain.checkpoints.checkpoint import Algorithm
from interfaces.api._base.callers import Told
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.public.checkpoints import views
from interfaces.web._base.asking import TheHouse

router = operations("public", public=True)

_NOTE = (
    "rd.example.cn/history\n3127\nVV3Hc+zaCbz+aLkzK45k0oXpHzq5BTINZOL7nXZxyxc=\n\n"
    "— rd.example.cn/history mQPSYyR4Sr92Pel4f1akr1jM0P+sMbgLeFk6g+pNv2l5Yh3nQQf/SEhTXCgL"
    "DPqaEPwgMB9hupUr0xDNe/NaleZ+FQ8=\n"
)
_KEY = "rd.example.cn/history+9903d263+ASqTxQuEtu49fruxBQ/wn70DY+gBX1h/RiREkPYUKhuf"

TheAlgorithm = Annotated[Algorithm, Path(description="哈希树的算法。", examples=["sha256"])]
TheSize = Annotated[int, Path(ge=1, le=2**53, description="检查点包含的记录条数。", examples=[3127])]
TheOldSize = Annotated[int, Path(ge=1, le=2**53, description="从前的检查点包含的记录条数。", examples=[2200])]
ThePosition = Annotated[int, Path(ge=1, le=2**53, description="记录的编号。", examples=[3001])]


class PublicCheckpoint(Shown):
    """A signed checkpoint."""

    algorithm: Algorithm = Field(description="哈希树的算法。", examples=["sha256"])
    size: int = Field(description="包含的记录条数。", examples=[3127])
    position: int = Field(description="最后一条记录的编号。", examples=[3127])
    at: datetime = Field(description="签名时间。", examples=["2026-01-24T11:32:05+08:00"])
    note: str = Field(description="检查点原文（C2SP 签名笔记）。", examples=[_NOTE])
    key: str = Field(description="核对签名的公钥；请从别处再确认一次。", examples=[_KEY])


class Proof(Shown):
    """A proof as a file of text."""

    proof: str = Field(
        description="证明原文，`piaojue verify-proof` 可以核对。", examples=[f"old 2200\nu4tR…=\n\n{_NOTE}"]
    )


@router.get("/checkpoints", summary="检查点，新的在前")
def checkpoints(request: Request, house: TheHouse, paging: Paged) -> Page[PublicCheckpoint]:
    """Every checkpoint over the whole history, the newest first."""
    told: Told = request.state.told
    listed = views.newest_first(house)
    return paging.part(told, listed, lambda one: f"{one.algorithm}/{one.size}", _shown)


@router.get("/checkpoints/{algorithm}/{size}", summary="一个检查点")
def checkpoint(house: TheHouse, algorithm: TheAlgorithm, size: TheSize) -> PublicCheckpoint:
    """The checkpoint over so many events."""
    return _shown(views.checkpoint_of(house, size, algorithm))


@router.get("/checkpoints/{algorithm}/{size}/since/{old}", summary="连续性证明：记录只增加、没有改动")
def checkpoint_growth(house: TheHouse, algorithm: TheAlgorithm, size: TheSize, old: TheOldSize) -> Proof:
    """That the checkpoint continues an earlier one."""
    later, earlier = (views.checkpoint_of(house, one, algorithm) for one in (size, old))
    return Proof(proof=proof_of_growth(house.history, earlier, later))


@router.get("/checkpoints/{algorithm}/{size}/records/{position}", summary="存在证明：一条记录在检查点里")
def checkpoint_record(house: TheHouse, algorithm: TheAlgorithm, size: TheSize, position: ThePosition) -> Proof:
    """That an event is under the checkpoint. The proof holds the event's hash and nothing of the event."""
    stored = views.checkpoint_of(house, size, algorithm)
    return Proof(proof=proof_of_event(house.history, stored, position))


def _shown(stored: StoredCheckpoint) -> PublicCheckpoint:
    return PublicCheckpoint(
        algorithm=Algorithm(stored.algorithm),
        size=stored.size,
        position=stored.position,
        at=stored.at,
        note=stored.note,
        key=stored.key,
    )
