"""The machine: what is installed, what it is, and whether it is quiet."""
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

busy_waits = []  # how long, in seconds, was waited in vain for the machine to be idle


def install(program, package):
    """Installs a Debian package when its program is missing; as root."""
    if shutil.which(program) is None:
        say(f"installing {package}")
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package],
                       check=True, stdout=sys.stderr)


def say(text):
    print(text, file=sys.stderr, flush=True)


def settle(limit):
    """Waits until what was written is on the disk and the processors are idle, at most `limit` seconds for the latter.

    What a step leaves to be done must not be charged to the next one.
    """
    os.sync()
    began = time.monotonic()
    while time.monotonic() - began < limit:
        if busy_share(0.25) < 0.08:
            return
    if limit > 0:
        busy_waits.append(limit)


def busy_share(seconds):
    """The share of all processors that worked or waited for the disk during the next seconds."""
    before = processor_times()
    time.sleep(seconds)
    passed = [now - then for now, then in zip(processor_times(), before)]
    return 1 - passed[3] / max(1, sum(passed))


def processor_times():
    return [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def warm(tree):
    """Brings all files of a tree into the page cache."""
    buffer = bytearray(1 << 20)
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                with open(path, "rb", buffering=0) as file:
                    while file.readinto(buffer):
                        pass


def description():
    """Processor, cores, memory and kernel, as the figures' reader wants to know them."""
    processor = next((line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                      if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release()}"


def file_system(folder):
    said = subprocess.run(["stat", "-f", "-c", "%T", str(folder)], capture_output=True, text=True).stdout.strip()
    return said.replace("ext2/ext3", "ext4")


def version(command):
    """The first word with a digit that a program prints about itself."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return next((word for word in said.split() if any(letter.isdigit() for letter in word)), "?")
