"""Projects under way: the lights board, each project's file, reports, difficulties and meetings, rules, the end."""

from fastapi import APIRouter

from interfaces.web.progress import board, closing, difficulties, file, lights, reports

router = APIRouter()
for _part in (board, reports, difficulties, closing, lights, file):
    router.routes.extend(_part.router.routes)
