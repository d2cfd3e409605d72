"""What stands in the form, as the fact and the contact data it becomes."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final
from unicodedata import normalize
from uuid import UUID

from application.private.contacts import LONGEST, Contact
from domain.proposals.call import Channel
from domain.proposals.deciding import LONGEST_PLACE, require_said
from domain.proposals.proposal import ProposalForm, ProposalReceived, Suggestion
from domain.shared import Invalid, Missing, Year
from interfaces.composition import House
from interfaces.web._base.forms import Typed, WrongFields
from projections.houses import HouseRow

MOST_SIGNATORIES: Final = 10_000
LONGEST_UNIT: Final = 80
_PHONE: Final = re.compile(r"\+?\d{5,15}")
_SEPARATORS: Final = re.compile(r"[\s\-()()－—]+")


def channel_of(via: str, house: HouseRow | None) -> Channel:
    """On which way somebody came to the form: by a house's code, by a printed QR code, else by the web."""
    if house is not None:
        return Channel.HOUSE
    return Channel.QR if via == "qr" else Channel.WEB


def form_of(text: str) -> ProposalForm:
    """Which of the two forms; the one for persons unless the other is asked for."""
    return ProposalForm.UNIT if text == ProposalForm.UNIT else ProposalForm.PERSON


def fact_of(
    house: House, typed: Typed, *, congress: UUID, year: int, way: tuple[Channel, HouseRow | None]
) -> tuple[ProposalReceived, Contact]:
    """Both, or WrongFields with everything that is wrong."""
    form = form_of(typed.text("form"))
    channel, by_house = way
    suggestion = _suggestion(typed, form)
    signatories = _signatories(typed)
    unit_name = ""
    if form is ProposalForm.UNIT and typed.required("unit_name"):
        unit_name = typed.text("unit_name")
    if len(unit_name) > LONGEST_UNIT:
        typed.wrong("unit_name", "too_long")
    contact = _contact(typed, form)
    _settle_together(typed, suggestion)
    fact = ProposalReceived(
        congress=congress,
        year=Year(year),
        code="",
        form=form,
        channel=channel,
        received_on=house.office.today(),
        suggestion=suggestion,
        signatories=signatories,
        unit_name=unit_name,
        house=by_house.house if by_house else None,
    )
    return fact, contact


def plain_text(title: str, content: str) -> str:
    """The words alone, without blanks, signs and forms of letters: what makes two texts the same."""
    return "".join(c for c in normalize("NFKC", title + content).casefold() if c.isalnum())


def _suggestion(typed: Typed, form: ProposalForm) -> Suggestion:
    longitude, latitude = _coordinate(typed, "longitude"), _coordinate(typed, "latitude")
    is_placed = longitude is not None and latitude is not None
    is_unit = form is ProposalForm.UNIT
    return Suggestion(
        title=typed.text("title"),
        content=typed.text("content"),
        place=typed.text("place"),
        longitude=longitude if is_placed else None,
        latitude=latitude if is_placed else None,
        category=typed.text("category")[:40],
        beneficiaries=typed.text("beneficiaries")[:LONGEST_PLACE] if is_unit else "",
        estimated_funds=typed.money_in_wan("estimated_funds") if is_unit and typed.text("estimated_funds") else None,
    )


def _signatories(typed: Typed) -> int:
    """One, unless a number is typed."""
    if not typed.text("signatories"):
        return 1
    number = typed.integer("signatories")
    if not 1 <= number <= MOST_SIGNATORIES:
        typed.wrong("signatories", "signatories", str(MOST_SIGNATORIES))
    return number


def _contact(typed: Typed, form: ProposalForm) -> Contact:
    is_unit = form is ProposalForm.UNIT
    if is_unit:
        typed.required("phone")
    said = {name: typed.text(name) for name in LONGEST}
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            typed.wrong(name, "too_long")
    phone = _SEPARATORS.sub("", normalize("NFKC", said["phone"]))
    if phone and not _PHONE.fullmatch(phone):
        typed.wrong("phone", "phone")
    return Contact(**said)


def _settle_together(typed: Typed, suggestion: Suggestion) -> None:
    """All that is wrong at once: what the form sees and what the rules of proposals say. Raises WrongFields."""
    found: list[Missing | Invalid] = []
    for check in (typed.settle, lambda: require_said(suggestion)):
        try:
            check()
        except WrongFields as wrong:
            found.extend(wrong.refusals)
        except (Missing, Invalid) as wrong:
            found.append(wrong)
    if found:
        raise WrongFields(refusals=tuple(found))


def _coordinate(typed: Typed, name: str) -> Decimal | None:
    """As the browser's location gave it; anything else is as if it had given none."""
    limit = 180 if name == "longitude" else 90
    try:
        value = Decimal(typed.text(name)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) <= limit else None
