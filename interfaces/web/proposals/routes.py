"""Proposals: inbox, one by one, typed in, imported, the reserve pool."""

from fastapi import APIRouter

from interfaces.web.proposals import deciding, entry, importing, inbox, one, reserve

router = APIRouter()
for part in (inbox, entry, importing, reserve, deciding, one):
    router.routes.extend(part.router.routes)
