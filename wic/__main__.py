"""``python -m wic``."""

from wic.cli import main

if __name__ == "__main__":
    main()
