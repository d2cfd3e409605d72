"""What the files of a record hold, field by field: nothing missing, nothing extra, nothing of another kind."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[int, Field(ge=0, le=10**12)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Item(_Shape):
    """What was voted on."""

    id: str
    name: str
    project: str


class Cards(_Shape):
    """Where every card is."""

    printed: Number
    voided: Number
    issued: Number
    reissued: Number
    in_box: Number
    handed_in: Number
    not_handed_in: Number


class Papers(_Shape):
    """Where every paper is."""

    printed: Number
    issued: Number
    reissued: Number
    returned: Number
    not_returned: int
    """Below 0 where more came back than were issued: the poll is void."""
    batches: Number
    doubtful_decided: Number


class Incident(_Shape):
    """Something that had to be decided before the box was opened."""

    number: Number
    kind: str
    decision: str | None


class BoxSum(_Shape):
    """Number and root of the box."""

    ballots: Number
    root: Hash


class Opening(_Shape):
    """One of the two openings of a sealed box."""

    on: str
    ballots: Number
    root: Hash
    shares: Number


class Part(_Shape):
    """Ballots of one part; its columns only where they may be shown."""

    ballots: Number
    columns: dict[str, Any] | None


class PartsOfCount(_Shape):
    """Electronic box, paper, keypads."""

    electronic: Part
    paper: Part
    keypad: Part


class CountText(_Shape):
    """count.json, the text that was signed."""

    format: str
    poll: str
    title: str
    session: str
    year: Number
    rehearsal: bool
    sealing: str
    key: Hash | None
    parent: dict[str, str | None] | None
    profile: dict[str, Any]
    profile_id: str
    profile_version: Number
    waiver: str
    items: list[Item]
    all_delegates: Number
    attending: Number
    issued: Number
    returned: Number
    cards: Cards
    papers: Papers
    incidents: list[Incident]
    box: BoxSum
    openings: list[Opening]
    parts: PartsOfCount
    columns: dict[str, Any] | None
    outcome: dict[str, Any]


class Entry(_Shape):
    """An item or an option on the ballot."""

    id: str
    name: str


class AskedForm(_Shape):
    """What voters were asked."""

    encoding: Number
    form: str
    items: list[Entry]
    most_for: Number | None
    options: list[Entry]
    poll: str


class PollText(BaseModel):
    """Of poll.json only what the count does not say."""

    model_config = ConfigDict(strict=True, frozen=True)

    form: AskedForm


class Proven(_Shape):
    """A fact with its place and its way to the root, hashes in hex."""

    index: Number
    leaf: str
    proof: list[Hash]


class Proofs(_Shape):
    """proofs.json."""

    key: str
    events: list[Proven]


class Leaf(_Shape):
    """A fact as it lies in the history."""

    position: Number
    stream: str
    version: Number
    name: str
    v: Number
    at: str
    by: str | None
    fact: dict[str, Any]


class Manifest(_Shape):
    """manifest.json: SHA-256 of every other file."""

    format: str
    poll: str
    kind: str
    files: dict[str, Hash]


class Signature(_Shape):
    """Of signatures.json."""

    version: Number
    role: str
    delegate: str
    name: str
    count_hash: Hash
    form: str
