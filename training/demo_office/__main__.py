"""Command: write the demo office into a folder."""

import argparse
from pathlib import Path

from training.demo_office.write import write_demo


def main() -> None:
    """Parse the folder and write."""
    parser = argparse.ArgumentParser(
        prog="python -m training.demo_office",
        description="Write the synthetic demo office.",
        epilog="example: python -m training.demo_office catalog/demo",
    )
    parser.add_argument("out", type=Path, help="folder for the files; made where it is missing")
    for path in write_demo(parser.parse_args().out):
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
