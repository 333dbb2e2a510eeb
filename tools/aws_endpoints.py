#!/usr/bin/env python3
"""Writes src/Collectors/Aws/Requests/endpoints.json: where the services of the models are, from botocore (Apache-2.0).

    tools/aws_endpoints.py            writes the file
    tools/aws_endpoints.py --check    fails when it is not what this botocore gives

Hosts come from each service's endpoint rules, asked for every region; where a service exists comes from botocore's
endpoints.json. Only what deviates is written:

    defaults     VARIANT: TEMPLATE
    partitions   NAME: {suffix, dual, regions, from_start: those that every account has, without opting in}
    services     NAME: {hosts: {VARIANT: TEMPLATE}, partitions: {PARTITION: {VARIANT: TEMPLATE}},
                 at: {REGION: {VARIANT: TEMPLATE}}, signs: {PARTITION or REGION: the region that is signed for},
                 lacks: [PARTITION or REGION that botocore knows nothing of]}
                 of at, partitions, hosts and defaults the first that has the variant counts
    VARIANT      "" | fips | dual | fips dual
    TEMPLATE     a host with {service} (the endpoint prefix), {region}, {suffix} and {dual} (the partition's)
"""

import collections
import json
import pathlib
import sys

import aws_models
import botocore
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import EndpointProviderError

TARGET = aws_models.ROOT / "src" / "Collectors" / "Aws" / "Requests" / "endpoints.json"
DATA = pathlib.Path(botocore.__path__[0]) / "data"
VARIANTS = {"": (False, False), "fips": (True, False), "dual": (False, True), "fips dual": (True, True)}
DEFAULTS = {
    "": "{service}.{region}.{suffix}",
    "fips": "{service}-fips.{region}.{suffix}",
    "dual": "{service}.{region}.{dual}",
    "fips dual": "{service}-fips.{region}.{dual}",
}
# Its rules ask for a bucket.
S3 = {"dual": "{service}.dualstack.{region}.{suffix}", "fips dual": "{service}-fips.dualstack.{region}.{suffix}"}
# botocore does not say which regions must be opted into; the rest came after March 2019 (AWS Regions, user guide).
FROM_START = set("""us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-central-1 eu-west-1 eu-west-2
    eu-west-3 eu-north-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1
    ap-southeast-2""".split())


def partitions_of(data):
    return {
        one["id"]: {
            "suffix": one["outputs"]["dnsSuffix"],
            "dual": one["outputs"]["dualStackDnsSuffix"],
            "regions": [region for region in one["regions"] if not region.endswith("-global")],
        } for one in data["partitions"]}


def template_of(host, prefix, region, partition):
    for name in ("dual", "suffix"):
        if host.endswith("." + partition[name]):
            host = host[:-len(partition[name])] + "{" + name + "}"
            break
    if host.startswith((prefix + ".", prefix + "-fips.")):
        host = "{service}" + host[len(prefix):]
    return host.replace(f".{region}.", ".{region}.")


def most_common(templates):
    return collections.Counter(templates).most_common(1)[0][0] if templates else None


def hosts_of(service, prefix, rules, data, partitions):
    """The members of a service, and {(variant, region): host} of every host that was asked for."""
    provider = EndpointProvider(rules, data)
    known = {name for name in rules["parameters"]}
    found, templates, signs = {}, {}, {}
    for id_, partition in partitions.items():
        for region in partition["regions"]:
            for variant, (fips, dual) in VARIANTS.items():
                asked = {"Region": region, "UseFIPS": fips, "UseDualStack": dual}
                try:
                    endpoint = provider.resolve_endpoint(**{key: asked[key] for key in asked if key in known})
                except EndpointProviderError:
                    continue
                host = endpoint.url.removeprefix("https://").rstrip("/")
                found[variant, region] = host
                templates[variant, id_, region] = template_of(host, prefix, region, partition)
                for scheme in endpoint.properties.get("authSchemes", []):
                    if variant == "" and scheme["name"] == "sigv4":
                        signs[id_, region] = scheme.get("signingRegion", region)
    result = {"hosts": {}, "partitions": {}, "at": {}, "signs": {}}
    for variant, default in DEFAULTS.items():
        mine = {key[1:]: value for key, value in templates.items() if key[0] == variant}
        whole = most_common(mine.values()) or default
        if whole != default:
            result["hosts"][variant] = whole
        for id_ in partitions:
            inside = most_common([value for (at, _), value in mine.items() if at == id_]) or whole
            if inside != whole:
                result["partitions"].setdefault(id_, {})[variant] = inside
            for (at, region), value in mine.items():
                if at == id_ and value != inside:
                    result["at"].setdefault(region, {})[variant] = value
    for id_ in partitions:
        inside = {region: sign for (at, region), sign in signs.items() if at == id_}
        if any(region != sign for region, sign in inside.items()):
            if len(set(inside.values())) == 1 and len(inside) == len(partitions[id_]["regions"]):
                result["signs"][id_] = next(iter(inside.values()))
            else:
                result["signs"].update({region: sign for region, sign in inside.items() if region != sign})
    return result, found


def lacks_of(prefix, endpoints, partitions):
    lacks = []
    listed = {one["partition"]: one["services"].get(prefix) for one in endpoints["partitions"]}
    for id_, partition in partitions.items():
        service = listed.get(id_)
        if service is None:
            lacks.append(id_)
        elif service.get("isRegionalized", True):
            lacks += [region for region in partition["regions"] if region not in service["endpoints"]]
    return lacks


def table():
    """The file's members, and for the tests {service: {(variant, region): host}}."""
    data = json.loads((DATA / "partitions.json").read_text())
    endpoints = aws_models.load(DATA, "endpoints")
    partitions = partitions_of(data)
    services, hosts = {}, {}
    for model in sorted(aws_models.TARGET.glob("*.json")):
        service = model.stem
        prefix = json.loads(model.read_text())["endpoint_prefix"]
        folder = max(path for path in (DATA / service).iterdir() if path.is_dir())
        if service == "s3":
            result = {"hosts": S3}
        else:
            rules = aws_models.load(folder, "endpoint-rule-set-1")
            result, hosts[service] = hosts_of(service, prefix, rules, data, partitions)
        result["lacks"] = lacks_of(prefix, endpoints, partitions)
        services[service] = {key: value for key, value in result.items() if value}
    for partition in partitions.values():
        partition["from_start"] = [
            region for region in partition["regions"]
            if region in FROM_START or partition is not partitions["aws"]]
    return {"defaults": {"hosts": DEFAULTS}, "partitions": partitions, "services": services}, hosts


def text_of(tables):
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    parts = []
    for name, rows in tables.items():
        text = ",\n".join(f"    {line(key)}: {line(value)}" for key, value in rows.items())
        parts.append(f"  {line(name)}: {{\n{text}\n  }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    text = text_of(table()[0])
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text)
    elif not TARGET.exists() or TARGET.read_text() != text:
        raise SystemExit(f"{TARGET.name} is not what botocore {botocore.__version__} gives")


if __name__ == "__main__":
    main()
