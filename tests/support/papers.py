"""Papers of a hall of `tests.support.polls`: handed out, taken out of the boxes, entered by two scrutineers."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import uuid4

from application import check_in as desk
from application.history.box import Box
from application.office import Office
from application.polls import paper_count, preparing
from application.private.store import PrivateStore
from domain.accounts.permissions import Actor
from domain.polls.ballot_form import Row
from domain.polls.paper_count import Entry, ItemCount
from domain.polls.poll import Sealing
from domain.polls.rules import RuleProfile
from tests.support import polls
from tests.support.polls import BLUE, RULES, Hall
from tests.support.stores import by


def mixed_hall(
    office: Office,
    box: Box,
    private: PrivateStore,
    *,
    cards: int = 18,
    papers: int = 12,
    rules: RuleProfile = RULES,
    slug: str = "jz",
    sealing: Sealing = Sealing.UNSEALED,
    before: Callable[[Hall], object] = lambda _: None,
) -> Hall:
    """A poll that is open: the first so many delegates hold a card, the next a paper.

    `before` is what happens between preparing and opening, such as making a key.
    """
    hall = polls.prepared(office, box, delegates=cards + papers, rules=rules, slug=slug, sealing=sealing)
    hall.private = private
    before(hall)
    hall.release()
    for place in range(cards + papers):
        hall.check_in(place)
    for place in range(cards):
        hall.draw(place)
    for place in range(cards, cards + papers):
        hand_out(hall, place)
    hall.account_for_cards(cards)
    hall.open()
    return hall


def without_cards(
    office: Office, box: Box, private: PrivateStore, *, keypad: bool, delegates: int = 30, rules: RuleProfile = RULES
) -> Hall:
    """A poll that is open, on the hall's keypads or on paper alone; everybody is there."""
    today = office.today()
    congress, clerk = polls.founded(office)
    entries = polls.roll_of(office, clerk, congress, delegates)
    session = polls.convened(office, clerk, congress, today)
    sent_on = today - timedelta(days=rules.pre_reading_days + 3)
    listed = polls.published(office, clerk, congress, session, today.year, polls.NAMES, sent_on)
    profile = polls.adopted(office, clerk, congress, session, rules, today)
    poll = uuid4()
    preparing.prepare_poll(
        office,
        box,
        by(clerk),
        poll,
        session=session,
        profile=profile,
        card_set=None,
        title="2026年民生实事项目表决",
        summaries={},
        sealing=Sealing.UNSEALED,
        keypad=keypad,
    )
    chief, *others = [entry.delegate for entry in entries[:3]]
    preparing.approve_scrutineers(office, by(clerk), poll, chief, others)
    hall = Hall(office, box, congress, session, poll, entries, listed, BLUE, [], clerk, private)
    for place in range(delegates):
        hall.check_in(place)
        if not keypad:
            hand_out(hall, place)
    hall.open()
    return hall


def hand_out(hall: Hall, place: int) -> None:
    """A delegate is handed a ballot paper."""
    desk.issue_paper(hall.office, by(hall.clerk), hall.session, hall.poll, hall.delegates[place].delegate)


def entry_of(hall: Hall, rows: Sequence[Row], *, void: int = 0, doubtful: dict[str, int] | None = None) -> Entry:
    """What a team counts in a batch of these papers: a row of marks each, and so many that are void as a whole.

    `doubtful` marks of an item are among the rows as "?".
    """
    marks = hall.form.marks
    items = []
    for place, item in enumerate(hall.form.items):
        often = Counter(row[place] for row in rows)
        doubts = (doubtful or {}).get(item.id, 0)
        figures = tuple(often[mark] for mark in marks)
        items.append(ItemCount(id=item.id, marks=figures, unreadable=often["?"] - doubts, doubtful=doubts))
    return Entry(papers=len(rows) + void, void=void, items=tuple(items))


def team(hall: Hall, number: int) -> Actor:
    """Who enters for the team: the first and the second scrutineer."""
    return hall.scrutineers[number - 1]


def enter(hall: Hall, number: int, entry: Entry, *, batch: int = 1, scanned: bool = False) -> int:
    """A team enters a batch."""
    return paper_count.enter_batch(
        hall.office,
        hall.private,
        by(team(hall, number)),
        hall.poll,
        team=number,
        batch=batch,
        entry=entry,
        scanned=scanned,
    )


def returned(hall: Hall, *sizes: int) -> int:
    """The clerk records the papers that came back."""
    return paper_count.return_papers(hall.office, by(hall.clerk), hall.poll, sizes)


def both_enter(hall: Hall, entry: Entry, *, batch: int = 1) -> None:
    """Both teams enter the same."""
    for number in (1, 2):
        enter(hall, number, entry, batch=batch)
