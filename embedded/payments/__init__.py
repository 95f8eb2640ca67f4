"""A payment provider for one machine: Stripe's shapes on the wire, a pay page of its own, and no money. Production never imports it."""

from embedded.payments.app import create_payments_app
from embedded.payments.settings import SandboxSettings
from embedded.payments.tables import prepare_payments

__all__ = ["SandboxSettings", "create_payments_app", "prepare_payments"]
