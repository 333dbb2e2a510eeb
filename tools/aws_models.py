#!/usr/bin/env python3
"""Writes src/Collectors/Aws/Models/SERVICE.json from botocore's service models (Apache-2.0 data).

    tools/aws_models.py [SERVICE...]    writes the files
    tools/aws_models.py --check         fails when they are not what this botocore gives

The operations are those that tools/aws_models.toml lists and those that a service's rows name, which are checked and
become its `resources` (tools/aws_rows.py). The result is small, sorted, one operation or shape a line:

    service, protocol, api_version, endpoint_prefix, signing_name, service_id, and where there is one target_prefix,
                 json_version, query_compatible ("true")
    operations   NAME: {http: "METHOD URI", input: REF, output: REF, host_prefix: TEXT, checksum: true,
                 unwrapped: MEMBER, page: {...}}
                 host_prefix: stands before the host, with members in braces; checksum: the request needs one;
                 unwrapped: the answer's root element is that member itself; page: input, output (lists of members),
                 limit, result (lists that go on), keep (what else the AWS CLI prints), more (a boolean member)
    shapes       NAME: {structure: {MEMBER: REF}, payload: MEMBER} | {list: REF} | {map: {key: REF, value: REF}}
    REF          the name of a shape or a scalar type, or {shape: that name, and traits}
    not_exported lines of the ledger; resources: the rows. Only where there are rows; then `scope` is in the head too
    scalars      string integer long float double boolean timestamp blob (lowercase; no shape has such a name)
    traits       location locationName flattened xmlNamespace xmlAttribute timestampFormat queryName jsonvalue
                 resultWrapper; those of a list or a structure stand in the shape, and a REF's own win
"""

import gzip
import json
import pathlib
import sys
import tomllib

import aws_docs
import aws_rows
import botocore

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "tools" / "aws_models.toml"
ROWS = ROOT / "src" / "Collectors" / "Aws" / "Services"
DOCS = ROOT / "docs" / "aws-services.md"
TARGET = ROOT / "src" / "Collectors" / "Aws" / "Models"
PROTOCOLS = ("rest-xml", "rest-json", "json", "query", "ec2")
TRAITS = ("flattened", "jsonvalue", "location", "locationName", "queryName", "resultWrapper", "timestampFormat",
          "xmlAttribute", "xmlNamespace")
SCALARS = {"string", "integer", "long", "float", "double", "boolean", "timestamp", "blob"}


def load(folder, name):
    """A data file of botocore, packed or not; {} when there is none."""
    for path in (folder / f"{name}.json", folder / f"{name}.json.gz"):
        if path.exists():
            data = path.read_bytes()
            return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    return {}


def traits(of):
    return {name: of[name] for name in TRAITS if name in of}


class Shapes:
    """The shapes that are reached, as they are written."""

    def __init__(self, model):
        self.model = model["shapes"]
        self.written = {}

    def ref(self, of):
        """A REF to a shape, which is then written too."""
        name = of["shape"]
        shape = self.model[name]
        kind = "string" if shape["type"] == "character" else shape["type"]
        own = traits(of)
        if kind in SCALARS:
            own, name = {**traits(shape), **own}, kind
        else:
            assert name not in SCALARS, f"the shape {name} is called like a scalar"
            self.write(name, shape, kind)
        return {"shape": name, **own} if own else name

    def write(self, name, shape, kind):
        if name in self.written:
            return
        written = self.written[name] = {}
        if kind == "structure":
            # A document, which may be any JSON, has no members.
            written["structure"] = {member: self.ref(of) for member, of in shape.get("members", {}).items()}
            if "payload" in shape:
                written["payload"] = shape["payload"]
        elif kind == "list":
            written["list"] = self.ref(shape["member"])
        elif kind == "map":
            written["map"] = {"key": self.ref(shape["key"]), "value": self.ref(shape["value"])}
        else:
            raise SystemExit(f"{name} is a {kind}")
        written.update(traits(shape))


def members(names):
    return [names] if isinstance(names, str) else list(names)


def page_of(name, paginators, extra):
    if name in extra:
        lists = ("input", "output", "result", "keep")
        return {key: members(value) if key in lists else value for key, value in extra[name].items()}
    found = paginators.get(name)
    if found is None:
        return None
    page = {
        "input": members(found["input_token"]),
        "output": members(found["output_token"]),
        "result": members(found["result_key"]),
        "keep": members(found.get("non_aggregate_keys", [])),
    }
    if "limit_key" in found:
        page["limit"] = found["limit_key"]
    if "more_results" in found:
        page["more"] = found["more_results"]
    return page


