"""Calls S3 through botocore, the library that the AWS CLI is made of: many calls a second, where `aws` makes two.

Reads one JSON document a line from standard input and answers each with one line, until the input ends:

  {"endpoint": URL, "access_key": …, "secret_key": …, "region": …}             first; answered with {}
  {"calls": [{"operation": "PutObject", "parameters": {…}}, …], "workers": 8}  answered with a list in the same order
  {"state": BUCKET, "workers": 8}                                              answered with {KEY: {head, tags, sha256}}

Parameters are those of the AWS CLI's --cli-input-json, with bytes as {"base64": …} or {"text": …} or {"zeros": COUNT}
or {"seed": NUMBER, "length": COUNT}. Of a result, times are ISO 8601, and a body is {"base64": …}. A call that fails
gives {"error": CODE, "status": NUMBER, "message": TEXT}; it is never tried again.
"""
import base64, datetime, hashlib, json, random, sys
from concurrent.futures import ThreadPoolExecutor

import botocore.config
import botocore.exceptions
import botocore.session

# What a restored object cannot have as its original has it.
OF_THE_MOMENT = ("LastModified", "VersionId", "Expiration", "Restore", "ReplicationStatus")


def given(value):
    if isinstance(value, dict):
        if value.keys() == {"base64"}:
            return base64.b64decode(value["base64"])
        if value.keys() == {"text"}:
            return value["text"].encode()
        if value.keys() == {"zeros"}:
            return bytes(value["zeros"])
        if value.keys() == {"seed", "length"}:
            return random.Random(value["seed"]).randbytes(value["length"])
        return {name: given(member) for name, member in value.items()}
    return [given(member) for member in value] if isinstance(value, list) else value


def shown(value):
    if isinstance(value, dict):
        return {name: shown(member) for name, member in value.items()}
    if isinstance(value, list):
        return [shown(member) for member in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    if isinstance(value, (bytes, bytearray)):
        return {"base64": base64.b64encode(value).decode()}
    return shown(value.read()) if hasattr(value, "read") else value


def connect(to):
    session = botocore.session.Session()
    session.set_credentials(to["access_key"], to["secret_key"])
    config = botocore.config.Config(
        s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, max_pool_connections=64, proxies={},
        request_checksum_calculation="when_required", response_checksum_validation="when_required")
    return session.create_client("s3", region_name=to["region"], endpoint_url=to["endpoint"], config=config)


def call(client, one):
    try:
        result = getattr(client, botocore.xform_name(one["operation"]))(**given(one.get("parameters", {})))
        result.pop("ResponseMetadata", None)
        return shown(result)
    except botocore.exceptions.ClientError as error:
        told = error.response.get("Error", {})
        return {"error": told.get("Code", ""), "message": str(error),
                "status": error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)}
    except (botocore.exceptions.BotoCoreError, ValueError) as error:
        return {"error": type(error).__name__, "message": str(error), "status": 0}


def state_of(client, bucket, key):
    head = client.head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    head.pop("ResponseMetadata")
    if "ExpiresString" in head:  # The header as it is, which is what the AWS CLI prints.
        head["Expires"] = head.pop("ExpiresString")
    tags = client.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    digest = hashlib.sha256()
    for piece in client.get_object(Bucket=bucket, Key=key)["Body"].iter_chunks(1 << 20):
        digest.update(piece)
    return {"head": shown({name: value for name, value in head.items() if name not in OF_THE_MOMENT}),
            "tags": {tag["Key"]: tag["Value"] for tag in tags}, "sha256": digest.hexdigest()}


def main():
    client = None
    for line in sys.stdin:
        asked = json.loads(line)
        workers = asked.get("workers", 8)
        if "endpoint" in asked:
            client = connect(asked)
            answer = {}
        elif "state" in asked:
            bucket = asked["state"]
            keys = [item["Key"] for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
                    for item in page.get("Contents", [])]
            with ThreadPoolExecutor(workers) as pool:
                answer = dict(zip(keys, pool.map(lambda key: state_of(client, bucket, key), keys)))
        else:
            with ThreadPoolExecutor(workers) as pool:
                answer = list(pool.map(lambda one: call(client, one), asked["calls"]))
        print(json.dumps(answer), flush=True)


main()
