"""Asks a server as the AWS CLI does, in this process: by its session, with all that it changes of botocore."""
import base64
import contextlib
import io
import json
import os
import tempfile

FOLDER = tempfile.TemporaryDirectory()
CONFIG = os.path.join(FOLDER.name, "config")


class Failed(Exception):
    """An operation that did not succeed; says its error code."""


def settle():
    """Nothing of the machine's own settings counts."""
    with open(CONFIG, "w") as file:
        file.write("[default]\ncli_timestamp_format = iso8601\n")
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_CONFIG_FILE=CONFIG, AWS_SHARED_CREDENTIALS_FILE=CONFIG, AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1", AWS_EC2_METADATA_DISABLED="true", AWS_MAX_ATTEMPTS="1", NO_PROXY="127.0.0.1",
        no_proxy="127.0.0.1")


class Cli:
    """The AWS CLI: whole (`run`), and the part of it that asks and shapes answers (`ask`), which is much faster."""

    def __init__(self, endpoint):
        settle()
        import awscli.clidriver
        self.endpoint = endpoint
        self.driver = awscli.clidriver.create_clidriver()
        import account
        self.driver.session.register("before-send.s3-control", account.client.without_account)
        self.run("sts", "get-caller-identity")  # The first run puts the CLI's own parsers into the session.
        self.account = account.Account(endpoint, self.driver.session)

    def run(self, *words):
        """What `aws WORDS` prints, as JSON."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self.driver.main(["--endpoint-url", self.endpoint, "--output", "json", *words])
        if code != 0:
            raise Failed(err.getvalue())
        return json.loads(out.getvalue() or "{}")

    def ask(self, service, region, operation, given, page=None):
        """The answer as the CLI would print it, all pages of it. `page`: how, where botocore does not know."""
        import botocore.exceptions
        from awscli.formatter import json_encoder
        from botocore import xform_name
        client = self.account(service, region).client
        name = xform_name(operation)
        try:
            if client.can_paginate(name):
                answer = client.get_paginator(name).paginate(**given).build_full_result()
            else:
                answer = self.further(client, name, given, page) if page else getattr(client, name)(**given)
        except botocore.exceptions.ClientError as e:
            raise Failed(e.response["Error"]["Code"]) from e
        except Exception as e:  # noqa: BLE001 - what is no answer: a page of HTML, say
            raise Failed(type(e).__name__) from e
        answer.pop("ResponseMetadata", None)
        return json.loads(json.dumps(answer, default=lambda value: bytes_or(value, json_encoder)))

    @staticmethod
    def further(client, name, given, page):
        """All pages by the rows' own description of them."""
        answer = getattr(client, name)(**given)
        first, token = answer, page["output"][0]
        while answer.get(token):
            answer = getattr(client, name)(**{**given, page["input"][0]: answer[token]})
            for path in page["result"] if isinstance(page["result"], list) else [page["result"]]:
                *folders, last = path.split(".")
                whole, part = first, answer
                for folder in folders:
                    whole, part = whole[folder], part[folder]
                whole[last] = {**whole[last], **part[last]} if isinstance(whole[last],
                    dict) else whole[last] + part[last]
        first.pop(token, None)
        return first


def bytes_or(value, otherwise):
    """Bodies that are bytes as base64; the CLI writes them to a file."""
    if hasattr(value, "read"):
        value = value.read()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else otherwise(value)
