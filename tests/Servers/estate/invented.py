"""Answers for every operation of a service, made from its model alone: for what no server here can imitate.

An answer depends on nothing but its operation. Each member is there; lists have three items, whose conditions hold for
the first and need not for the others; what a row drops says SECRET-MARK.
"""
import base64
import datetime
import json
import re
import urllib.parse
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import awscli.customizations.scalarparse
import botocore.parsers
import botocore.session

import rows


class Invented:
    def __init__(self, service):
        self.tree = rows.Tree(service, None)
        self.model, self.shapes = self.tree.model, self.tree.shapes
        self.protocol = self.model["protocol"]
        self.count = 0
        self.values = {}
        for name in self.model["operations"]:
            shape = self.shapes.operation_model(name).output_shape
            if shape is not None:
                self.values[name] = self.value(shape, name)
        for kind in self.model["resources"]:
            self.fit(kind, None)

    def ask(self, service, region, operation, given, page):
        """The answer as botocore's parser reads it, as the CLI would print it."""
        shape = self.shapes.operation_model(operation).output_shape
        parser = botocore.parsers.PROTOCOL_PARSERS[self.protocol](
            timestamp_parser=awscli.customizations.scalarparse.iso_format, blob_parser=lambda text: text)
        sent = self.sent(operation)
        answer = parser.parse({"status_code": 200, "headers": sent["headers"], "body": sent["body"]}, shape)
        answer.pop("ResponseMetadata", None)
        for member in [*page["output"], page.get("more", "")] if page else []:
            replace(answer, member, None)
        payload = shape.serialization.get("payload")
        if payload and shape.members[payload].type_name == "blob":
            answer[payload] = sent["body"]
        return json.loads(json.dumps(answer, default=lambda raw: base64.b64encode(raw).decode()))

    def sent(self, operation):
        shape = self.shapes.operation_model(operation).output_shape
        return Wire(self.protocol, operation, shape, self.values[operation]).sent() if shape is not None else {
            "headers": {}, "body": b""}

    # Values.

    def value(self, shape, name, depth=0, seen=()):
        kind = shape.type_name
        if kind == "structure":
            return {member: self.value(of, member, depth + 1, (*seen, shape.name)) for member,
                of in shape.members.items()
                    if not cycles(of, (*seen, shape.name)) and depth < 9}
        if kind == "list":
            return [self.value(shape.member, name, depth + 1, (*seen, shape.name)) for _ in range(3 if depth < 3
                else 2)]
        if kind == "map":
            return {f"key {each} ä": self.value(shape.value, name, depth + 1, (*seen, shape.name)) for each in "ba"}
        self.count += 1
        if kind == "timestamp":
            return datetime.datetime.fromtimestamp(1_790_000_000 + self.count, datetime.timezone.utc)
        if kind == "blob":
            return base64.b64encode(f"bytes {self.count}".encode()).decode()
        if kind in ("boolean", "integer", "long", "float", "double"):
            return self.count % 2 == 0 if kind == "boolean" else self.count + (0.5 if kind in ("float", "double")
                else 0)
        if name.lower().endswith("arn"):
            return f"arn:aws:service:us-east-1:123456789012:kind:{name}-{self.count}"
        return shape.enum[self.count % len(shape.enum)] if getattr(shape, "enum", None) else f"{name}/{self.count} ö&<"

    # What the rows ask of them.

    def fit(self, kind, outer):
        """Makes the items of a kind such that the row has something to do."""
        answer = self.values[kind["list"]] if "list" in kind else outer
        items = [answer] if "items" not in kind else rows.at(answer, kind["items"])
        if "list" in kind:
            self.end_pages(kind["list"])
        if "detail" in kind:
            answer = self.values[kind["detail"]["get"]]
            items = [rows.at(answer, kind["detail"]["take"]) if "take" in kind["detail"] else answer]
        for item in items[:1]:
            for condition in kind.get("when", []):
                fulfil(item, condition)
        for document in kind.get("documents", []):
            for item in items[:1]:
                for condition in document.get("when", []):
                    fulfil(item, condition)
            for stored in [self.values[document["get"]]] if "get" in document else items if "file" in document else []:
                self.mark(document, rows.at(stored, document["take"]) if "{" not in document.get("take", "{")
                    else stored)
            if "get" in document:
                self.end_pages(document["get"])
        for below in kind.get("resources", []):
            self.fit(below, items[0])

    def end_pages(self, operation):
        """Has an answer be the last page, and say so."""
        answer, page = self.values[operation], self.model["operations"][operation].get("page", {})
        for path in page.get("output", []):
            folder, _, last = path.rpartition(".")
            for members in rows.every(answer, folder) if folder else [answer]:
                members.pop(last, None)
        if page.get("more"):
            folder, _, last = page["more"].rpartition(".")
            (rows.at(answer, folder) if folder else answer)[last] = False

    def mark(self, row, value):
        for path in row.get("drop", []):
            folder, _, last = path.rpartition(".")
            for members in rows.every(value, folder) if folder else [value]:
                if isinstance(members, dict) and isinstance(members.get(last, ""), str):
                    members[last] = f"SECRET-MARK-{last}"
        for path in row.get("json", []):
            replace(value, path, lambda text: urllib.parse.quote('{"Version": "1", "Statement": [{"Sid": "ä"}]}'))
        if "text" in row:
            replace(value, row["text"], lambda text: '{"b": 1, "a": ["Größe", {"é": null}]}')


