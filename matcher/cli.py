"""`python -m matcher.cli`: the command line without an installed entry point."""

from matcher.commands import main

if __name__ == "__main__":
    main()
