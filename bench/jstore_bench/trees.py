"""Made trees of many files of a few bytes, in two states that differ in 100 places all over the tree."""
import os
from pathlib import Path

from .data import file_path, write

MODIFIED, ADDED, REMOVED = 60, 20, 20
CHANGES = MODIFIED + ADDED + REMOVED


class Tree:
    """A tree of `count` files; `distinct`: no two have the same content, else there are 16 contents."""

    def __init__(self, data, count, distinct=False):
        self.count, self.distinct = count, distinct
        self.folder = data.once(f"tree-{count}{'-distinct' if distinct else ''}", self._make)

    def middle(self):
        """A path below the tree's root that is in both states."""
        return str(Path(file_path("", self.count // 2 + 1))).lstrip("/")

    def to_state(self, changed):
        """Puts the tree into its first state, or into that after 100 changes; whatever state it was left in."""
        step = self.count // CHANGES
        for change in range(CHANGES):
            number = change * step
            path = file_path(self.folder, number)
            if change < MODIFIED:
                self._put(path, b"changed\n" if changed else self._content(number))
            elif change < MODIFIED + ADDED:
                self._put(path + ".added", b"added\n" if changed else None)
            else:
                self._put(path, None if changed else self._content(number))

    @staticmethod
    def _put(path, content):
        if content is None:
            if os.path.exists(path):
                os.remove(path)
        elif not os.path.exists(path) or Path(path).read_bytes() != content:
            Path(path).write_bytes(content)

    def _content(self, number):
        return b"%d\n" % (number if self.distinct else number % 16)

    def _make(self, folder):
        for number in range(self.count):
            write(folder, number, self._content(number))
