"""What comes after a vote: counted, signed and declared halls, second ballots and repetitions with a spare set."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import uuid4

from application.polls import counting, second_ballots
from domain.polls.card_set import SetName, card_set_stream
from domain.polls.poll import PollStage, Sealing
from domain.polls.rules import Form
from tests.support.declared import sign
from tests.support.polls import GREEN, Hall
from tests.support.stores import by
from tests.support.voters import cast

ON = date(2026, 1, 22)
PURPLE = SetName(colour="紫色", word="玉兰", number=3)


def vote(hall: Hall, votes: Mapping[str, int], *, but: int = 0) -> None:
    """Everybody with a card votes (all but the last so many), so that the items of these ids get these votes."""
    yes, no = ("x", "") if hall.form.form is Form.CHOOSE else ("for", "against")
    for place, card in enumerate(hall.cards[: len(hall.cards) - but]):
        marks = tuple(yes if place < votes.get(item.id, 0) else no for item in hall.form.items)
        cast(hall, card, marks, place)


def grade(hall: Hall, marks: Mapping[str, Mapping[str, int]]) -> None:
    """Everybody with a card marks every item; who is left over leaves it blank."""
    rows = {id: [option for option, number in given.items() for _ in range(number)] for id, given in marks.items()}
    for place, card in enumerate(hall.cards):
        row = tuple(rows[item.id][place] if place < len(rows[item.id]) else "" for item in hall.form.items)
        cast(hall, card, row, place)


def count(hall: Hall) -> None:
    """Closes the poll if it is still open, and counts it."""
    if hall.state.stage is PollStage.OPEN:
        hall.close()
    counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)


def declare(hall: Hall, notice_number: str = "〔2026〕5号") -> int:
    """Closes, counts, signs and declares; the position of the declaration."""
    count(hall)
    for person in (hall.chief, *hall.scrutineers):
        sign(hall, person)
    return counting.declare_poll(
        hall.office, hall.private, by(hall.clerk), hall.poll, notice_number=notice_number, on=ON
    )


def second_ballot(hall: Hall, name: SetName = GREEN, waiver: str = "") -> Hall:
    """The second ballot on a declared poll's open places, prepared with a spare set."""
    secrets = hall.print_set(name, len(hall.delegates) + 2)
    poll = uuid4()
    second_ballots.prepare_second_ballot(
        hall.office,
        hall.box,
        by(hall.clerk),
        poll,
        parent=hall.poll,
        title="再次票决",
        card_set=card_set_stream(hall.session, name.number),
        sealing=Sealing.UNSEALED,
        waiver=waiver,
    )
    return replace(hall, poll=poll, set_name=name, secrets=secrets)


def repeated(hall: Hall, name: SetName = GREEN) -> Hall:
    """A cancelled poll once more, prepared with a spare set."""
    secrets = hall.print_set(name, len(hall.delegates) + 2)
    poll = uuid4()
    second_ballots.repeat_poll(
        hall.office,
        hall.box,
        by(hall.clerk),
        poll,
        parent=hall.poll,
        title="重新表决",
        card_set=card_set_stream(hall.session, name.number),
        sealing=Sealing.UNSEALED,
    )
    return replace(hall, poll=poll, set_name=name, secrets=secrets)


def open_again(hall: Hall) -> Hall:
    """Those who attend already draw a card each, the rest is voided, the poll opens."""
    hall.release()
    for place in range(len(hall.delegates)):
        hall.draw(place)
    hall.account_for_cards(len(hall.delegates))
    hall.open()
    return hall
