"""The guard: what a model asks for must be what the person said. Pure code over words; runs nothing and reads no database."""

from agent.guard.check import GroundingGuard

__all__ = ["GroundingGuard"]
