"""Every page about accounts."""

from fastapi import APIRouter

from interfaces.web.accounts import signing

router = APIRouter()
for part in (signing,):
    router.routes.extend(part.router.routes)
