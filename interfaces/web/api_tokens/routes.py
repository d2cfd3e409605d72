"""Every page about API tokens."""

from fastapi import APIRouter

from interfaces.web.api_tokens import administration, own

router = APIRouter()
for part in (own, administration):
    router.routes.extend(part.router.routes)
