//! Which fields the API does not let anybody change, and what it answers: one line for each.

use super::Thing;
use super::value::Value;

/// A field that is fixed once an object is there.
pub struct Fixed {
    /// The group of the kind; the core has none.
    pub group: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The field, with everything in it.
    pub field: &'static [&'static str],
    /// What in it can be changed all the same.
    pub except: &'static [&'static [&'static str]],
    /// When it is fixed.
    pub when: When,
    /// What the API answers.
    pub answer: &'static str,
    /// What to do.
    pub remedy: Remedy,
}

/// When a field is fixed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    /// Always.
    Always,
    /// Where it had a value.
    Set,
    /// Where the object says of itself that it is immutable.
    Immutable,
    /// Where its kind of service has an address in the cluster before and after.
    InCluster,
}

/// What to do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// Delete the object, then apply the new one; nothing runs in between.
    Pods,
    /// The pods can stay while what runs them is replaced.
    Orphan,
    /// Delete the object, then apply the new one; who uses it is without it for a moment.
    Replace,
    /// Another name: what is there keeps what it has.
    Rename,
    /// What it holds is gone with it.
    Data,
}

impl Remedy {
    /// What to do with an object.
    pub fn told(self, thing: &Thing) -> String {
        let name = format!("{} {}", thing.kind.to_lowercase(), thing.name);
        let within = match &*thing.namespace {
            "" => String::new(),
            namespace => format!(" -n {namespace}"),
        };
        let delete = format!("kubectl delete {name}{within}").replace('`', "'");
        match self {
            Remedy::Pods => format!("`{delete}` before applying: its pods are gone until then"),
            Remedy::Orphan => format!("`{delete} --cascade=orphan` before applying: its pods run on in between"),
            Remedy::Replace => format!("`{delete}` before applying: whoever needs it is without it in between"),
            Remedy::Rename => format!("give the new one another name, or `{delete}` before applying"),
            Remedy::Data => format!("`{delete}` before applying, which takes along what it holds: save that first"),
        }
    }
}

const IMMUTABLE: &str = "field is immutable";
const FIXED: Fixed = Fixed {
    group: "",
    kind: "",
    field: &["spec"],
    except: &[],
    when: When::Always,
    answer: IMMUTABLE,
    remedy: Remedy::Replace,
};
const STATEFUL: &str = "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', \
                        'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and \
                        'minReadySeconds' are forbidden";
const CLAIM: &str = "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound \
                     claims";
const POD: &str = "pod updates may not change fields other than `spec.containers[*].image`, .. and `spec.tolerations`";
const SOURCE: &str = "spec.persistentvolumesource is immutable after creation";

