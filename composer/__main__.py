"""python -m composer, for machines where PHP's Composer owns the name."""

import sys

from composer.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
