"""Botocore's shapes, and where the paths of rows lead in them."""

import re

SEGMENT = re.compile(r"\{[^{}]*\}|[^.]+")


class Wrong(Exception):
    """What is wrong with a row."""


class Shapes:
    """Botocore's shapes by name, and where paths lead in them."""

    def __init__(self, model):
        self.model = model
        self.shapes = model["shapes"]

    def operation(self, name, side):
        of = self.model["operations"][name].get(side)
        return of["shape"] if of else None

    def type(self, name):
        return self.shapes[name]["type"] if name else "nothing"

    def below(self, name):
        """The items of a list, the values of a map."""
        shape = self.shapes[name]
        if shape["type"] not in ("list", "map"):
            raise Wrong(f"{name} is no list")
        return (shape["member"] if shape["type"] == "list" else shape["value"])["shape"]

    def at(self, name, path):
        """The shape at a path; `[]` and `[0]` step into a list, a name or a `{variable}` into a map."""
        for segment in SEGMENT.findall(path):
            plain = re.sub(r"(\[0?\])+$", "", segment)
            if self.type(name) == "map":
                name = self.below(name)
            else:
                members = self.shapes[name].get("members", {}) if name else {}
                if plain not in members:
                    raise Wrong(f"there is no {plain} of {path} in {name}, which has {', '.join(members) or 'none'}")
                name = members[plain]["shape"]
            for _ in range(segment.count("[")):
                name = self.below(name)
        return name

    def sensitive(self, name, at="", seen=()):
        """The paths of what is marked as sensitive."""
        if name is None or name in seen:
            return
        shape = self.shapes[name]
        if shape.get("sensitive"):
            yield at
            return
        for member, of in shape.get("members", {}).items():
            yield from self.sensitive(of["shape"], f"{at}.{member}" if at else member, (*seen, name))
        if shape["type"] in ("list", "map"):
            yield from self.sensitive(self.below(name), at + "[]", (*seen, name))
