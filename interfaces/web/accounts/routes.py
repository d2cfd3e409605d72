"""Every page about accounts."""

from fastapi import APIRouter

from interfaces.web.accounts import activation, administration, own, signing, slips

router = APIRouter()
for part in (signing, activation, own, administration, slips):
    router.routes.extend(part.router.routes)
