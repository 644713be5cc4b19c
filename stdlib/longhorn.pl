//! Longhorn: volumes, backups and recurring jobs.

import std/chart

/// Longhorn: volumes that are kept on several hosts at once. Each host needs iSCSI: on Talos the extensions
/// `siderolabs/iscsi-tools` and `siderolabs/util-linux-tools`.
schema Longhorn is Release {
  chart = "longhorn"
  repository = "https://charts.longhorn.io"
  version = "1.12.1"
  /// On how many hosts each volume is kept.
  copies: Int where it >= 1 and it <= 20 = 3
  let hosts = cluster.host.filter(
    (h) => h.role == "worker" or cluster.distribution.schedules-on-control-plane,
  ).size()
  check hosts == 0 or copies <= hosts else "each volume shall be on \(copies) hosts, and `\(cluster.name)` has \(hosts) that take pods: say how many `copies` there shall be"
  check chart.is-open(namespace) else chart.closed(namespace)
  /// The class of storage.
  default: Bool = true
  /// What becomes of a volume without a claim.
  reclaim: "Delete" | "Retain" = "Delete"
  /// Where hosts keep the data.
  path: Path = "/var/lib/longhorn"
  /// Whether a volume has a copy on the host of its pod, where that is possible.
  near: Bool = false
  /// How much of a disk is left free, in percent.
  left-free: Int where it >= 0 and it <= 100 = 25
  /// Where backups go, as `s3://bucket@region/`, and the secret with what opens it.
  backups?: String
  backup-credentials?: Secret
  /// The port of every host at which its page answers.
  @auto("node-ports")
  node-port?: Port
  resources: Resources = Resources { cpu: 100m, memory: 256MiB, memory-limit: 1GiB }
  pods = { app: "longhorn-manager" }
  tier = "core"
  kinds = ["longhorn.io"]
  provides = ["storage:longhorn"]
  workloads = [
    "daemonset/longhorn-manager",
    "deployment/longhorn-driver-deployer",
    "deployment/longhorn-ui",
  ]
  ui: Endpoint = Endpoint {
    number: 80
    target: 8000
    pods: { app: "longhorn-ui" }
    host: "longhorn-frontend.\(namespace.name).svc.\(cluster.domain)"
    id: "\(name)-ui"
  }
  if node-port != null { access ui: chart.at-host(cluster, "http", node-port) }
  makes = [
    chart.storage-class("longhorn", default, "driver.longhorn.io", "Immediate"),
    ...(if node-port == null
      then []
      else chart.fronts(
        "longhorn-frontend",
        "NodePort",
        [{ name: "http", port: 80, node-port: node-port }],
        null,
      )),
  ]
  values = {
    persistence: { defaultClass: default, defaultClassReplicaCount: copies, reclaimPolicy: reclaim }
    // What would stand in the way of a delivery that applies hooks as plain objects.
    preUpgradeChecker: { jobEnabled: false }
    defaultSettings: {
      defaultReplicaCount: copies
      defaultDataPath: "\(path)"
      defaultDataLocality: if near then "best-effort" else "disabled"
      storageMinimalAvailablePercentage: left-free
    }
    ...(if backups == null then {} else {
      defaultBackupStore: {
        backupTarget: backups
        ...(if backup-credentials == null then {} else {
          backupTargetCredentialSecret: backup-credentials.object
        })
      }
    })
    ...(if node-port == null then {} else {
      service: { ui: { type: "NodePort", nodePort: node-port } }
    })
    longhornManager: { resources: chart.sized(resources) }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("longhorn.io/v1beta2", "BackingImage")
type BackingImage = {
  spec?: {
    checksum?: String
    diskFileSpecMap?: {
      String: {
        evictionRequested?: Bool
      }
    }
    diskSelector?: [String]
    disks?: {String: String}
    minNumberOfCopies?: Int
    nodeSelector?: [String]
    secret?: String
    secretNamespace?: String
    sourceParameters?: {String: String}
    sourceType?: "download" | "upload" | "export-from-volume" | "restore" | "clone"
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "BackingImageDataSource")
type BackingImageDataSource = {
  spec?: {
    checksum?: String
    diskPath?: String
    diskUUID?: String
    fileTransferred?: Bool
    nodeID?: String
    parameters?: {String: String}
    sourceType?: "download" | "upload" | "export-from-volume" | "restore" | "clone"
    uuid?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "BackingImageManager")
type BackingImageManager = {
  spec?: {
    backingImages?: {String: String}
    diskPath?: String
    diskUUID?: String
    image?: String
    nodeID?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "BackupBackingImage")
type BackupBackingImage = {
  spec?: {
    labels?: {String: String}
    syncRequestedAt?: String
    userCreated: Bool
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "BackupTarget")
type BackupTarget = {
  spec?: {
    backupTargetURL?: String
    credentialSecret?: String
    pollInterval?: String
    syncRequestedAt?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "BackupVolume")
type BackupVolume = {
  spec?: {
    syncRequestedAt?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Engine")
type Engine = {
  spec?: {
    active?: Bool
    backendStoreDriver?: String
    backupVolume?: String
    dataEngine?: "v1" | "v2"
    desireState?: String
    disableFrontend?: Bool
    engineImage?: String
    frontend?: "blockdev" | "iscsi" | "nvmf" | ""
    image?: String
    logRequested?: Bool
    nodeID?: String
    replicaAddressMap?: {String: String}
    requestedBackupRestore?: String
    requestedDataSource?: String
    revisionCounterDisabled?: Bool
    salvageRequested?: Bool
    snapshotMaxCount?: Int
    snapshotMaxSize?: String
    unmapMarkSnapChainRemovedEnabled?: Bool
    upgradedReplicaAddressMap?: {String: String}
    volumeName?: String
    volumeSize?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "EngineImage")
type EngineImage = {
  spec?: {
    image: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "InstanceManager")
type InstanceManager = {
  spec?: {
    dataEngine?: String
    image?: String
    nodeID?: String
    type?: "aio" | "engine" | "replica"
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Node")
type Node = {
  spec?: {
    allowScheduling?: Bool
    disks?: {
      String: {
        allowScheduling?: Bool
        diskDriver?: "" | "auto" | "aio"
        diskType?: "filesystem" | "block"
        evictionRequested?: Bool
        path?: String
        storageReserved?: Int
        tags?: [String]
      }
    }
    evictionRequested?: Bool
    instanceManagerCPURequest?: Int
    name?: String
    tags?: [String]
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Orphan")
type Orphan = {
  spec?: {
    nodeID?: String
    orphanType?: String
    parameters?: {String: String}
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "RecurringJob")
type RecurringJob = {
  spec?: {
    concurrency?: Int
    cron?: String
    groups?: [String]
    labels?: {String: String}
    name?: String
    parameters?: {String: String}
    retain?: Int
    task?: "snapshot" | "snapshot-force-create" | "snapshot-cleanup" | "snapshot-delete" | "backup" | "backup-force-create" | "filesystem-trim"
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Replica")
type Replica = {
  spec?: {
    active?: Bool
    backendStoreDriver?: String
    backingImage?: String
    dataDirectoryName?: String
    dataEngine?: "v1" | "v2"
    desireState?: String
    diskID?: String
    diskPath?: String
    engineImage?: String
    engineName?: String
    evictionRequested?: Bool
    failedAt?: String
    hardNodeAffinity?: String
    healthyAt?: String
    image?: String
    lastFailedAt?: String
    lastHealthyAt?: String
    logRequested?: Bool
    nodeID?: String
    rebuildRetryCount?: Int
    revisionCounterDisabled?: Bool
    salvageRequested?: Bool
    snapshotMaxCount?: Int
    snapshotMaxSize?: String
    unmapMarkDiskChainRemovedEnabled?: Bool
    volumeName?: String
    volumeSize?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Setting")
type Setting = {
  status?: Any
  value: String
}

@kubernetes("longhorn.io/v1beta2", "ShareManager")
type ShareManager = {
  spec?: {
    image?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Snapshot")
type Snapshot = {
  spec?: {
    createSnapshot?: Bool
    labels?: {String: String}
    volume: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "SupportBundle")
type SupportBundle = {
  spec?: {
    description: String
    issueURL?: String
    nodeID?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "SystemBackup")
type SystemBackup = {
  spec?: {
    volumeBackupPolicy?: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "SystemRestore")
type SystemRestore = {
  spec?: {
    systemBackup: String
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "Volume")
type Volume = {
  spec?: {
    "Standby"?: Bool
    accessMode?: "rwo" | "rwx"
    backendStoreDriver?: String
    backingImage?: String
    backupCompressionMethod?: "none" | "lz4" | "gzip"
    dataEngine?: "v1" | "v2"
    dataLocality?: "disabled" | "best-effort" | "strict-local"
    dataSource?: String
    disableFrontend?: Bool
    diskSelector?: [String]
    encrypted?: Bool
    engineImage?: String
    freezeFilesystemForSnapshot?: "ignored" | "enabled" | "disabled"
    fromBackup?: String
    frontend?: "blockdev" | "iscsi" | "nvmf" | ""
    image?: String
    lastAttachedBy?: String
    migratable?: Bool
    migrationNodeID?: String
    nodeID?: String
    nodeSelector?: [String]
    numberOfReplicas?: Int
    replicaAutoBalance?: "ignored" | "disabled" | "least-effort" | "best-effort"
    replicaDiskSoftAntiAffinity?: "ignored" | "enabled" | "disabled"
    replicaSoftAntiAffinity?: "ignored" | "enabled" | "disabled"
    replicaZoneSoftAntiAffinity?: "ignored" | "enabled" | "disabled"
    restoreVolumeRecurringJob?: "ignored" | "enabled" | "disabled"
    revisionCounterDisabled?: Bool
    size?: String
    snapshotDataIntegrity?: "ignored" | "disabled" | "enabled" | "fast-check"
    snapshotMaxCount?: Int
    snapshotMaxSize?: String
    staleReplicaTimeout?: Int
    unmapMarkSnapChainRemoved?: "ignored" | "disabled" | "enabled"
  }
  status?: Any
}

@kubernetes("longhorn.io/v1beta2", "VolumeAttachment")
type VolumeAttachment = {
  spec?: {
    attachmentTickets?: {
      String: {
        generation?: Int
        id?: String
        nodeID?: String
        parameters?: {String: String}
        type?: String
      }
    }
    volume: String
  }
  status?: Any
}
