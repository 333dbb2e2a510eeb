"""Where runs write: fresh folders on the file system of the data, which go at the end of the whole run.

On ext4 without a journal, making files soon after others were deleted takes several times as long: an inode is not used
again for a minute (six, while its block is not on the disk), and each new file looks at all such inodes of its group.
"""
import itertools
import os
import shutil
import tempfile
import time
from pathlib import Path

from .machine import say

SPARED = 60  # seconds that an inode is left alone
LARGE, FEW = 500_000_000, 1000


class NoRoom(Exception):
    """The disk is too small for what is to come."""


class Places:
    def __init__(self, folder, quick):
        """Waits until what an earlier run deleted here is forgotten, unless in a hurry."""
        folder.mkdir(parents=True, exist_ok=True)
        os.sync()
        wait = folder.stat().st_mtime + SPARED - time.time()
        if 0 < wait <= SPARED and not quick:
            say(f"waiting {wait:.0f} s for the file system to forget what was deleted")
            time.sleep(wait)
        self.root = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        self.numbers = itertools.count(1)

    def fresh(self, name):
        """A new, empty folder."""
        place = self.root / f"{next(self.numbers)}-{name.replace(' ', '')}"
        place.mkdir()
        return place

    def require(self, size, work):
        """Fails when the disk has less than `size` bytes left."""
        free = shutil.disk_usage(self.root).free
        if free < size:
            raise NoRoom(f"{work} wants {size / 1e9:.0f} GB below {self.root}, where {free / 1e9:.0f} GB are free")

    @staticmethod
    def leave(place):
        """No more is wanted of a place: it goes at once if it is large and of few files, else at the end."""
        size, files = size_of(place)
        if goes_at_once(size, files):
            shutil.rmtree(place)

    def sweep(self):
        """The end of the run."""
        shutil.rmtree(self.root, ignore_errors=True)
        os.sync()


def goes_at_once(size, files):
    return size >= LARGE and files <= FEW


def size_of(folder):
    """The bytes of all files below, and how many these are; links are passed over."""
    paths = (os.path.join(path, name) for path, _, names in os.walk(folder) for name in names)
    sizes = [os.lstat(path).st_size for path in paths if not os.path.islink(path)]
    return sum(sizes), len(sizes)
