"""The programs compared, behind one face: what to call for each piece of work. Every repository has a password."""
import json
import os
import subprocess
from pathlib import Path

PASSWORD = "bench"


class Program:
    """One program and one repository of it below a place of its own."""

    def __init__(self, place, **variables):
        self.place = Path(place)
        self.repository = self.place / "repository"
        self.environment = os.environ | {name: str(value) for name, value in variables.items()}
        self.folder = self.place


class Jstore(Program):
    name, package = "jstore", None
    binary = None  # set by bench/run

    def __init__(self, place, password=True):
        super().__init__(place, JSTORE_REPO=Path(place) / "repository", JSTORE_PASSWORD=PASSWORD if password else "")
        self.password = password

    def call(self, *words): return [self.binary, "--quiet", *words]
    @classmethod
    def version(cls): return [cls.binary, "--version"]
    def init(self): return self.call("init", *([] if self.password else ["--no-password"]))

    def backup(self, tree, compression="fast"):
        return self.call("snapshot", f"{tree}=data", "--compression", compression)

    def restore(self, to): return self.call("restore", "--to", to)
    def verify(self): return self.call("verify", "--data")

    def json(self, *words):
        """What a command says with --json."""
        said = subprocess.run([*self.call(*words), "--json"], env=self.environment, capture_output=True, check=True)
        return json.loads(said.stdout)

    def catalog_size(self):
        return sum(path.stat().st_size for path in self.repository.glob("catalog.db*"))


class Restic(Program):
    name, package = "restic", "restic"

    def __init__(self, place):
        super().__init__(place, RESTIC_PASSWORD=PASSWORD, RESTIC_REPOSITORY=Path(place) / "repository",
                         RESTIC_CACHE_DIR=Path(place) / "cache")

    @staticmethod
    def version(): return ["restic", "version"]

    # Made as version 2 of its format, which compresses; so do newer releases by themselves.
    def init(self): return ["restic", "init", "-q", "--repository-version", "2"]
    def backup(self, tree): return ["restic", "backup", "-q", tree]
    def restore(self, to): return ["restic", "restore", "-q", "latest", "--target", to]
    def verify(self): return ["restic", "check", "-q", "--read-data"]


class Borg(Program):
    name, package = "borg", "borgbackup"

    def __init__(self, place):
        super().__init__(place, BORG_PASSPHRASE=PASSWORD, BORG_REPO=Path(place) / "repository",
                         BORG_BASE_DIR=Path(place) / "base", BORG_RELOCATED_REPO_ACCESS_IS_OK="yes")
        self.archives = 0

    @staticmethod
    def version(): return ["borg", "--version"]
    def init(self): return ["borg", "init", "--encryption", "repokey-blake2"]

    def backup(self, tree):
        self.archives += 1
        return ["borg", "create", "--compression", "lz4", f"::{self.archives}", tree]

    def restore(self, to):
        """Borg restores into the working folder."""
        Path(to).mkdir()
        self.folder = Path(to)
        return ["borg", "extract", f"::{self.archives}"]

    def verify(self):
        return ["borg", "check", "--verify-data"]


class Copy:
    """`cp -a`, the bound that the file system sets on restoring."""

    name, environment, folder = "cp -a", None, None

    def __init__(self, tree): self.tree = tree
    def restore(self, to): return ["cp", "-a", self.tree, to]


REPOSITORIES = {kind.name: kind for kind in (Jstore, Restic, Borg)}
