"""`python -m casualties`: the command line."""

import sys

from casualties.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(main())
