"""Which columns a rule or feature reads, found by watching it read."""

from typing import Any


class Recorder:
    """Stands for a value and notes the names of what is read from it; parts listed in `nested` are watched too."""

    def __init__(self, value: Any, names: set[str], prefix: str = "", nested: tuple[str, ...] = ()) -> None:
        self._value, self._names, self._prefix, self._nested = value, names, prefix, nested

    def __len__(self) -> int:
        return len(self._value)

    def __getattr__(self, name: str) -> Any:
        own = getattr(type(self._value), name, None)
        if isinstance(own, property) and own.fget is not None:
            return own.fget(self)
        if name in self._nested:
            return Recorder(getattr(self._value, name), self._names, f"{name}.")
        self._names.add(self._prefix + name)
        return getattr(self._value, name)


def watch(function: Any, people: Any, pool: Any) -> tuple[Any, set[str], set[str]]:
    """The function's answer, and the names it read from the persons ("open.lat") and from the pool ("lat").

    `people` is a whole block for rules (its two parts are told apart), or what features may see.
    """
    mine: set[str] = set()
    theirs: set[str] = set()
    parts = ("open", "protected") if hasattr(people, "protected") else ()
    prefix = "" if parts else "open."
    return function(Recorder(people, mine, prefix, parts), Recorder(pool, theirs)), mine, theirs
