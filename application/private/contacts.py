"""How to reach whoever proposed: apart from the facts, erased on request or when the retention has passed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from application.private.proposal_tables import contacts
from application.private.store import PrivateStore, put
from domain.shared import Invalid

LONGEST = {"name": 80, "phone": 40, "address": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What somebody left so that the office can ask or answer; any part may be empty."""

    name: str = ""
    phone: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was left."""
        return not (self.name.strip() or self.phone.strip() or self.address.strip())


def keep_contact(store: PrivateStore, contact: UUID, congress: UUID, who: Contact, now: datetime) -> None:
    """Keeps or replaces it. Raises Invalid for what is too long."""
    keep_contacts(store, congress, {contact: who}, now)


def keep_contacts(store: PrivateStore, congress: UUID, left: Mapping[UUID, Contact], now: datetime) -> None:
    """Keeps many in one transaction, as an import does. Raises Invalid for what is too long."""
    said = {contact: _told(who) for contact, who in left.items()}
    with store.writing() as connection:
        for contact, words in said.items():
            put(connection, contacts, contact=contact, congress=congress, kept_at=int(now.timestamp()), **words)


def contact_of(store: PrivateStore, contact: UUID) -> Contact | None:
    """None when nothing was left or it was erased."""
    return contacts_of(store, [contact]).get(contact)


def contacts_of(store: PrivateStore, wanted: Collection[UUID]) -> dict[UUID, Contact]:
    """Those that are still there, in one question."""
    asked = select(contacts).where(contacts.c.contact.in_(list(wanted)))
    with store.reading() as connection:
        return {
            row.contact: Contact(name=row.name, phone=row.phone, address=row.address)
            for row in connection.execute(asked)
        }


def is_phone_of(store: PrivateStore, contact: UUID, typed: str) -> bool:
    """Whether somebody gives the number that was left, however it is written."""
    known = contact_of(store, contact)
    return known is not None and bool(_digits(known.phone)) and _digits(known.phone) == _digits(typed)


def erase_contact(store: PrivateStore, contact: UUID) -> None:
    """Deletes and overwrites it; what was erased before stays erased."""
    erase_contacts(store, [contact])


def older_than(store: PrivateStore, now: datetime, kept_for: timedelta) -> list[UUID]:
    """Those that were left before the retention began."""
    before = int((now - kept_for).timestamp())
    asked = select(contacts.c.contact).where(contacts.c.kept_at < before).order_by(contacts.c.contact)
    with store.reading() as connection:
        return list(connection.scalars(asked))


def still_needed(store: PrivateStore, wanted: Collection[UUID], now: datetime) -> None:
    """Their retention begins anew: whoever they belong to still serves the office."""
    with store.writing() as connection:
        connection.execute(
            update(contacts).where(contacts.c.contact.in_(list(wanted))).values(kept_at=int(now.timestamp()))
        )


def erase_contacts(store: PrivateStore, erased: Collection[UUID]) -> None:
    """Deletes and overwrites many at once."""
    with store.writing() as connection:
        connection.execute(delete(contacts).where(contacts.c.contact.in_(list(erased))))
    store.wipe(contacts)


def _told(who: Contact) -> dict[str, str]:
    said = {name: " ".join(str(getattr(who, name)).split()) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    return said


def _digits(phone: str) -> str:
    """The number alone; +86 and 0086 before it are the same number."""
    digits = "".join(str(int(c)) for c in phone if c.isdecimal())
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) - len(prefix) == 11:
            return digits.removeprefix(prefix)
    return digits
