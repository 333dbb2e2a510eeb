"""BLAKE3 of one file in the page cache, on one thread, in buffers of 1 MiB; against `b3sum`, which maps the file."""
import subprocess
import sys
from pathlib import Path

from ..machine import install, say, warm
from ..table import Line

ROWS = ["blake3"]
GOAL = 0.6
ROOT = Path(__file__).resolve().parents[3]
BUILT = ROOT / "artifacts/bench-blake3"


def run(bench):
    if not bench.wants("blake3"):
        return
    install("b3sum", "b3sum")
    publish()
    file = bench.data.hashed()
    warm(file.parent)
    commands = {"jstore": [BUILT / "bench-blake3", file], "b3sum": ["b3sum", "--num-threads", "1", file]}
    if len({digest(command) for command in commands.values()}) != 1:
        bench.failures.append("blake3: the two programs do not agree on the hash")
    bench.rest()
    for _ in range(bench.runs):
        for name, command in commands.items():
            bench.call("blake3", name, command)
    tell(bench, file.stat().st_size)


def publish():
    """Native code, for the instruction sets of the real program."""
    say("building bench/Blake3")
    subprocess.run(["dotnet", "publish", ROOT / "bench/Blake3/Blake3.csproj", "-c", "Release", "--use-current-runtime",
                    "--nologo", "-v", "quiet", "-o", BUILT], check=True, stdout=sys.stderr)


def digest(command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[0]


def tell(bench, size):
    speeds = {name: size / bench.median("blake3", name) / 1e9 for name in ("jstore", "b3sum")}
    ratio = speeds["jstore"] / speeds["b3sum"]
    bench.lines.append(Line(f"BLAKE3, one thread, 1 MiB buffers, {size >> 20:,} MiB",
                            {name: f"{speed:.2f} GB/s" for name, speed in speeds.items()},
                            f"{ratio:.2f} × as fast as b3sum", f"≥ {GOAL} ×", ratio >= GOAL))
