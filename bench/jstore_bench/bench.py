"""What every row needs: which rows are wanted, how often, on what data, and where the lines and raw figures go."""
import json
import statistics
import subprocess
from dataclasses import dataclass, field

from . import machine
from .meter import CommandFailed, measure
from .places import NoRoom


@dataclass
class Bench:
    wanted: set  # names of rows
    runs: int
    quick: bool
    data: object
    places: object
    programs: list  # names of those with repositories, jstore among them
    lines: list = field(default_factory=list)
    usages: dict = field(default_factory=dict)  # 'row/program' → what each run took
    sizes: dict = field(default_factory=dict)  # 'row/program' → bytes, each run
    failures: list = field(default_factory=list)

    def wants(self, *rows):
        return any(row in self.wanted for row in rows)

    def attempt(self, name, work):
        """What fails is said at the end; it does not cost the other rows."""
        try:
            work()
        except (CommandFailed, NoRoom, OSError, subprocess.CalledProcessError) as failure:
            self.failures.append(f"{name}: {failure}")
            machine.say(f"failed: {failure}")

    def rest(self):
        machine.settle(0 if self.quick else 30)

    def step(self, row, tool, command):
        """Measures one call of a program, after everything before it has come to rest."""
        self.rest()
        usage = self.call(row, tool.name, command, tool.environment, tool.folder)
        machine.say(f"{row}: {tool.name} {usage.wall:.2f} s, CPU {usage.cpu:.2f} s, {usage.peak:.0f} MB")
        return usage

    def call(self, row, name, command, environment=None, folder=None):
        """Measures one call, now."""
        usage = measure(command, environment, folder)
        self.usages.setdefault(f"{row}/{name}", []).append(usage)
        return usage

    def weigh(self, row, name, size):
        self.sizes.setdefault(f"{row}/{name}", []).append(size)

    def median(self, row, name, number="wall"):
        """Of wall, cpu or peak over the runs; None when there was none."""
        runs = self.usages.get(f"{row}/{name}")
        return statistics.median(getattr(usage, number) for usage in runs) if runs else None

    def medians(self, row, names, shown, number="wall"):
        """The figures of a line: of each program that ran, as text."""
        values = {name: self.median(row, name, number) for name in names}
        return {name: shown(value) for name, value in values.items() if value is not None}

    def size(self, row, name):
        """The median of the bytes; None when there are none."""
        sizes = self.sizes.get(f"{row}/{name}")
        return statistics.median(sizes) if sizes else None

    def save(self, path):
        """The raw figures, run by run: wall and CPU seconds, peak MB; bytes."""
        path.write_text(json.dumps({"usages": self.usages, "sizes": self.sizes}, indent=1) + "\n")
