"""Shapes of check_ins. Made by api/client_making.py of the API's description; not edited by hand."""

from typing import TypedDict


class UndoCheckInBody(TypedDict):
    pass