/// The table.
pub const TABLE: &[Fixed] = &[
    Fixed { group: "apps", kind: "Deployment", field: &["spec", "selector"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "apps", kind: "ReplicaSet", field: &["spec", "selector"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "apps", kind: "DaemonSet", field: &["spec", "selector"], remedy: Remedy::Pods, ..FIXED },
    Fixed {
        group: "apps",
        kind: "StatefulSet",
        except: &[
            &["spec", "replicas"],
            &["spec", "ordinals"],
            &["spec", "template"],
            &["spec", "updateStrategy"],
            &["spec", "revisionHistoryLimit"],
            &["spec", "persistentVolumeClaimRetentionPolicy"],
            &["spec", "minReadySeconds"],
        ],
        answer: STATEFUL,
        remedy: Remedy::Orphan,
        ..FIXED
    },
    Fixed { group: "batch", kind: "Job", field: &["spec", "template"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "selector"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "completions"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "completionMode"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "podFailurePolicy"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "successPolicy"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "backoffLimitPerIndex"], remedy: Remedy::Pods, ..FIXED },
    Fixed { group: "batch", kind: "Job", field: &["spec", "managedBy"], remedy: Remedy::Pods, ..FIXED },
    Fixed {
        kind: "Pod",
        except: &[
            &["spec", "containers", "*", "image"],
            &["spec", "initContainers", "*", "image"],
            &["spec", "containers", "*", "resources"],
            &["spec", "activeDeadlineSeconds"],
            &["spec", "tolerations"],
            &["spec", "terminationGracePeriodSeconds"],
        ],
        answer: POD,
        remedy: Remedy::Pods,
        ..FIXED
    },
    Fixed { kind: "Service", field: &["spec", "clusterIP"], when: When::InCluster, ..FIXED },
    Fixed { kind: "Service", field: &["spec", "clusterIPs"], when: When::InCluster, ..FIXED },
    Fixed { kind: "Service", field: &["spec", "loadBalancerClass"], when: When::Set, ..FIXED },
    Fixed {
        kind: "PersistentVolumeClaim",
        except: &[&["spec", "resources"], &["spec", "volumeAttributesClassName"]],
        answer: CLAIM,
        remedy: Remedy::Data,
        ..FIXED
    },
    Fixed {
        kind: "PersistentVolume",
        except: &[
            &["spec", "capacity"],
            &["spec", "accessModes"],
            &["spec", "persistentVolumeReclaimPolicy"],
            &["spec", "claimRef"],
            &["spec", "storageClassName"],
            &["spec", "mountOptions"],
            &["spec", "volumeAttributesClassName"],
        ],
        answer: SOURCE,
        remedy: Remedy::Rename,
        ..FIXED
    },
    Fixed { kind: "ConfigMap", field: &["data"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "ConfigMap", field: &["binaryData"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "ConfigMap", field: &["immutable"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "Secret", field: &["data"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "Secret", field: &["stringData"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "Secret", field: &["immutable"], when: When::Immutable, remedy: Remedy::Rename, ..FIXED },
    Fixed { kind: "Secret", field: &["type"], ..FIXED },
    Fixed { kind: "ResourceQuota", field: &["spec", "scopes"], ..FIXED },
    Fixed {
        group: "storage.k8s.io",
        kind: "StorageClass",
        field: &["provisioner"],
        answer: "updates to provisioner are forbidden",
        ..FIXED
    },
    Fixed {
        group: "storage.k8s.io",
        kind: "StorageClass",
        field: &["parameters"],
        answer: "updates to parameters are forbidden",
        ..FIXED
    },
    Fixed {
        group: "storage.k8s.io",
        kind: "StorageClass",
        field: &["reclaimPolicy"],
        answer: "updates to reclaimPolicy are forbidden",
        ..FIXED
    },
    Fixed { group: "storage.k8s.io", kind: "StorageClass", field: &["volumeBindingMode"], ..FIXED },
    Fixed { group: "storage.k8s.io", kind: "CSIDriver", field: &["spec", "attachRequired"], ..FIXED },
    Fixed { group: "storage.k8s.io", kind: "CSIDriver", field: &["spec", "volumeLifecycleModes"], ..FIXED },
    Fixed { group: "storage.k8s.io", kind: "VolumeAttributesClass", field: &["driverName"], ..FIXED },
    Fixed { group: "storage.k8s.io", kind: "VolumeAttributesClass", field: &["parameters"], ..FIXED },
    Fixed {
        group: "rbac.authorization.k8s.io",
        kind: "RoleBinding",
        field: &["roleRef"],
        answer: "cannot change roleRef",
        ..FIXED
    },
    Fixed {
        group: "rbac.authorization.k8s.io",
        kind: "ClusterRoleBinding",
        field: &["roleRef"],
        answer: "cannot change roleRef",
        ..FIXED
    },
    Fixed {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        field: &["spec", "group"],
        remedy: Remedy::Data,
        ..FIXED
    },
    Fixed {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        field: &["spec", "scope"],
        remedy: Remedy::Data,
        ..FIXED
    },
    Fixed {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        field: &["spec", "names", "kind"],
        remedy: Remedy::Data,
        ..FIXED
    },
    Fixed {
        group: "apiextensions.k8s.io",
        kind: "CustomResourceDefinition",
        field: &["spec", "names", "plural"],
        remedy: Remedy::Data,
        ..FIXED
    },
    Fixed { group: "networking.k8s.io", kind: "IngressClass", field: &["spec", "controller"], ..FIXED },
    Fixed {
        group: "scheduling.k8s.io",
        kind: "PriorityClass",
        field: &["value"],
        answer: "may not be changed in an update",
        ..FIXED
    },
    Fixed {
        group: "scheduling.k8s.io",
        kind: "PriorityClass",
        field: &["preemptionPolicy"],
        answer: "may not be changed in an update",
        ..FIXED
    },
    Fixed { group: "node.k8s.io", kind: "RuntimeClass", field: &["handler"], ..FIXED },
    Fixed { group: "discovery.k8s.io", kind: "EndpointSlice", field: &["addressType"], ..FIXED },
];

impl Fixed {
    /// Whether it is fixed of an object that becomes another.
    pub fn holds(&self, old: &Thing, new: &Thing) -> bool {
        let type_of = |thing: &Thing| thing.body.at(&["spec", "type"]).text().unwrap_or("ClusterIP").to_owned();
        match self.when {
            When::Always => true,
            When::Set => !old.body.at(self.field).is_null(),
            When::Immutable => *old.body.get("immutable") == Value::Bool(true),
            // What asks for no address keeps the one that it got.
            When::InCluster => {
                let asks = !old.body.at(self.field).is_null() && !new.body.at(self.field).is_null();
                let becomes = |value: &Value| value.text() == Some("None");
                let headless = becomes(new.body.at(self.field)) || becomes(old.body.at(self.field));
                (asks || headless) && ![type_of(old), type_of(new)].contains(&"ExternalName".to_owned())
            }
        }
    }
}
