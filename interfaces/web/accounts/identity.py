"""Signing in through the outside provider of identities: there and back."""

from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from application import identity
from application.private import identities
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.identity.refusals import IdentityUnproven
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Sheet, errors_of
from interfaces.web._base.pages import page, retry_headers
from interfaces.web._base.sentences import status_of
from interfaces.web.accounts.refusals import IdentityCancelled, IdentityStepLost
from interfaces.web.accounts.signing import come_in, device_here, give, offered, safe

if TYPE_CHECKING:
    from interfaces.identity.provider import Provider

router = APIRouter()

THERE: Final = "/sign-in/identity"
BACK: Final = "/sign-in/identity/back"
COOKIE: Final = "piaojue_identity"
"""Held by the browser that was sent to the provider: an answer that another browser brings is worth nothing."""


@router.get(THERE)
def there(request: Request, house: TheHouse, next: str = "") -> Response:  # noqa: A002 -- the name in the address
    """Sends the browser to the provider."""
    provider = provider_of(request, house)
    step = identities.begin_step(house.private, safe(next), house.office.now())
    try:
        response = RedirectResponse(provider.address(step), status_code=303)
    except Refused as refused:
        return _refused(request, house, refused)
    give(house, response, COOKIE, step.browser, THERE, identities.STEP_LASTS)
    return response


@router.get(BACK)
def back(request: Request, house: TheHouse) -> Response:
    """Takes the provider's answer, once, from the browser that asked; in, or a plain sentence on the sign-in page."""
    provider = provider_of(request, house)
    try:
        response = _entered(request, house, provider)
    except Refused as refused:
        response = _refused(request, house, refused)
    response.delete_cookie(COOKIE, path=THERE)
    return response


def provider_of(request: Request, house: House) -> "Provider":
    """The provider of the settings, with what it told so far. Raises NotFound where there is none."""
    settings = house.settings
    if not settings.oidc_issuer:
        raise NotFound(kind="page", id=THERE)
    from interfaces.identity.provider import Provider  # noqa: PLC0415 -- few need it, and it takes long to load

    known: Provider | None = getattr(request.app.state, "identity_provider", None)
    if known is None:
        known = request.app.state.identity_provider = Provider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret.get_secret_value(),
            back=f"{settings.public_url}{BACK}",
            clock=house.office.now,
        )
    return known


def _entered(request: Request, house: House, provider: "Provider") -> Response:
    told = request.query_params
    browser = request.cookies.get(COOKIE, "")
    step = identities.take_step(house.private, told.get("state", ""), browser, house.office.now())
    if step is None:
        raise IdentityStepLost
    if told.get("iss", provider.issuer) != provider.issuer:
        raise IdentityUnproven(why="iss")
    if not told.get("code"):
        raise IdentityCancelled
    claims = provider.claims(told["code"], step)
    claim = house.settings.oidc_claim
    value = claims.get(claim)
    if not isinstance(value, str) or not value:
        raise IdentityUnproven(why=claim)
    device = device_here(request)
    came = identity.enter(house.door, issuer=provider.issuer, claim=claim, value=value, device=device)
    return come_in(request, house, came, step.leads_to)


def _refused(request: Request, house: House, refused: Refused) -> Response:
    return page(
        request,
        "accounts/sign_in.html",
        status=status_of(refused),
        form=Sheet(request=request, errors=errors_of(refused)),
        headers=retry_headers(refused),
        **offered(house),
    )
