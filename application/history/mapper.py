"""Between envelopes and the bytes of the store."""

from datetime import datetime
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from application.history.fact_book import FactBook
from application.history.recorded import Recorded
from domain.shared import CHINA


class _Stored(msgspec.Struct):
    """What lies in the state column: version of the fact's shape, time, account, fields."""

    v: int
    at: datetime
    by: UUID | None
    fact: msgspec.Raw


class FactMapper(Mapper[UUID]):
    """Stores facts under their names in the book, as plain JSON: no Python path, no compression.

    Facts of about 200 bytes gain nothing from compression, and compressing before a later
    encryption would tell something about what is inside by its length.
    """

    def __init__(self, book: FactBook) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._book = book
        self._decoder = msgspec.json.Decoder(_Stored)

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Raises UnregisteredFact, or NotRecordable for a fact that would not read back equal."""
        if not isinstance(domain_event, Recorded):
            raise TypeError(f"the history holds Recorded facts, not {type(domain_event).__qualname__}")
        entry = self._book.entry_of(type(domain_event.fact))
        state = _Stored(
            v=entry.version,
            at=domain_event.at,
            by=domain_event.by,
            fact=msgspec.Raw(self._book.encoded(domain_event.fact)),
        )
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=entry.name,
            state=msgspec.json.encode(state),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Recorded:
        """Raises UnknownFact for what a newer program has written."""
        stored = self._decoder.decode(stored_event.state)
        fact = self._book.decoded(stored_event.topic, stored.v, stored.fact)
        stream = stored_event.originator_id
        return Recorded(
            stream if isinstance(stream, UUID) else UUID(stream),
            stored_event.originator_version,
            stored.at.astimezone(CHINA),
            stored.by,
            fact,
        )
