"""The catalog made anew from the packs of a repository with a million chunks: as many files, no two the same."""
from ..programs import Jstore
from ..table import at_most, line, seconds
from ..trees import Tree

ROWS = ["rebuild"]
GOAL = 30  # seconds


def run(bench):
    if not bench.wants("rebuild"):
        return
    tree = Tree(bench.data, 20_000 if bench.quick else 1_000_000, distinct=True)
    tool = Jstore(bench.places.fresh("rebuild"))
    bench.step("rebuild-init", tool, tool.init())
    bench.step("rebuild-snapshot", tool, tool.backup(tree.folder))
    chunks = tool.json("stats")["chunks"]
    for _ in range(bench.runs):
        bench.step("rebuild", tool, tool.call("catalog", "rebuild"))
    if tool.json("stats")["chunks"] != chunks or chunks < tree.count:
        bench.failures.append(f"rebuild: the catalog does not hold {chunks} chunks as before")
    took = bench.median("rebuild", "jstore")
    bench.lines.append(line(f"catalog rebuilt, {chunks:,} chunks", {"jstore": seconds(took)}, at_most(took, GOAL, "s")))
    bench.places.leave(tool.place)
