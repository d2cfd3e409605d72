"""The count report 计票报告单: what the scrutineers sign by hand, with the hash that they sign in the system."""

from dataclasses import dataclass
from datetime import date, datetime

from interfaces.documents.typesetting import qr_svg, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """One item as counted; all its columns add up to the ballots returned (rule 11).

    `base` and `needed` are empty where the profile counts plurality.
    """

    number: int
    name: str
    votes_for: int
    against: int = 0
    abstain: int = 0
    not_ticked: int = 0
    not_pressed: int = 0
    void: int = 0
    base: int | None = None
    needed: int | None = None
    passed: bool
    rank: int
    adopted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGrade:
    """One evaluated item, every figure as it is printed; `shares` are the marks of each option over the valid ones."""

    number: int
    name: str
    marks: tuple[int, ...]
    shares: tuple[float, ...]
    void: int
    valid: int
    satisfaction: str
    overall: str
    score: str
    rank: str
    grade: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGrades:
    """The table of an evaluation; `remarks` say what each figure is measured against."""

    options: tuple[str, ...]
    items: tuple[ReportGrade, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSignature:
    """Who signed in the system, as what, when; on paper each has a line beside it."""

    role: str
    name: str
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPartRow:
    """One item with its marks in each part, in the order of the parts and of the columns."""

    id: str
    name: str
    marks: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportParts:
    """Parts that may be told apart: their names, ballots, columns and figures."""

    names: tuple[str, ...]
    ballots: tuple[int, ...]
    columns: tuple[str, ...]
    rows: tuple[ReportPartRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountReport:
    """A count as it is printed.

    `chosen` tells that the vote was one by choosing, which has no marks against or abstaining. `all_delegates` is N,
    `attending` A, `issued` I, `returned` R. `invalid` is the sentence why nothing was computed (no quorum, more
    ballots than issued); then there are no items. `profile` is the profile in plain sentences, `remarks` what else
    was found: a tie, places left open, an equal election.
    """

    congress: str
    session: str
    poll: str
    held_on: date
    chosen: bool = False
    quota: int | None
    all_delegates: int
    attending: int
    issued: int
    returned: int
    void_ballots: int = 0
    invalid: str = ""
    items: tuple[ReportItem, ...] = ()
    grades: ReportGrades | None = None
    """Instead of items, for an evaluation."""
    remarks: tuple[str, ...] = ()
    account: tuple[str, ...] = ()
    """Where every ballot is: the equations of cards and papers, openings, incidents; a sentence each."""
    parts: ReportParts | None = None
    """Electronic ballots and papers apart, where the profile's group size allows it."""
    profile_title: str
    profile: tuple[str, ...]
    count_hash: str
    checkpoint: str = ""
    """The newest signed checkpoint over the whole history, as it is: it binds everything recorded up to then."""
    checkpoint_key: str = ""
    """What it is checked with."""
    box_root: str = ""
    key: str = ""
    """Fingerprint of the key the ballots were sealed to."""
    unsealed: bool
    rehearsal: bool = False
    signatures: tuple[ReportSignature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    field: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    title: str
    report: CountReport
    not_returned: int
    columns: tuple[_Heading, ...]
    adopted: int
    checkpoint_qr: str
    rehearsal: bool


def count_report(report: CountReport) -> bytes:
    """The PDF of a count report."""
    return typeset(
        "count_report",
        _Page(
            title=f"{report.poll}计票报告单",
            report=report,
            not_returned=max(0, report.issued - report.returned),
            columns=_columns(report),
            adopted=sum(item.adopted for item in report.items),
            rehearsal=report.rehearsal,
            checkpoint_qr=qr_svg(report.checkpoint) if report.checkpoint else "",
        ),
    )


def _columns(report: CountReport) -> tuple[_Heading, ...]:
    """The columns of the form; "not pressed" only where keypads were used."""
    if report.chosen:
        fields = {"votes_for": "赞成", "not_ticked": "未选", "void": "无效"}
    else:
        fields = {"votes_for": "赞成", "against": "反对", "abstain": "弃权", "not_pressed": "未按键", "void": "无效"}
    if not any(item.not_pressed for item in report.items):
        fields.pop("not_pressed", None)
    return tuple(_Heading(field=field, words=words) for field, words in fields.items())
