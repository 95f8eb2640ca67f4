"""How long a start takes until the service is ready: `python -m bench.start`. The first makes everything, the later ones find it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.e2e.running import Running


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", type=int, default=3, help="starts after the first")
    wanted = parser.parse_args().again
    with tempfile.TemporaryDirectory(prefix="greenroom-start-") as folder:
        server = Running(Path(folder) / "data")
        print(f"first start   {server.start():.1f} s")
        for _ in range(wanted):
            server.end()
            print(f"another start {server.start():.1f} s")
        server.end()


if __name__ == "__main__":
    main()
