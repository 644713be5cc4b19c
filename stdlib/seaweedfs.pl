//! SeaweedFS: a store of objects and files, which speaks S3.

import std/chart

/// SeaweedFS by its chart: masters that know where everything is, volumes that keep it, filers that answer.
schema SeaweedFS is chart.Chart {
  chart = "seaweedfs"
  repository = "https://seaweedfs.github.io/seaweedfs/helm"
  version = Version("4.44.0")
  /// How many volume servers there are, each on a host of its own, and whether two of them keep everything.
  servers: Int where it >= 1 = 1
  copies: Int where 1 <= it and it <= 2 = 1
  /// How much each of them keeps, and in which class of storage; what the filer knows of it.
  size: Bytes = 100GiB
  index-size: Bytes = 10GiB
  storage-class?: Name
  /// Who may do what by S3, as the file that it reads: `seaweedfs_s3_config`. The chart makes one where nothing is named.
  identities?: Secret
  resources: Resources = Resources { cpu: 100m, memory: 512MiB }
  /// The port of every host at which S3 answers too.
  @auto("node-ports")
  node-port?: Port
  pods = { "app.kubernetes.io/name": "seaweedfs", "app.kubernetes.io/instance": name }
  tier = "core"
  provides = ["s3"]
  workloads = [for part in ["master", "volume", "filer"] => "statefulset/\(name)-\(part)"]
  let filers: {String: String} = { ...pods, "app.kubernetes.io/component": "filer" }
  port api {
    number: 8333
    service: "\(maker.name)-s3"
    pods: filers
    own: [maker.pods]
    node-port: node-port
  }
  check copies <= servers else "\(name) keeps everything twice, and has one server to keep it"
  let wrong = chart.lacks(identities, ["seaweedfs_s3_config"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  let claim: Any = {
    type: "persistentVolumeClaim"
    size: "\(index-size)"
    if storage-class != null { storageClass: storage-class }
  }
  let share = chart.sized(resources)
  values = {
    fullnameOverride: name
    global: {
      seaweedfs: {
        enableReplication: copies > 1
        replicationPlacement: if copies > 1 then "001" else "000"
      }
    }
    master: {
      defaultReplication: if copies > 1 then "001" else "000"
      data: claim
      logs: { type: "emptyDir" }
      resources: share
    }
    volume: {
      replicas: servers
      dataDirs: [{
        name: "data1"
        type: "persistentVolumeClaim"
        size: "\(size)"
        if storage-class != null { storageClass: storage-class }
        maxVolumes: 0
      }]
      resources: share
    }
    filer: {
      data: claim
      logs: { type: "emptyDir" }
      resources: share
      s3: {
        enabled: true
        enableAuth: true
        existingConfigSecret: identities?.object
      }
    }
    s3: { service: { type: port.api.exposed, nodePorts: { http: node-port } } }
  }
}
