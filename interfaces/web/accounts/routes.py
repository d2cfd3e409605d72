"""Every page about accounts."""

from fastapi import APIRouter

from interfaces.web.accounts import (
    activation,
    administration,
    identity,
    importing,
    listing,
    own,
    second_factor,
    second_step,
    signing,
    slips,
)

router = APIRouter()
for part in (signing, identity, second_step, activation, own, second_factor, listing, importing, administration, slips):
    router.routes.extend(part.router.routes)
