"""Checks the rows of a service, src/Collectors/Aws/Services/SERVICE.toml, and makes the model's `resources` of them.

docs/aws.md says what rows are. Whatever is misspelt ends the run with the file and the row: an operation that there is
not or that may change or reveal something, an unknown key, an input that is missing, a member path that the shapes do
not have, a member that is sensitive, moves by itself or is called like a secret, and is neither dropped nor kept on
purpose.
"""

import re

import aws_names
from aws_shapes import Shapes, Wrong

READS = re.compile(r"(BatchGet|BatchDescribe|Get|List|Describe)[A-Z]")

# Reads, though their names do not begin like one.
READS_TOO = {"apigatewayv2": {"ExportApi"}}

# Reads by their names, and yet they hand out secrets, items or access. Also in ReadOnlyPolicyTests.
FORBIDDEN = {
    "cognito-idp": {"GetUserAttributeVerificationCode", "GetTokensFromRefreshToken", "ListUserPoolClientSecrets"},
    "dynamodb": {"GetItem", "BatchGetItem", "TransactGetItems", "GetRecords", "GetShardIterator"},
    "ec2": {"GetPasswordData", "GetConsoleOutput", "GetConsoleScreenshot"},
    "ecr": {"GetAuthorizationToken", "GetDownloadUrlForLayer"},
    "ecr-public": {"GetAuthorizationToken"},
    "codeartifact": {"GetAuthorizationToken"},
    "cognito-identity": {"GetCredentialsForIdentity", "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity", "GetId"},
    "iam": {"GetCredentialReport"},
    "kinesis": {"GetRecords", "GetShardIterator"},
    "lightsail": {"GetInstanceAccessDetails", "GetRelationalDatabaseMasterUserPassword", "GetBucketAccessKeys",
                  "GetContainerLog", "GetContainerAPIMetadata"},
    "logs": {"GetLogEvents", "GetLogRecord", "GetQueryResults", "GetLogObject"},
    "redshift": {"GetClusterCredentials", "GetClusterCredentialsWithIAM"},
    "redshift-serverless": {"GetCredentials"},
    "s3control": {"GetDataAccess"},
    "secretsmanager": {"GetSecretValue", "BatchGetSecretValue", "GetRandomPassword"},
    "ssm": {"GetParameter", "GetParameters", "GetParametersByPath", "GetParameterHistory", "GetAccessToken"},
    "stepfunctions": {"GetActivityTask", "GetExecutionHistory"},
    "sts": {"GetSessionToken", "GetFederationToken", "GetWebIdentityToken", "GetDelegatedAccessToken"},
    "wafv2": {"GetDecryptedAPIKey", "ListAPIKeys"},
}

TOP = {"service", "scope", "iam", "not-exported", "operations", "pages", "not-paged", "unwrapped", "resources"}
KIND = {"name", "list", "input", "items", "when", "folder", "id", "absent", "unsupported", "action", "detail",
        "regions", "once", "documents", "resources"}
DETAIL = {"get", "input", "take", "absent", "action"}
DOCUMENT = {"file", "get", "input", "take", "raw", "text", "drop", "sets", "json", "absent", "when", "needs", "failed",
            "action", "content", "keeps", "drop-unknown"}
PAGE = {"input", "output", "result", "limit", "more"}
OURS = {"@region", "@account", "@partition"}
FILTERS = {"domain", "last", "path", "suffix"}
TOKEN = re.compile(r"(next|starting|continuation|page|pagination)?_?(token|marker|position)|ExclusiveStart.*|.*Marker",
                   re.IGNORECASE)
NUMBERS = {"integer", "long", "float", "double"}
VARIABLE = re.compile(r"\{([^{}|]+)(?:\|([a-z]+|[0-9]))?\}")


def texts(of):
    return [of] if isinstance(of, str) else list(of or [])


