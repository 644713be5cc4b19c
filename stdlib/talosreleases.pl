//! Releases of Talos: what their machines run beside Kubernetes, as `talosctl image default` lists it. Facts alone; what is not known of
//! a release is not here.

/// Tags of the images.
type Release = {
  etcd: String
  coredns: String
  flannel: String
  pause: String
}

let releases: {String: Release} = {
  "1.12.0": { etcd: "v3.6.7", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.1": { etcd: "v3.6.7", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.2": { etcd: "v3.6.7", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.3": { etcd: "v3.6.7", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.4": { etcd: "v3.6.7", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.5": { etcd: "v3.6.8", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.6": { etcd: "v3.6.8", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.7": { etcd: "v3.6.9", coredns: "v1.13.2", flannel: "v0.27.4", pause: "3.10" }
  "1.12.8": { etcd: "v3.6.11", coredns: "v1.14.3", flannel: "v0.27.4", pause: "3.10.1" }
  "1.12.9": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.27.4", pause: "3.10.1" }
  "1.12.10": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.27.4", pause: "3.10.1" }
  "1.12.11": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.27.4", pause: "3.10.1" }
  "1.13.0": { etcd: "v3.6.9", coredns: "v1.14.2", flannel: "v0.28.4", pause: "3.10.1" }
  "1.13.1": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.28.4", pause: "3.10.1" }
  "1.13.2": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.28.4", pause: "3.10.1" }
  "1.13.3": { etcd: "v3.6.11", coredns: "v1.14.2", flannel: "v0.28.4", pause: "3.10.1" }
  "1.13.4": { etcd: "v3.6.12", coredns: "v1.14.2", flannel: "v0.28.5", pause: "3.10.1" }
  "1.13.5": { etcd: "v3.6.12", coredns: "v1.14.2", flannel: "v0.28.5", pause: "3.10.1" }
  "1.13.6": { etcd: "v3.6.12", coredns: "v1.14.2", flannel: "v0.28.5", pause: "3.10.1" }
  "1.13.7": { etcd: "v3.6.12", coredns: "v1.14.4", flannel: "0.28.7", pause: "3.10.1" }
  "1.13.8": { etcd: "v3.6.12", coredns: "v1.14.6", flannel: "0.28.8", pause: "3.10.1" }
  "1.13.9": { etcd: "v3.6.12", coredns: "v1.14.6", flannel: "0.28.8", pause: "3.10.1" }
}

/// What machines of a release run by themselves; nothing where that is not known.
fn images-of(release: String, with-flannel: Bool) -> [Image] = tagged(
  releases.get(release),
  with-flannel,
)

fn tagged(tags: Release?, with-flannel: Bool) -> [Image] = if tags == null then [] else [
  "registry.k8s.io/etcd:\(tags.etcd)",
  "registry.k8s.io/coredns/coredns:\(tags.coredns)",
  "registry.k8s.io/pause:\(tags.pause)",
  if with-flannel => "ghcr.io/siderolabs/flannel:\(tags.flannel)",
]
