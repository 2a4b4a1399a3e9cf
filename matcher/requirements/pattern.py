"""A pattern of the catalogue that is compiled when it is first searched: one question needs few of hundreds."""

import re


class Pattern:
    """`pattern` as written; `search` as of `re`. `compile()` raises re.error where it is wrong."""

    __slots__ = ("_compiled", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    def compile(self) -> re.Pattern[str]:
        """The compiled pattern."""
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in the text that fits."""
        return self.compile().search(text)
