//! NFS: directories of a file server as volumes.

import std/chart

/// What makes a directory of a file server for each claim.
schema Provisioner is Release {
  chart = "nfs-subdir-external-provisioner"
  repository = "https://kubernetes-sigs.github.io/nfs-subdir-external-provisioner/"
  version = "4.0.18"
  /// The file server, and its directory.
  server: Ip | Hostname
  path: Path
  /// How it is mounted: `["nfsvers=4.1", "hard"]`.
  mount-options: [String] = []
  /// The class of storage.
  class: Name = "nfs-client"
  default: Bool = false
  /// Whether a directory is renamed and kept when its claim goes.
  archives: Bool = true
  resources: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 128MiB }
  pods = { app: "nfs-subdir-external-provisioner", release: name }
  tier = "core"
  provides = ["storage:\(class)"]
  workloads = ["deployment/\(name)"]
  check cluster.all(Provisioner).filter((p) => p.class == class).size() == 1 else "the class of storage `\(class)` is there twice: give each file server one of its own"
  let provisioner = "nfs.\(namespace.name)/\(name)"
  makes = [chart.storage-class(class, default, provisioner, "Immediate")]
  values = {
    fullnameOverride: name
    nfs: { server: "\(server)", path: "\(path)", mountOptions: mount-options }
    storageClass: {
      name: class
      provisionerName: provisioner
      defaultClass: default
      archiveOnDelete: archives
      accessModes: "ReadWriteMany"
    }
    resources: chart.sized(resources)
  }
}
