"""Pabulib's .pb format for polls on projects: what other cities' researchers read and publish.

A .pb file has the sections META (key;value), PROJECTS and VOTES, each with a line of headings; the last one holds a
row for every ballot. **A poll held here never gives such rows away**: patterns of marks can identify a voter or be
demanded by a buyer, so rows of marks are never published (ballot.md, step 6), and no function here takes any. An
export therefore holds META, PROJECTS with the votes of each and whether it was adopted, and a VOTES section with its
headings alone. `num_votes` is 0, because the format wants it to equal the rows; the ballots returned stand in the
own field `ballots_returned`, and a comment says why. Where the profile publishes the adopted projects only, the
votes are left out too.

The import reads whole files, other cities' or made-up ones, into items and ballots that `piaojue tally` counts.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from interfaces.documents.pabulib_reading import NotPabulib, PbItem, PbPoll, import_pb, pb_sentence
from interfaces.documents.written import plain, printable

__all__ = [
    "NotPabulib",
    "PbExport",
    "PbItem",
    "PbPoll",
    "PbProject",
    "ballots_csv",
    "export_pb",
    "import_pb",
    "pb_sentence",
    "tally_poll",
]

_WHY_NO_ROWS: Final = (
    "#1: Secret ballot: rows of marks are never published. The VOTES section is empty, num_votes equals its rows; "
    "ballots_returned is the number of ballots counted."
)
_WHAT_BUDGET: Final = "#2: The vote had no budget limit; budget is the total cost of the selected projects."


@dataclass(frozen=True, slots=True, kw_only=True)
class PbProject:
    """One item of a declared poll. Cost in yuan; `votes` are those in favour."""

    number: int
    name: str
    cost: Decimal
    votes: int
    selected: bool
    category: str = ""
    beneficiaries: str = ""
    code: str = ""
    longitude: Decimal | None = None
    latitude: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PbExport:
    """A declared poll. `quota` is the most a ballot could tick where the vote was one by choosing.

    `rule` is the profile in one plain sentence; `full_counts` whether the profile publishes votes.
    """

    description: str
    place: str
    year: int
    session: str
    voted_on: date
    all_delegates: int
    attending: int
    returned: int
    quota: int | None = None
    rule: str
    full_counts: bool
    projects: tuple[PbProject, ...]


def export_pb(poll: PbExport) -> str:
    """The poll as the text of a .pb file (UTF-8), without any row of marks."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(["META"])
    writer.writerow(["key", "value"])
    writer.writerows((key, _one_line(value)) for key, value in _meta(poll))
    writer.writerow(["PROJECTS"])
    columns = [column for column in _COLUMNS if column != "votes" or poll.full_counts]
    writer.writerow(columns)
    for project in poll.projects:
        cells = _cells(project)
        writer.writerow([_one_line(cells[column]) for column in columns])
    writer.writerow(["VOTES"])
    writer.writerow(["voter_id", "vote"])
    return out.getvalue()


def ballots_csv(poll: PbPoll, *, by_choosing: bool) -> str:
    """The ballots as the tally reads them: `x` or `for` where a project was approved, else an empty cell.

    Not approving is not voting against; what a blank means is the profile's to say. Raises NotPabulib for a file
    without ballots, such as an export of a secret poll.
    """
    if not poll.ballots:
        raise NotPabulib(reason="no_ballots")
    mark = "x" if by_choosing else "for"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    ids = [item.id for item in poll.items]
    writer.writerow(ids)
    for ballot in poll.ballots:
        writer.writerow([mark if id_ in ballot else "" for id_ in ids])
    return out.getvalue()


def tally_poll(poll: PbPoll) -> dict[str, object]:
    """poll.json of the tally: every ballot in the file counts as issued to a voter who attended."""
    voters = len(poll.ballots)
    return {
        "title": poll.meta.get("description", ""),
        "items": [{"id": item.id, "name": item.name} for item in poll.items],
        "all_delegates": voters,
        "attending": voters,
        "issued": voters,
    }


_COLUMNS: Final = (
    "project_id",
    "cost",
    "votes",
    "name",
    "category",
    "target",
    "selected",
    "public_id",
    "latitude",
    "longitude",
)


def _cells(project: PbProject) -> dict[str, str]:
    return {
        "project_id": str(project.number),
        "cost": plain(project.cost),
        "votes": str(project.votes),
        "name": project.name,
        "category": project.category,
        "target": project.beneficiaries,
        "selected": str(int(project.selected)),
        "public_id": project.code,
        "latitude": "" if project.latitude is None else plain(project.latitude),
        "longitude": "" if project.longitude is None else plain(project.longitude),
    }


def _meta(poll: PbExport) -> Sequence[tuple[str, str]]:
    day = f"{poll.voted_on:%d.%m.%Y}"
    budget = sum((project.cost for project in poll.projects if project.selected), Decimal(0))
    fields = [
        ("description", poll.description),
        ("country", "China"),
        ("unit", poll.place),
        ("instance", str(poll.year)),
        ("num_projects", str(len(poll.projects))),
        ("num_votes", "0"),
        ("budget", plain(budget)),
        ("vote_type", "approval"),
        ("rule", "unknown"),
        ("date_begin", day),
        ("date_end", day),
        ("max_length", str(poll.quota) if poll.quota is not None else ""),
        ("edition", poll.session),
        ("language", "zh"),
        ("currency", "CNY"),
        ("all_delegates", str(poll.all_delegates) if poll.full_counts else ""),
        ("attending", str(poll.attending) if poll.full_counts else ""),
        ("ballots_returned", str(poll.returned) if poll.full_counts else ""),
        ("comment", f"{_WHY_NO_ROWS} {_WHAT_BUDGET} #3: {poll.rule}"),
    ]
    return [(key, value) for key, value in fields if value]


def _one_line(text: str) -> str:
    """Readers of the format split lines before they look at quotes."""
    return re.sub(r"\s+", " ", printable(text)).strip()
