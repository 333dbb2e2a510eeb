"""Judges for tests: moto as a server, the AWS CLI, and botocore's own serializer and parser. Works offline.

One JSON list a line comes in, one JSON value a line goes out:
    ["endpoint"]                               the URL of moto
    ["aws", word, …]                           {code, out, err}: what `aws word …` does; out in canonical order
    ["requests", service, protocol, [operation], seed, count]   for each some random inputs, as botocore sends them
    ["answers", service, protocol, [operation], seed, count]    for each some random answers, as the AWS CLI prints them
    ["sign", service, region, method, url, headers, body, stamp]   the header of the signature, with example keys
    ["hosts", service, [region], fips, dual]   for each [host, the region that is signed for], or null
    ["changes", service]                       the names of the operations that its model calls a change
    ["iam-prefixes"]                           what stands before the colon in the actions of AWS's own managed policies
Ends when its input does.
"""

import base64
import contextlib
import datetime
import io
import json
import os
import random
import re
import sys
import tempfile
import time
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

os.environ["TZ"] = "UTC"
time.tzset()

import awscli.clidriver
import awscli.customizations.scalarparse
import botocore.auth
import botocore.parsers
import botocore.serialize
import botocore.session
from botocore.awsrequest import AWSRequest, HeadersDict
from botocore.credentials import Credentials
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

SESSION = botocore.session.get_session()


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
    # A --region would hold for all that comes after it.
    _driver[0].session.set_config_variable("region", None)
    text = out.getvalue()
    return {"code": code, "out": canonical(json.loads(text)) if text.strip() else "", "err": err.getvalue()}


WORDS = ["a", "Enabled", "x y", " lead", "ä€😀", "<&>\"'", "line\nbreak", "tab\there", "arn:aws:s3:::b/*", "0", "true", ""]
LABELS = ["a", "x-y.z", "an id/?", "arn:aws:x:us-east-1:1:y/ä z", "7"]
NUMBERS = [0.0, 1.5, -2.25, 1e20, 1e-7, 123456.0, 0.1 + 0.2, 9007199254740993.0]
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def value_of(chance, shape, depth=0, header=False):
    """A random value of a shape, as the CLI prints it."""
    kind = shape.type_name
    if kind == "structure":
        if shape.is_document_type:
            return {"A": [1, 2.5, None, True, "x"], "__type": {"b": {}}}
        if shape.is_tagged_union:
            name = chance.choice(list(shape.members))
            return {name: value_of(chance, shape.members[name], depth + 1)}
        often = 0.7 if depth < 5 else 0.3 if depth < 8 else 0
        value = {}
        for name, member in shape.members.items():
            place = member.serialization.get("location")
            if place == "uri" or member.serialization.get("hostLabel"):
                account = member.serialization.get("hostLabel")
                value[name] = "123456789012" if account else (
                    chance.choice(LABELS) if member.type_name == "string" else value_of(chance, member, depth + 1))
            elif chance.random() < often or name in shape.required_members and depth < 12:
                value[name] = value_of(chance, member, depth + 1, place is not None)
        return value
    if kind == "list":
        least, most = (0, 3) if depth < 3 else (1, 2) if depth < 8 else (0, 0)
        return [value_of(chance, shape.member, depth + 1, header) for _ in range(chance.randint(least, most))]
    if kind == "map":
        keys = shape.key.enum or [f"k{i}" for i in range(3)]
        return {key: value_of(chance, shape.value, depth + 1) for key in keys[:chance.randint(0, 2 if depth < 8 else 0)]}
    if kind == "boolean":
        return chance.random() < 0.5
    if kind in ("integer", "long"):
        return chance.choice([0, 1, -7, 2**31, 2**53 + 1])
    if kind in ("float", "double"):
        return chance.choice(NUMBERS)
    if kind == "timestamp":
        return (START + datetime.timedelta(seconds=chance.randint(0, 10**8))).isoformat()
    if kind == "blob":
        return base64.b64encode(chance.choice(WORDS).encode()).decode()
    return chance.choice(["a", "Enabled", "x-y", "7"] if header else WORDS)


def native(shape, value):
    """The same as botocore's users give it: bytes for blobs."""
    if shape.type_name == "structure" and not shape.is_document_type:
        return {name: native(shape.members[name], one) for name, one in value.items()}
    if shape.type_name == "list":
        return [native(shape.member, one) for one in value]
    if shape.type_name == "map":
        return {key: native(shape.value, one) for key, one in value.items()}
    return base64.b64decode(value) if shape.type_name == "blob" else value


def operations(service, wanted):
    model = SESSION.get_service_model(service)
    return [model.operation_model(name) for name in wanted]


