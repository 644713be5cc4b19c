#!/usr/bin/env python3
"""Reads the YAML that platc's writer makes with PyYAML, a reader of YAML 1.1, and compares the data.

Run from anywhere: conformance/readers/check_yaml.py [how many]

Needs PyYAML and says so where it is missing. Where PyYAML was built with libyaml, that reader is
asked as well.
"""

import json
import math
import pathlib
import subprocess
import sys

try:
    import yaml
except ImportError:
    print("skipped: PyYAML is not installed (pip install pyyaml)")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parents[2]


def samples(count):
    """The lines of the example `hostile`: one datum each, in YAML and in JSON."""
    command = ["cargo", "run", "--quiet", "--package", "platc-data", "--example", "hostile", count]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return [json.loads(line) for line in lines.split(b"\n") if line]


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


def wrong(loader, sample):
    """What the reader makes of a sample, if that is not what was written."""
    try:
        read = yaml.load(sample["yaml"], Loader=loader)
    except yaml.YAMLError as error:
        return str(error)
    return None if same(read, json.loads(sample["json"])) else repr(read)


def main():
    count = sys.argv[1] if len(sys.argv) > 1 else "5000"
    data = samples(count)
    failures = 0
    for loader in [yaml.SafeLoader, getattr(yaml, "CSafeLoader", None)]:
        if loader is None:
            print("skipped: PyYAML was built without libyaml")
            continue
        for sample in data:
            found = wrong(loader, sample)
            if found is not None:
                failures += 1
                if failures <= 10:
                    print(f"{loader.__name__} reads {found}\n{sample['json']}\n{sample['yaml']}")
        print(f"{loader.__name__}: {len(data)} samples read")
    print(f"{failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
