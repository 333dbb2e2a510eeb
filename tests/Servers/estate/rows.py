"""What a service's rows make of answers, read a second time: not from jstore's code, but from docs/aws.md.

A `Tree` holds what a source must have: {path: ("json", value, shape, row) | ("bytes", bytes) | ("text", text)}, the
paths of faults, where content begins that is another collector's, and which documents of which kinds were seen.
"""
import base64
import json
import pathlib
import urllib.parse

import botocore.session

from asking import Failed
from members import Lacks, at, every, filled, holds, join, known, put, shape_at  # noqa: F401 - for others too

MODELS = pathlib.Path(__file__).resolve().parents[3] / "src" / "Collectors" / "Aws" / "Models"
UNSUPPORTED = {"NotImplemented", "MethodNotAllowed", "UnknownOperationException", "UnknownOperation", "InvalidAction",
               "UnsupportedOperation", "UnsupportedOperationException", "405", "501"}


def names():
    """The services that have rows."""
    return sorted(path.stem for path in MODELS.glob("*.json") if "resources" in json.loads(path.read_text()))


class Tree:
    def __init__(self, service, asking, account="123456789012"):
        self.model = json.loads((MODELS / f"{service}.json").read_text())
        self.service, self.asking, self.account = service, asking, account
        self.shapes = botocore.session.get_session().get_service_model(service)
        self.documents, self.faults, self.content, self.seen, self.asked = {}, set(), [], set(), {}

    def walk(self, regions):
        everywhere = self.model["scope"] == "global"
        for kind in self.model["resources"]:
            one = ["us-east-1"] if "us-east-1" in regions else sorted(regions)[:1]
            chosen = regions[:1] if everywhere else one if kind.get("once") else kind.get("regions", regions)
            for region in chosen:
                folder = "" if everywhere or "regions" in kind or kind.get("once") else region
                self.kind(kind, {"@region": region, "@account": self.account}, folder, "")

    def rows(self):
        """The documents of all kinds, whether there are any or not."""
        def within(kind, outer):
            name = outer + kind["name"]
            yield from (f"{name}: {row['file']}" for row in kind.get("documents", []) if "file" in row)
            for below in kind.get("resources", []):
                yield from within(below, name + ".")
        return {row for kind in self.model["resources"] for row in within(kind, "")}

    def moving(self):
        """The names of what is dropped, for it changes by itself."""
        def within(kind):
            yield from (path.rpartition(".")[2] for row in kind.get("documents", []) for path in row.get("drop", []))
            for below in kind.get("resources", []):
                yield from within(below)
        return {name for kind in self.model["resources"] for name in within(kind)}

    def is_content(self, path):
        """Whether another collector has made it, of an item's content."""
        return path not in self.documents and any(
            path.startswith((f"{folder}/code", f"{folder}/content", f"{folder}/image.json")) for folder in self.content)

    def ask(self, operation, given, region):
        key = region, operation, json.dumps(given, sort_keys=True)
        if key not in self.asked:
            try:
                self.asked[key] = self.asking(
                    self.service, region, operation, given, self.model["operations"][operation].get("page"))
            except Failed as failed:
                self.asked[key] = failed
        if isinstance(self.asked[key], Failed):
            raise self.asked[key]
        return self.asked[key]

    def kind(self, row, scope, folder, within):
        name = f"{within}{row['name']}"
        here = join(folder, row["folder"].split("{")[0].rpartition("/")[0] if "{" in row["folder"] else row["folder"])
        outer = scope.get("", {"item": None, "shape": None})
        try:
            if "list" in row:
                answer, shape = self.answer(row["list"], row["input"], scope)
            else:
                answer, shape = outer["item"], outer["shape"]
        except Failed as failed:
            if str(failed) not in {*row.get("absent", []), *row.get("unsupported", []), *UNSUPPORTED}:
                self.faults.add(here + "/")
            return
        items = [answer] if "items" not in row else at(answer, row["items"]) or []
        shape = shape if "items" not in row else shape_at(shape, row["items"]).member
        placed = []
        for item in items:
            inner = {**scope, "": {"item": item, "shape": shape}, row["name"]: item}
            if "detail" in row:
                item, inner = self.detail(row, inner, here)
            if item is not None and all(holds(condition, inner) for condition in row.get("when", [])):
                try:
                    placed.append((inner, join(folder, filled(row["folder"], inner, path=True))))
                except Lacks:
                    self.faults.add(here + "/")
        for inner, place in placed:
            if "id" in row and sum(place == other for _, other in placed) > 1:
                place += "~" + filled(row["id"] if "{" in row["id"] else f"{{{row['id']}|last}}", inner, path=True)
            self.item(row, inner, place, name)

    def detail(self, row, scope, here):
        of = row["detail"]
        try:
            answer, shape = self.answer(of["get"], of["input"], scope)
        except Failed as failed:
            if str(failed) not in {*of.get("absent", []), *UNSUPPORTED}:
                self.faults.add(here + "/")
            return None, scope
        if "take" in of:
            answer, shape = at(answer, of["take"], scope), shape_at(shape, of["take"])
        return answer, {**scope, "": {"item": answer, "shape": shape}, row["name"]: answer}

    def answer(self, operation, given, scope):
        return (self.ask(operation, put(given, scope), scope["@region"]),
                self.shapes.operation_model(operation).output_shape)

    def item(self, row, scope, folder, name):
        for document in row.get("documents", []):
            if not all(holds(condition, scope) for condition in document.get("when", [])):
                continue
            if "content" in document:
                self.content.append(folder)
                continue
            path = folder
            try:
                path = join(folder, filled(document["file"], scope, path=True))
                stored = self.stored(document, scope)
                if stored is not None:
                    self.seen.add(f"{name}: {document['file']}")
                    if self.documents.setdefault(path, stored)[:2] != stored[:2]:
                        self.faults.add(path)
                if "failed" in document and at(scope[""]["item"], document["failed"]):
                    self.faults.add(path + ".missing")
            except Failed as failed:
                if str(failed) not in {*document.get("absent", []), *UNSUPPORTED}:
                    self.faults.add(path)
            except Lacks:
                self.faults.add(path)
        for below in row.get("resources", []):
            self.kind(below, scope, folder, name + ".")

    def stored(self, row, scope):
        if "get" in row:
            value, shape = self.answer(row["get"], row["input"], scope)
        else:
            value, shape = scope[""]["item"], scope[""]["shape"]
        if "take" in row:
            value, shape = at(value, row["take"], scope), shape_at(shape, row["take"])
        if value is None or "needs" in row and not at(value, row["needs"]):
            return None
        if "raw" in row:
            raw = at(value, row["raw"])
            if raw is None:
                return None
            if not isinstance(raw, str):
                return "parsed", raw
            return "bytes", base64.b64decode(raw) if row.get("blob") else raw.encode()
        if "text" in row:
            text = at(value, row["text"])
            return ("text", text) if text else None
        value = cleaned(row, json.loads(json.dumps(value)))
        return ("json", value, shape, row) if value or value is False or value == 0 else None


def cleaned(row, value):
    for path in row.get("drop", []):
        folder, _, last = path.rpartition(".")
        for members in every(value, folder) if folder else [value]:
            if isinstance(members, dict):
                members.pop(last, None)
    for path in row.get("json", []):
        folder, _, last = path.rpartition(".")
        for members in every(value, folder) if folder else [value]:
            if isinstance(members.get(last), str):
                members[last] = json.loads(urllib.parse.unquote(members[last]))
    return ordered(row, value)


def ordered(row, value):
    """Sets in one order; which, is of no meaning here."""
    for each in row.get("sets", []):
        for items in every(value, each.partition(":")[0]):
            if isinstance(items, list):
                items.sort(key=lambda one: json.dumps(one, sort_keys=True))
    return value
