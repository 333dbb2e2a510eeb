#!/usr/bin/env python3
"""Writes src/Collectors/Aws/Models/SERVICE.json from botocore's service models (Apache-2.0 data).

    tools/aws_models.py            writes the files
    tools/aws_models.py --check    fails when they are not what this botocore gives

tools/aws_models.toml says which services and operations. The result is small, sorted, one operation or shape a line:

    service, protocol, api_version, endpoint_prefix, signing_name, and where there is one target_prefix, json_version
    operations   NAME: {http: "METHOD URI", input: REF, output: REF, checksum: true, unwrapped: MEMBER, page: {...}}
                 checksum: the request needs one; unwrapped: the answer's root element is that member itself;
                 page: input and output (lists of members), limit, result (a list), more (a boolean member)
    shapes       NAME: {structure: {MEMBER: REF}, payload: MEMBER} | {list: REF} | {map: {key: REF, value: REF}}
    REF          the name of a shape or a scalar type, or {shape: that name, and traits}
    scalars      string integer long float double boolean timestamp blob (lowercase; no shape has such a name)
    traits       location locationName flattened xmlNamespace xmlAttribute timestampFormat queryName jsonvalue
                 resultWrapper; those of a list or a structure stand in the shape, and a REF's own win
"""

import gzip
import json
import pathlib
import sys
import tomllib

import botocore

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "tools" / "aws_models.toml"
TARGET = ROOT / "src" / "Collectors" / "Aws" / "Models"
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
            written["structure"] = {member: self.ref(of) for member, of in shape["members"].items()}
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
        return {key: members(value) if key in ("input", "output") else value for key, value in extra[name].items()}
    found = paginators.get(name)
    if found is None:
        return None
    result = members(found["result_key"])[0]
    page = {"input": members(found["input_token"]), "output": members(found["output_token"]), "result": result}
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
    if of.get("httpChecksumRequired") or of.get("httpChecksum", {}).get("requestChecksumRequired"):
        operation["checksum"] = True
    if name in table.get("unwrapped", {}):
        operation["unwrapped"] = table["unwrapped"][name]
    page = page_of(name, paginators, table.get("pages", {}))
    if page:
        operation["page"] = page
    return operation


def service_of(service, table):
    folder = pathlib.Path(botocore.__path__[0]) / "data" / service
    folder = max(path for path in folder.iterdir() if path.is_dir())
    model = load(folder, "service-2")
    paginators = load(folder, "paginators-1").get("pagination", {})
    meta = model["metadata"]
    shapes = Shapes(model)
    operations = {name: operation_of(model, name, table, paginators, shapes) for name in sorted(table["operations"])}
    head = {
        "service": service,
        "protocol": meta["protocol"],
        "api_version": meta["apiVersion"],
        "endpoint_prefix": meta["endpointPrefix"],
        "signing_name": meta.get("signingName", meta["endpointPrefix"]),
    }
    for ours, theirs in (("target_prefix", "targetPrefix"), ("json_version", "jsonVersion")):
        if theirs in meta:
            head[ours] = meta[theirs]
    return head, {"operations": operations, "shapes": dict(sorted(shapes.written.items()))}


def text_of(head, tables):
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    parts = [f"  {line(key)}: {line(value)}" for key, value in head.items()]
    for name, table in tables.items():
        rows = ",\n".join(f"    {line(key)}: {line(value)}" for key, value in table.items())
        parts.append(f"  {line(name)}: {{\n{rows}\n  }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    check = "--check" in sys.argv[1:]
    wrong = []
    for service, table in tomllib.loads(TABLE.read_text()).items():
        text = text_of(*service_of(service, table))
        path = TARGET / f"{service}.json"
        if check:
            if not path.exists() or path.read_text() != text:
                wrong.append(str(path.relative_to(ROOT)))
        else:
            path.write_text(text)
    if wrong:
        raise SystemExit("not what botocore " + botocore.__version__ + " gives: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
