//! SOPS: secrets that lie in the repository of Flux, encrypted for the key of its cluster.

import std/flux

/// What was encrypted for a cluster, as `platc seal --age -o` keeps it: of which secret (`NAMESPACE/NAME`) which document.
type Kept = { sops?: {String: Document} }

/// The data of a secret, encrypted, and what SOPS needs to open it.
type Document = { data: {String: String}, sops: Any }

/// SOPS as what brings the values of a secret: they stand here, encrypted for who has the key, and Flux decrypts them. A platform
/// takes them where its delivery says `sops: true`.
schema Encrypted is SecretProvider {
  /// The file of what was encrypted for the cluster: `import "./sealed/lab.sops.json" as lab-sops: sops.Kept`.
  @main kept: Kept
  let path = "\(namespace.name)/\(secret.object)"
  let document: Document? = kept.sops?.get(path)
  let missing = [for k in secret.key if not (document?.data ?? {}).has(k.name) => k.name]
  let command = "platc seal \(path) \(secret.key.map((k) => k.name).join(" ")) --age RECIPIENT -o FILE"
  let decrypts = match namespace.cluster.delivery {
    flux.Flux => namespace.cluster.delivery.sops
    _ => false
  }
  check decrypts else "nobody decrypts what SOPS encrypted: say `delivery: flux.Flux { sops: true, .. }`, or take another provider"
  check missing.is-empty() else "\(path) has no encrypted value for \(missing.join(", ")): `\(command)`"
  emit encrypted: Object? = if document == null then null else {
    apiVersion: "v1"
    kind: "Secret"
    metadata: { name: secret.object, namespace: namespace.name }
    data: document.data
    sops: document.sops
  }
}