class Rows:
    """The rows of one service, checked: `head` and `tables` for its model, `operations`, `pages`, `unwrapped`."""

    def __init__(self, file, rows, model, paginators):
        self.file = file
        self.shapes = Shapes(model)
        self.operations = set()
        self.where = "the file"
        meta = model["metadata"]
        try:
            self.keys(rows, TOP)
            self.service = self.given(rows, "service")
            if f"{self.service}.toml" != file.name:
                raise Wrong(f"its service is {self.service}")
            self.scope = rows.get("scope", "regional")
            if self.scope not in ("regional", "global"):
                raise Wrong(f"scope is {self.scope}")
            self.iam = rows.get("iam", meta.get("signingName", meta["endpointPrefix"]))
            self.not_exported = [self.line(line) for line in rows.get("not-exported", [])]
            self.pages = rows.get("pages", {})
            self.unwrapped = rows.get("unwrapped", {})
            for name in rows.get("operations", []):
                self.operation(name)
            self.resources = [self.kind(row, {}, "") for row in rows.get("resources", [])]
            self.unique(row["name"] for row in self.resources)
            for name, page in self.pages.items():
                self.page(name, page)
            self.paged({*paginators, *self.pages}, rows.get("not-paged", []))
        except Wrong as wrong:
            raise SystemExit(f"{file}: {self.where}: {wrong}") from None

    def head(self):
        return {"scope": self.scope}

    def tables(self):
        return {"not_exported": self.not_exported, "resources": self.resources}

    # The pieces.

    def keys(self, row, known):
        for key in row:
            if key not in known:
                raise Wrong(f"the key {key} is unknown; there are {', '.join(sorted(known))}")

    def given(self, row, key):
        if not row.get(key):
            raise Wrong(f"{key} is missing")
        return row[key]

    def unique(self, names):
        seen = set()
        for name in names:
            if name in seen:
                raise Wrong(f"{name} is there twice")
            seen.add(name)

    def line(self, line):
        if not re.match(r"[^:]+: .", line):
            raise Wrong(f"not-exported lines are `area: why`, not {line}")
        return line

    def operation(self, name):
        if name not in self.shapes.model["operations"]:
            raise Wrong(f"there is no operation {name}")
        reads = READS.match(name) or name in READS_TOO.get(self.service, ())
        if not reads or name in FORBIDDEN.get(self.service, ()):
            raise Wrong(f"{name} may change or reveal something; rows only read")
        self.operations.add(name)
        return name

    def actions(self, row, operation):
        return [one if ":" in one else f"{self.iam}:{one}" for one in texts(row.get("action", operation))]

    def page(self, name, page):
        self.where = f"pages.{name}"
        self.keys(page, PAGE)
        self.operation(name)
        takes, gives = self.shapes.operation(name, "input"), self.shapes.operation(name, "output")
        for path in texts(self.given(page, "input")):
            self.shapes.at(takes, path)
        for path in texts(self.given(page, "output")) + texts(page.get("more")):
            self.shapes.at(gives, path)
        for path in texts(self.given(page, "result")):
            self.shapes.below(self.shapes.at(gives, path))

    def paged(self, known, not_paged):
        """Nothing is lost behind a first page because botocore does not say how the answer is paged."""
        self.where = "not-paged"
        for name in not_paged:
            self.operation(name)
        for name in sorted(self.operations - known - set(not_paged)):
            shape = self.shapes.operation(name, "input")
            for member in self.shapes.shapes[shape].get("members", {}) if shape else {}:
                if TOKEN.fullmatch(member):
                    raise Wrong(f"{name} takes {member}, and botocore has no pages of it: say how in [pages.{name}], "
                                "or that it is not in not-paged")

    # Templates: `item` is the shape that {Member} is of, `kinds` those of the enclosing kinds.

    def variable(self, name, chosen, item, kinds):
        if chosen and chosen not in FILTERS and not chosen.isdigit():
            raise Wrong(f"there is no filter {chosen}")
        first, _, rest = name.partition(".")
        if name.startswith("@"):
            if name not in OURS:
                raise Wrong(f"there is no {{{name}}}")
        elif name == ".":
            self.scalar(item, name)
        elif first in kinds:
            self.scalar(kinds[first] if not rest else self.shapes.at(kinds[first], rest), name)
        elif item is None:
            raise Wrong(f"{{{name}}} is of no enclosing kind")
        else:
            self.scalar(self.shapes.at(item, name), name)

    def scalar(self, shape, name):
        if self.shapes.type(shape) in ("structure", "list", "map", "blob", "nothing"):
            raise Wrong(f"{{{name}}} is a {self.shapes.type(shape)}")

    def template(self, text, item, kinds):
        for name, chosen in VARIABLE.findall(text):
            self.variable(name, chosen, item, kinds)
        if "{" in VARIABLE.sub("", text) or "}" in VARIABLE.sub("", text):
            raise Wrong(f"a brace is left over in {text}")
        return text

    def path(self, shape, path, item, kinds):
        self.template(path, item, kinds)
        return self.shapes.at(shape, path)

    def input(self, operation, values, item, kinds):
        shape = self.shapes.operation(operation, "input")
        members = self.shapes.shapes[shape].get("members", {}) if shape else {}
        for name in values:
            if name not in members:
                raise Wrong(f"{operation} takes no {name}, but {', '.join(members) or 'nothing'}")
            self.value(values[name], members[name]["shape"], item, kinds)
        missing = set(self.shapes.shapes[shape].get("required", []) if shape else []) - set(values)
        if missing:
            raise Wrong(f"{operation} needs {', '.join(sorted(missing))}")
        return values

    def value(self, value, shape, item, kinds):
        kind = self.shapes.type(shape)
        if isinstance(value, str):
            self.template(value, item, kinds)
            if kind in ("structure", "list", "map", "blob") or kind in NUMBERS | {"boolean"} and "{" not in value:
                raise Wrong(f"{value!r} is given for a {kind}")
        elif isinstance(value, list):
            for one in value:
                self.value(one, self.shapes.below(shape), item, kinds)
        elif isinstance(value, dict):
            for name, one in value.items():
                self.value(one, self.shapes.at(shape, name), item, kinds)
        elif kind != "boolean" if isinstance(value, bool) else kind not in NUMBERS:
            raise Wrong(f"{value!r} is given for a {kind}")

    def when(self, conditions, item, kinds):
        for condition in texts(conditions):
            path, is_equal, value = condition.partition("=")
            path = path.strip("!")
            if path.split(".")[0] in kinds:
                self.variable(path, "", item, kinds)
            elif path != ".":
                self.shapes.at(item, path)
            if is_equal:
                self.template(value, item, kinds)
        return texts(conditions)

    # Kinds and documents.

    def kind(self, row, kinds, within):
        self.where = within + row.get("name", "a kind without a name")
        where = self.where
        self.keys(row, KIND)
        name = self.given(row, "name")
        if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or name in kinds:
            raise Wrong("its name is none, or an enclosing kind's")
        made = {"name": name}
        shape = self.listed(row, made, kinds)
        if "detail" in row:
            made["detail"], shape = self.detail(row["detail"], shape, kinds)
        if name in self.shapes.shapes[shape].get("members", {}) if shape else False:
            raise Wrong("its items have a member of its name")
        if "when" in row:
            made["when"] = self.when(row["when"], shape, kinds)
        made["folder"] = self.template(row.get("folder", ""), shape, kinds)
        if made["folder"].endswith("/"):
            raise Wrong("a folder is named without a / at its end")
        if "id" in row:
            self.scalar(shape if row["id"] == "." else self.shapes.at(shape, row["id"]), row["id"])
            made["id"] = row["id"]
        if ("regions" in row or "once" in row) and (kinds or self.scope == "global"):
            raise Wrong("regions and once belong to a kind at the top of a regional service")
        if "once" in row:
            made["once"] = bool(row["once"])
        for key in ("absent", "unsupported", "regions"):
            if key in row:
                made[key] = texts(row[key])
        made["documents"] = [self.document(one, shape, kinds, where) for one in row.get("documents", [])]
        below = {**kinds, name: shape}
        made["resources"] = [self.kind(one, below, where + ".") for one in row.get("resources", [])]
        self.where = where
        self.unique(one["name"] for one in made["resources"])
        if not made["documents"] and not made["resources"]:
            raise Wrong("nothing of it is stored")
        return made

    def listed(self, row, made, kinds):
        """Reads `list`, `input` and `items`; the shape of an item."""
        if "list" in row:
            made["list"] = self.operation(row["list"])
            made["input"] = self.input(row["list"], row.get("input", {}), None, kinds)
            made["actions"] = self.actions(row, row["list"])
            shape = self.shapes.operation(row["list"], "output")
        elif kinds and "input" not in row and "action" not in row:
            shape = list(kinds.values())[-1]
        else:
            raise Wrong("list is missing")
        if "items" not in row:
            return shape
        made["items"] = row["items"]
        return self.shapes.below(self.shapes.at(shape, row["items"]))

    def detail(self, row, shape, kinds):
        self.keys(row, DETAIL)
        get = self.operation(self.given(row, "get"))
        made = {"get": get, "input": self.input(get, row.get("input", {}), shape, kinds),
                "actions": self.actions(row, get)}
        found = self.shapes.operation(get, "output")
        if "take" in row:
            made["take"] = row["take"]
            found = self.path(found, row["take"], shape, kinds)
        if "absent" in row:
            made["absent"] = texts(row["absent"])
        return made, found

    def document(self, row, item, kinds, where):
        self.where = f"{where}: {row.get('file', row.get('content', 'a document without a file'))}"
        self.keys(row, DOCUMENT)
        made = {}
        if "content" in row:
            self.keys(row, {"content", "get", "when", "action"})
            made["content"] = row["content"]
            made["actions"] = self.actions(row, texts(row.get("get", [])))
            for get in texts(row.get("get", [])):
                self.operation(get)
        else:
            made["file"] = self.template(self.given(row, "file"), item, kinds)
            self.stored(row, made, item, kinds)
        if "when" in row:
            made["when"] = self.when(row["when"], item, kinds)
        if "absent" in row:
            made["absent"] = texts(row["absent"])
        return made

    def stored(self, row, made, item, kinds):
        shape = item
        if "get" in row:
            made["get"] = self.operation(row["get"])
            made["input"] = self.input(row["get"], row.get("input", {}), item, kinds)
            made["actions"] = self.actions(row, row["get"])
            shape = self.shapes.operation(row["get"], "output")
        elif "input" in row or "action" in row:
            raise Wrong("input and action belong to a get")
        if "take" in row:
            made["take"] = row["take"]
            shape = self.path(shape, row["take"], item, kinds)
        for key in ("raw", "text"):
            if key in row:
                made[key] = row[key]
                shape = self.shapes.at(shape, row[key])
                if self.shapes.type(shape) not in ("string", "blob"):
                    raise Wrong(f"{key} is a {self.shapes.type(shape)}")
        if "raw" in row and self.shapes.type(shape) == "blob":
            made["blob"] = True
        if "needs" in row:
            made["needs"] = row["needs"]
            self.shapes.at(shape, row["needs"])
        if "failed" in row:
            made["failed"] = row["failed"]
            self.shapes.at(shape, row["failed"])
        self.cleaned(row, made, shape)

    def cleaned(self, row, made, shape):
        """What is changed of a document: dropped, sorted, decoded. Paths are of what is stored."""
        for key in ("drop", "json"):
            if key in row:
                made[key] = texts(row[key])
        for path in made.get("drop", []):
            if path.endswith("]"):
                raise Wrong(f"{path} is no member")
            self.shapes.at(shape, path)
        if "drop-unknown" in row:
            made["drop"] = made.get("drop", []) + [self.unknown(shape, path) for path in texts(row["drop-unknown"])]
        for path in made.get("json", []):
            if self.shapes.type(self.shapes.at(shape, path)) != "string":
                raise Wrong(f"{path} is no text")
        if "sets" in row:
            made["sets"] = texts(row["sets"])
        for each in made.get("sets", []):
            path, _, by = each.partition(":")
            below = self.shapes.below(self.shapes.at(shape, path))
            if by:
                self.scalar(self.shapes.at(below, by), by)
        self.safe(row, made, shape)

    def unknown(self, shape, path):
        """A member that must not be stored should a service ever answer with it, as some that imitate AWS do."""
        folder, _, last = path.rpartition(".")
        if last in self.shapes.shapes[self.shapes.at(shape, folder)].get("members", {}):
            raise Wrong(f"{path} is known: name it in drop")
        return path

    def safe(self, row, made, shape):
        """Every member that AWS marks as sensitive, or whose name is telling, is dropped, or kept on purpose."""
        known = texts(row.get("keeps")) + made.get("drop", [])
        found = [(path, "is marked as sensitive") for path in self.shapes.sensitive(shape)]
        for path, why in found + list(aws_names.undecided(self.shapes, shape)):
            if not any(path == one or path.startswith((one + ".", one + "[")) or one == "." for one in known):
                raise Wrong(f"{path or '.'} {why}: name it in drop or in keeps")
        for path in texts(row.get("keeps")):
            if path != ".":
                self.shapes.at(shape, path)
