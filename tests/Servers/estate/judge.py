#!/usr/bin/env python3
"""Judges what jstore makes of an account: moto, the AWS CLI, and answers made from botocore's models.

One JSON list a line comes in, one JSON value a line goes out:
    ["endpoint"]                              the URL of moto, which has the account in it
    ["refused"]                               what moto did not take of the account
    ["judge", service, {path: base64}, [fault]]
                                              how that differs from what the CLI prints, and what was not seen
    ["cli", service]                          what the whole CLI answers otherwise than its session did; empty: nothing
    ["ask", service, operation, input]        what the CLI prints
    ["invented", service]                     {operation: {headers, body}} made from the model
    ["judge-invented", service, {path: base64}, [fault]]
                                              how that differs from what the CLI would print of these
Ends when its input does.
"""
import base64
import json
import os
import re
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import asking  # noqa: E402

asking.settle()
import imitation  # noqa: E402
import rows  # noqa: E402
from botocore import xform_name  # noqa: E402


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00")


class Judge:
    def __init__(self):
        self._cli, self.refused_calls, self.made, self.trees = None, [], {}, {}

    @property
    def cli(self):
        if self._cli is None:
            self._cli = asking.Cli(imitation.start())
            import account
            self.refused_calls = account.fill(self._cli.endpoint, self._cli.driver.session)
        return self._cli

    def endpoint(self):
        return self.cli.endpoint

    def refused(self):
        return self.cli and self.refused_calls

    def judge(self, service, files, faults):
        return differences(self.tree(service), files, faults)

    def tree(self, service):
        """What the account has of a service; looked at once."""
        if service not in self.trees:
            self.trees[service] = rows.Tree(service, self.cli.ask)
            self.trees[service].walk(["us-east-1", "eu-west-1"])
        return self.trees[service]

    def cli_says(self, service):
        """Two operations, by the CLI from its command line to what it prints."""
        tree, tried = self.tree(service), {}
        for (region, operation, given), answer in tree.asked.items():
            shape = tree.shapes.operation_model(operation)
            if not isinstance(answer, asking.Failed) and not shape.has_streaming_output and len(tried) < 2:
                tried.setdefault(operation, (region, given))
        for operation, (region, given) in tried.items():
            printed = self.cli.run("--region", region, service, xform_name(operation, "-"), "--cli-input-json", given)
            answer = self.cli.ask(service, region, operation, json.loads(given))
            if said := first_difference(*(without(value, tree.moving()) for value in (answer, printed)), ""):
                return f"{operation}: {said}"
        return ""

    def ask(self, service, operation, given):
        return self.cli.ask(service, "us-east-1", operation, given)

    def invent(self, service):
        import invented
        if service not in self.made:
            self.made[service] = invented.Invented(service)
        return self.made[service]

    def invented(self, service):
        made = self.invent(service)
        sent = {name: made.sent(name) for name in made.values}
        return {name: {"headers": one["headers"], "body": base64.b64encode(one["body"]).decode()} for name,
            one in sent.items()}

    def judge_invented(self, service, files, faults):
        tree = rows.Tree(service, self.invent(service).ask)
        tree.walk(["us-east-1"])
        return differences(tree, files, faults)


def without(value, names):
    """Without the members of some names, wherever they are."""
    if isinstance(value, dict):
        return {name: without(one, names) for name, one in value.items() if name not in names}
    return [without(one, names) for one in value] if isinstance(value, list) else value


def differences(tree, files, faults):
    ours = {path: base64.b64decode(text) for path, text in files.items() if not tree.is_content(path)}
    faults = [path for path in faults if not tree.is_content(path)]
    wrong = [f"missing: {path}" for path in sorted(tree.documents.keys() - ours.keys() - tree.faults)]
    wrong += [f"too much: {path}" for path in sorted(ours.keys() - tree.documents.keys())]
    wrong += [f"no fault: {path}" for path in sorted(tree.faults - set(faults))]
    wrong += [f"a fault: {path}" for path in sorted(set(faults) - tree.faults)]
    for path in sorted(tree.documents.keys() & ours.keys() - tree.faults):
        said = compare(tree.documents[path], ours[path])
        if said:
            wrong.append(f"{path}: {said}")
    return {"wrong": wrong, "documents": len(tree.documents), "unseen": sorted(tree.rows() - tree.seen)}


def compare(expected, ours):
    kind, value, *more = expected
    if kind == "bytes":
        return "" if ours == value else f"{ours[:80]} for {value[:80]}"
    if kind == "parsed":
        return "" if json.loads(ours) == value else "another template"
    found = json.loads(ours, object_pairs_hook=list if kind == "text" else None)
    if kind == "text":
        return "" if found == json.loads(value, object_pairs_hook=list) else f"{ours[:80]} for {value[:80]}"
    shape, row = more
    return first_difference(value, rows.ordered(row, rows.known(found, shape)), "")


def first_difference(expected, found, at):
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in sorted({*expected, *found}):
            if name not in found or name not in expected:
                return f"{at}.{name} is {'missing' if name not in found else 'too much'}"
            if said := first_difference(expected[name], found[name], f"{at}.{name}"):
                return said
        return ""
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        return next((said for i, pair in enumerate(zip(expected, found))
            if (said := first_difference(*pair, f"{at}[{i}]"))), "")
    if isinstance(expected, str) and expected[:19] == str(found)[:19] and TIME.fullmatch(expected):
        return ""  # moto says millionths of seconds in numbers that cannot hold them.
    same = expected == found and isinstance(expected, bool) == isinstance(found, bool)
    return "" if same else f"{at} is {short(found)}, not {short(expected)}"


def short(value):
    return json.dumps(value, ensure_ascii=False)[:200]


def main():
    judge = Judge()
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            answer = getattr(judge, {"cli": "cli_says"}.get(name, name.replace("-", "_")))(*words)
        except Exception:  # noqa: BLE001 - whose test it is shall hear of it
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), file=replies, flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
