//! Longhorn: volumes, backups and recurring jobs.

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
