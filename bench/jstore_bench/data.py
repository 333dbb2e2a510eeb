"""The data that is worked on, made or fetched once below one folder and kept. All that is made comes from a seed."""
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from .machine import say

KERNEL = "linux-source-6.1"


class Data:
    """Each method gives a folder, making it at the first call. `quick` gives small ones for a try."""

    def __init__(self, folder, quick):
        self.folder, self.quick = folder.resolve(), quick
        self.folder.mkdir(parents=True, exist_ok=True)

    def kernel(self, age="new"):
        """The tree of the newest or the oldest release of Debian's kernel sources; quick: one folder of it."""
        tree = (self.once(f"kernel-{age}", lambda folder: fetch_kernel(folder, newest=age == "new")) / KERNEL).resolve()
        return tree / "fs" if self.quick else tree

    def kernel_version(self, age):
        return (self.folder / f"kernel-{age}" / "version").read_text().strip()

    def small(self):
        """50,000 files of 4 KiB of made words."""
        count = 2_000 if self.quick else 50_000
        return self.once(f"small-{count}", lambda folder: make_small(folder, count))

    def noise(self):
        """2 GB of files that do not compress."""
        count = 4 if self.quick else 200
        return self.once(f"noise-{count}", lambda folder: make_noise(folder, count))

    def inserted(self, age):
        """A folder with a file of 200 MB; `new`: with 1 KB more in the middle."""
        size = 20_000_000 if self.quick else 200_000_000
        return self.once(f"inserted-{size}", lambda folder: make_inserted(folder, size)) / age

    def hashed(self):
        """One file to be hashed."""
        size = 1 << (27 if self.quick else 30)
        return self.once(f"hashed-{size}", lambda folder: write_noise(folder / "noise", "hashed", size)) / "noise"

    def once(self, name, make):
        """Made under another name first, so that half a set is never taken for a whole one."""
        folder = self.folder / name
        if not folder.exists():
            say(f"making {folder}")
            unfinished = self.folder / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
        return folder


def fetch_kernel(folder, newest):
    """Downloads one release that Debian offers now and unpacks the tree in it."""
    said = subprocess.run(["apt-cache", "madison", KERNEL], capture_output=True, text=True, check=True).stdout
    versions = [line.split("|")[1].strip() for line in said.splitlines() if "Packages" in line]
    if not versions:
        raise FileNotFoundError(f"apt offers no {KERNEL}; put trees into {folder.parent}/kernel-new and kernel-old")
    version = versions[0] if newest else versions[-1]
    subprocess.run(["apt-get", "download", "-q", f"{KERNEL}={version}"], cwd=folder, check=True, stdout=sys.stderr)
    package = next(folder.glob("*.deb"))
    subprocess.run(["dpkg", "-x", package, folder / "package"], check=True)
    subprocess.run(["tar", "-C", folder, "-xf", folder / f"package/usr/src/{KERNEL}.tar.xz"], check=True)
    shutil.rmtree(folder / "package")
    package.unlink()
    (folder / "version").write_text(version + "\n")


def make_small(folder, count):
    dice = random.Random("small")
    letters, common = "etaoinshrdlucmfwypvbgkjqxz", range(26, 0, -1)
    words = ["".join(dice.choices(letters, common, k=dice.randint(2, 10))) for _ in range(5_000)]
    frequency = [1 / rank for rank in range(1, len(words) + 1)]
    phrases = [" ".join(dice.choices(words, frequency, k=4)) + dice.choice(" \n,") for _ in range(50_000)]
    for number in range(count):
        text = f"{number}\n" + "".join(dice.choices(phrases, k=400))
        write(folder, number, text[:4096].encode())


def make_noise(folder, count):
    for number in range(count):
        write_noise(folder / f"{number:03}.bin", number, 10_000_000)


def make_inserted(folder, size):
    content = random.Random("inserted").randbytes(size)
    (folder / "old").mkdir()
    (folder / "old/file.bin").write_bytes(content)
    (folder / "new").mkdir()
    (folder / "new/file.bin").write_bytes(
        content[:size // 2] + random.Random("insertion").randbytes(1000) + content[size // 2:])


def write_noise(path, seed, size):
    noise = random.Random(seed)
    with open(path, "wb") as file:
        for begin in range(0, size, 1 << 20):
            file.write(noise.randbytes(min(1 << 20, size - begin)))


def write(folder, number, content):
    """The file of a number, in a folder of 1,000."""
    path = file_path(folder, number)
    if number % 1000 == 0:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb", buffering=0) as file:
        file.write(content)


def file_path(folder, number):
    return f"{folder}/{number // 1000:04}/{number:07}.txt"
