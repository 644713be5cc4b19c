#!/usr/bin/env python3
"""Random objects of every kind that platc knows, compiled by platc and read by others.

    pip install kubernetes-validate pyyaml ruamel.yaml
    python conformance/kubernetes/kinds.py PLATC DIRECTORY [CRDS]

DIRECTORY holds what the example `instances` of platc-robust wrote: platforms as NAME.pl, and what must come of them as
NAME.json. Each is built without a finding (but that a version of a kind is deprecated), read with PyYAML (YAML 1.1),
ruamel.yaml (YAML 1.2) and as JSON, and compared as data. Then every object is judged by the schemas that Kubernetes publishes, and
every custom resource by CRDS, a folder of JSON Schemas as `GROUP/KIND_VERSION.json`, where it is given.

Values are made from the types of the language. A type says less than a schema does: what a schema refuses because of a
pattern, a length, a bound or a choice is counted, and what it refuses because of a field, a type or a value of an
enumeration is an error, for then the type says something else.
"""

import collections
import functools
import json
import multiprocessing
import pathlib
import subprocess
import sys

import jsonschema
import kubernetes_validate
import referencing
import yaml
from kubernetes_validate import utils
from ruamel.yaml import YAML

VERSIONS = ["1.33", "1.34", "1.35", "1.36", "1.37"]
TYPED = {"type", "additionalProperties", "required", "enum"}


def additional(validator, allowed, instance, schema):
    """What is not named, where the schema does not say that it is kept."""
    if allowed is not False or not schema.get("x-kubernetes-preserve-unknown-fields"):
        yield from jsonschema.Draft7Validator.VALIDATORS["additionalProperties"](validator, allowed, instance, schema)


# Patterns are in another dialect, and no type has them.
Validator = jsonschema.validators.extend(
    jsonschema.Draft7Validator, {"pattern": lambda *_: (), "additionalProperties": additional}
)

utils.schema_contents = functools.lru_cache(None)(utils.schema_contents)


def main() -> int:
    platc, directory = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    crds = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
    jobs = [(platc, path, crds) for path in sorted(directory.glob("*.pl"))]
    counts = collections.Counter()
    with multiprocessing.Pool() as pool:
        for name, found, wrong in pool.imap_unordered(judge, jobs, chunksize=1):
            counts.update(found)
            counts["wrong"] += len(wrong)
            for what in wrong[:20]:
                print(f"{name}: {what}")
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["wrong"] or not counts["objects"] else 0


