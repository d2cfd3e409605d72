"""A call as it is typed."""

from uuid import UUID

from domain.proposals.call import OFFERED, CallPublished, CallReworded, Channel
from domain.shared import Year
from interfaces.web._base.forms import Typed

LONGEST_TITLE = 80
LONGEST_WORDS = 6000
LONGEST_LINE = 200


def read_call(typed: Typed, congress: UUID) -> CallPublished:
    """The call that is to be published. Raises WrongFields."""
    said = _said(typed)
    fact = CallPublished(
        congress=congress,
        year=Year(typed.integer("year")),
        opens_on=typed.date("opens_on"),
        closes_on=typed.date("closes_on"),
        waiver=_short(typed, "waiver"),
        title=said.title,
        words=said.words,
        channels=said.channels,
        address=said.address,
        telephone=said.telephone,
        notice_number=said.notice_number,
    )
    typed.settle()
    return fact


def read_wording(typed: Typed) -> CallReworded:
    """What the public reads, put right. Raises WrongFields."""
    said = _said(typed)
    typed.settle()
    return said


def _said(typed: Typed) -> CallReworded:
    title, words = typed.required("title"), typed.required("words")
    for name, text, most in (("title", title, LONGEST_TITLE), ("words", words, LONGEST_WORDS)):
        if len(text) > most:
            typed.wrong(name, "too_long")
    return CallReworded(
        title=title,
        words=words,
        channels=_channels(typed),
        address=_short(typed, "address"),
        telephone=_short(typed, "telephone"),
        notice_number=_short(typed, "notice_number"),
    )


def _channels(typed: Typed) -> tuple[Channel, ...]:
    """Those that were ticked, in the order of the form."""
    ticked = set(typed.texts("channels"))
    if not ticked:
        typed.required("channels")
    if ticked - set(OFFERED):
        typed.wrong("channels", "channel")
    return tuple(channel for channel in OFFERED if channel in ticked)


def _short(typed: Typed, name: str) -> str:
    text = typed.text(name)
    if len(text) > LONGEST_LINE:
        typed.wrong(name, "too_long")
    return text
