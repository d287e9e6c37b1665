"""``python -m autostyle``: the same as the ``autostyle`` command."""

from autostyle.cli import main

if __name__ == "__main__":
    main()
