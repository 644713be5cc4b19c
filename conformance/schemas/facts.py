#!/usr/bin/env python3
"""Takes the facts that the published schemas lack from the Go types of the API, and writes them to `compiler/schemas/facts`.

    cargo run -q -p platc-schemas --example dump > catalog.json
    conformance/schemas/facts.py catalog.json DIRECTORY

DIRECTORY holds clones, with tags, of the repositories of `REPOSITORIES`. Written are `order.txt`, `lists.txt`,
`enumerations.txt` and `markers.txt`: names and numbers, no prose. What only the code of the API server knows is in the
other files of `facts`, which people write.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import go_types

MINORS = range(33, 38)
FACTS = Path(__file__).parent.parent.parent / "compiler/schemas/facts"

# Repository, the directories of packages in it, and the name that a definition begins with.
REPOSITORIES = [
    ("api", r"(\w+)/(v\w+)", r"\1.\2"),
    ("apimachinery", r"pkg/apis/meta/v1", "meta.v1"),
    ("apiextensions-apiserver", r"pkg/apis/apiextensions/v1", "apiextensions.v1"),
    ("kube-aggregator", r"pkg/apis/apiregistration/v1", "apiregistration.v1"),
]

# Types that are not marked as enumerations, and yet the API server takes nothing but their constants.
CLOSED = {
    "admissionregistration.FailurePolicyType", "admissionregistration.MatchPolicyType",
    "admissionregistration.OperationType", "admissionregistration.ParameterNotFoundActionType",
    "admissionregistration.PatchType", "admissionregistration.ReinvocationPolicyType",
    "admissionregistration.ScopeType", "admissionregistration.SideEffectClass", "admissionregistration.ValidationAction",
    "apiextensions.ConversionStrategyType", "apiextensions.FieldValueErrorReason", "apiextensions.ResourceScope",
    "apps.DaemonSetUpdateStrategyType", "apps.DeploymentStrategyType",
    "apps.PersistentVolumeClaimRetentionPolicyType", "apps.PodManagementPolicyType", "apps.StatefulSetUpdateStrategyType",
    "autoscaling.HPAScalingPolicyType", "autoscaling.MetricSourceType", "autoscaling.MetricTargetType",
    "autoscaling.ScalingPolicySelect",
    "batch.CompletionMode", "batch.ConcurrencyPolicy", "batch.PodFailurePolicyAction",
    "batch.PodFailurePolicyOnExitCodesOperator", "batch.PodReplacementPolicy",
    "coordination.CoordinatedLeaseStrategy",
    "apiextensions.ConditionStatus", "apiregistration.ConditionStatus", "apiserverinternal.ConditionStatus",
    "flowcontrol.ConditionStatus", "core.ContainerRestartPolicy", "core.ContainerRestartRuleAction",
    "core.ContainerRestartRuleOnExitCodesOperator", "core.LoadBalancerIPMode", "core.OSName",
    "core.PodSELinuxChangePolicy", "core.ResourceResizeRestartPolicy", "meta.DeletionPropagation",
    "meta.ManagedFieldsOperationType",
    "core.AzureDataDiskCachingMode", "core.AzureDataDiskKind", "core.MountPropagationMode", "core.NamespacePhase",
    "core.ScopeSelectorOperator", "core.ServiceExternalTrafficPolicy", "core.ServiceInternalTrafficPolicy",
    "core.ResourceQuotaScope", "core.LimitType", "core.PersistentVolumeAccessMode", 
    "core.RecursiveReadOnlyMode", "core.ConditionStatus", "meta.ConditionStatus", "meta.LabelSelectorOperator",
    "meta.FieldSelectorOperator",
    "core.NodeSelectorOperator", "core.DNSPolicy", "core.HostPathType",
    "discovery.AddressType",
    "flowcontrol.FlowDistinguisherMethodType", "flowcontrol.LimitResponseType", "flowcontrol.PriorityLevelEnablement",
    "flowcontrol.SubjectKind",
    "networking.PathType", "networking.PolicyType",
    "policy.UnhealthyPodEvictionPolicyType",
    "resource.DeviceAllocationMode", "resource.DeviceTaintEffect", "resource.DeviceTolerationOperator",
    "storage.FSGroupPolicy", "storage.VolumeBindingMode", "storage.VolumeLifecycleMode",
}  # fmt: skip

# Types of which a field takes only a few: which, people say.
BROAD = {"core.ResourceName", "meta.StatusReason"}

# Constants that stand for no value.
NO_VALUES = {("core.IPFamily", "")}

NUMBERS = {
    "minimum": "minimum", "maximum": "maximum", "minItems": "min-items", "maxItems": "max-items",
    "minLength": "min-length", "maxLength": "max-length", "maxBytes": "max-length", "minBytes": "min-length",
}  # fmt: skip
FORMATS = {
    "k8s-short-name": "short-name", "k8s-long-name": "long-name", "k8s-label-key": "qualified-name",
    "k8s-label-value": "label-value", "k8s-path-segment-name": "path-segment", "k8s-uuid": "uuid", "k8s-ip": "address",
    "k8s-cidr": "network", "k8s-extended-resource-name": "qualified-name",
    "k8s-resource-fully-qualified-name": "qualified-name", "k8s-long-name-caseless": "long-name",
    "k8s-prefixed-label-key": "qualified-name",
}  # fmt: skip


def packages(root, minor):
    """The packages of one version, by the name that their definitions begin with."""
    found = {}
    for repository, pattern, name in REPOSITORIES:
        path = f"{root}/{repository}"
        tag = go_types.newest_tag(path, minor)
        names = go_types.files(path, tag)
        for directory in sorted({file.rsplit("/", 1)[0] for file in names}):
            if re.fullmatch(pattern, directory):
                short = re.sub(pattern, name, directory)
                found[short] = go_types.read_package(path, tag, directory, names)
    return found


def resolve(all, package, type):
    """The package and name of a type as it is written in a package: `*metav1.Time`, `[]Container`."""
    type = re.sub(r"^(\*|\[\]|map\[[\w.]+\])+", "", type)
    if "." not in type:
        return package, type
    alias, name = type.split(".")
    path = all[package].imports.get(alias, alias)
    parts = path.split("/")
    return f"{parts[-2]}.{parts[-1]}" if len(parts) > 1 else alias, name


def aliased(all, package, name):
    """What `type Rule = v1.Rule` stands for."""
    named = all[package].named.get(name) if package in all else None
    return resolve(all, package, named[0].removeprefix("=").strip()) if named and named[0].startswith("=") else (package, name)


def fields(all, package, struct):
    """The fields of a struct, those of what it embeds in their place."""
    for field in all[package].structs[struct].fields:
        if field.name:
            yield package, field
            continue
        json_name = re.search(r'json:"([^",]+)', field.tag)
        if json_name:
            yield package, go_types.Field(json_name.group(1), field.type, field.markers, field.tag)
            continue
        inner, name = aliased(all, *resolve(all, package, field.type))
        if name == "TypeMeta":
            # The API writes the version first, whatever the order in Go is.
            yield inner, go_types.Field("apiVersion", "string", [], "")
            yield inner, go_types.Field("kind", "string", [], "")
        elif inner in all and name in all[inner].structs:
            yield from fields(all, inner, name)


def strip(marker):
    """A marker without the stages of declarative validation: they say what the server's code has always checked."""
    marker = re.sub(r"^\+k8s:(alpha|beta)\([^)]*\)=", "", marker)
    marker = re.sub(r"^\+k8s:eachVal=", "", marker)
    return re.sub(r"\s+#.*$", "", marker)