def requests(service, protocol, wanted, seed, count):
    serializer = botocore.serialize.SERIALIZERS[protocol]()
    chance = random.Random(seed)
    result = []
    for operation in operations(service, wanted):
        for _ in range(count):
            shape = operation.input_shape
            given = value_of(chance, shape) if shape else {}
            if "/{Bucket}" in operation.http["requestUri"][:9]:
                given["Bucket"] = "bucket"
            sent = serializer.serialize_to_request(native(shape, given) if shape else {}, operation)
            path, _, query = sent["url_path"].partition("?")
            pairs = [part.partition("=")[::2] for part in query.split("&") if part]
            for name, value in (sent["query_string"] or {}).items():
                pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
            payload = shape and shape.serialization.get("payload")
            raw = payload and shape.members[payload].type_name in ("string", "blob")
            body = sent["body"]
            kind = "text"
            if isinstance(body, dict):
                kind, body = "form", sorted(f"{name}={value}" for name, value in body.items())
            elif body and not raw:
                kind = "xml" if protocol == "rest-xml" else "json"
                body = body.decode() if kind == "xml" else canonical(json.loads(body))
            else:
                body = body.decode() if isinstance(body, bytes) else body or ""
            result.append({
                "operation": operation.name, "input": given, "method": sent["method"], "path": path,
                "query": [f"{name}={value}" for name, value in pairs], "kind": kind, "body": body,
                "host_prefix": sent.get("host_prefix"),
                "headers": {name.lower(): str(value) for name, value in sent["headers"].items()}})
    return result


def same_xml(one, other):
    """Whether two documents say the same; namespaces by their names, the order of the elements of a kind counts."""
    def form(node):
        children = sorted((form(child) for child in node), key=lambda child: child[0])
        return node.tag, sorted(node.attrib.items()), node.text or "", children
    return form(ElementTree.fromstring(one)) == form(ElementTree.fromstring(other))


def time_text(chance, value, style):
    moment = datetime.datetime.fromisoformat(value)
    if style == "rfc822":
        return botocore.compat.formatdate(int(moment.timestamp()), usegmt=True)
    part = chance.choice([0, 351, 351_000, 123_456, 999_999])
    if style == "unixTimestamp":
        return chance.choice([int(moment.timestamp()), round(moment.timestamp() + part / 1e6, 6)])
    return (moment + datetime.timedelta(microseconds=part)).isoformat().replace("+00:00", "Z")


def scalar_text(chance, shape, value, style="iso8601"):
    if shape.type_name == "timestamp":
        return str(time_text(chance, value, shape.serialization.get("timestampFormat", style)))
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_xml(chance, shape, value, parent, name):
    """As a service writes it: the wire is not botocore's, so it has no code for this."""
    flat = shape.serialization.get("flattened")
    if shape.type_name == "list":
        inner = shape.member.serialization.get("name", "member")
        around = parent if flat else ElementTree.SubElement(parent, name)
        for item in value:
            to_xml(chance, shape.member, item, around,
                   shape.member.serialization.get("name", name) if flat else inner)
        return
    if shape.type_name == "map":
        around = parent if flat else ElementTree.SubElement(parent, name)
        for key, item in value.items():
            entry = ElementTree.SubElement(around, name if flat else "entry")
            ElementTree.SubElement(entry, shape.key.serialization.get("name", "key")).text = key
            to_xml(chance, shape.value, item, entry, shape.value.serialization.get("name", "value"))
        return
    node = ElementTree.SubElement(parent, name)
    if shape.type_name != "structure":
        node.text = scalar_text(chance, shape, value)
        return
    for member, item in value.items():
        of = shape.members[member]
        if of.serialization.get("xmlAttribute"):
            space = shape.serialization["xmlNamespace"]
            node.set("{" + space["uri"] + "}" + of.serialization["name"].partition(":")[2], item)
        elif "location" not in of.serialization:
            to_xml(chance, of, item, node, of.serialization.get("name", member))


def to_json(chance, shape, value, rest):
    if shape.type_name == "structure" and not shape.is_document_type:
        return {of.serialization.get("name", member): to_json(chance, of, value[member], rest)
                for member, of in shape.members.items() if member in value and "location" not in of.serialization}
    if shape.type_name == "list":
        return [to_json(chance, shape.member, one, rest) for one in value]
    if shape.type_name == "map":
        return {key: to_json(chance, shape.value, one, rest) for key, one in value.items()}
    if shape.type_name == "timestamp":
        return time_text(chance, value, shape.serialization.get("timestampFormat", "unixTimestamp"))
    if rest and chance.random() < 0.2 and shape.type_name in ("integer", "double", "float", "boolean"):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if shape.type_name in ("double", "float") and value == int(value) and chance.random() < 0.5:
        return int(value)
    return value


