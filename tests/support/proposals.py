"""A congress that calls for proposals, and proposals as people bring them.

`place = calling(office)` has units, a roll of four, a delegates' house and a call open on the office's day;
`place.received("标题")` brings one online and returns its identity.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID, uuid4

from application.office import Office
from application.proposals.receiving import receive_proposal
from domain.accounts.permissions import RESIDENT, Actor, Grant, Role
from domain.congress.roll import DelegateEntry
from domain.proposals import call as calls
from domain.proposals import house as houses
from domain.proposals import proposal as proposals
from domain.proposals.call import OFFERED, CallPublished, Channel
from domain.proposals.proposal import Proposal, ProposalForm, ProposalReceived, Suggestion
from domain.shared import Year
from tests.support import polls
from tests.support.stores import by

_numbers = count(1)


@dataclass
class Calling:
    """A congress with a call for next year."""

    office: Office
    congress: UUID
    clerk: Actor
    year: int
    house: UUID
    delegates: list[DelegateEntry] = field(default_factory=list)

    def delegate(self, place: int = 0) -> Actor:
        """A delegate of the roll, as an account."""
        grant = Grant(role=Role.DELEGATE, congress=self.congress, delegate=self.delegates[place].delegate)
        return Actor(account=uuid4(), name=self.delegates[place].name, grants=(grant,))

    def fact(self, title: str = "", **changed: object) -> ProposalReceived:
        """What somebody brings today."""
        plain = ProposalReceived(
            congress=self.congress,
            year=Year(self.year),
            code="",
            form=ProposalForm.PERSON,
            channel=Channel.WEB,
            received_on=self.office.today(),
            suggestion=Suggestion(title=title or f"第 {next(_numbers)} 件", content="请政府研究。"),
        )
        return replace(plain, **changed)  # type: ignore[arg-type]  # names of its fields

    def received(self, title: str = "", actor: Actor = RESIDENT, **changed: object) -> UUID:
        """Brings it."""
        proposal = uuid4()
        receive_proposal(self.office, by(actor), proposal, self.fact(title, **changed))
        return proposal

    def proposal(self, proposal: UUID) -> Proposal:
        """As it stands."""
        state = self.office.state_of(proposal, proposals.evolve)
        assert state is not None
        return state


def calling(office: Office, year: int | None = None, *, slug: str = "jz") -> Calling:
    """Founds the congress and publishes its call: thirty days, today in the middle."""
    congress, clerk = polls.founded(office, slug)
    delegates = polls.roll_of(office, clerk, congress, 4)
    for_year = year or office.today().year + 1
    call(office, clerk, congress, for_year)
    house = uuid4()
    opened = houses.open_house(
        congress, house, name="北街代表之家", address="北街 12 号", hours="周三 9—11 时", telephone=""
    )
    office.change(by(clerk), house, houses.evolve, lambda _: opened)
    return Calling(office, congress, clerk, for_year, house, delegates)


def call(office: Office, clerk: Actor, congress: UUID, year: int, opens_on: date | None = None) -> None:
    """Publishes the call of a year; by default it opened two weeks ago."""
    opens = opens_on or office.today() - timedelta(days=14)
    fact = CallPublished(
        congress=congress,
        year=Year(year),
        title=f"{year}年度民生实事项目征集公告",
        words="面向全市征集。",
        opens_on=opens,
        closes_on=opens + timedelta(days=29),
        channels=OFFERED,
    )
    stream = calls.call_stream(congress, year)
    office.change(by(clerk), stream, calls.evolve, lambda current: calls.publish_call(current, fact))
