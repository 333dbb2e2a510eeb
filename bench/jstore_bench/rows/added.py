"""What a second version adds to a repository: two releases of the kernel, and a file of 200 MB with 1 KB inserted."""
from ..machine import warm
from ..places import size_of
from ..programs import REPOSITORIES, Jstore
from ..table import Judged, line, megabytes, share

WORKS = {"kernel": "second release of the kernel", "inserted": "1 KB inserted into 200 MB"}
ROWS = [f"added-{name}" for name in WORKS]
HIGH = "jstore --compression high"


def run(bench):
    for name in WORKS:
        row = f"added-{name}"
        if bench.wants(row):
            versions = [getattr(bench.data, name)(age) for age in ("old", "new")]
            for program in bench.programs:
                add(bench, row, program, REPOSITORIES[program], versions)
            if name == "kernel":
                add(bench, row, HIGH, Jstore, versions, compression="high")
            tell(bench, row, WORKS[name])


def add(bench, row, name, kind, versions, **options):
    """One run: sizes do not vary by much."""
    tool = kind(bench.places.fresh(f"{row}-{kind.name}"))
    bench.step(f"{row}-init", tool, tool.init())
    before = 0
    for tree in versions:
        warm(tree)
        bench.step(f"{row}-snapshot", tool, tool.backup(tree, **options))
        added, before = size_of(tool.repository)[0] - before, size_of(tool.repository)[0]
    bench.weigh(row, name, added)
    bench.places.leave(tool.place)


def tell(bench, row, title):
    sizes = {name: bench.size(row, name) for name in [*bench.programs, HIGH]}
    figures = {name: megabytes(size) for name, size in sizes.items() if size is not None}
    peers = {name: sizes[name] for name in bench.programs if name != "jstore"}
    if row == "added-kernel":
        title += f" ({bench.data.kernel_version('old')} → {bench.data.kernel_version('new')})"
    best = min(peers, key=peers.get, default=None)
    judged = share(sizes["jstore"], peers[best], best, 1) if best else Judged()
    bench.lines.append(line(f"bytes added: {title}", figures, judged))
