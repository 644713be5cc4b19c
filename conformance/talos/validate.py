#!/usr/bin/env python3
"""Holds documents of machine configurations against the schema that Talos publishes.

    validate.py config.schema.json out/lab/talos/*.yaml out/lab/talos/patches/**/*.yaml

They are patches: what Talos requires may stand in what they are merged into.
"""

import json
import sys

import jsonschema
import yaml


def loose(schema):
    """The schema without what it requires."""
    if isinstance(schema, dict):
        return {key: loose(value) for key, value in schema.items() if key != "required" or not isinstance(value, list)}
    return [loose(value) for value in schema] if isinstance(schema, list) else schema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    kinds = {}
    for name, definition in schema["$defs"].items():
        if "kind" in definition.get("properties", {}):
            kinds[definition["properties"]["kind"]["enum"][0]] = name
    # The schema calls what Talos reads as an address an object without fields.
    relaxed = {**loose(schema["$defs"]), "v1alpha1.Endpoint": {"type": "string", "format": "uri"}}
    wrong = count = 0
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            for document in yaml.safe_load_all(file):
                count += 1
                name = kinds.get(document.get("kind"), "v1alpha1.Config")
                check = {"$ref": f"#/$defs/{name}", "$defs": relaxed}
                for error in jsonschema.Draft202012Validator(check).iter_errors(document):
                    wrong += 1
                    print(f"{path}: {'.'.join(map(str, error.path))}: {error.message}")
    print(f"{count} documents, {wrong} mistakes")
    sys.exit(wrong > 0 or count == 0)


main()
