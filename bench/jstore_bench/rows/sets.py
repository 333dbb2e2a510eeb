"""The daily work on each data set, each program in turn: first snapshot, nothing changed, verify, restore all."""
from ..machine import say, warm
from ..places import goes_at_once, size_of
from ..programs import REPOSITORIES, Copy, Jstore
from ..table import megabytes
from .set_lines import SetLines

SETS = ("kernel", "small", "noise")
WORKS = ("first", "unchanged", "restore", "verify", "stored", "high")
ROWS = [f"{name}-{work}" for name in SETS for work in WORKS]


def run(bench):
    for name in SETS:
        if bench.wants(*(f"{name}-{work}" for work in WORKS)):
            bench.attempt(name, lambda: DataSet(bench, name).run())


class DataSet:
    def __init__(self, bench, name):
        self.bench, self.name = bench, name
        self.tree = getattr(bench.data, name)()
        self.size, self.files = size_of(self.tree)

    def wants(self, *works):
        return self.bench.wants(*(f"{self.name}-{work}" for work in works))

    def run(self):
        bench = self.bench
        kept = 1 if goes_at_once(self.size, self.files) else bench.runs
        bench.places.require(kept * (len(bench.programs) + 1) * 1.3 * self.size, self.name)
        if self.wants(*WORKS[:5]):
            for turn in range(bench.runs):
                say(f"{self.name}, turn {turn + 1} of {bench.runs}: {self.files:,} files, {megabytes(self.size)}")
                self.turn(turn)
        if self.wants("high"):
            self.high()
        SetLines(bench, self.name, self.files).tell()

    def turn(self, turn):
        """Every program once; another one begins each turn."""
        warm(self.tree)
        names = [*self.bench.programs, Copy.name]
        begin = turn % len(names)
        for name in names[begin:] + names[:begin]:
            if name != Copy.name:
                self.work(REPOSITORIES[name])
            elif self.wants("restore"):
                self.restore(Copy(self.tree))

    def work(self, kind):
        tool = self.first(kind, "first")
        if self.wants("unchanged"):
            self.step("unchanged", tool, tool.backup(self.tree))
        if self.wants("verify"):
            self.step("verify", tool, tool.verify())
        if self.wants("restore"):
            self.restore(tool)
        self.bench.places.leave(tool.place)

    def first(self, kind, work, **options):
        """A new repository with the first snapshot in it, weighed."""
        tool = kind(self.bench.places.fresh(f"{self.name}-{kind.name}"))
        self.step("init", tool, tool.init())
        self.step(work, tool, tool.backup(self.tree, **options))
        self.bench.weigh(f"{self.name}-{work}", tool.name, size_of(tool.repository)[0])
        if kind is Jstore:
            self.bench.weigh(f"{self.name}-{work}", "catalog", tool.catalog_size())
        return tool

    def restore(self, tool):
        """Restores everything, and looks whether it did: a quick restore of something else would be worth nothing."""
        out = self.bench.places.fresh(f"{self.name}-{tool.name}-out")
        self.step("restore", tool, tool.restore(out / "all"))
        # jstore brings it along, beside what was captured.
        (out / "all" / "MANIFEST.md").unlink(missing_ok=True)
        found = size_of(out)
        if found != (self.size, self.files):
            self.bench.failures.append(
                f"{self.name}-restore: {tool.name} restored {found[1]:,} files, {found[0]:,} bytes; "
                f"{self.files:,} files, {self.size:,} bytes were expected")
        self.bench.places.leave(out)

    def high(self):
        """Stored once more by jstore, at its high compression, beside restic."""
        warm(self.tree)
        self.bench.places.leave(self.first(Jstore, "high", compression="high").place)
        if "restic" in self.bench.programs and self.bench.size(f"{self.name}-first", "restic") is None:
            self.bench.places.leave(self.first(REPOSITORIES["restic"], "first").place)

    def step(self, work, tool, command):
        self.bench.step(f"{self.name}-{work}", tool, command)
