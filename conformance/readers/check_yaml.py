#!/usr/bin/env python3
"""Reads the YAML that platc's writer makes with readers of others, and compares the data.

    pip install pyyaml ruamel.yaml
    python conformance/readers/check_yaml.py [HOW MANY TEXTS]

PyYAML reads YAML 1.1, ruamel.yaml YAML 1.2, and `kubectl`, where there is one, something of both. PyYAML's reader in C and
`kubectl` read all texts; the readers in Python, which take a hundred times as long, what nests and a part of the texts.
"""

import collections
import json
import math
import multiprocessing
import pathlib
import shutil
import subprocess
import sys

import yaml
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = 20


def kubectl(text):
    """What `kubectl` sends to a cluster: the texts as a field of an object of a kind that it does not know."""
    head = "apiVersion: example.com/v1\nkind: Texts\nmetadata: {name: a}\nvalues:\n"
    command = ["kubectl", "annotate", "--local", "--filename=-", "--output=json", "a=b"]
    done = subprocess.run(command, input=(head + text).encode(), capture_output=True)
    if done.returncode:
        raise ValueError(done.stderr.decode())
    return json.loads(done.stdout)["values"]


READERS = {
    "PyYAML in C, YAML 1.1": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    "PyYAML, YAML 1.1": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
    "ruamel.yaml, YAML 1.2": lambda text: YAML(typ="safe", pure=True).load(text),
}
OF_TEXTS = {"kubectl": kubectl} if shutil.which("kubectl") else {}


def main():
    texts = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    with multiprocessing.Pool() as pool:
        jobs = work("hostile", "3000", lambda number: READERS) if hasattr(yaml, "CSafeLoader") else ()
        found = list(pool.imap_unordered(compare, jobs, chunksize=16))
        found += pool.imap_unordered(compare, work("texts", texts, lambda number: readers_of(number)))
    counts = collections.Counter()
    for reader, count, wrong in found:
        counts[reader] += count
        counts["wrong"] += len(wrong)
        for what in wrong[:3]:
            print(f"{reader}: {what}")
    print(", ".join(f"{counts[reader]} texts read by {reader}" for reader in READERS | OF_TEXTS), f"{counts['wrong']} wrong", sep=", ")
    return 0 if counts["wrong"] == 0 and all(counts[reader] for reader in READERS | OF_TEXTS) else 1


def readers_of(number):
    """Who reads a document of texts: all of them one in twenty."""
    return [*OF_TEXTS, *(reader for reader in READERS if number % PART == 0 or "in C" in reader)]


def work(example, count, readers):
    """The lines of an example of the writer, a document each in YAML and in JSON, for each of its readers."""
    command = ["cargo", "run", "--quiet", "--package", "platc-data", "--example", example, count]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        for number, line in enumerate(process.stdout):
            for reader in readers(number):
                yield reader, line
    if process.returncode:
        sys.exit(f"the example {example} failed")


def compare(job):
    """Whether a reader reads what was written: its name, how many texts it read, and what it read wrongly."""
    reader, line = job
    sample = json.loads(line)
    expected = json.loads(sample["json"])
    try:
        read = (READERS | OF_TEXTS)[reader](sample["yaml"])
    except Exception as error:
        return reader, 0, [f"{error}"]
    if same(read, expected):
        return reader, texts_in(expected), []
    pairs = zip(read, expected) if isinstance(read, list) and isinstance(expected, list) else [(read, expected)]
    return reader, 0, [f"{one!r} is read for {other!r}" for one, other in pairs if not same(one, other)] or ["other lengths"]


def same(left, right):
    """Equal as data and in type, so that `1`, `1.0` and `true` differ."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return list(left) == list(right) and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float):
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return left == right


def texts_in(data):
    if isinstance(data, dict):
        return sum(1 + texts_in(value) for value in data.values())
    return sum(map(texts_in, data)) if isinstance(data, list) else isinstance(data, str)


if __name__ == "__main__":
    sys.exit(main())
