"""Paths into answers, and texts with variables, as docs/aws.md says that rows have them."""
import json
import re

VARIABLE = re.compile(r"\{([^{}|]+)(?:\|([a-z]+|[0-9]))?\}")


class Lacks(Exception):
    """An item without a member that a row names."""


def join(folder, name):
    return f"{folder}/{name}" if folder and name else folder or name


def steps(path):
    for segment in re.findall(r"\{[^{}]*\}|[^.]+", path):
        name, *brackets = re.split(r"(?=\[)", segment)
        yield name
        yield from brackets


def every(value, path, scope=None):
    """All that stands at a path."""
    found = [value]
    for step in steps(path):
        if step.startswith("["):
            found = [one for many in found for one in (many.values() if isinstance(many, dict) else many or [])]
            found = found[:1] if step == "[0]" else found
        else:
            name = filled(step, scope) if step.startswith("{") else step
            found = [one[name] for one in found if isinstance(one, dict) and one.get(name) is not None]
    return found


def at(value, path, scope=None):
    return next(iter(every(value, path, scope)), None)


def shape_at(shape, path):
    for step in steps(path):
        if shape.type_name == "structure":
            shape = shape.members[step]
        else:
            shape = shape.value if shape.type_name == "map" else shape.member
    return shape


def variable(name, scope):
    first, _, rest = name.partition(".")
    if name.startswith("@"):
        return scope[name]
    if name == ".":
        return scope[""]["item"]
    if first in scope:
        return at(scope[first], rest, scope) if rest else scope[first]
    return at(scope[""]["item"], name, scope)


def plain(value):
    return json.dumps(value) if isinstance(value, (bool, int, float)) else value if isinstance(value, str) else None


def filled(template, scope, path=False):
    """A text with its variables in place."""
    def one(match):
        text, chosen = plain(variable(match[1], scope)), match[2]
        if not text:
            if chosen == "suffix":
                return ""
            raise Lacks(match[1])
        if chosen == "domain":
            text = (text.rstrip(".") or text).replace("\\052", "*")
        elif chosen == "last":
            text = re.split("[/:]", text)[-1] or text
        elif chosen and chosen.isdigit():
            text = (text.split(":") + [""] * 10)[int(chosen)]
        parts = text.lstrip("/").split("/") if path and chosen == "path" else [text]
        text = "/".join(map(named, parts)) if path else text
        return "." + text if chosen == "suffix" else text
    return VARIABLE.sub(one, template)


def named(text):
    if text in (".", ".."):
        return text.replace(".", "%2E")
    return "".join(f"%{ord(each):02X}" if each in "/%\x7f" or each < " " else each for each in text)


def put(template, scope):
    """An input with its variables in place; what an item lacks is not given."""
    if isinstance(template, dict):
        return {name: given for name, one in template.items() if (given := put(one, scope)) is not None}
    if isinstance(template, list):
        return [put(one, scope) for one in template]
    if isinstance(template, str):
        only = VARIABLE.fullmatch(template)
        return variable(only[1], scope) if only and not only[2] else filled(template, scope)
    return template


def holds(condition, scope):
    path, equals, text = condition.partition("=")
    value = variable(path.strip("!"), scope)
    there = plain(value) == filled(text, scope) if equals else value not in (None, "", [], {})
    return there != ("!" in path)


def known(value, shape):
    """Without what the model does not know: jstore keeps it, the CLI does not print it."""
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict) and not shape.is_document_type:
        return {name: known(one, shape.members[name]) for name, one in value.items() if name in shape.members}
    if kind == "list" and isinstance(value, list):
        return [known(one, shape.member) for one in value]
    if kind == "map" and isinstance(value, dict):
        return {name: known(one, shape.value) for name, one in value.items()}
    return value
