"""Clients of a server that imitates AWS."""
import botocore.config
import botocore.session


def without_account(request, **_):
    """S3 Control puts the account's number before the host, and an address has no names below it."""
    request.url = request.url.replace("//123456789012.", "//", 1)


class Nothing(dict):
    """What stands for an answer that did not come."""

    def __missing__(self, key):
        return Nothing()


class Client:
    """A botocore client whose refusals are written down instead of raised: moto does not know everything."""

    def __init__(self, account, service, client):
        self.account, self.service, self.client = account, service, client

    def __getattr__(self, name):
        call = getattr(self.client, name)

        def tried(**values):
            try:
                return call(**values)
            except Exception as e:  # noqa: BLE001 - whatever moto does
                self.account.refused.append(f"{self.service}.{name}: {type(e).__name__}: {str(e)[:200]}")
                return Nothing()
        return tried


class Account:
    """One account of the server: clients of all services and regions, made once."""

    def __init__(self, endpoint, session=None):
        self.endpoint = endpoint
        self.session = session or botocore.session.get_session()
        self.config = botocore.config.Config(retries={"max_attempts": 0}, inject_host_prefix=False)
        self.refused = []
        self.clients = {}

    def __call__(self, service, region="us-east-1"):
        key = service, region
        if key not in self.clients:
            client = self.session.create_client(
                service, region_name=region, endpoint_url=self.endpoint, config=self.config,
                aws_access_key_id="test", aws_secret_access_key="test")
            if service == "s3control":
                client.meta.events.register("before-send", without_account)
            self.clients[key] = Client(self, service, client)
        return self.clients[key]
