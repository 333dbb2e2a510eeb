"""The lines of one data set, with the goals that hold for it."""
from ..programs import Copy
from ..table import Judged, at_most, faster, line, megabytes, seconds, share

MEMORY_GOAL = 150


class SetLines:
    """Goals for the first snapshot are the kernel tree's; those for stored bytes leave out what does not compress."""

    def __init__(self, bench, name, files):
        self.bench, self.name, self.files = bench, name, files
        self.kernel, self.noise = name == "kernel", name == "noise"

    def tell(self):
        if self.wants("first"):
            self.wall("first snapshot", "first", 3 if self.kernel else None)
            self.cpu("first snapshot, CPU", "first", 0.5 if self.kernel else None)
            self.peak("first snapshot, peak memory", "first")
        if self.wants("unchanged"):
            self.wall("nothing changed", "unchanged", 8)
            if not self.noise:
                self.cpu_a_file("nothing changed, CPU a file", "unchanged")
        if self.wants("restore"):
            self.wall("restore all", "restore", 2)
            self.peak("restore all, peak memory", "restore")
            self.against_copy("restore all, against a copy", "restore")
        if self.wants("verify"):
            self.wall("verify every byte", "verify", 2)
        if self.wants("stored"):
            self.stored("stored bytes, LZ4 fast", "first", "borg", None if self.noise else 0.93)
        if self.wants("high"):
            self.stored("stored bytes, `--compression high`", "high", "restic", None if self.noise else 1.10)

    def wall(self, title, work, goal):
        ours, theirs = (self.bench.median(self.row(work), name) for name in ("jstore", "restic"))
        figures = self.bench.medians(self.row(work), self.bench.programs, seconds)
        self.add(title, figures, faster(ours, theirs, "restic", goal) if theirs else Judged())

    def cpu(self, title, work, goal):
        ours, theirs = (self.bench.median(self.row(work), name, "cpu") for name in ("jstore", "restic"))
        figures = self.bench.medians(self.row(work), self.bench.programs, seconds, "cpu")
        self.add(title, figures, share(ours, theirs, "restic", goal) if theirs else Judged())

    def peak(self, title, work):
        figures = self.bench.medians(self.row(work), self.bench.programs, lambda peak: f"{peak:.0f} MB", "peak")
        self.add(title, figures, at_most(self.bench.median(self.row(work), "jstore", "peak"), MEMORY_GOAL, "MB"))

    def cpu_a_file(self, title, work):
        def shown(cpu): return f"{cpu / self.files * 1e6:.1f} µs"
        figures = self.bench.medians(self.row(work), self.bench.programs, shown, "cpu")
        ours = self.bench.median(self.row(work), "jstore", "cpu") / self.files * 1e6
        self.add(title, figures, at_most(ours, 20, "µs"))

    def against_copy(self, title, work):
        ours, theirs = (self.bench.median(self.row(work), name) for name in ("jstore", Copy.name))
        figures = self.bench.medians(self.row(work), ["jstore", Copy.name], seconds)
        self.add(title, figures, share(ours, theirs, f"`{Copy.name}`", 0.8))

    def stored(self, title, work, peer, goal):
        """Everything in the repository's folder: for jstore that counts its catalog, a cache such as the others keep
        elsewhere."""
        ours, theirs = self.bench.size(self.row(work), "jstore"), self.bench.size(self.row("first"), peer)
        catalog = self.bench.size(self.row(work), "catalog")
        figures = {"jstore": f"{megabytes(ours)}, catalog {megabytes(catalog)} of it"}
        if theirs:
            figures[peer] = megabytes(theirs)
        self.add(title, figures, share(ours, theirs, peer, goal) if theirs else Judged())

    def wants(self, work): return self.bench.wants(self.row(work))
    def row(self, work): return f"{self.name}-{work}"
    def add(self, title, figures, judged): self.bench.lines.append(line(f"{self.name}: {title}", figures, judged))