def header_text(chance, shape, value):
    if shape.type_name == "list":
        return ", ".join(header_text(chance, shape.member, one) for one in value)
    if shape.serialization.get("jsonvalue"):
        return base64.b64encode(json.dumps(value).encode()).decode()
    return scalar_text(chance, shape, value, "rfc822")


def wire(chance, operation, protocol, shape, value):
    """Headers and body of an answer."""
    headers = {of.serialization.get("name", name): header_text(chance, of, value[name])
               for name, of in shape.members.items() if of.serialization.get("location") == "header" and name in value}
    payload = shape.serialization.get("payload")
    inner, given = (shape.members[payload], value.get(payload, {})) if payload else (shape, value)
    if inner.type_name in ("string", "blob"):
        return headers, value.get(payload, "{}").encode()
    if protocol in ("json", "rest-json"):
        return headers, json.dumps(to_json(chance, inner, given, protocol == "rest-json"), ensure_ascii=False).encode()
    top = ElementTree.Element(operation.name + "Response", {"xmlns": "urn:x"})
    wrapper = shape.serialization.get("resultWrapper")
    if protocol in ("query", "ec2"):
        to_xml(chance, inner, given, top, wrapper or "Flat")
        if not wrapper:
            top[:] = list(top[0])
        about = ElementTree.SubElement(top, "requestId" if protocol == "ec2" else "ResponseMetadata")
        ElementTree.SubElement(about, "RequestId").text = "id"
        return headers, ElementTree.tostring(top)
    to_xml(chance, inner, given, top, "Root")
    return headers, ElementTree.tostring(top[0])


def answers(service, protocol, wanted, seed, count):
    parser = botocore.parsers.PROTOCOL_PARSERS[protocol](
        timestamp_parser=awscli.customizations.scalarparse.iso_format, blob_parser=lambda text: text)
    chance = random.Random(seed)
    result = []
    for operation in operations(service, wanted):
        shape = operation.output_shape
        for _ in range(0 if shape is None or shape.event_stream_name else count):
            headers, body = wire(chance, operation, protocol, shape, value_of(chance, shape))
            answer = {"status_code": 200, "headers": HeadersDict(headers), "body": body}
            try:
                parsed = parser.parse(answer, shape)
            except botocore.parsers.ResponseParserError:
                # A union whose only member is an empty list without an element around it.
                continue
            parsed.pop("ResponseMetadata", None)
            payload = shape.serialization.get("payload")
            if payload and shape.members[payload].type_name == "blob":
                parsed[payload] = base64.b64encode(body).decode()
            result.append({"operation": operation.name, "headers": headers, "body": body.decode(), "output": canonical(parsed)})
    return result


def hosts(service, regions, fips, dual):
    """Where botocore's rules say that a service is, and which region is signed for; null where they say nothing."""
    loader = SESSION.get_component("data_loader")
    rules = loader.load_service_model(service, "endpoint-rule-set-1")
    provider = EndpointProvider(rules, loader.load_data("partitions"))
    result = []
    for region in regions:
        asked = {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
        try:
            found = provider.resolve_endpoint(**{name: one for name, one in asked.items() if name in rules["parameters"]})
            signs = [one.get("signingRegion", region) for one in found.properties.get("authSchemes", []) if one["name"] == "sigv4"]
            result.append([found.url.removeprefix("https://").rstrip("/"), signs[0] if signs else region])
        except EndpointProviderError:
            result.append(None)
    return result


def sign(service, region, method, url, headers, body, stamp):
    """The signature that botocore makes for a request, with example keys, at that time."""
    moment = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ")
    botocore.auth.get_current_datetime = lambda remove_tzinfo=True: moment
    request = AWSRequest(method=method, url=url, headers=headers, data=body.encode())
    botocore.auth.SigV4Auth(Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "token"), service, region).add_auth(request)
    return request.headers["Authorization"]


def changes(service):
    """Those that are not marked as reading, where a model marks those that are; else by their HTTP methods."""
    model = botocore.session.get_session().get_service_model(service)
    marked = model._service_description["operations"]
    if any("readonly" in of for of in marked.values()):
        return [name for name, of in marked.items() if not of.get("readonly")]
    return [name for name, of in marked.items() if of["http"]["method"] in ("PUT", "PATCH", "DELETE")]


def iam_prefixes():
    """As moto has AWS's policies."""
    from moto.iam import aws_managed_policies
    return sorted(set(re.findall(r'"([a-z0-9-]+):[A-Z*]', aws_managed_policies.aws_managed_policies_data)))


def main():
    does = {"endpoint": endpoint, "aws": aws, "requests": requests, "answers": answers, "same_xml": same_xml, "hosts": hosts,
            "sign": sign, "changes": changes, "iam-prefixes": iam_prefixes}
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        name, *words = json.loads(line)
        print(json.dumps(does[name](*words)), file=replies, flush=True)
    os._exit(0)


main()