def judge(job: tuple) -> tuple:
    """What is counted and what is wrong in one platform."""
    platc, path, crds = job
    counts, wrong = collections.Counter(), []
    expected = json.loads(path.with_suffix(".json").read_text())
    done = subprocess.run([platc, "build", "--rules", "language", "--report", "json", path], capture_output=True)
    found = [json.loads(line) for line in done.stderr.splitlines()]
    wrong += [f"line {it['line']}: {it['code']}: {it['message']}" for it in found if it["code"] != "object/deprecated"]
    text = done.stdout.decode()
    wrong += [] if text else ["nothing comes out"]
    as_json = subprocess.run([platc, "build", "--rules", "language", "--quiet", "--format", "json", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    readers = {
        "YAML 1.1": lambda: list(yaml.load_all(text, Loader=yaml.CSafeLoader)),
        "YAML 1.2": lambda: list(YAML(typ="safe", pure=True).load_all(text)),
        "JSON": lambda: json.loads(as_json.stdout)["items"],
    }
    for reader, read in readers.items() if text else ():
        found = [item for item in read() if item["kind"] != "Namespace" or item["metadata"]["name"] != "web"]
        wrong += [f"{reader}: {what}" for what in compare(found, [item["object"] for item in expected])]
    for item in expected:
        counts["objects"] += 1
        counts.update(validate(item, crds, wrong))
    return path.stem, counts, wrong


def compare(read: list, expected: list) -> list:
    """Which objects are not what was written."""
    name = lambda item: (item["apiVersion"], item["kind"], item["metadata"]["name"])
    read, expected = {name(item): item for item in read}, {name(item): item for item in expected}
    wrong = [f"{key} is there once only" for key in read.keys() ^ expected.keys()]
    for key in read.keys() & expected.keys():
        wrong += [f"{' '.join(key)}: {what}" for what in differences(read[key], expected[key], "")]
    return wrong


def differences(read, expected, path: str):
    """Where two values differ, in type too: `1` is not `1.0` and not `true`."""
    if type(read) is not type(expected):
        yield f"{path} is {read!r} and not {expected!r}"
    elif isinstance(read, dict):
        for key in read.keys() | expected.keys():
            yield from differences(read.get(key, "nothing"), expected.get(key, "nothing"), f"{path}.{key}")
    elif isinstance(read, list) and len(read) == len(expected):
        for number, (one, other) in enumerate(zip(read, expected)):
            yield from differences(one, other, f"{path}.{number}")
    elif read != expected:
        yield f"{path} is {read!r} and not {expected!r}"


def validate(item: dict, crds: pathlib.Path | None, wrong: list) -> list:
    """Judges an object by a published schema, and says how that was."""
    data, first = item["object"], item["kubernetes"]
    group, _, version = data["apiVersion"].rpartition("/")
    schema = crds and crds / group / f"{data['kind'].lower()}_{version}.json"
    if schema and schema.exists():
        errors = list(validator(schema).iter_errors(data))
    else:
        try:
            errors = published(data, first)
        except kubernetes_validate.SchemaNotFoundError:
            return ["judged by nobody"]
    serious = [error for error in errors if error.validator in TYPED]
    name = f"{data['kind']} {data['metadata']['name']}"
    wrong += [f"{name}: {'.'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in serious]
    return ["valid"] if not errors else ["less than the schema asks for"]


@functools.cache
def validator(schema: pathlib.Path) -> Validator:
    return Validator(json.loads(schema.read_text()))


def published(data: dict, first: str) -> list:
    """What the schemas of all versions refuse that know the field: a type has the fields of all of them."""
    refused = {}
    for version in VERSIONS:
        try:
            refused[version] = list(errors_of(data, version))
        except kubernetes_validate.SchemaNotFoundError:
            continue
    if first not in refused:
        raise kubernetes_validate.SchemaNotFoundError(first, data["kind"], data["apiVersion"])
    unknown = {version: {path for path, name, _ in errors if name == "additionalProperties"} for version, errors in refused.items()}
    known = lambda path, version: not any(path[:length] in unknown[version] for length in range(len(path)))
    everywhere = []
    for path, name, error in (error for errors in refused.values() for error in errors):
        judges = [version for version in refused if known(path, version)]
        if all(any(it[:2] == (path, name) for it in refused[version]) for version in judges):
            everywhere.append(error)
    return everywhere


def errors_of(data: dict, version: str):
    """Path, keyword and error of all that a version refuses; of fields that it does not know, one each."""
    for error in validator_of(data["apiVersion"], data["kind"], version).iter_errors(data):
        path = tuple(error.absolute_path)
        if error.validator != "additionalProperties":
            yield path, error.validator, error
            continue
        for field in error.instance.keys() - error.schema.get("properties", {}).keys():
            yield (*path, field), error.validator, error


@functools.cache
def validator_of(api_version: str, kind: str, version: str) -> Validator:
    """As `kubernetes_validate.validate` finds the schema, but for all errors, and once."""
    folder = f"kubernetes-json-schema/v{next(it for it in utils.all_versions() if it.startswith(version))}-local-strict"
    group, _, rest = api_version.rpartition("/")
    name = "-".join(part for part in [kind.lower(), group.split(".")[0], rest] if part)
    try:
        schema = utils.schema_contents(f"{folder}/{name}.json", version)
    except FileNotFoundError:
        raise kubernetes_validate.SchemaNotFoundError(version, kind, api_version) from None
    parts = [schema, utils.schema_contents(f"{folder}/_definitions.json", version)]
    registry = referencing.Registry()
    for part in parts:
        registry = referencing.Resource.from_contents(part) @ registry
    return jsonschema.Draft202012Validator(schema, registry=registry)


if __name__ == "__main__":
    sys.exit(main())
