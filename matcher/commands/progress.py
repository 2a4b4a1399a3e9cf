"""A progress bar on standard error, silent where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Show a spinner with `text` and the elapsed time while the block runs."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        shown.add_task(text)
        yield
