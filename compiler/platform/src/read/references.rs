//! What objects name of others, by one table: a kind, the way to a name in it, and what the name is of.
//!
//! A way leads through fields; `*` is every element of a list or every field of a record. At its end stands a name, or a
//! record that has one: `{ kind: "HelmRepository", name: "charts", namespace: "flux-system" }`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::scalar::{said, text, truth};
use crate::Node;
use crate::model::{Entity, Reference, References, Said, Text};

/// A group and a kind of it.
pub type Kind = (&'static str, &'static str);

/// A way and what stands at its end: the first where its kind is not written.
pub type Way = (&'static str, &'static [Kind]);

const SECRET: Kind = ("", "Secret");
const CONFIG: Kind = ("", "ConfigMap");
const ACCOUNT: Kind = ("", "ServiceAccount");
const SERVICE: Kind = ("", "Service");
const CLAIM: Kind = ("", "PersistentVolumeClaim");
const NAMESPACE: Kind = ("", "Namespace");
const ROLE: Kind = ("rbac.authorization.k8s.io", "Role");
const CLUSTER_ROLE: Kind = ("rbac.authorization.k8s.io", "ClusterRole");
const PRIORITY: Kind = ("scheduling.k8s.io", "PriorityClass");
const RUNTIME: Kind = ("node.k8s.io", "RuntimeClass");
const STORAGE: Kind = ("storage.k8s.io", "StorageClass");
const SNAPSHOTS: Kind = ("snapshot.storage.k8s.io", "VolumeSnapshotClass");
const GATEWAY: Kind = ("gateway.networking.k8s.io", "Gateway");
const GATEWAY_CLASS: Kind = ("gateway.networking.k8s.io", "GatewayClass");
const ISSUER: Kind = ("cert-manager.io", "Issuer");
const CLUSTER_ISSUER: Kind = ("cert-manager.io", "ClusterIssuer");
const STORE: Kind = ("external-secrets.io", "SecretStore");
const CLUSTER_STORE: Kind = ("external-secrets.io", "ClusterSecretStore");
const SOURCES: &str = "source.toolkit.fluxcd.io";
const TRAEFIK: Kind = ("traefik.io", "TraefikService");
const MIDDLEWARE: Kind = ("traefik.io", "Middleware");
const TLS: Kind = ("traefik.io", "TLSOption");
const GIT: Kind = (SOURCES, "GitRepository");
const HELM: Kind = (SOURCES, "HelmRepository");
const OCI: Kind = (SOURCES, "OCIRepository");
const BUCKET: Kind = (SOURCES, "Bucket");
const CHART: Kind = (SOURCES, "HelmChart");
const ARTIFACT: Kind = (SOURCES, "ExternalArtifact");
const KUSTOMIZATION: Kind = ("kustomize.toolkit.fluxcd.io", "Kustomization");
const RELEASE: Kind = ("helm.toolkit.fluxcd.io", "HelmRelease");
const KAFKA: Kind = ("kafka.strimzi.io", "Kafka");
const POSTGRES: Kind = ("postgresql.cnpg.io", "Cluster");
const SCALED: &[Kind] =
    &[("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "ReplicaSet"), ("", "ReplicationController")];

/// The ways of the pods of an object, from their `spec`.
const PODS: &[Way] = &[
    ("containers * env * valueFrom secretKeyRef", &[SECRET]),
    ("containers * env * valueFrom configMapKeyRef", &[CONFIG]),
    ("containers * envFrom * secretRef", &[SECRET]),
    ("containers * envFrom * configMapRef", &[CONFIG]),
    ("initContainers * env * valueFrom secretKeyRef", &[SECRET]),
    ("initContainers * env * valueFrom configMapKeyRef", &[CONFIG]),
    ("initContainers * envFrom * secretRef", &[SECRET]),
    ("initContainers * envFrom * configMapRef", &[CONFIG]),
    ("volumes * secret", &[SECRET]),
    ("volumes * configMap", &[CONFIG]),
    ("volumes * persistentVolumeClaim", &[CLAIM]),
    ("volumes * projected sources * secret", &[SECRET]),
    ("volumes * projected sources * configMap", &[CONFIG]),
    ("volumes * csi nodePublishSecretRef", &[SECRET]),
    ("imagePullSecrets *", &[SECRET]),
    ("serviceAccountName", &[ACCOUNT]),
    ("priorityClassName", &[PRIORITY]),
    ("runtimeClassName", &[RUNTIME]),
];

/// Ways to secrets of which who names them needs some keys.
const KEYS: &[(&str, &[&str])] = &[
    ("imagePullSecrets *", &[".dockerconfigjson"]),
    ("spec tls * secretName", &["tls.crt", "tls.key"]),
    ("spec tls secretName", &["tls.crt", "tls.key"]),
];

/// Kinds that are alike, and their ways.
struct Names {
    by: &'static [Kind],
    ways: &'static [Way],
}

const NAMES: &[Names] = &[
    Names { by: &[CLAIM], ways: &[("spec storageClassName", &[STORAGE])] },
    Names {
        by: &[("apps", "StatefulSet")],
        ways: &[("spec volumeClaimTemplates * spec storageClassName", &[STORAGE]), ("spec serviceName", &[SERVICE])],
    },
    Names { by: &[("autoscaling", "HorizontalPodAutoscaler")], ways: &[("spec scaleTargetRef", SCALED)] },
    Names { by: &[("autoscaling.k8s.io", "VerticalPodAutoscaler")], ways: &[("spec targetRef", SCALED)] },
    Names {
        by: &[("keda.sh", "ScaledObject")],
        ways: &[
            ("spec scaleTargetRef", SCALED),
            (
                "spec triggers * authenticationRef",
                &[("keda.sh", "TriggerAuthentication"), ("keda.sh", "ClusterTriggerAuthentication")],
            ),
        ],
    },
    Names {
        by: &[("keda.sh", "TriggerAuthentication")],
        ways: &[("spec secretTargetRef *", &[SECRET]), ("spec configMapTargetRef *", &[CONFIG])],
    },
    Names {
        by: &[("rbac.authorization.k8s.io", "RoleBinding"), ("rbac.authorization.k8s.io", "ClusterRoleBinding")],
        ways: &[("roleRef", &[ROLE, CLUSTER_ROLE]), ("subjects *", &[ACCOUNT])],
    },
    Names {
        by: &[("helm.cattle.io", "HelmChartConfig")],
        ways: &[("metadata name", &[("helm.cattle.io", "HelmChart")])],
    },
    Names {
        by: &[("networking.istio.io", "VirtualService")],
        ways: &[("spec gateways *", &[("networking.istio.io", "Gateway")])],
    },
    Names { by: &[ACCOUNT], ways: &[("imagePullSecrets *", &[SECRET]), ("secrets *", &[SECRET])] },
    Names {
        by: &[
            ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
            ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ],
        ways: &[("webhooks * clientConfig service", &[SERVICE])],
    },
    Names {
        by: &[("apiextensions.k8s.io", "CustomResourceDefinition")],
        ways: &[("spec conversion webhook clientConfig service", &[SERVICE])],
    },
    Names { by: &[("apiregistration.k8s.io", "APIService")], ways: &[("spec service", &[SERVICE])] },
    Names {
        by: &[("networking.k8s.io", "Ingress")],
        ways: &[
            ("spec tls * secretName", &[SECRET]),
            ("metadata annotations cert-manager.io/cluster-issuer", &[CLUSTER_ISSUER]),
            ("metadata annotations cert-manager.io/issuer", &[ISSUER]),
        ],
    },
    Names {
        by: &[GATEWAY],
        ways: &[
            ("spec gatewayClassName", &[GATEWAY_CLASS]),
            ("spec listeners * tls certificateRefs *", &[SECRET]),
            ("metadata annotations cert-manager.io/cluster-issuer", &[CLUSTER_ISSUER]),
            ("metadata annotations cert-manager.io/issuer", &[ISSUER]),
        ],
    },
    Names {
        by: &[
            ("gateway.networking.k8s.io", "HTTPRoute"),
            ("gateway.networking.k8s.io", "GRPCRoute"),
            ("gateway.networking.k8s.io", "TCPRoute"),
            ("gateway.networking.k8s.io", "TLSRoute"),
            ("gateway.networking.k8s.io", "UDPRoute"),
        ],
        ways: &[("spec parentRefs *", &[GATEWAY]), ("spec rules * backendRefs *", &[SERVICE])],
    },
    Names { by: &[("cert-manager.io", "Certificate")], ways: &[("spec issuerRef", &[ISSUER, CLUSTER_ISSUER])] },
    Names {
        by: &[ISSUER, CLUSTER_ISSUER],
        ways: &[
            ("spec ca secretName", &[SECRET]),
            ("spec vault auth tokenSecretRef", &[SECRET]),
            ("spec acme externalAccountBinding keySecretRef", &[SECRET]),
            ("spec acme solvers * dns01 cloudflare apiTokenSecretRef", &[SECRET]),
            ("spec acme solvers * dns01 cloudflare apiKeySecretRef", &[SECRET]),
            ("spec acme solvers * dns01 digitalocean tokenSecretRef", &[SECRET]),
            ("spec acme solvers * dns01 route53 secretAccessKeySecretRef", &[SECRET]),
            ("spec acme solvers * dns01 route53 accessKeyIDSecretRef", &[SECRET]),
            ("spec acme solvers * dns01 azureDNS clientSecretSecretRef", &[SECRET]),
            ("spec acme solvers * dns01 cloudDNS serviceAccountSecretRef", &[SECRET]),
            ("spec acme solvers * dns01 rfc2136 tsigSecretSecretRef", &[SECRET]),
        ],
    },
    Names {
        by: &[("external-secrets.io", "ExternalSecret")],
        ways: &[
            ("spec secretStoreRef", &[STORE, CLUSTER_STORE]),
            ("spec data * sourceRef storeRef", &[STORE, CLUSTER_STORE]),
            ("spec dataFrom * sourceRef storeRef", &[STORE, CLUSTER_STORE]),
        ],
    },
    Names {
        by: &[("external-secrets.io", "ClusterExternalSecret")],
        ways: &[("spec externalSecretSpec secretStoreRef", &[CLUSTER_STORE])],
    },
    Names {
        by: &[("external-secrets.io", "PushSecret")],
        ways: &[("spec secretStoreRefs *", &[STORE, CLUSTER_STORE]), ("spec selector secret", &[SECRET])],
    },
    Names {
        by: &[STORE, CLUSTER_STORE],
        ways: &[
            ("spec provider * auth secretRef *", &[SECRET]),
            ("spec provider * auth tokenSecretRef", &[SECRET]),
            ("spec provider * auth appRole secretRef", &[SECRET]),
            ("spec provider * auth serviceAccountSecretRef", &[SECRET]),
        ],
    },
    Names {
        by: &[KUSTOMIZATION],
        ways: &[
            ("spec sourceRef", &[GIT, OCI, BUCKET, ARTIFACT]),
            ("spec dependsOn *", &[KUSTOMIZATION]),
            ("spec decryption secretRef", &[SECRET]),
            ("spec postBuild substituteFrom *", &[CONFIG, SECRET]),
            ("spec kubeConfig secretRef", &[SECRET]),
            ("spec serviceAccountName", &[ACCOUNT]),
            ("spec targetNamespace", &[NAMESPACE]),
        ],
    },
    Names {
        by: &[RELEASE],
        ways: &[
            ("spec chart spec sourceRef", &[HELM, GIT, BUCKET]),
            ("spec chartRef", &[OCI, CHART, ARTIFACT]),
            ("spec dependsOn *", &[RELEASE]),
            ("spec valuesFrom *", &[SECRET, CONFIG]),
            ("spec kubeConfig secretRef", &[SECRET]),
            ("spec serviceAccountName", &[ACCOUNT]),
            ("spec targetNamespace", &[NAMESPACE]),
        ],
    },
    Names { by: &[CHART], ways: &[("spec sourceRef", &[HELM, GIT, BUCKET])] },
    Names {
        by: &[GIT, HELM, OCI, BUCKET],
        ways: &[
            ("spec secretRef", &[SECRET]),
            ("spec certSecretRef", &[SECRET]),
            ("spec proxySecretRef", &[SECRET]),
            ("spec verify secretRef", &[SECRET]),
        ],
    },
    Names {
        by: &[("image.toolkit.fluxcd.io", "ImagePolicy")],
        ways: &[("spec imageRepositoryRef", &[("image.toolkit.fluxcd.io", "ImageRepository")])],
    },
    Names { by: &[("image.toolkit.fluxcd.io", "ImageRepository")], ways: &[("spec secretRef", &[SECRET])] },
    Names { by: &[("image.toolkit.fluxcd.io", "ImageUpdateAutomation")], ways: &[("spec sourceRef", &[GIT])] },
    Names {
        by: &[("notification.toolkit.fluxcd.io", "Alert")],
        ways: &[("spec providerRef", &[("notification.toolkit.fluxcd.io", "Provider")])],
    },
    Names {
        by: &[("notification.toolkit.fluxcd.io", "Provider"), ("notification.toolkit.fluxcd.io", "Receiver")],
        ways: &[("spec secretRef", &[SECRET])],
    },
    Names {
        by: &[("argoproj.io", "Application")],
        ways: &[("spec project", &[("argoproj.io", "AppProject")]), ("spec destination namespace", &[NAMESPACE])],
    },
    Names {
        by: &[
            ("kafka.strimzi.io", "KafkaTopic"),
            ("kafka.strimzi.io", "KafkaUser"),
            ("kafka.strimzi.io", "KafkaNodePool"),
        ],
        ways: &[("metadata labels strimzi.io/cluster", &[KAFKA])],
    },
    Names {
        by: &[POSTGRES],
        ways: &[
            ("spec bootstrap initdb secret", &[SECRET]),
            ("spec superuserSecret", &[SECRET]),
            ("spec backup barmanObjectStore s3Credentials *", &[SECRET]),
            ("spec storage storageClass", &[STORAGE]),
        ],
    },
    Names {
        by: &[
            ("postgresql.cnpg.io", "Pooler"),
            ("postgresql.cnpg.io", "ScheduledBackup"),
            ("postgresql.cnpg.io", "Backup"),
            ("postgresql.cnpg.io", "Database"),
        ],
        ways: &[("spec cluster", &[POSTGRES])],
    },
    Names {
        by: &[("traefik.io", "IngressRoute")],
        ways: &[
            ("spec routes * services *", &[SERVICE, TRAEFIK]),
            ("spec routes * services * serversTransport", &[("traefik.io", "ServersTransport")]),
            ("spec routes * middlewares *", &[MIDDLEWARE]),
            ("spec tls secretName", &[SECRET]),
            ("spec tls options", &[TLS]),
        ],
    },
    Names {
        by: &[("traefik.io", "IngressRouteTCP")],
        ways: &[
            ("spec routes * services *", &[SERVICE]),
            ("spec routes * middlewares *", &[("traefik.io", "MiddlewareTCP")]),
            ("spec tls secretName", &[SECRET]),
            ("spec tls options", &[TLS]),
        ],
    },
    Names { by: &[("traefik.io", "IngressRouteUDP")], ways: &[("spec routes * services *", &[SERVICE])] },
    Names {
        by: &[TRAEFIK],
        ways: &[
            ("spec weighted services *", &[SERVICE, TRAEFIK]),
            ("spec mirroring", &[SERVICE, TRAEFIK]),
            ("spec mirroring mirrors *", &[SERVICE, TRAEFIK]),
        ],
    },
    Names {
        by: &[MIDDLEWARE],
        ways: &[
            ("spec chain middlewares *", &[MIDDLEWARE]),
            ("spec errors service", &[SERVICE, TRAEFIK]),
            ("spec basicAuth secret", &[SECRET]),
            ("spec digestAuth secret", &[SECRET]),
            ("spec forwardAuth tls caSecret", &[SECRET]),
            ("spec forwardAuth tls certSecret", &[SECRET]),
        ],
    },
    Names {
        by: &[("snapshot.storage.k8s.io", "VolumeSnapshot")],
        ways: &[("spec volumeSnapshotClassName", &[SNAPSHOTS]), ("spec source persistentVolumeClaimName", &[CLAIM])],
    },
    Names {
        by: &[("velero.io", "Backup")],
        ways: &[("spec storageLocation", &[("velero.io", "BackupStorageLocation")])],
    },
    Names {
        by: &[("velero.io", "Schedule")],
        ways: &[("spec template storageLocation", &[("velero.io", "BackupStorageLocation")])],
    },
];

/// Kinds whose objects live in no namespace.
const EVERYWHERE: &[&str] = &[
    "ClusterRole",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "VolumeSnapshotClass",
    "GatewayClass",
    "ClusterIssuer",
    "ClusterSecretStore",
    "ClusterTriggerAuthentication",
    "Namespace",
];

/// What names of may stand at the end of a way, and the keys that who names it needs of it.
type End = (&'static [Kind], &'static [&'static str]);

/// Ways that begin alike, as one: what is common to them is gone through once.
#[derive(Default)]
struct Ways {
    /// What names of may stand here, and the keys that who names it needs of it.
    ends: Vec<End>,
    next: Vec<(&'static str, Ways)>,
}

/// What the table says, by kind.
static KNOWN: LazyLock<FxHashMap<Kind, Ways>> = LazyLock::new(|| {
    let mut known: FxHashMap<Kind, Ways> = FxHashMap::default();
    for names in NAMES {
        names.by.iter().for_each(|kind| known.entry(*kind).or_default().extend(names.ways));
    }
    known
});

static OF_PODS: LazyLock<Ways> = LazyLock::new(|| {
    let mut ways = Ways::default();
    ways.extend(PODS);
    ways
});

impl Ways {
    fn extend(&mut self, ways: &'static [Way]) {
        for (way, to) in ways {
            let keys = KEYS.iter().find(|(known, _)| known == way).map_or(&[] as &[_], |(_, keys)| keys);
            way.split(' ').fold(&mut *self, |at, step| at.step(step)).ends.push((to, keys));
        }
    }

    fn step(&mut self, step: &'static str) -> &mut Ways {
        let known = self.next.iter().position(|(known, _)| *known == step);
        let number = known.unwrap_or_else(|| {
            self.next.push((step, Ways::default()));
            self.next.len() - 1
        });
        &mut self.next[number].1
    }

    /// Everything that is named at the ends of the ways from here.
    fn follow<N: Node>(&self, node: N, found: &mut dyn FnMut(N, End)) {
        self.ends.iter().for_each(|end| found(node, *end));
        for (step, ways) in &self.next {
            match *step {
                "*" => node.items().into_iter().for_each(|item| ways.follow(item, found)),
                step => node.get(step).into_iter().for_each(|next| ways.follow(next, found)),
            }
        }
    }
}

/// Whether the table says what objects of this kind name.
pub fn is_known(entity: &Entity) -> bool {
    known(entity).is_some()
}

fn known(entity: &Entity) -> Option<&Ways> {
    find(&KNOWN, (&entity.group, &entity.kind))
}

/// The same for a kind that is no text of the program.
fn find<'k>(known: &'k FxHashMap<(&'k str, &'k str), Ways>, kind: (&'k str, &'k str)) -> Option<&'k Ways> {
    known.get(&kind)
}

/// Whether an object is of a kind, in whatever version.
pub fn is(entity: &Entity, (group, kind): Kind) -> bool {
    *entity.kind == *kind && *entity.group == *group
}

/// Adds what an object names, and what its pods do.
pub fn references<N: Node>(node: N, pods: Option<N>, entity: &Entity, by: usize, found: &mut References) {
    let elsewhere = is_elsewhere(node, entity);
    let mut add = |end: N, to: End| {
        if !elsewhere || *to.0 != [NAMESPACE] {
            named(end, to, (entity, by), found);
        }
    };
    if let Some(ways) = known(entity) {
        ways.follow(node, &mut add);
    }
    if let Some(spec) = pods {
        OF_PODS.follow(spec, &mut add);
    }
}

/// Whether what it delivers goes to another cluster, whose namespaces nobody knows here.
fn is_elsewhere<N: Node>(node: N, entity: &Entity) -> bool {
    let of = |way: &str| {
        let mut found = None;
        each(node, way, &mut |end| found = Some(end));
        found.map(|end| text(end).unwrap_or_else(|| "".into()))
    };
    match (&*entity.group, &*entity.kind) {
        ("argoproj.io", "Application") => {
            of("spec destination server").is_some_and(|server| !server.starts_with("https://kubernetes.default.svc"))
                || of("spec destination name").is_some_and(|name| &*name != "in-cluster")
        }
        (group, _) if group.ends_with("toolkit.fluxcd.io") => of("spec kubeConfig").is_some(),
        _ => false,
    }
}

/// Every end of a way.
pub fn each<N: Node>(node: N, way: &str, found: &mut dyn FnMut(N)) {
    let (step, rest) = way.split_once(' ').unwrap_or((way, ""));
    match step {
        "" => found(node),
        "*" => node.items().into_iter().for_each(|item| each(item, rest, found)),
        step => node.get(step).into_iter().for_each(|next| each(next, rest, found)),
    }
}

/// A name, or a record with one.
fn named<N: Node>(node: N, (to, needed): End, (entity, by): (&Entity, usize), found: &mut References) {
    let field = |names: &[&str]| names.iter().find_map(|name| node.get(name));
    let Some(name) = said(Some(node), text).or_else(|| said(field(&["name", "secretName", "claimName"]), text)) else {
        return;
    };
    let kind = node.get("kind").and_then(text);
    let Some((group, kind)) = to.iter().find(|to| kind.as_ref().is_none_or(|kind| **kind == *to.1)).copied() else {
        return;
    };
    // What is for the whole cluster can not give the rights of a namespace, which is another mistake.
    if kind == "Role" && &*entity.kind == "ClusterRoleBinding" {
        return;
    }
    // Istio writes the namespace before the name, and its proxies are no gateway.
    let (namespace_before, name) = match name.value.split_once('/') {
        Some((namespace, short)) if group == "networking.istio.io" => {
            (Some(Text::from(namespace)), Said { value: short.into(), ..name })
        }
        _ if group == "networking.istio.io" && &*name.value == "mesh" => return,
        _ => (None, name),
    };
    // `api@internal` is of Traefik itself, and what stands before another `@` is of no object.
    let is_of_traefik = &*entity.group == "traefik.io" && name.contains('@');
    if name.is_empty() || is_of_traefik || group_of(node).is_some_and(|told| *told != *group) {
        return;
    }
    let around = || match (&*entity.kind, kind) {
        // Where cert-manager looks for the secrets of what lives in no namespace, unless told otherwise.
        ("ClusterIssuer", _) => "cert-manager".into(),
        _ => entity.namespace,
    };
    let namespace: Text = match EVERYWHERE.contains(&kind) {
        true => "".into(),
        false => namespace_before.or_else(|| node.get("namespace").and_then(text)).unwrap_or_else(around),
    };
    let optional = node.get("optional").and_then(truth).unwrap_or(false);
    let mut keys: Vec<_> = said(field(&["key", "valuesKey"]), text).into_iter().collect();
    each(node, "items * key", &mut |key| keys.extend(said(Some(key), text)));
    keys.extend(needed.iter().map(|key| Said { value: Text::from(*key), ..name.clone() }));
    let reference = |key| Reference { by, group, kind, namespace, name: name.clone(), key, optional };
    if keys.is_empty() {
        found.push(reference(None));
    }
    found.extend(keys.into_iter().map(|key| reference(Some(key))));
}

/// The group that a record says.
fn group_of<N: Node>(node: N) -> Option<Text> {
    let plain = ["group", "apiGroup"].iter().find_map(|field| node.get(field)).and_then(text);
    let group = plain.or_else(|| {
        let version = node.get("apiVersion").and_then(text)?;
        Some(version.rsplit_once('/').map_or("", |(group, _)| group).into())
    });
    // A group of no letters is the core, or one that nobody wrote.
    group.filter(|group| !group.is_empty())
}
