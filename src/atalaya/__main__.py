"""Runs the command line with ``python -m atalaya``."""

from atalaya.cli.main import main

if __name__ == "__main__":
    main()
