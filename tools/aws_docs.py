"""Writes the table of what is captured of which service, docs/aws-services.md, from the rows."""

import re

HEAD = """# What is captured of each AWS service

Made from the rows by `tools/aws_models.py`; do not edit. Paths are below `SERVICE/`, and below `REGION/` where the service is regional;
words in capitals are an item's own. docs/aws.md says how a document is made of an answer."""


def join(folder, below):
    return f"{folder}/{below}" if folder and below else folder or below


def plain(template):
    """`{Name|domain}` as `NAME`, what may be absent in brackets."""
    def word(match):
        name, _, how = match.group(1).partition("|")
        text = name.split(".")[-1].lstrip("@").replace("[]", "").upper() or "NAME"
        return f"[.{text}]" if how == "suffix" else text
    return re.sub(r"\{([^{}]*)\}", word, template)


def lines(kinds, folder):
    for kind in kinds:
        here = join(folder, kind["folder"])
        only = " (in no region)" if "regions" in kind or kind.get("once") else ""
        for row in kind.get("documents", []):
            path = join(here, row.get("file", row.get("content")))
            if row.get("content") == "lambda-code":
                path = join(here, "code.zip")
            elif row.get("content") == "lambda-layer":
                path = join(here, "content.zip")
            asked = row.get("get") or (kind.get("detail") or {}).get("get") or kind.get("list", "the item above")
            left = "; without " + ", ".join(f"`{one}`" for one in row["drop"]) if row.get("drop") else ""
            if "content" in row:
                asked, left = row["actions"][0].split(":")[1], ", and its files one by one in the folder of its name"
            yield f"- `{plain(path)}`: {asked}{left}{only}"
        yield from lines(kind["resources"], here)


def text_of(services):
    """`services`: name → (head, tables) of those with rows."""
    parts = [HEAD]
    for name, (head, tables) in sorted(services.items()):
        parts.append(f"\n## {name}" + ("" if head["scope"] == "regional" else " (the same in all regions)") + "\n")
        parts.extend(lines(tables["resources"], ""))
        if tables["not_exported"]:
            parts.append("\nNot exported: " + ". ".join(tables["not_exported"]) + ".")
    return "\n".join(parts) + "\n"
