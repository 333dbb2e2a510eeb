"""What the name of a member tells: that its value moves by itself, or that it is a secret which AWS does not mark.

Both only make somebody decide: a row names such a member in `drop`, or in `keeps`.
"""

import re

# When something was last done, how much there is of it now, how far it is. When it was changed is another matter.
MOVING = re.compile(
    r"last(?!modifi|updat|chang|rotat).*"
    r"|approximatenumber.*|estimatednumber.*|(item|message|event|attachment|resourcerecordset)count|.*usagecount"
    r"|.*sizebytes|sizeinbytes|storedbytes|usedbytes|gbinuse|numberofrecoverypoints|availableipaddresscount"
    r"|.*progress|next(execution|snapshot|run|invocation|processing).*|(earliest|latest)restorable.*|sentlast.*"
    r"|calculatedspend|healthstatus|vgwtelemetry|locktoken|scheduledrunspreview|predictedcapacity")

# Of texts alone: what is structured or counted is looked into.
SECRET = re.compile(
    r".*(password|secret|secretvalue|privatekey|secretkey|secretaccesskey|apikeyvalue|presharedkey|passphrase)"
    r"|.*authorizationtoken|sessiontoken|secretstring|secretbinary|plaintext|connectionstring|platformcredential"
    r"|resolvedvalue|userdata")


def telling(name, kind):
    """What is to be decided of a member, in words; empty: nothing."""
    plain = name.replace("_", "").lower()
    if MOVING.fullmatch(plain):
        return "moves by itself"
    return "is a secret by its name" if kind in ("string", "blob") and SECRET.fullmatch(plain) else ""


def undecided(shapes, name, at="", seen=()):
    """The paths of such members below a shape, and why."""
    if name is None or name in seen:
        return
    seen = (*seen, name)
    for member, of in shapes.shapes[name].get("members", {}).items():
        path = f"{at}.{member}" if at else member
        why = telling(member, shapes.type(of["shape"]))
        if why:
            yield path, why
        yield from undecided(shapes, of["shape"], path, seen)
    if shapes.type(name) in ("list", "map"):
        yield from undecided(shapes, shapes.below(name), at + "[]", seen)