def cycles(shape, seen):
    while shape.type_name in ("list", "map"):
        shape = shape.member if shape.type_name == "list" else shape.value
    return shape.type_name == "structure" and shape.name in seen


def replace(value, path, change):
    folder, _, last = path.rpartition(".")
    for members in rows.every(value, folder) if folder else [value]:
        if isinstance(members, dict) and last in members:
            if change is None:
                del members[last]
            else:
                members[last] = change(members[last])


def fulfil(item, condition):
    if not isinstance(item, dict) or condition.startswith("!"):
        return
    path, equals, text = condition.partition("=")
    if equals and "{" not in text and not path.endswith("!"):
        replace(item, path, lambda value: {"true": True, "false": False}.get(text, text))
    elif path.endswith("!"):
        replace(item, path[:-1], lambda value: False if isinstance(value, bool) else f"not {text}"
            if str(value) == text else value)
    elif "{@region}" in text:
        replace(item, path, lambda value: "us-east-1")


class Wire:
    """An answer as a service sends it."""

    def __init__(self, protocol, operation, shape, value):
        self.protocol, self.operation, self.shape, self.value = protocol, operation, shape, value

    def sent(self):
        headers, inside = {}, {}
        for name, value in self.value.items():
            where = self.shape.members[name].serialization
            if where.get("location") == "header":
                headers[where["name"].lower()] = str(value)
            elif "location" not in where:
                inside[name] = value
        payload = self.shape.serialization.get("payload")
        return {"headers": headers, "body": self.body(payload, inside)}

    def body(self, payload, inside):
        kind = self.shape.members[payload].type_name if payload else ""
        if kind in ("blob", "string"):
            return base64.b64decode(self.value[payload]) if kind == "blob" else self.value[payload].encode()
        if self.protocol in ("json", "rest-json"):
            return json.dumps(self.as_json(self.shape, inside)).encode()
        wrapper = self.shape.serialization.get("resultWrapper")
        members = "".join(self.element(self.shape.members[name], name, value) for name, value in inside.items())
        if payload:
            return members.encode()
        text = f"<{wrapper}>{members}</{wrapper}>" if wrapper else members
        name = f"{self.operation}Response"
        return f"<{name}>{text}<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{name}>".encode()

    def as_json(self, shape, value):
        kind = shape.type_name
        if kind == "structure":
            named = self.protocol == "rest-json"
            return {shape.members[name].serialization.get("name", name) if named and name in shape.members else name:
                    self.as_json(shape.members[name], one) if name in shape.members else one for name,
                    one in value.items()}
        if kind == "list":
            return [self.as_json(shape.member, one) for one in value]
        if kind == "map":
            return {name: self.as_json(shape.value, one) for name, one in value.items()}
        if kind == "timestamp":
            return value.isoformat() if shape.serialization.get("timestampFormat") == "iso8601" else value.timestamp()
        return value

    def element(self, shape, name, value):
        kind, how = shape.type_name, shape.serialization
        name = how.get("name", name)
        if kind == "list":
            inner = shape.member.serialization.get("name", "item" if self.protocol == "ec2" else "member")
            if how.get("flattened"):
                name = name if "name" in how else shape.member.serialization.get("name", name)
                return "".join(self.element(Renamed(shape.member, name), name, one) for one in value)
            return f"<{name}>" + "".join(self.element(shape.member, inner, one) for one in value) + f"</{name}>"
        if kind == "map":
            entries = [self.element(shape.key, "key", one) + self.element(shape.value, "value", of) for one,
                of in value.items()]
            if how.get("flattened"):
                return "".join(f"<{name}>{entry}</{name}>" for entry in entries)
            return f"<{name}>" + "".join(f"<entry>{entry}</entry>" for entry in entries) + f"</{name}>"
        if kind == "structure":
            attributes = "".join(
                f" {shape.members[one].serialization['name']}={quoteattr(of)}" for one, of in value.items()
                if one in shape.members and shape.members[one].serialization.get("xmlAttribute"))
            space = "".join(f" xmlns:{each['prefix']}={quoteattr(each['uri'])}"
                for each in [how.get("xmlNamespace", {})] if "prefix" in each)
            inner = "".join(self.element(shape.members[one], one, of) for one, of in value.items()
                if one in shape.members
                            and not shape.members[one].serialization.get("xmlAttribute"))
            return f"<{name}{space}{attributes}>{inner}</{name}>"
        text = value.isoformat() if kind == "timestamp" else json.dumps(value) if not isinstance(value, str) else value
        return f"<{name}>{escape(text)}</{name}>"


class Renamed:
    """A flattened list's member goes by the list's name."""

    def __init__(self, shape, name):
        self.shape, self.serialization = shape, {**shape.serialization, "name": name}

    def __getattr__(self, name):
        return getattr(self.shape, name)