def operation_of(model, name, table, paginators, shapes):
    of = model["operations"][name]
    operation = {"http": f'{of["http"]["method"]} {of["http"]["requestUri"]}'}
    for side in ("input", "output"):
        if side in of:
            operation[side] = shapes.ref(of[side])
    if "hostPrefix" in of.get("endpoint", {}):
        operation["host_prefix"] = of["endpoint"]["hostPrefix"]
    if of.get("httpChecksumRequired") or of.get("httpChecksum", {}).get("requestChecksumRequired"):
        operation["checksum"] = True
    if name in table.get("unwrapped", {}):
        operation["unwrapped"] = table["unwrapped"][name]
    page = page_of(name, paginators, table.get("pages", {}))
    if page:
        operation["page"] = page
    return operation


def protocol_of(meta):
    """The first that jstore speaks."""
    return next(name for name in [meta["protocol"], *meta.get("protocols", [])] if name in PROTOCOLS)


def service_of(service, table):
    """The head and the tables of a model."""
    folder = pathlib.Path(botocore.__path__[0]) / "data" / service
    if not folder.is_dir():
        raise SystemExit(f"botocore {botocore.__version__} has no service {service}")
    folder = max(path for path in folder.iterdir() if path.is_dir())
    model = load(folder, "service-2")
    paginators = load(folder, "paginators-1").get("pagination", {})
    for name, more in load(folder, "paginators-1.sdk-extras").get("merge", {}).get("pagination", {}).items():
        paginators.setdefault(name, {}).update(more)
    meta = model["metadata"]
    file = ROWS / f"{service}.toml"
    rows = aws_rows.Rows(file, tomllib.loads(file.read_text()), model, paginators) if file.exists() else None
    known = set(table.get("operations", []))
    if rows:
        known |= rows.operations
        table = {key: {**table.get(key, {}), **getattr(rows, key)} for key in ("pages", "unwrapped")}
    shapes = Shapes(model)
    operations = {name: operation_of(model, name, table, paginators, shapes) for name in sorted(known)}
    head = {
        "service": service,
        "protocol": protocol_of(meta),
        "api_version": meta["apiVersion"],
        "endpoint_prefix": meta["endpointPrefix"],
        "signing_name": meta.get("signingName", meta["endpointPrefix"]),
        "service_id": meta["serviceId"],
    }
    for ours, theirs in (("target_prefix", "targetPrefix"), ("json_version", "jsonVersion")):
        if theirs in meta:
            head[ours] = meta[theirs]
    if "awsQueryCompatible" in meta:
        head["query_compatible"] = "true"
    tables = {"operations": operations, "shapes": dict(sorted(shapes.written.items()))}
    return {**head, **(rows.head() if rows else {})}, {**tables, **(rows.tables() if rows else {})}


def text_of(head, tables):
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    parts = [f"  {line(key)}: {line(value)}" for key, value in head.items()]
    for name, table in tables.items():
        if name == "resources":
            parts.append(f"  {line(name)}: {resources_text(table)}")
            continue
        many = isinstance(table, dict)
        rows = [f"    {line(key)}: {line(value)}" for key, value in table.items()] if many else [
            f"    {line(value)}" for value in table]
        text = ",\n".join(rows)
        parts.append(f"  {line(name)}: " + (f"{{\n{text}\n  }}" if many else f"[\n{text}\n  ]" if rows else "[]"))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def resources_text(resources, indent="  "):
    """The `resources` of a model as text: one kind, document or list of them a line."""
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    rows = []
    for row in resources:
        parts = [f"{line(key)}: {line(value)}" for key, value in row.items() if key not in ("documents", "resources")]
        text = f"{indent}  {{{', '.join(parts)}"
        if row["documents"]:
            documents = ",\n".join(f"{indent}      {line(one)}" for one in row["documents"])
            text += f',\n{indent}    "documents": [\n{documents}\n{indent}    ]'
        if row["resources"]:
            text += f',\n{indent}    "resources": {resources_text(row["resources"], indent + "    ")}'
        rows.append(text + "}")
    return "[\n" + ",\n".join(rows) + f"\n{indent}]"


def write(path, text, check, wrong):
    """Writes a file; or, to check, notes that it is another."""
    if not check:
        path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        wrong.append(str(path.relative_to(ROOT)))


def main():
    check = "--check" in sys.argv[1:]
    only = [word for word in sys.argv[1:] if not word.startswith("-")]
    wrong = []
    captured = {}
    tables = tomllib.loads(TABLE.read_text())
    for service in only or sorted({*tables, *(file.stem for file in ROWS.glob("*.toml"))}):
        model = service_of(service, tables.get(service, {}))
        write(TARGET / f"{service}.json", text_of(*model), check, wrong)
        if "resources" in model[1]:
            captured[service] = model
    if not only:
        write(DOCS, aws_docs.text_of(captured), check, wrong)
    if wrong:
        raise SystemExit("not what botocore " + botocore.__version__ + " gives: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
