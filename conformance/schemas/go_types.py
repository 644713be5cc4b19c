"""Reads the types of the Kubernetes API from their Go sources: fields in their order, and the markers above them.

Only what `facts.py` needs of Go is understood: struct types, named types, constants, and comment lines that start
with `+`. Comments are otherwise not looked at.
"""

import re
import subprocess
from dataclasses import dataclass, field


@dataclass
class Field:
    name: str  # in JSON; empty for an embedded struct
    type: str
    markers: list[str]
    tag: str


@dataclass
class Struct:
    name: str
    fields: list[Field]
    markers: list[str]


@dataclass
class Package:
    """One directory of Go files."""

    structs: dict[str, Struct] = field(default_factory=dict)
    named: dict[str, tuple[str, list[str]]] = field(default_factory=dict)  # type, markers
    constants: dict[str, list[str]] = field(default_factory=dict)  # by type; a name of another begins with `=`
    values: dict[str, str] = field(default_factory=dict)  # of every constant
    registered: list[str] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)


def show(repository, tag, path):
    return subprocess.run(["git", "-C", repository, "show", f"{tag}:{path}"], capture_output=True, text=True).stdout


def files(repository, tag):
    out = subprocess.run(["git", "-C", repository, "ls-tree", "-r", "--name-only", tag], capture_output=True, text=True)
    return out.stdout.split("\n")


def newest_tag(repository, minor):
    """The newest release of a minor version, else the newest before its release, else the newest commit."""
    out = subprocess.run(["git", "-C", repository, "tag", "--list", f"v0.{minor}.*"], capture_output=True, text=True)
    tags = out.stdout.split()
    final = [tag for tag in tags if "-" not in tag]
    if final:
        return max(final, key=lambda tag: int(tag.split(".")[2]))
    return "HEAD"


def read_package(repository, tag, directory, names):
    package = Package()
    for name in names:
        is_source = name.startswith(directory + "/") and name.endswith(".go") and "/" not in name[len(directory) + 1 :]
        base = name.rsplit("/", 1)[-1]
        if is_source and not base.startswith(("zz_", "generated")) and "_test" not in base and "swagger_doc" not in base:
            parse(show(repository, tag, name), package)
    return package


NAMED = re.compile(r"^type (\w+) (=? ?[\w.\[\]*]+)(?:\s*//.*)?$")
CONSTANT = re.compile(r'^\s*(\w+)(?:\s+([\w.]+))?\s*=\s*(?:(\w+)\()?(?:"([^"]*)"|([\w.]+))\)?')
FIELD = re.compile(r"^\s*(\w+)\s+(.+?)\s+`(.*)`")
EMBEDDED = re.compile(r"^\s*([\w.]+)\s+`(.*)`")


def parse(text, package):
    """Adds what one file declares. Go sources are formatted, so a line is enough to know what it is."""
    markers, struct, block = [], None, ""
    for line in text.split("\n"):
        stripped = line.strip()
        comment = re.match(r"//\s*(\+.*)", stripped)
        if comment:
            markers.append(comment.group(1).strip())
            continue
        if stripped.startswith("//"):
            continue
        if struct is not None:
            if line.startswith("}"):
                package.structs[struct.name] = struct
                struct = None
            elif stripped:
                add_field(struct, line, markers)
            markers = [] if stripped else markers
            continue
        start = re.match(r"^type (\w+) struct \{\s*(\})?", line)
        if start and start.group(2):
            package.structs[start.group(1)] = Struct(start.group(1), [], markers)
        elif start:
            struct = Struct(start.group(1), [], markers)
        elif NAMED.match(line):
            name, type = NAMED.match(line).groups()
            package.named[name] = (type.strip(), markers)
        elif line.startswith(("const (", "var (", "import (")):
            block = line.split()[0]
        elif line.startswith(")"):
            block = ""
        elif block == "const" or line.startswith("const "):
            add_constant(package, line.removeprefix("const "))
        elif block == "import":
            alias = re.match(r'\s*(\w+)?\s*"(.*)"', line)
            if alias:
                package.imports[alias.group(1) or alias.group(2).split("/")[-1]] = alias.group(2)
        registered = re.match(r"^\s*&(\w+)\{\}", line)
        if registered:
            package.registered.append(registered.group(1))
        if stripped or not text:
            markers = []


def add_constant(package, line):
    match = CONSTANT.match(line)
    if not match:
        return
    name, type, conversion, value, other = match.groups()
    if value is not None:
        package.values[name] = value
    if type or conversion:
        package.constants.setdefault(type or conversion, []).append(f"={other}" if value is None else value)


def add_field(struct, line, markers):
    embedded = EMBEDDED.match(line)
    match = FIELD.match(line)
    if embedded and not match:
        struct.fields.append(Field("", embedded.group(1), markers, embedded.group(2)))
    elif match:
        json = re.search(r'json:"([^",]*)', match.group(3))
        if json and json.group(1) and json.group(1) != "-":
            struct.fields.append(Field(json.group(1), match.group(2), markers, match.group(3)))
