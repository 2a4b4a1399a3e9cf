"""Which columns a rule or feature reads, found by watching it read."""

from typing import Any


class Recorder:
    """Stands for a value and notes the names of what is read from it; parts listed in `nested` are watched too."""

    def __init__(self, value: Any, names: set[str], prefix: str = "", nested: tuple[str, ...] = ()) -> None:
        self._value, self._names, self._prefix = value, names, prefix
        self._nested = {name: Recorder(getattr(value, name), names, f"{name}.") for name in nested}

    def __len__(self) -> int:
        return len(self._value)

    def __getattr__(self, name: str) -> Any:
        own = getattr(type(self._value), name, None)
        if isinstance(own, property) and own.fget is not None:
            return own.fget(self)
        if name in self._nested:
            return self._nested[name]
        self._names.add(self._prefix + name)
        return getattr(self._value, name)


class Watched:
    """A block of persons and a pool under watch; the same stand-ins are handed to every function."""

    def __init__(self, people: Any, pool: Any) -> None:
        self.mine: set[str] = set()
        self.theirs: set[str] = set()
        self.people = Recorder(people, self.mine, nested=("open", "protected"))
        self.pool = Recorder(pool, self.theirs)
