"""Writes a snapshot into a folder. No path leaves it, and no link is followed: links are made last."""
import os
import sys

from reader.codec import Failure, check, shown
from reader.tree import Tree


class Restore:
    """Into a new or empty folder. Attributes, devices and sockets are not restored."""

    def __init__(self, folder):
        self.folder = os.path.abspath(os.fsencode(folder))
        os.makedirs(self.folder, exist_ok=True)
        if os.listdir(self.folder):
            raise Failure(f"{folder} is not empty", 1)
        self.later, self.folders, self.code = [], [], 0

    def run(self, repository, record):
        """The exit code; what could not be restored is said on standard error."""
        for source in record["sources"]:
            tree = Tree(repository, source)
            for entry in tree.walk():
                self.attempt(tree, entry, self.restore)
        for tree, entry, target in self.later:
            self.attempt(tree, entry, lambda *_: self.finish_link(entry, target))
        for entry, target in reversed(self.folders):
            self.finish(entry, target)
        return self.code

    def attempt(self, tree, entry, step):
        try:
            step(tree, entry)
        except (Failure, OSError) as e:
            print(f"read_repo: {shown(tree.root + b'/' + entry.path)}: {e}", file=sys.stderr)
            self.code = max(self.code, e.code if isinstance(e, Failure) else 1)

    def target(self, root, path, folder):
        parts = (root + b"/" + path if path else root).split(b"/")
        if folder and parts[-1] == b"":
            parts.pop()
        if any(part in (b"", b".", b"..") or b"\0" in part for part in parts):
            raise Failure("this cannot be the path of a file", 1)
        return os.path.join(self.folder, *parts)

    def restore(self, tree, entry):
        target = self.target(tree.root, entry.path, entry.kind == "folder")
        if entry.kind == "folder":
            os.makedirs(target, exist_ok=True)
            self.folders.append((entry, target))
            return
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if entry.kind == "symlink":
            check(entry.target, "a symbolic link without a target")
            self.later.append((tree, entry, target))
        elif entry.kind == "pipe":
            os.mkfifo(target)
            self.finish(entry, target)
        elif entry.kind != "file":
            raise Failure(f"a {entry.kind} is not restored", 1)
        elif entry.link is None or not self.try_link(self.target(tree.root, entry.link, False), target):
            self.write(tree, entry, target)
            self.finish(entry, target)

    @staticmethod
    def try_link(first, target):
        if not os.path.lexists(first):
            return False
        os.link(first, target, follow_symlinks=False)
        return True

    @staticmethod
    def write(tree, entry, target):
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with open(file, "wb") as f:
                for data in tree.content(entry):
                    f.write(data)
        except BaseException:
            os.unlink(target)  # half a file, or a wrong one, is worse than none
            raise

    def finish_link(self, entry, target):
        os.symlink(entry.target, target)
        self.finish(entry, target)

    @staticmethod
    def finish(entry, target):
        link = entry.kind == "symlink"
        if entry.owner and os.geteuid() == 0:
            os.chown(target, *entry.owner, follow_symlinks=False)
        if entry.mode is not None and not link:
            os.chmod(target, entry.mode)
        if entry.time is not None:
            os.utime(target, ns=(entry.time, entry.time), follow_symlinks=False)
