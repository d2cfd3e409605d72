"""How ballots are given: by card, on paper or by keypad, sealed or not, as the forms ask for it."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.polls.poll import PollPrepared, Sealing
from domain.polls.preparing import WHITE, Medium, medium_of
from interfaces.composition import House
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from projections.card_shelf import ShelvedSet, sets_of

MEDIA: Final = (
    (Medium.CARDS, lazy("票卡（手机或会场平板投票）")),
    (Medium.CARDS_AND_PAPER, lazy("票卡，愿意用纸质票的领纸质票")),
    (Medium.PAPER, lazy("只用纸质票")),
    (Medium.KEYPAD, lazy("会场表决器，由人录入合计")),
)
SEALINGS: Final = (
    (Sealing.SEALED, lazy("密封：监票人一起开箱之前，任何人读不到选票")),
    (Sealing.UNSEALED, lazy("不密封：只限演练和办法明文允许的表决")),
)
PAPER_COLOURS: Final = (
    (WHITE, lazy("白色")),
    ("黄色", lazy("黄色")),
    ("粉色", lazy("粉色")),
    ("绿色", lazy("绿色")),
    ("蓝色", lazy("蓝色")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """What the forms ask for, as the commands take it."""

    card_set: UUID | None
    keypad: bool
    paper_colour: str
    sealing: Sealing


def giving(typed: Typed) -> Giving:
    """What was chosen; fields that the medium does not need are passed over. Wrong ones are noted."""
    medium = typed.choice("medium", Medium)
    by_card = medium in (Medium.CARDS, Medium.CARDS_AND_PAPER)
    on_paper = medium in (Medium.CARDS_AND_PAPER, Medium.PAPER)
    return Giving(
        card_set=typed.id("card_set") if by_card else None,
        keypad=medium is Medium.KEYPAD,
        paper_colour=(typed.text("paper_colour") or WHITE) if on_paper else "",
        sealing=typed.choice("sealing", Sealing) if by_card else Sealing.SEALED,
    )


def offered(house: House, session: UUID) -> dict[str, Any]:
    """What the fields of the form offer: the spare sets of the session, the media, the colours."""
    with house.reading.connect() as connection:
        spare = [one for one in sets_of(connection, session) if one.is_spare]
    return {
        "media": MEDIA,
        "sealings": SEALINGS,
        "paper_colours": PAPER_COLOURS,
        "card_set_options": [(one.id, _set_words(one)) for one in spare],
    }


def known(options: dict[str, Any], like: PollPrepared | None = None) -> dict[str, Any]:
    """What the form is filled in with: as the earlier poll was given where there is one, on the first spare set."""
    sets = options["card_set_options"]
    medium = medium_of(like) if like else Medium.CARDS if sets else Medium.PAPER
    filled: dict[str, Any] = {
        "medium": medium,
        "sealing": like.sealing if like else Sealing.SEALED,
        "paper_colour": (like.paper_colour if like else "") or WHITE,
    }
    return filled | ({"card_set": sets[0][0]} if sets else {})


def _set_words(one: ShelvedSet) -> str:
    return _(
        "%(colour)s %(word)s 第%(n)s套（%(cards)s张）", colour=one.colour, word=one.word, n=one.number, cards=one.cards
    )
