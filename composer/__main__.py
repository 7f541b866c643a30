"""python -m composer, for machines where PHP's Composer owns the name."""

from composer.cli.main import run

if __name__ == "__main__":
    run()
