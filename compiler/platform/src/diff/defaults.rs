//! What the API takes where nothing is written: to write it out changes nothing.

use super::value::Value;
use crate::model::Long;

/// The end of a way, and what holds there.
enum Taken {
    Text(&'static str),
    Int(i128),
    Bool(bool),
}

const DEFAULTS: &[(&[&str], Taken)] = &[
    (&["protocol"], Taken::Text("TCP")),
    (&["restartPolicy"], Taken::Text("Always")),
    (&["dnsPolicy"], Taken::Text("ClusterFirst")),
    (&["schedulerName"], Taken::Text("default-scheduler")),
    (&["terminationGracePeriodSeconds"], Taken::Int(30)),
    (&["terminationMessagePath"], Taken::Text("/dev/termination-log")),
    (&["terminationMessagePolicy"], Taken::Text("File")),
    (&["enableServiceLinks"], Taken::Bool(true)),
    (&["hostNetwork"], Taken::Bool(false)),
    (&["hostPID"], Taken::Bool(false)),
    (&["hostIPC"], Taken::Bool(false)),
    (&["readOnly"], Taken::Bool(false)),
    (&["defaultMode"], Taken::Int(420)),
    (&["spec", "replicas"], Taken::Int(1)),
    (&["spec", "revisionHistoryLimit"], Taken::Int(10)),
    (&["spec", "progressDeadlineSeconds"], Taken::Int(600)),
    (&["spec", "paused"], Taken::Bool(false)),
    (&["spec", "suspend"], Taken::Bool(false)),
    (&["spec", "podManagementPolicy"], Taken::Text("OrderedReady")),
    (&["spec", "strategy", "type"], Taken::Text("RollingUpdate")),
    (&["spec", "updateStrategy", "type"], Taken::Text("RollingUpdate")),
    (&["spec", "type"], Taken::Text("ClusterIP")),
    (&["spec", "sessionAffinity"], Taken::Text("None")),
    (&["spec", "internalTrafficPolicy"], Taken::Text("Cluster")),
    (&["spec", "externalTrafficPolicy"], Taken::Text("Cluster")),
    (&["spec", "volumeMode"], Taken::Text("Filesystem")),
    (&["immutable"], Taken::Bool(false)),
    (&["reclaimPolicy"], Taken::Text("Delete")),
    (&["volumeBindingMode"], Taken::Text("Immediate")),
    (&["allowVolumeExpansion"], Taken::Bool(false)),
];

/// Where a map without entries says nothing. Elsewhere it may: `emptyDir: {}`, `podSelector: {}`.
const EMPTY: [&str; 9] = [
    "labels",
    "annotations",
    "data",
    "stringData",
    "resources",
    "securityContext",
    "nodeSelector",
    "affinity",
    "strategy",
];

/// Whether a value says what holds there anyhow.
pub fn is_default(way: &[Long], value: &Value) -> bool {
    if let Value::Map(entries) = value {
        return entries.is_empty() && way.last().is_some_and(|step| EMPTY.contains(&&**step));
    }
    let ends = |end: &[&str]| {
        way.len() >= end.len() && way.iter().rev().zip(end.iter().rev()).all(|(step, wanted)| &**step == *wanted)
    };
    DEFAULTS.iter().any(|(end, taken)| ends(end) && taken.is(value))
}

impl Taken {
    fn is(&self, value: &Value) -> bool {
        match self {
            Taken::Text(text) => value.text() == Some(text),
            Taken::Int(number) => value.int() == Some(*number),
            Taken::Bool(truth) => *value == Value::Bool(*truth),
        }
    }
}
