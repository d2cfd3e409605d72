"""Papers on their way to the delegates: printed, and replaced when spoiled."""

from domain.polls.opening import VotesByKeypad
from domain.polls.paper import PapersPrinted, SpoiledPaperReplaced
from domain.polls.poll import Poll, PollInWrongStage, PollStage, known
from domain.shared import Invalid

MOST_PAPERS = 5000
"""As many as cards of a set."""


def print_papers(poll: Poll | None, papers: int) -> PapersPrinted:
    """Raises PollInWrongStage after closing, VotesByKeypad, or Invalid (papers)."""
    _on_paper(poll)
    if not 1 <= papers <= MOST_PAPERS:
        raise Invalid(field="papers", reason="cards", value=str(papers))
    return PapersPrinted(papers=papers)


def replace_spoiled(poll: Poll | None) -> SpoiledPaperReplaced:
    """The spoiled paper came back and another was handed out: issued once (rule 13).

    Raises PollInWrongStage after closing, or VotesByKeypad.
    """
    _on_paper(poll)
    return SpoiledPaperReplaced()


def _on_paper(poll: Poll | None) -> None:
    found = known(poll)
    if found.prepared.keypad:
        raise VotesByKeypad(title=found.prepared.title)
    if found.stage not in (PollStage.PREPARED, PollStage.OPEN):
        raise PollInWrongStage(stage=found.stage.value)
