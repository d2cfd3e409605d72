"""Every page of polls on the office's side."""

from fastapi import APIRouter

from interfaces.web.polls import control, declaring, preparing, reports, sets

router = APIRouter()
for part in (sets, preparing, control, reports, declaring):
    router.routes.extend(part.router.routes)
