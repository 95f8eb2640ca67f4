"""The demo organisation: an organiser, venues, events in the coming months, tickets, orders, sponsors. Made through the operations."""

from embedded.seed.demo import DEMO_EMAIL, DEMO_PASSWORD, seed_demo
from embedded.seed.world import WORLD_NOW, seed_world

__all__ = ["DEMO_EMAIL", "DEMO_PASSWORD", "WORLD_NOW", "seed_demo", "seed_world"]
