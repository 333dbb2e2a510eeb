"""Tests of aws_rows.py: `python3 -m unittest` in this folder. Each row here is wrong in one way, and refused with its name."""

import contextlib
import io
import pathlib
import tomllib
import unittest

from aws_rows import Rows

SHAPES = {
    "ListIn": {"type": "structure", "members": {"NextToken": {"shape": "Text"}, "Size": {"shape": "Number"}}},
    "ListOut": {"type": "structure", "members": {"Toys": {"shape": "Toys"}, "NextToken": {"shape": "Text"}}},
    "Toys": {"type": "list", "member": {"shape": "Toy"}},
    "Toy": {"type": "structure", "members": {
        "Name": {"shape": "Text"}, "Tags": {"shape": "Map"}, "Key": {"shape": "Secret"}, "LastSeen": {"shape": "Text"},
        "MakersPassword": {"shape": "Text"}}},
    "GetIn": {"type": "structure", "required": ["Name"], "members": {"Name": {"shape": "Text"}}},
    "GetOut": {"type": "structure", "members": {"Toy": {"shape": "Toy"}, "ETag": {"shape": "Text"}}},
    "Map": {"type": "map", "key": {"shape": "Text"}, "value": {"shape": "Text"}},
    "Text": {"type": "string"},
    "Number": {"type": "integer"},
    "Secret": {"type": "string", "sensitive": True},
}
MODEL = {
    "metadata": {"endpointPrefix": "toys", "signingName": "toy"},
    "operations": {
        "ListToys": {"input": {"shape": "ListIn"}, "output": {"shape": "ListOut"}},
        "ListDolls": {"input": {"shape": "ListIn"}, "output": {"shape": "ListOut"}},
        "GetToy": {"input": {"shape": "GetIn"}, "output": {"shape": "GetOut"}},
        "DeleteToy": {"input": {"shape": "GetIn"}, "output": {"shape": "GetOut"}},
        "Listen": {"output": {"shape": "GetOut"}},
    },
    "shapes": SHAPES,
}
RIGHT = """
service = "toys"
not-exported = ["dreams: nobody can read them"]

[[resources]]
name = "toys"
list = "ListToys"
input = { Size = 1 }
items = "Toys"
folder = "{Name|domain}"
id = "Name"
when = "Name!=bear"

[[resources.documents]]
file = "toy{Key|suffix}.json"
get = "GetToy"
input = { Name = "{Name}" }
drop = ["ETag", "Toy.Key", "Toy.LastSeen", "Toy.MakersPassword"]
sets = ["Toy.Tags"]

[[resources.resources]]
name = "others"
list = "GetToy"
input = { Name = "{toys.Name}" }
folder = "others"

[[resources.resources.documents]]
file = "{ETag}.txt"
raw = "Toy.Name"
"""


def rows(text, service="toys"):
    return Rows(pathlib.Path(f"{service}.toml"), tomllib.loads(text), MODEL, {"ListToys": {}})


class RowsTests(unittest.TestCase):
    def test_right_rows_become_resources_with_their_actions(self):
        made = rows(RIGHT)
        self.assertEqual(made.operations, {"ListToys", "GetToy"})
        self.assertEqual(made.resources[0]["actions"], ["toy:ListToys"])
        self.assertEqual(made.resources[0]["documents"][0]["actions"], ["toy:GetToy"])
        self.assertEqual(made.resources[0]["resources"][0]["name"], "others")
        self.assertEqual(made.head(), {"scope": "regional"})

    def test_whatever_is_wrong_is_refused_by_name(self):
        cases = [
            ('service = "toys"', 'service = "dolls"', "its service is dolls"),
            ('service = "toys"', 'service = "toys"\nscope = "local"', "scope is local"),
            ('name = "others"', 'name = "others"\nonce = true', "at the top of a regional service"),
            ("dreams: nobody can read them", "dreams", "area: why"),
            ('name = "toys"', 'nam = "toys"', "the key nam is unknown"),
            ('name = "others"', 'name = "toys"', "an enclosing kind's"),
            ("ListToys", "ListNone", "no operation ListNone"),
            ('get = "GetToy"', 'get = "DeleteToy"', "DeleteToy may change"),
            ('list = "ListToys"\ninput = { Size = 1 }', 'list = "Listen"', "Listen may change"),
            ("ListToys", "ListDolls", "botocore has no pages of it"),
            ("Size = 1", "Sise = 1", "takes no Sise"),
            ("Size = 1", 'Size = "many"', "given for a integer"),
            ("Size = 1", 'Size = "{Name}"', "of no enclosing kind"),
            ('items = "Toys"', 'items = "Toy"', "no Toy of Toy"),
            ('items = "Toys"', 'items = "NextToken"', "no list"),
            ("{Name|domain}", "{Nam|domain}", "no Nam of Nam"),
            ("{Name|domain}", "{Name|upper}", "no filter upper"),
            ("{Name|domain}", "{Name|domain", "a brace is left over"),
            ("{Name|domain}", "{Name}/", "without a / at its end"),
            ("{Name|domain}", "{@planet}", "no {@planet}"),
            ("{Name|domain}", "{Tags}", "is a map"),
            ('id = "Name"', 'id = "Tags"', "is a map"),
            ("Name!=bear", "Nose!=bear", "no Nose"),
            ('input = { Name = "{Name}" }', "input = {}", "GetToy needs Name"),
            ('"ETag", ', '"Etag", ', "no Etag"),
            ("Toy.Tags", "Toy.Name", "no list"),
            ('"Toy.Key", ', "", "Toy.Key is marked as sensitive"),
            (', "Toy.LastSeen"', "", "Toy.LastSeen moves by itself"),
            (', "Toy.MakersPassword"', "", "Toy.MakersPassword is a secret by its name"),
            ("toys.Name", "toys.Nam", "no Nam"),
            ("toys.Name", "dolls.Name", "of no enclosing kind"),
            ("Toy.Name", "Toy.Tags", "raw is a map"),
            ("Toy.Name", "Toy.Key", "marked as sensitive"),
            ('file = "{ETag}.txt"\n', "", "file is missing"),
        ]
        for old, new, words in cases:
            with self.subTest(new):
                self.assertIn(old, RIGHT)
                with self.assertRaises(SystemExit) as refused, contextlib.redirect_stderr(io.StringIO()):
                    rows(RIGHT.replace(old, new))
                self.assertIn("toys.toml: ", str(refused.exception))
                self.assertIn(words, str(refused.exception))

    def test_what_is_sensitive_is_kept_where_that_is_said(self):
        text = RIGHT.replace('"Toy.Key", ', "").replace("sets =", 'keeps = ["Toy.Key"]\nsets =')
        self.assertNotIn("keeps", rows(text).resources[0]["documents"][0])

    def test_pages_that_are_told_or_denied_satisfy(self):
        more = '\n[pages.ListDolls]\ninput = "NextToken"\noutput = "NextToken"\nresult = "Toys"\n'
        dolls = RIGHT.replace("ListToys", "ListDolls")
        self.assertIn("ListDolls", rows(dolls + more).pages)
        self.assertEqual(rows('not-paged = ["ListDolls"]' + dolls).pages, {})
        for wrong in ("Dolls", "NextToken"):
            with self.assertRaises(SystemExit):
                rows(dolls + more.replace('"Toys"', f'"{wrong}"'))


if __name__ == "__main__":
    unittest.main()
