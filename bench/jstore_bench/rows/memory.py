"""Peak memory over 50,000 files and over a million.

Without a password, whose key takes 64 MiB to derive and would hide what the work itself takes; and once with one.
"""
from ..machine import warm
from ..programs import Jstore
from ..table import Line
from ..trees import Tree

WORKS = {"first": "first snapshot", "unchanged": "nothing changed", "verify": "verify every byte",
         "restore": "restore all", "password": "first snapshot with a password"}
ROWS = [f"memory-{work}" for work in WORKS]
GOAL = 150
FLAT = 1.1  # what still counts as the same


def run(bench):
    if not bench.wants(*ROWS):
        return
    counts = [2_000, 20_000] if bench.quick else [50_000, 1_000_000]
    for count in counts:
        tree = Tree(bench.data, count)
        tree.to_state(changed=False)
        warm(tree.folder)
        work(bench, tree)
        if bench.wants("memory-password"):
            tool = Jstore(bench.places.fresh(f"memory-{count}"))
            steps(bench, tree, tool, {"init": tool.init(), "password": tool.backup(tree.folder)})
    for work_name in WORKS:
        if bench.wants(f"memory-{work_name}"):
            tell(bench, work_name, counts)


def work(bench, tree):
    """One run of each: memory does not vary by much, and a million files are many to restore."""
    tool = Jstore(bench.places.fresh(f"memory-{tree.count}"), password=False)
    steps(bench, tree, tool, {
        "init": tool.init(), "first": tool.backup(tree.folder), "unchanged": tool.backup(tree.folder),
        "verify": tool.verify(), "restore": tool.restore(tool.place / "out")})


def steps(bench, tree, tool, commands):
    for name, command in commands.items():
        if name in ("init", "first") or bench.wants(f"memory-{name}"):
            bench.step(f"memory-{name}-{tree.count}", tool, command)
    bench.places.leave(tool.place)


def tell(bench, work_name, counts):
    few, many = (bench.median(f"memory-{work_name}-{count}", "jstore", "peak") for count in counts)
    bench.lines.append(Line(
        f"peak memory, {WORKS[work_name]}, {counts[0]:,} and {counts[1]:,} files",
        {"jstore": f"{few:.0f} MB and {many:.0f} MB"},
        f"{many / few:.2f} ×", f"≤ {GOAL} MB, the same", max(few, many) <= GOAL and many <= few * FLAT))
