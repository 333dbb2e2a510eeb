#!/usr/bin/env python3
"""Reads a JadaStore repository without jstore: written from docs/format.md alone, to show that it suffices.

    read_repo.py REPO list                      the snapshots, oldest first
    read_repo.py REPO ls SNAPSHOT               every entry: kind, size, digest, path
    read_repo.py REPO cat SNAPSHOT PATH         one file to standard output
    read_repo.py REPO restore SNAPSHOT DIR      everything, into a new or empty folder
    read_repo.py REPO forgotten                 the snapshots that jstore can bring back
    read_repo.py REPO pins                      the ids of those that never go
    read_repo.py REPO mend PACK FILE            a damaged or lost pack as it was, by its parity, into a new file

SNAPSHOT is a name, the first digits of an id, or `latest`; PATH begins with the source's root, as `ls` prints it.
The password is taken from JSTORE_PASSWORD. Needs cryptography, lz4 and argon2-cffi (Debian: python3-cryptography,
python3-lz4, python3-argon2). Exit codes: 0 done, 1 failed, 2 usage, 10 no repository, 12 wrong password, 13 damage.
"""
import os
import sys

try:
    from reader.codec import Failure, from_hex, shown
    from reader.parity import mend as mended
    from reader.repository import Repository
    from reader.restore import Restore
    from reader.tree import Tree
except ModuleNotFoundError as e:
    sys.exit(f"read_repo: {e}; on Debian: apt install python3-cryptography python3-lz4 python3-argon2")


def list_snapshots(repository):
    for name, record in repository.snapshots().items():
        entries = sum(source.get("entries", 0) for source in record["sources"])
        size = sum(source.get("bytes", 0) for source in record["sources"])
        print(f"{record['name']}  {record['time']}  {name}  {entries} entries  {size} bytes")
    return 0


def ls(repository, word):
    for source in repository.find(word)["sources"]:
        tree = Tree(repository, source)
        for entry in tree.walk():
            more = f" -> {shown(entry.target)}" if entry.target else f" = {shown(entry.link)}" if entry.link else ""
            digest = entry.digest.hex() if entry.digest else "-"
            print(f"{entry.kind:9} {entry.size:>12} {digest:64} {shown(tree.root + b'/' + entry.path)}{more}")
    return 0


def cat(repository, word, path):
    path = os.fsencode(path)
    sources = sorted(repository.find(word)["sources"], key=lambda source: -len(source["root"]))
    for tree in (Tree(repository, source) for source in sources):
        if path.startswith(tree.root + b"/") and (entry := tree.find(path[len(tree.root) + 1:])):
            for data in tree.content(entry):
                sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return 0
    raise Failure(f"there is no {shown(path)} in {word}", 1)


def restore(repository, word, folder):
    return Restore(folder).run(repository, repository.find(word))


def forgotten(repository):
    for document, record in repository.forgotten():
        print(f"{record['name']}  {record['time']}  {document['snapshot']}  forgotten {document['forgotten']}: {document.get('reason', '')}")
    return 0


def pins(repository):
    for name, document in repository.documents("pins", b"JSTOREPI"):
        print(f"{name}  pinned {document['pinned']}: {document.get('reason', '')}")
    return 0


def mend(repository, pack, file):
    name = from_hex(pack, 16, pack)
    there, parity = (repository.folder / kind / pack[:2] / pack for kind in ("packs", "parity"))
    data = mended(name, there.read_bytes() if there.exists() else b"", parity.read_bytes())
    with open(file, "xb") as out:
        out.write(data)
    return 0


COMMANDS = {"forgotten": (forgotten, 0), "pins": (pins, 0), "list": (list_snapshots, 0), "ls": (ls, 1), "cat": (cat, 2), "restore": (restore, 2), "mend": (mend, 2)}


def main(arguments):
    if len(arguments) < 2 or arguments[1] not in COMMANDS or len(arguments) - 2 != COMMANDS[arguments[1]][1]:
        print(__doc__, file=sys.stderr)
        return 2
    password = os.environb.get(b"JSTORE_PASSWORD") or None
    try:
        return COMMANDS[arguments[1]][0](Repository(arguments[0], password), *arguments[2:])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output went away
        return 1
    except (Failure, OSError) as e:
        print(f"read_repo: {e}", file=sys.stderr)
        return e.code if isinstance(e, Failure) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
