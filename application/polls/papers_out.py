"""Commands about papers before they are in a box: print them, replace a spoiled one."""

from uuid import UUID

from application.office import By, Office
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from domain.accounts.permissions import Act
from domain.polls import papers_out
from domain.polls import poll as polls


def print_papers(office: Office, by: By, poll: UUID, papers: int) -> int:
    """Notes that so many papers were printed; they are all alike, and hold no secret.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, VotesByKeypad or Invalid (papers).
    """
    require_at_table(by.actor, Act.PRINT_CARDS, known_poll(office, poll))
    return office.change(by, poll, polls.evolve, lambda state: papers_out.print_papers(state, papers))


def replace_spoiled_paper(office: Office, by: By, poll: UUID) -> int:
    """Notes that a spoiled paper came back and another was handed out (rule 13).

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage or VotesByKeypad.
    """
    require_at_table(by.actor, Act.VOID_CARD, known_poll(office, poll))
    return office.change(by, poll, polls.evolve, papers_out.replace_spoiled)
