#!/usr/bin/env python3
"""Writes stdlib/talosconfig.pl from the schema that a release of Talos publishes: names, types and choices alone.

    facts.py config.schema.json 1.13.9 > stdlib/talosconfig.pl && platc fmt stdlib/talosconfig.pl
"""

import json
import re
import sys


KINDS = {}

# What only its owner may know. It has no place in a platform, so there is no field to write it to.
SECRETS = {
    "MachineConfig": ["token", "ca", "acceptedCAs"],
    "ClusterConfig": ["id", "secret", "token", "aescbcEncryptionSecret", "secretboxEncryptionSecret", "ca", "acceptedCAs",
                      "aggregatorCA", "serviceAccount"],
    "EtcdConfig": ["ca"],
    "EncryptionKeyStatic": ["passphrase"],
    "HCloudVIPConfig": ["apiToken"],
    "RegistryAuthConfig": ["password", "auth", "identityToken"],
    "RegistryTLSConfig": ["clientIdentity"],
    "SideroLinkConfig": ["uniqueToken"],
    "WireguardConfig": ["privateKey"],
    "WireguardPeer": ["presharedKey"],
}

# What the schema calls an object without fields is the address that Talos makes of a text.
ADDRESSES = ["v1alpha1.Endpoint"]


def short(name):
    """`block.MountSpec` is `MountSpec` here, and a document is called by its kind."""
    name = name.split("/")[-1]
    return KINDS.get(name) or name.split(".", 1)[-1]


def of(schema):
    """The type of a value."""
    if not schema:
        return "Any"
    if "$ref" in schema:
        return "String" if schema["$ref"].split("/")[-1] in ADDRESSES else short(schema["$ref"])
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    options = schema.get("oneOf") or schema.get("anyOf")
    if options:
        return " | ".join(dict.fromkeys(of(option) for option in options))
    kind = schema.get("type")
    if kind == "array":
        element = of(schema.get("items", {}))
        return f"[{element}]"
    if kind == "object" and schema.get("properties"):
        return record(schema)
    if kind == "object":
        values = list((schema.get("patternProperties") or {}).values())
        return "{String: " + (of(values[0]) if values else "Any") + "}"
    return {"string": "String", "integer": "Int", "boolean": "Bool", "number": "Float"}.get(kind, "Any")


def fields(schema, skip=()):
    """The fields of a record, without those that have no place here."""
    required = schema.get("required") or []
    for name, field in schema.get("properties", {}).items():
        if name not in skip:
            key = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) else json.dumps(name)
            yield f"  {key}{'' if name in required else '?'}: {of(field)}"


def record(schema, skip=()):
    body = list(fields(schema, skip))
    return "{\n" + "\n".join(body) + "\n}" if body else "{}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    definitions = schema["$defs"]
    for name, definition in definitions.items():
        if "kind" in definition.get("properties", {}):
            KINDS[name] = definition["properties"]["kind"]["enum"][0]
    names = [short(name) for name in definitions]
    assert len(set(names)) == len(names), "two definitions have one name"
    documents = set(KINDS.values())
    print(f"//! What Talos {sys.argv[2]} is configured with: types of its fields, from the schema that it publishes.")
    print("//! Written by `conformance/talos/facts.py`; nobody edits it.\n")
    print("/// A document of a machine's configuration beside the main one.")
    print('schema Document {\n  apiVersion: String = "v1alpha1"\n  kind: String\n}')
    for name, definition in sorted(definitions.items(), key=lambda item: short(item[0])):
        if name in ADDRESSES:
            continue
        name = short(name)
        if name in documents:
            print(f'\nschema {name} is Document {{\n  kind = "{name}"')
            print("\n".join(fields(definition, skip=["apiVersion", "kind", *SECRETS.get(name, [])])))
            print("}")
        else:
            print(f"\ntype {name} = {record(definition, SECRETS.get(name, []))}")


main()
