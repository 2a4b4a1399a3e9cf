"""Runs the daily command and kills itself with SIGKILL before its n-th statement that writes, or counts them.

python -m tests.daily.kill_driver N matcher-arguments…        N = 0: never; prints the number on standard error
"""

import os
import signal
import sys

from sqlalchemy import Engine, event

WRITES = ("INSERT", "UPDATE", "DELETE", "COMMIT")


def main() -> None:
    """Arm the switch and run the command."""
    wanted = int(sys.argv.pop(1))
    seen = 0

    def strike() -> None:
        nonlocal seen
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def _statement(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            strike()

    @event.listens_for(Engine, "commit")
    def _commit(_connection: object) -> None:
        strike()

    from matcher.commands.daily import command

    command.main(standalone_mode=False)
    print(f"writes={seen}", file=sys.stderr)


if __name__ == "__main__":
    main()
