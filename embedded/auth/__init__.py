"""The embedded identity server: speaks Supabase Auth on one machine, so that production code needs no second road.

Production never imports this package; `api/app.py` and the command line mount `create_auth_app` at `/auth/v1`.
"""

from embedded.auth.app import create_auth_app
from embedded.auth.keyring import Keyring, KeyringError
from embedded.auth.settings import AuthSettings
from embedded.auth.tables import prepare_auth

__all__ = ["AuthSettings", "Keyring", "KeyringError", "create_auth_app", "prepare_auth"]
