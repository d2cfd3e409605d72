"""What people type of papers and keypads, as the entry it stands for."""

from dataclasses import dataclass
from unicodedata import normalize

from domain.polls.ballot_form import BallotForm
from domain.polls.paper_count import Differences, Entry, EntryDoesNotAddUp, ItemCount, proposed_batches
from domain.shared import Invalid
from interfaces.web._base.forms import Typed
from interfaces.web._base.language import gettext as _

_LONGEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """What stands in the form: values by field, and the items that are settled and not typed again."""

    values: dict[str, str]
    settled: frozenset[str]


def typed_entry(typed: Typed, form: BallotForm, papers: int | None = None) -> Entry:
    """The entry; an empty field is 0. `papers` None: the number is typed too. Settle before using it."""
    items = tuple(
        ItemCount(
            id=item.id,
            marks=tuple(_number(typed, f"r{row}.{place}") for place in range(len(form.marks))),
            unreadable=_number(typed, f"r{row}.u"),
            doubtful=_number(typed, f"r{row}.d"),
        )
        for row, item in enumerate(form.items, start=1)
    )
    if papers is None:
        papers = _number(typed, "papers")
    return Entry(papers=papers, void=_number(typed, "void"), items=items)


def _number(typed: Typed, field: str) -> int:
    text = normalize("NFKC", typed.text(field))
    if not text:
        return 0
    if not (text.isdecimal() and len(text) <= _LONGEST):
        typed.wrong(field, "number", text)
        return 0
    return int(text)


def filled(entry: Entry | None, differing: Differences | None = None) -> EntryForm:
    """The form with the team's own figures; after a comparison the items that differ are empty again."""
    if entry is None:
        return EntryForm(values={}, settled=frozenset())
    open_again = differing is not None and differing.papers
    values = {} if open_again else {"void": _shown(entry.void), "papers": str(entry.papers)}
    settled: set[str] = set()
    for row, item in enumerate(entry.items, start=1):
        if differing is not None and (open_again or item.id in differing.items):
            continue
        values |= {f"r{row}.{place}": _shown(number) for place, number in enumerate(item.marks)}
        values |= {f"r{row}.u": _shown(item.unreadable), f"r{row}.d": _shown(item.doubtful)}
        if differing is not None:
            settled.add(item.id)
    return EntryForm(values=values, settled=frozenset(settled))


def _shown(number: int) -> str:
    return str(number) if number else ""


def sentences_of(refused: EntryDoesNotAddUp, form: BallotForm) -> dict[str, str]:
    """Which item is short by how many, by the field where it is typed."""
    rows = {item.id: row for row, item in enumerate(form.items, start=1)}
    return {f"r{rows[item]}": short_words(number) for item, number in refused.short.items()}


def short_words(number: int) -> str:
    """少100张, 多1张."""
    return _("少%(n)s张", n=number) if number > 0 else _("多%(n)s张", n=-number)


def typed_batches(typed: Typed, least: int) -> tuple[int, ...]:
    """The sizes of the batches, which must come to the papers counted; as proposed where none is typed.

    Raises Invalid.
    """
    papers = typed.integer("papers")
    words = normalize("NFKC", typed.text("batches")).replace("、", " ").replace(",", " ").split()
    if not all(word.isdecimal() and len(word) <= _LONGEST for word in words):
        typed.wrong("batches", "number")
    typed.settle()
    if not words:
        return proposed_batches(papers, least)
    sizes = tuple(int(word) for word in words)
    if sum(sizes) != papers:
        raise Invalid(field="batches", reason="batches_sum", value=str(sum(sizes)))
    return sizes
