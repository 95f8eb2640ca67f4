"""The server's settings, given on its command line at each start so that a cluster never drifts from the code."""

from __future__ import annotations

from pathlib import Path

from embedded.postgres.cluster import PORT

_ALWAYS = {
    "port": str(PORT),
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Rows come from memory or solid state here.
    "random_page_cost": "1.1",
    # Short statements only: compiling them costs more than it saves.
    "jit": "off",
    # DETAIL lines quote the offending row, which may hold personal data.
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}

_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Nothing lives long enough to need it, and a worker in the template would hold up a clone.
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}


def command_line(socket_folder: Path, *, fast: bool) -> list[str]:
    """`-c name=value` arguments. `fast` trades every promise about crashes for speed: for tests only."""
    settings = _ALWAYS | {"unix_socket_directories": str(socket_folder)} | (_FAST if fast else {})
    return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
