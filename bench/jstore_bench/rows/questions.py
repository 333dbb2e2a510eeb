"""Questions to repositories of ten thousand to a million entries: diff, cat, list; each less the start-up it shares."""
from ..machine import say
from ..programs import Jstore
from ..table import Line, at_most, line, seconds
from ..trees import CHANGES, Tree

ROWS = ["diff", "cat", "list"]
GOAL = 100  # milliseconds after start-up
LIST_GOAL = 60  # milliseconds, whole process


def run(bench):
    if not bench.wants(*ROWS):
        return
    counts = [10_000, 40_000] if bench.quick else [10_000, 100_000, 1_000_000]
    for count in counts if bench.wants("diff") else counts[-1:]:
        ask(bench, Tree(bench.data, count))
    tell(bench, counts)


def ask(bench, tree):
    """Two snapshots with 100 changes between them, then each question in turn, many times: they take milliseconds."""
    say(f"questions: {tree.count:,} entries")
    tool = Jstore(bench.places.fresh(f"questions-{tree.count}"), password=False)
    bench.step("questions-init", tool, tool.init())
    for changed in (False, True):
        tree.to_state(changed)
        bench.step(f"questions-snapshot-{tree.count}", tool, tool.backup(tree.folder))
    tree.to_state(changed=False)
    check(bench, tool)
    commands = {"list": tool.call("list"), "diff": tool.call("diff", "latest~1", "latest", "--name-status"),
                "cat": tool.call("cat", "latest", f"local/data/{tree.middle()}")}
    bench.rest()
    for _ in range(5 if bench.quick else max(21, bench.runs)):
        for name, command in commands.items():
            bench.call(f"{name}-{tree.count}", tool.name, command, tool.environment)
    bench.places.leave(tool.place)


def check(bench, tool):
    """The diff must find the changes made, no more and no less."""
    found = sum(tool.json("diff", "latest~1", "latest")["summary"][kind] for kind in ("added", "removed", "modified"))
    if found != CHANGES:
        bench.failures.append(f"diff: {found} changes found, not {CHANGES}")


def after_start(bench, name, count):
    """Milliseconds of the median question, less those of the median `list` of the same repository."""
    return (bench.median(f"{name}-{count}", "jstore") - bench.median(f"list-{count}", "jstore")) * 1000


def tell(bench, counts):
    most = counts[-1]
    if bench.wants("diff"):
        for count in counts:
            took = after_start(bench, "diff", count)
            bench.lines.append(line(f"diff with {CHANGES} changes, {count:,} entries, after start-up",
                                    {"jstore": f"{took:.0f} ms"}, at_most(took, GOAL, "ms")))
        low, high = (max(0.5, after_start(bench, "diff", count)) for count in (counts[0], most))
        # A hundred times the entries: up to three times is the way to a change, which is a page or two longer.
        bench.lines.append(Line(f"diff, {most:,} entries against {counts[0]:,}", {}, f"{high / low:.1f} ×",
                                "follows the changes: ≤ 3 ×", high / low <= 3))
    if bench.wants("cat"):
        took = after_start(bench, "cat", most)
        bench.lines.append(line(f"one file out of {most:,} entries, after start-up", {"jstore": f"{took:.0f} ms"},
                                at_most(took, GOAL, "ms")))
    if bench.wants("list"):
        took = bench.median(f"list-{most}", "jstore")
        bench.lines.append(line("`jstore list`, no password, whole process", {"jstore": seconds(took)},
                                at_most(took * 1000, LIST_GOAL, "ms")))
