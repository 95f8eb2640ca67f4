"""`python -m api.terminal` is `greenroom`."""

import sys

from api.terminal.app import main

if __name__ == "__main__":
    sys.exit(main())