def facts_of(all, package, field):
    """What the markers of a field and of its type say, word by word."""
    facts = {}
    owner, type = resolve(all, package, field.type)
    owner, type = aliased(all, owner, type)
    named = all[owner].named.get(type) if owner in all else None
    for marker in [strip(marker) for marker in field.markers + (named[1] if named else [])]:
        key, _, value = marker.partition("=")
        value = value.strip("`\"") if key == "+k8s:format" else value.strip("`")
        if key in ("+listType", "+k8s:listType") and value in ("set", "atomic"):
            facts[value] = ""
        elif key in ("+mapType", "+structType") and value == "atomic":
            facts["atomic"] = ""
        elif key in ("+listMapKey", "+k8s:listMapKey"):
            keys = facts.setdefault("keys", "").split()
            facts["keys"] = " ".join(keys if value in keys else keys + [value])
        elif key == "+patchMergeKey":
            facts["merge"] = value
        elif key == "+default" and not value.startswith("ref("):
            facts["default"] = value
        elif key.removeprefix("+k8s:") in NUMBERS and re.fullmatch(r"-?\d+", value):
            facts[NUMBERS[key.removeprefix("+k8s:")]] = value
        elif key == "+kubebuilder:validation:MaxLength":
            facts.setdefault("max-length", value)
        elif key == "+kubebuilder:validation:Pattern":
            facts["pattern"] = value
        elif key == "+k8s:format" and value in FORMATS:
            facts["format"] = FORMATS[value]
        elif key == "+k8s:immutable":
            facts["immutable"] = ""
        elif key in ("+oneOf", "+zeroOrOneOf"):
            facts["one-of"] = value
        elif key.startswith(("+k8s:unionMember", "+k8s:zeroOrOneOfMember")) and "memberName" not in key:
            name = re.search(r'union: "(\w+)"', key)
            facts["one-of"] = name.group(1) if name else "union"
    if "keys" in facts or field.type == "[]byte":
        facts.pop("atomic", None)
    facts.update(enumeration(all, owner, type, named))
    return facts


