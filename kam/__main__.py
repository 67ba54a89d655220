"""`python -m kam`: the second front end."""

import sys

from kam.command_line import main

if __name__ == "__main__":
    sys.exit(main())
