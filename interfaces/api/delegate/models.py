"""What a delegate is shown of the candidates."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from interfaces.api._base.models import LINES, Asked, Money, Shown
from interfaces.api.candidates.models import ID, CardShown, card_shown
from interfaces.web.delegate import views
from interfaces.web.delegate.views import ListedCard

Wanted = Annotated[UUID, Query(description="项目的标识。", examples=[ID])]
WantedToo = Annotated[UUID | None, Query(description="再一个项目的标识，可以没有。", examples=[ID])]


class NoteBody(Asked):
    """A note for speaking."""

    words: str = Field(
        pattern=LINES, max_length=10_000, description="内容；空则删去。", examples=["问：资金何时到位？"]
    )


class ReadingLine(Shown):
    """A card of the list."""

    project: UUID = Field(description="项目的标识。", examples=[ID])
    number: int = Field(description="在名单中的编号。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    stars: int = Field(description="民意指数，0 到 5 颗星，按建议件数与附议人数之和计。", examples=[4])
    is_read: bool = Field(description="本人是否已读。", examples=[True])
    has_note: bool = Field(description="本人是否写有笔记。", examples=[False])
    outcome: str | None = Field(description="票决以后的结果；还没有为 null。", examples=["已列入年度清单，第 1 项"])


class ReadingCard(ReadingLine):
    """A card to read."""

    card: CardShown = Field(description="卡片。")
    cost_per_person: Money | None = Field(description="人均投资，单位元；算不出为 null。", examples=["6989"])
    note: str = Field(description="本人的笔记，别人看不到；没有则为空。", examples=["问：资金何时到位？"])
    previous: UUID | None = Field(description="名单中前一个项目；没有为 null。", examples=[None])
    next: UUID | None = Field(description="名单中后一个项目；没有为 null。", examples=[ID])


class ComparedRow(Shown):
    """One row of a comparison."""

    label: str = Field(description="比较什么。", examples=["总投资"])
    values: list[str] = Field(description="各项目的内容。", examples=[["6.5 亿元", "2,300 万元"]])


class Comparison(Shown):
    """Two cards side by side."""

    projects: list[UUID] = Field(description="各项目。", examples=[[ID, ID]])
    rows: list[ComparedRow] = Field(description="逐项对照。")


class Mine:
    """What the delegate has done with the cards."""

    def __init__(self, cards: list[ListedCard], read: set[UUID], notes: dict[UUID, str]) -> None:
        self._cards = cards
        self._read = read
        self._notes = notes

    def line(self, one: ListedCard) -> ReadingLine:
        """In the list."""
        outcome = views.outcome(one.state)
        return ReadingLine(
            project=one.project,
            number=one.number,
            name=one.state.card.name,
            stars=views.support(one.state).stars,
            is_read=one.project in self._read,
            has_note=one.project in self._notes,
            outcome=outcome[1] if outcome else None,
        )

    def card(self, one: ListedCard) -> ReadingCard:
        """With everything to read."""
        place = self._cards.index(one)
        cost: Decimal | None = views.cost_per_person(one.state)
        return ReadingCard(
            **self.line(one).model_dump(),
            card=card_shown(one.state.card),
            cost_per_person=cost,
            note=self._notes.get(one.project, ""),
            previous=self._cards[place - 1].project if place else None,
            next=self._cards[place + 1].project if place + 1 < len(self._cards) else None,
        )
