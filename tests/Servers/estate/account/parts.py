"""The parts that an account is made of, in the order in which they are made."""
PARTS = []


def part(make):
    """One function for each service."""
    PARTS.append(make)
    return make


def tags(key="Key", value="Value", **named):
    return [{key: name, value: text} for name, text in {"Team": "Größe & Söhne", "a b": "c/d", **named}.items()]