def enumeration(all, owner, type, named):
    family = f"{owner.split('.')[0]}.{type}"
    if not named or named[0] != "string" or not all[owner].constants.get(type) or family in BROAD:
        return {}
    values = [constant(all, owner, value) for value in all[owner].constants[type]]
    values = list(dict.fromkeys(quoted(value) for value in values if value is not None and (family, value) not in NO_VALUES))
    marked = any(marker.startswith(("+enum", "+k8s:enum")) for marker in named[1])
    closed = marked or family in CLOSED
    return {"values" if closed else "suggested": values}


def constant(all, package, value):
    """A constant that is another constant, looked up."""
    if not value.startswith("="):
        return value
    owner, name = resolve(all, package, value[1:])
    return all[owner].values.get(name) if owner in all else None


def quoted(value):
    return value if value and " " not in value else f'"{value}"'


def read(root, catalog):
    """Every fact of every field and version: `facts[type][field][word][minor]`, and the orders of fields."""
    facts = defaultdict(lambda: defaultdict(lambda: defaultdict(dict)))
    orders = defaultdict(list)
    for minor in MINORS:
        all = packages(root, minor)
        for package in all:
            for struct in all[package].structs:
                name = f"{package}.{struct}"
                known = {
                    field["name"]
                    for field in catalog["types"].get(name, {}).get("fields", [])
                    if field["minors"][0] <= minor <= field["minors"][1]
                }
                order = []
                for owner, field in fields(all, package, struct) if known else []:
                    if field.name in known and field.name not in order:
                        order.append(field.name)
                        for word, value in facts_of(all, owner, field).items():
                            facts[name][field.name][word][minor] = value
                merge(orders[name], order)
    return facts, orders


def merge(known, newer):
    """Puts what only older versions have behind what it stood behind there."""
    result = list(newer)
    for index, name in enumerate(known):
        if name not in result:
            before = [other for other in known[:index] if other in result]
            result.insert(result.index(before[-1]) + 1 if before else 0, name)
    known[:] = result


def versions(present, lifetime):
    """`@35` where a value came after its field did, `@-35` where it went before."""
    first = "" if min(present) == lifetime[0] else str(min(present))
    last = "" if max(present) == lifetime[1] else str(max(present))
    return f"@{first}-{last}" if last else f"@{first}" if first else ""


def value_text(word, by_minor, lifetime):
    if word not in ("values", "suggested"):
        return by_minor[max(by_minor)]
    order = []
    for minor in sorted(by_minor):
        merge(order, by_minor[minor])
    texts = []
    for value in order:
        present = [minor for minor in by_minor if value in by_minor[minor]]
        first = min(by_minor)
        texts.append(value + versions(present, [max(first, lifetime[0]), max(by_minor)]))
    return " ".join(texts)


FILES = {
    "lists.txt": ("How lists and maps are joined.", ("keys", "set", "atomic", "merge")),
    "enumerations.txt": ("Enumerations, and the values that are well known.", ("values", "suggested")),
    "markers.txt": (
        "Defaults, bounds, formats and unions that the types themselves declare.",
        ("default", "minimum", "maximum", "min-items", "max-items", "min-length", "max-length", "format", "immutable",
         "pattern", "one-of"),
    ),
}  # fmt: skip
HEAD = "# {} Taken from the Go types of the API by\n# conformance/schemas/facts.py; do not edit.\n\n"


def main():
    catalog = json.load(open(sys.argv[1]))
    facts, orders = read(sys.argv[2], catalog)
    lines = {file: [] for file in FILES}
    for name in sorted(facts):
        fields = catalog["types"][name]["fields"]
        for field in orders[name]:
            spans = [known["minors"] for known in fields if known["name"] == field]
            lifetime = [min(span[0] for span in spans), max(span[1] for span in spans)]
            for file, (_, words) in FILES.items():
                for word in words:
                    if word in facts[name][field]:
                        text = value_text(word, facts[name][field][word], lifetime)
                        lines[file].append(f"{name}.{field} {word} {text}".rstrip())
    for file, (title, _) in FILES.items():
        (FACTS / file).write_text(HEAD.format(title) + "".join(f"{line}\n" for line in lines[file]))
    order = [f"{name} order {' '.join(orders[name])}\n" for name in sorted(orders) if len(orders[name]) > 1]
    (FACTS / "order.txt").write_text(HEAD.format("The order of the fields of a type.") + "".join(order))


main()
