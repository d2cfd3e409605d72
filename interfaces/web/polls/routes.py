"""Every page of polls on the office's side."""

from fastapi import APIRouter

from interfaces.web.polls import again, control, declaring, evaluating, places, preparing, records, reports, sets

router = APIRouter()
for part in (sets, preparing, control, reports, records, declaring, again, places, evaluating):
    router.routes.extend(part.router.routes)
