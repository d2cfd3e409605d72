"""What keeps scripts slow without anybody else: signed forms, a little arithmetic, and allowances that refill.

A village, a school or a meeting hall stands behind one address, so the numbers are far above what its people do: a
hundred of them within two minutes pass, a script of ten requests a second is soon let through a few times a minute.
Nothing here shuts anybody out for longer than a minute or so. Addresses are kept as keyed hashes, for minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from secrets import token_hex
from typing import Final
from uuid import UUID

from starlette.requests import Request

from application.private.turns import Allowance, TooOften, take_turn
from domain.shared import Refused
from interfaces.composition import House

FORM_LIVES: Final = timedelta(hours=12)
SHORTEST_FILLING: Final = timedelta(seconds=3)
"""Nobody writes a title and two sentences faster; scripts do."""

WORK_BITS: Final = 16
"""Zeros at the beginning of a hash: some 65,000 tries, a second or two in the background of a phone."""

WITHOUT_WORK: Final = 2.0
"""What one sending costs where no script did the arithmetic; with it, 1."""

PROPOSING: Final = Allowance(at_once=240, a_minute=40)
"""Of one address: 120 sendings without a script at once, then 20 a minute; twice as many with one."""

QUEUE: Final = Allowance(at_once=600, a_minute=30)
"""Of one congress, over all addresses: 300 sendings without a script at once, then 15 a minute."""

QUEUE_WITH_WORK: Final = 0.2
"""What a sending with the arithmetic done takes of it: 3,000 at once, then 150 a minute."""

SUPPORTING: Final = Allowance(at_once=300, a_minute=60)
"""Of one address, for all proposals."""

SUPPORTING_ONE: Final = Allowance(at_once=120, a_minute=2)
"""Of one address, for one and the same proposal: a full hall at once, then 2 a minute."""

GUESSING: Final = Allowance(at_once=5, a_minute=0.2)
"""Of one proposal: telephone numbers that somebody tries."""


@dataclass(eq=False)
class QueueFull(TooOften):
    """Far more proposals come in than anybody could write; those sent with the arithmetic done still pass."""


@dataclass(eq=False)
class FilledTooFast(Refused):
    """The form came back sooner than a person could fill it in."""


@dataclass(eq=False)
class FormTooOld(Refused):
    """The form is not one of ours, or was opened too long ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedForm:
    """A form as it was given out: when, and under which number, which makes sending it twice one sending."""

    number: str
    given_out: datetime
    text: str
    """As it stands in the form."""

    @property
    def holder(self) -> UUID:
        """Under whom photos are held while the form goes back and forth."""
        return UUID(hex=sha256(self.number.encode()).hexdigest()[:32])


def give_out(house: House, purpose: str) -> SealedForm:
    """A fresh form for one purpose."""
    now = house.office.now()
    plain = f"{int(now.timestamp() * 1000)}.{token_hex(12)}"
    text = f"{plain}.{house.seals.signature(purpose, plain)}"
    return SealedForm(number=plain.partition(".")[2], given_out=now, text=text)


def taken_back(house: House, purpose: str, text: str) -> SealedForm:
    """The form that came back. Raises FormTooOld."""
    plain, _dot, signature = text.rpartition(".")
    moment, _dot, number = plain.partition(".")
    if not house.seals.is_signed(purpose, plain, signature):
        raise FormTooOld
    now = house.office.now()
    given_out = datetime.fromtimestamp(int(moment) / 1000, now.tzinfo)
    if now - given_out > FORM_LIVES:
        raise FormTooOld
    return SealedForm(number=number, given_out=given_out, text=text)


def require_human_pace(house: House, form: SealedForm) -> None:
    """Raises FilledTooFast."""
    if house.office.now() - form.given_out < SHORTEST_FILLING:
        raise FilledTooFast


def is_work_done(form: SealedForm, work: str) -> bool:
    """Whether the browser's script has found a number with which the hash begins with enough zeros."""
    if not work.isascii() or not work.isdecimal() or len(work) > 20:
        return False
    found = sha256(f"{form.text}:{work}".encode()).digest()
    return int.from_bytes(found[:4], "big") >> (32 - WORK_BITS) == 0


def require_turn(house: House, request: Request, congress: UUID, *, worked: bool) -> None:
    """One proposal from this address. Raises TooOften or QueueFull."""
    now = house.office.now()
    if address_of(request):  # where a web server in front hides it, the queue alone holds scripts back
        take_turn(house.private, bucket_of(house, request, "propose"), PROPOSING, now, 1 if worked else WITHOUT_WORK)
    cost = QUEUE_WITH_WORK if worked else WITHOUT_WORK
    try:
        take_turn(house.private, house.seals.hashed("queue", str(congress)), QUEUE, now, cost)
    except TooOften as full:
        raise QueueFull(seconds=full.seconds) from None


def require_turn_to_support(house: House, request: Request, proposal: UUID) -> None:
    """One voice from this address. Raises TooOften."""
    now = house.office.now()
    take_turn(house.private, bucket_of(house, request, "support"), SUPPORTING, now)
    take_turn(house.private, bucket_of(house, request, f"support {proposal}"), SUPPORTING_ONE, now)


def require_turn_to_guess(house: House, request: Request, proposal: UUID) -> None:
    """One telephone number that is tried. Raises TooOften."""
    now = house.office.now()
    take_turn(house.private, bucket_of(house, request, "forget"), PROPOSING, now)
    take_turn(house.private, house.seals.hashed("forget", str(proposal)), GUESSING, now)


def bucket_of(house: House, request: Request, purpose: str) -> str:
    """Where the allowance of whoever asks is kept: a keyed hash of the address and the purpose."""
    return house.seals.hashed("turn", purpose, address_of(request))


def address_of(request: Request) -> str:
    """The address of the line: of IPv6 the half that a connection is given, for a phone changes the other at will."""
    if request.client is None:
        return ""
    try:
        known = ip_address(request.client.host)
    except ValueError:
        return request.client.host
    if isinstance(known, IPv6Address):
        known = known.ipv4_mapped or known
    return str(known) if known.version == 4 else known.exploded[:19]
