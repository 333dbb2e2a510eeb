"""The table: a line a figure, its goal beside it and whether it is met."""
from dataclasses import dataclass, field

BEGIN, END = "<!-- bench/run: begin -->", "<!-- bench/run: end -->"


@dataclass
class Line:
    """One line. `met` is None where no goal was set."""
    work: str
    figures: dict = field(default_factory=dict)  # a program's name → what it took, as text
    ratio: str = ""
    goal: str = ""
    met: bool = None


@dataclass(frozen=True)
class Judged:
    """A figure against its goal: the last three columns."""
    ratio: str = ""
    goal: str = ""
    met: bool = None


def faster(ours, theirs, name, goal=None):
    """How many times faster; the goal is the least."""
    ratio = theirs / max(ours, 1e-9)
    return Judged(f"{ratio:.2f} × faster than {name}", f"≥ {goal:g} ×" if goal else "", ratio >= goal if goal else None)


def share(ours, theirs, name, goal=None):
    """Ours as a part of theirs; the goal is the most."""
    ratio = ours / max(theirs, 1e-9)
    return Judged(f"{ratio:.2f} × {name}", f"≤ {goal:g} ×" if goal else "", ratio <= goal if goal else None)


def at_most(value, goal, unit):
    """A figure that stands by itself."""
    return Judged("", f"≤ {goal:g} {unit}", value <= goal)


def line(work, figures, judged):
    return Line(work, figures, judged.ratio, judged.goal, judged.met)


def markdown(lines, programs):
    """The table; `programs` are the columns between the work and the ratio, all others go into one called 'other'."""
    rows = [["work", *programs, "other", "ratio", "goal", "met"]]
    for one in lines:
        others = [f"{name} {text}" for name, text in one.figures.items() if name not in programs]
        met = "" if one.met is None else "yes" if one.met else "**no**"
        figures = [one.figures.get(name, "") for name in programs]
        rows.append([one.work, *figures, ", ".join(others), one.ratio, one.goal, met])
    if not any(row[len(programs) + 1] for row in rows[1:]):
        rows = [row[:len(programs) + 1] + row[len(programs) + 2:] for row in rows]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def has_markers(text):
    return text.count(BEGIN) == text.count(END) == 1 and text.index(BEGIN) < text.index(END)


def put_between_markers(text, table):
    """The text with what stands between the two marker comments replaced; all else is kept."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 0.1 else f"{value:.2f} s"


def megabytes(size):
    return f"{size / 1e6:.1f} MB" if size < 1e8 else f"{size / 1e6:,.0f} MB"
