"""What every proof watches besides what it asks."""

from tests.refusals import refusals

__all__ = ["refusals"]
