"""Opening the sealed box at the scrutineers' table."""

from fastapi import APIRouter

router = APIRouter()
