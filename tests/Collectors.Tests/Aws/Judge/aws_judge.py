"""Judges for tests: moto as a server, the AWS CLI, and botocore's own serializer and parser. Works offline.

One JSON list a line comes in, one JSON value a line goes out:
    ["endpoint"]                               the URL of moto
    ["aws", word, …]                           {code, out, err}: what `aws word …` does; out in canonical order
    ["requests", service, [operation], seed, count]   for each some random inputs, as botocore sends them
    ["answers", service, [operation], seed, count]    for each some random answers, as the AWS CLI prints them
Ends when its input does.
"""

import contextlib
import datetime
import io
import json
import os
import random

import sys
import tempfile
from xml.etree import ElementTree

folder = tempfile.TemporaryDirectory()
config = os.path.join(folder.name, "config")
with open(config, "w") as file:
    file.write("[default]\ncli_timestamp_format = iso8601\n")
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ.update(
    AWS_CONFIG_FILE=config, AWS_SHARED_CREDENTIALS_FILE=config, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true", AWS_MAX_ATTEMPTS="1", NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")

import awscli.clidriver
import awscli.customizations.scalarparse
import botocore.parsers
import botocore.serialize
import botocore.session


def canonical(value):
    return json.dumps(value, sort_keys=True, indent=4, ensure_ascii=False) + "\n"


def endpoint(_started=[]):
    if not _started:
        from moto.server import ThreadedMotoServer
        _started.append(ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False))
        _started[0].start()
    host, port = _started[0].get_host_and_port()
    return f"http://{host}:{port}"


def aws(*words, _driver=[]):
    if not _driver:
        _driver.append(awscli.clidriver.create_clidriver())
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = _driver[0].main(["--endpoint-url", endpoint(), "--output", "json", *words])
    text = out.getvalue()
    return {"code": code, "out": canonical(json.loads(text)) if text.strip() else "", "err": err.getvalue()}


WORDS = ["a", "Enabled", "x y", " lead", "ä€😀", "<&>\"'", "line\nbreak", "tab\there", "arn:aws:s3:::b/*", "0", "true", ""]


def value_of(chance, shape, depth=0, header=False):
    """A random value of a shape, as the CLI prints it."""
    kind = shape.type_name
    if kind == "structure":
        rarely = 0.3 if depth > 4 else 0.7
        return {name: value_of(chance, member, depth + 1, "location" in member.serialization)
                for name, member in shape.members.items() if chance.random() < rarely or name in shape.required_members}
    if kind == "list":
        return [value_of(chance, shape.member, depth + 1, header) for _ in range(chance.randint(0 if depth < 3 else 1, 3))]
    if kind == "map":
        return {f"k{i}": value_of(chance, shape.value, depth + 1) for i in range(chance.randint(0, 2))}
    if kind == "boolean":
        return chance.random() < 0.5
    if kind in ("integer", "long"):
        return chance.choice([0, 1, -7, 2**31, 2**53 + 1])
    if kind in ("float", "double"):
        return chance.choice([0.0, 1.5, -2.25, 1e20, 1e-7, 123456.0])
    if kind == "timestamp":
        moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(seconds=chance.randint(0, 10**8))
        return moment.isoformat()
    return chance.choice(["a", "Enabled", "x-y", "7"] if header else WORDS)


def operations(service):
    model = botocore.session.get_session().get_service_model(service)
    return model, [model.operation_model(name) for name in model.operation_names]


def requests(service, wanted, seed, count):
    model, found = operations(service)
    serializer = botocore.serialize.SERIALIZERS[model.metadata["protocol"]]()
    chance = random.Random(seed)
    result = []
    for operation in (one for one in found if one.name in wanted):
        for _ in range(count):
            given = value_of(chance, operation.input_shape)
            given["Bucket"] = "bucket"
            if "Id" in given:
                given["Id"] = "an id/?"
            sent = serializer.serialize_to_request(given, operation)
            path, _, query = sent["url_path"].partition("?")
            pairs = [part.partition("=")[::2] for part in query.split("&") if part]
            pairs += [(name, str(value)) for name, value in sent["query_string"].items()]
            result.append({
                "operation": operation.name, "input": given, "method": sent["method"], "path": path,
                "query": [f"{name}={value}" for name, value in pairs],
                "headers": {name.lower(): str(value) for name, value in sent["headers"].items()},
                "body": plain(sent["body"]), "xml": bool(sent["body"]) and operation.name != "PutBucketPolicy"})
    return result


def plain(body):
    return body.decode() if isinstance(body, bytes) else body or ""


def same_xml(one, other):
    """Whether two documents say the same; namespaces by their names, the order of the elements of a kind counts."""
    def form(node):
        children = sorted((form(child) for child in node), key=lambda child: child[0])
        return node.tag, sorted(node.attrib.items()), node.text or "", children
    return form(ElementTree.fromstring(one)) == form(ElementTree.fromstring(other))


def answers(service, wanted, seed, count):
    model, found = operations(service)
    protocol = model.metadata["protocol"]
    serializer = botocore.serialize.SERIALIZERS[protocol]()
    parser = botocore.parsers.PROTOCOL_PARSERS[protocol](
        timestamp_parser=awscli.customizations.scalarparse.iso_format, blob_parser=lambda text: text)
    chance = random.Random(seed)
    result = []
    for operation in (one for one in found if one.name in wanted and one.output_shape is not None):
        for _ in range(count):
            shape = operation.output_shape
            value = value_of(chance, shape)
            headers = {member.serialization["name"].lower(): str(value[name]) for name, member in shape.members.items()
                       if member.serialization.get("location") == "header" and name in value}
            payload = shape.serialization.get("payload")
            top = ElementTree.Element("")
            if payload and shape.members[payload].type_name == "string":
                body = value.get(payload, "{}").encode()
            else:
                inner = shape.members[payload] if payload else shape
                given = value.get(payload, {}) if payload else {
                    name: one for name, one in value.items() if "location" not in shape.members[name].serialization}
                serializer._serialize(inner, given, top, "Root")
                body = ElementTree.tostring(top[0])
            parsed = parser.parse({"status_code": 200, "headers": headers, "body": body}, shape)
            parsed.pop("ResponseMetadata", None)
            result.append({"operation": operation.name, "headers": headers, "body": body.decode(), "output": canonical(parsed)})
    return result


def main():
    does = {"endpoint": endpoint, "aws": aws, "requests": requests, "answers": answers, "same_xml": same_xml}
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        name, *words = json.loads(line)
        print(json.dumps(does[name](*words)), file=replies, flush=True)
    os._exit(0)


main()
