#!/usr/bin/env python3
"""What the examples emit, judged by others: two YAML readers and the published schemas of Kubernetes.

    pip install kubernetes-validate pyyaml ruamel.yaml
    python conformance/kubernetes/validate.py PLATC [CRDS]

Builds every example with the command PLATC, reads the stream with PyYAML (YAML 1.1) and ruamel.yaml (YAML 1.2), which
must read the same, lets `kubectl` read it where there is one, and validates every object strictly with
`kubernetes-validate`, which bundles the schemas that Kubernetes publishes. The trees of `examples/platforms` are judged file by file, and `kubectl kustomize` must
take every directory that has a list. Objects of custom kinds are validated against CRDS, a folder of JSON Schemas as
`GROUP/KIND_VERSION.json`, where it is given and has the kind; the others are counted. Exit code 1 if anything differs.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import kubernetes_validate
import yaml
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


def main() -> int:
    platc, crds = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    counts = {"objects": 0, "custom": 0, "unknown": 0, "wrong": 0}
    for example in sorted(path for path in EXAMPLES.iterdir() if (path / "main.pl").exists()):
        text = subprocess.run([platc, "build", "main.pl"], cwd=example, check=True, capture_output=True, text=True).stdout
        old = list(yaml.safe_load_all(text))
        new = list(YAML(typ="safe", pure=True).load_all(text))
        if json.dumps(old, default=str) != json.dumps(new, default=str):
            print(f"{example.name}: two readers read it differently")
            counts["wrong"] += 1
        counts["wrong"] += not read_by_kubectl(example.name, text, old)
        for item in old:
            if isinstance(item, dict) and "apiVersion" in item and "kind" in item:
                judge(example.name, item, crds, counts)
    for platform in sorted(path for path in (EXAMPLES / "platforms").iterdir() if (path / "platform.pl").exists()):
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run([platc, "build", "platform.pl", "-o", f"{directory}/out"], cwd=platform, check=True)
            judge_tree(platform.name, pathlib.Path(directory, "out"), crds, counts)
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["wrong"] or not counts["objects"] else 0


def judge_tree(platform: str, tree: pathlib.Path, crds: pathlib.Path | None, counts: dict) -> None:
    """Every object by itself, and every list of files by who reads them."""
    for path in sorted(tree.rglob("*.yaml")):
        if path.name == "kustomization.yaml" and "resources" in yaml.safe_load(path.read_text()):
            counts["lists"] = counts.get("lists", 0) + 1
            if not shutil.which("kubectl"):
                continue
            said = subprocess.run(["kubectl", "kustomize", str(path.parent)], capture_output=True, text=True)
            if said.returncode or not said.stdout.strip():
                print(f"{platform}: {path.relative_to(tree)}: {said.stderr}")
                counts["wrong"] += 1
            continue
        for item in yaml.safe_load_all(path.read_text()):
            if isinstance(item, dict) and "apiVersion" in item and "kind" in item and "metadata" in item:
                judge(platform, item, crds, counts)


def read_by_kubectl(example: str, text: str, objects: list) -> bool:
    """Whether kubectl finds the same objects in the stream; it reads objects only.

    As `kustomize` it reads and writes any YAML; as `annotate` it reads what it would send to a cluster, objects of kinds that
    it knows into its own types, in which nothing may be lost.
    """
    if not shutil.which("kubectl") or not all(isinstance(item, dict) and "kind" in item for item in objects):
        return True
    with tempfile.TemporaryDirectory() as directory:
        pathlib.Path(directory, "stream.yaml").write_text(text)
        pathlib.Path(directory, "kustomization.yaml").write_text("resources: [stream.yaml]\n")
        kustomize = subprocess.run(["kubectl", "kustomize", directory], capture_output=True, text=True)
    annotate = ["kubectl", "annotate", "--local", "--overwrite", "--filename=-", "--output=json", "read-by=kubectl"]
    typed = subprocess.run(annotate, input=text, capture_output=True, text=True)
    key = lambda item: json.dumps(item, sort_keys=True, default=str)
    same = sorted(map(key, yaml.safe_load_all(kustomize.stdout))) == sorted(map(key, objects))
    found = documents(typed.stdout)
    kept = len(found) == len(objects) and all(holds(one, other) for one, other in zip(found, objects))
    if not same or not kept:
        print(f"{example}: kubectl reads something else. {kustomize.stderr}{typed.stderr}")
    return same and kept


def documents(text: str) -> list:
    """JSON documents, one behind the other."""
    found, at, decoder = [], 0, json.JSONDecoder()
    while text[at:].strip():
        item, at = decoder.raw_decode(text, at + len(text[at:]) - len(text[at:].lstrip()))
        found.append(item)
    return found


def holds(whole, part) -> bool:
    """Whether everything of a part is in the whole, to which types add what is empty."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and holds(whole[key], part[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and len(whole) == len(part) and all(map(holds, whole, part))
    return whole == part


def judge(example: str, item: dict, crds: pathlib.Path | None, counts: dict) -> None:
    group, _, version = item["apiVersion"].rpartition("/")
    try:
        kubernetes_validate.validate(item, "1.34", strict=True)
        counts["objects"] += 1
    except kubernetes_validate.SchemaNotFoundError:
        schema = crds and crds / group / f"{item['kind'].lower()}_{version}.json"
        if not schema or not schema.exists():
            counts["unknown"] += 1
            return
        counts["custom"] += 1
        for error in Draft7Validator(json.loads(schema.read_text())).iter_errors(item):
            complain(example, item, f"{'.'.join(map(str, error.path))}: {error.message}", counts)
    except kubernetes_validate.ValidationError as error:
        complain(example, item, str(error), counts)


def complain(example: str, item: dict, what: str, counts: dict) -> None:
    print(f"{example}: {item['kind']} {item.get('metadata', {}).get('name')}: {what}")
    counts["wrong"] += 1


if __name__ == "__main__":
    sys.exit(main())
