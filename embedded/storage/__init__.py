"""The embedded file server: speaks Supabase Storage on one machine, so that production code needs no second road.

Production never imports this package; `api/embedded_parts.py` mounts `create_storage_app` at `/storage/v1`.
"""

from embedded.storage.app import create_storage_app
from embedded.storage.settings import StorageSettings
from embedded.storage.tables import prepare_storage

__all__ = ["StorageSettings", "create_storage_app", "prepare_storage"]
