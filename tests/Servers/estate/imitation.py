"""moto in this process, with flaws of its own mended: what changes there from one question to the next by itself."""
import logging
import os
import threading
import time


def start(latency=0.0, seen=None):
    """Starts it on a free port; its URL.

    latency: how many seconds each request waits, as one to a place far away would.
    seen: a list that gets the service of each.
    """
    os.environ["MOTO_ACM_VALIDATION_WAIT"] = "1000000"
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server
    mend()
    imitated = DomainDispatcherApplication(create_backend_app)

    def answer(environ, start_response):
        if seen is not None:
            scope = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].partition(",")[0].split("/")
            seen.append(scope[3] if len(scope) > 3 else "")
        time.sleep(latency)
        return imitated(environ, start_response)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.port}"


def mend():
    from moto.apigateway.models import APIGatewayBackend
    from moto.cognitoidp.models import CognitoIdpUserPoolDomain
    from moto.ses.models import ConfigurationSet

    # The time of asking stands for the time of deployment.
    changed(APIGatewayBackend, "export_api", lambda answer: answer["info"].update(version="2026-01-01T00:00:00Z"))
    changed(CognitoIdpUserPoolDomain, "to_json", lambda answer: answer.update(AWSAccountId="123456789012"))
    # An object where a boolean belongs.
    changed(ConfigurationSet, "to_dict_v2", lambda answer: answer.update(SendingOptions={"SendingEnabled": True}))


def changed(kind, name, change):
    old = getattr(kind, name)

    def new(*values, **named):
        answer = old(*values, **named)
        change(answer)
        return answer
    setattr(kind, name, new)
