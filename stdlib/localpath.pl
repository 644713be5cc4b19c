//! Local path: directories of hosts as volumes. A volume stays on the host where it was made, and dies with it.

import std/chart

/// What makes a directory on the host of a pod for each claim.
schema Provisioner is Release {
  chart = "local-path-provisioner"
  repository = "https://charts.containeroo.ch"
  version = "0.0.37"
  /// Where the directories are, on hosts that are not told otherwise. Talos lets nobody write outside of `/var`.
  path: Path = "/var/local-path-provisioner"
  /// Where they are on other hosts.
  paths: {Name: Path} = {}
  /// The class of storage.
  class: Name = "local-path"
  default: Bool = false
  resources: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 128MiB }
  pods = { "app.kubernetes.io/name": "local-path-provisioner", "app.kubernetes.io/instance": name }
  tier = "core"
  provides = ["storage:\(class)"]
  workloads = ["deployment/\(name)"]
  check cluster.distribution.storage.all(
    (brought) => brought.class != class,
  ) else "the distribution brings the class of storage `\(class)` already"
  check chart.is-open(namespace) else chart.closed(namespace)
  let provisioner = "cluster.local/\(name)"
  makes = [chart.storage-class(class, default, provisioner, "WaitForFirstConsumer")]
  values = {
    fullnameOverride: name
    // The image that makes directories, which the chart does not pin.
    helperImage: { repository: "docker.io/library/busybox", tag: "1.37.0" }
    storageClass: { name: class, provisionerName: provisioner, defaultClass: default }
    nodePathMap: [
      { node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: ["\(path)"] },
      for host, own in paths => { node: host, paths: ["\(own)"] },
    ]
    resources: chart.sized(resources)
  }
}
