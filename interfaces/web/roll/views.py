"""What the pages of the roll share."""

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends
from starlette.responses import Response

from domain.accounts.permissions import Act
from domain.congress.roll import Gender
from interfaces.documents.workbook import Value
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.language import Lazy, lazy
from projections.roll import ListedDelegate

RollKeeper = Annotated[Place, Depends(needing(Act.KEEP_ROLL))]

GENDERS: dict[Gender, Lazy] = {Gender.MALE: lazy("男"), Gender.FEMALE: lazy("女")}
_PRINTED = {Gender.MALE.value: "男", Gender.FEMALE.value: "女", None: ""}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(delegates: Iterable[ListedDelegate]) -> list[list[Value]]:
    """The roll as it can be imported again: in the order of the import's columns, always in Chinese."""
    return [
        [
            one.number,
            one.name,
            _PRINTED[one.gender],
            one.delegation,
            one.ethnicity,
            one.special_committee,
            one.unit,
        ]
        for one in delegates
    ]


def as_workbook(content: bytes, name: str) -> Response:
    """A workbook to save under a Chinese name."""
    return download(content, name, _WORKBOOK)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to save under a Chinese name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
