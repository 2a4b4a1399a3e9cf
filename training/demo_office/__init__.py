"""The synthetic demo office on 2 May 2022: `python -m training.demo_office OUT` rebuilds `catalog/demo/` byte for byte."""

from training.demo_office.write import demo_files, write_demo

__all__ = ["demo_files", "write_demo"]
