//! Velero: backups, schedules and restores.

import std/chart

/// Velero: backups of objects and volumes, kept in a bucket.
schema Velero is Release {
  chart = "velero"
  repository = "https://vmware-tanzu.github.io/helm-charts"
  version = "11.4.0"
  /// The bucket, and where it is, if not at Amazon.
  bucket: String
  prefix?: String
  region: String = "us-east-1"
  url?: Url
  /// A secret whose key `cloud` is a file of credentials as Amazon writes it.
  credentials: Secret
  check credentials.key.has(
    "cloud",
  ) else "Velero reads its credentials from the key `cloud`, which `\(credentials.name)` does not have"
  /// When it makes one: minute, hour, day of the month, month, day of the week.
  schedule: String = "0 2 * * *"
  /// How long one is kept.
  kept: Duration = 720h
  /// The namespaces that are kept; all where none is named.
  namespaces: [Name] = []
  /// Whether it reads the files of volumes, by an agent on every host: needless where storage makes snapshots.
  files: Bool = true
  /// Whether the bucket is in the cluster that it keeps, and goes down with it: who says so knows of another copy.
  in-cluster: Bool = false
  check in-cluster or not (url?.contains(
    ".svc",
  ) ?? false) else "the backups of `\(cluster.name)` would be kept in `\(cluster.name)` itself, and be lost with it: name a bucket elsewhere, or say `in-cluster: true`"
  check not files or chart.is-open(namespace) else chart.closed(namespace)
  resources: Resources = Resources { cpu: 100m, memory: 256MiB, memory-limit: 1GiB }
  pods = { "app.kubernetes.io/name": "velero", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["velero.io"]
  provides = ["backup"]
  workloads = ["deployment/\(name)", if files => "daemonset/node-agent"]
  let daily = {
    schedule: schedule
    template: {
      ttl: "\(kept)"
      storageLocation: "default"
      defaultVolumesToFsBackup: files
      includedNamespaces: if namespaces.is-empty() then ["*"] else namespaces
    }
  }
  // By the chart, which brings the kind first: beside it, one would wait for the other.
  makes = [{
    apiVersion: "velero.io/v1"
    kind: "Schedule"
    metadata: { name: "\(name)-daily", namespace: namespace.name }
    spec: daily
  }]
  values = {
    fullnameOverride: name
    initContainers: [{
      name: "velero-plugin-for-aws"
      image: "docker.io/velero/velero-plugin-for-aws:v1.13.2"
      volumeMounts: [{ mountPath: "/target", name: "plugins" }]
    }]
    configuration: {
      backupStorageLocation: [{
        name: "default"
        provider: "aws"
        bucket: bucket
        default: true
        ...(if prefix == null then {} else { prefix: prefix })
        config: {
          region: region
          ...(if url == null then {} else { s3Url: "\(url)", s3ForcePathStyle: "true" })
        }
      }]
      defaultBackupTTL: "\(kept)"
      ...(if files then { uploaderType: "kopia" } else {})
    }
    credentials: { useSecret: true, existingSecret: credentials.object }
    schedules: { daily: daily }
    snapshotsEnabled: false
    deployNodeAgent: files
    resources: chart.sized(resources)
    nodeAgent: { resources: chart.sized(resources) }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("velero.io/v1", "Backup")
type Backup = {
  spec?: Spec
  status?: Any
}

@kubernetes("velero.io/v1", "BackupRepository")
type BackupRepository = {
  spec?: {
    backupStorageLocation: String
    maintenanceFrequency: String
    repositoryConfig?: {String: String}
    repositoryType?: "kopia" | "restic" | ""
    resticIdentifier?: String
    volumeNamespace: String
  }
  status?: Any
}

@kubernetes("velero.io/v1", "BackupStorageLocation")
type BackupStorageLocation = {
  spec?: {
    accessMode?: "ReadOnly" | "ReadWrite"
    backupSyncPeriod?: String
    config?: {String: String}
    credential?: Credential
    default?: Bool
    objectStorage: {
      bucket: String
      caCert?: String
      prefix?: String
    }
    provider: String
    validationFrequency?: String
  }
  status?: Any
}

@kubernetes("velero.io/v2alpha1", "DataDownload")
type DataDownload = {
  spec?: {
    backupStorageLocation: String
    cancel?: Bool
    dataMoverConfig?: {String: String}
    datamover?: String
    nodeOS?: "auto" | "linux" | "windows"
    operationTimeout: String
    snapshotID: String
    sourceNamespace: String
    targetVolume: {
      namespace: String
      pv: String
      pvc: String
    }
  }
  status?: Any
}

@kubernetes("velero.io/v2alpha1", "DataUpload")
type DataUpload = {
  spec?: {
    backupStorageLocation: String
    cancel?: Bool
    csiSnapshot?: {
      driver?: String
      snapshotClass?: String
      storageClass: String
      volumeSnapshot: String
    }
    dataMoverConfig?: {String: String}
    datamover?: String
    operationTimeout: String
    snapshotType: String
    sourceNamespace: String
    sourcePVC: String
  }
  status?: Any
}

@kubernetes("velero.io/v1", "DeleteBackupRequest")
type DeleteBackupRequest = {
  spec?: {
    backupName: String
  }
  status?: Any
}

@kubernetes("velero.io/v1", "DownloadRequest")
type DownloadRequest = {
  spec?: {
    target: {
      kind: "BackupLog" | "BackupContents" | "BackupVolumeSnapshots" | "BackupItemOperations" | "BackupResourceList" | "BackupResults" | "RestoreLog" | "RestoreResults" | "RestoreResourceList" | "RestoreItemOperations" | "CSIBackupVolumeSnapshots" | "CSIBackupVolumeSnapshotContents" | "BackupVolumeInfos" | "RestoreVolumeInfo"
      name: String
    }
  }
  status?: Any
}

@kubernetes("velero.io/v1", "PodVolumeBackup")
type PodVolumeBackup = {
  spec?: {
    backupStorageLocation: String
    cancel?: Bool
    node: String
    pod: Pod
    repoIdentifier: String
    tags?: {String: String}
    uploaderSettings?: {String: String}
    uploaderType?: "kopia" | "restic" | ""
    volume: String
  }
  status?: Any
}

@kubernetes("velero.io/v1", "PodVolumeRestore")
type PodVolumeRestore = {
  spec?: {
    backupStorageLocation: String
    cancel?: Bool
    pod: Pod
    repoIdentifier: String
    snapshotID: String
    sourceNamespace: String
    uploaderSettings?: {String: String}
    uploaderType?: "kopia" | "restic" | ""
    volume: String
  }
  status?: Any
}

@kubernetes("velero.io/v1", "Restore")
type Restore = {
  spec?: {
    backupName?: String
    excludedNamespaces?: [String]
    excludedResources?: [String]
    existingResourcePolicy?: String
    hooks?: {
      resources?: [{
        excludedNamespaces?: [String]
        excludedResources?: [String]
        includedNamespaces?: [String]
        includedResources?: [String]
        labelSelector?: k8s.LabelSelector
        name: String
        postHooks?: [{
          exec?: {
            command: [String]
            container?: String
            execTimeout?: String
            onError?: "Continue" | "Fail"
            waitForReady?: Bool
            waitTimeout?: String
          }
          init?: {
            initContainers?: [{String: Any}]
            timeout?: String
          }
        }]
      }]
    }
    includeClusterResources?: Bool
    includedNamespaces?: [String]
    includedResources?: [String]
    itemOperationTimeout?: String
    labelSelector?: k8s.LabelSelector
    namespaceMapping?: {String: String}
    orLabelSelectors?: [k8s.LabelSelector]
    preserveNodePorts?: Bool
    resourceModifier?: ResourceModifier
    restorePVs?: Bool
    restoreStatus?: {
      excludedResources?: [String]
      includedResources?: [String]
    }
    scheduleName?: String
    uploaderConfig?: {
      parallelFilesDownload?: Int
      writeSparseFiles?: Bool
    }
  }
  status?: Any
}

@kubernetes("velero.io/v1", "Schedule")
type Schedule = {
  spec?: {
    paused?: Bool
    schedule: String
    skipImmediately?: Bool
    template: Spec
    useOwnerReferencesInBackup?: Bool
  }
  status?: Any
}

@kubernetes("velero.io/v1", "ServerStatusRequest")
type ServerStatusRequest = {
  spec?: {String: Any}
  status?: Any
}

@kubernetes("velero.io/v1", "VolumeSnapshotLocation")
type VolumeSnapshotLocation = {
  spec?: {
    config?: {String: String}
    credential?: Credential
    provider: String
  }
  status?: Any
}

type Spec = {
  csiSnapshotTimeout?: String
  datamover?: String
  defaultVolumesToFsBackup?: Bool
  defaultVolumesToRestic?: Bool
  excludedClusterScopedResources?: [String]
  excludedNamespaceScopedResources?: [String]
  excludedNamespaces?: [String]
  excludedResources?: [String]
  hooks?: {
    resources?: [{
      excludedNamespaces?: [String]
      excludedResources?: [String]
      includedNamespaces?: [String]
      includedResources?: [String]
      labelSelector?: k8s.LabelSelector
      name: String
      post?: [Post]
      pre?: [Post]
    }]
  }
  includeClusterResources?: Bool
  includedClusterScopedResources?: [String]
  includedNamespaceScopedResources?: [String]
  includedNamespaces?: [String]
  includedResources?: [String]
  itemOperationTimeout?: String
  labelSelector?: k8s.LabelSelector
  metadata?: {
    labels?: {String: String}
  }
  orLabelSelectors?: [k8s.LabelSelector]
  orderedResources?: {String: String}
  resourcePolicy?: ResourceModifier
  snapshotMoveData?: Bool
  snapshotVolumes?: Bool
  storageLocation?: String
  ttl?: String
  uploaderConfig?: {
    parallelFilesUpload?: Int
  }
  volumeGroupSnapshotLabelKey?: String
  volumeSnapshotLocations?: [String]
}

type Credential = {
  key: String
  name?: String
  optional?: Bool
}

type Pod = {
  apiVersion?: String
  fieldPath?: String
  kind?: String
  name?: String
  namespace?: String
  resourceVersion?: String
  uid?: String
}

type ResourceModifier = {
  apiGroup?: String
  kind: String
  name: String
}

type Post = {
  exec: {
    command: [String]
    container?: String
    onError?: "Continue" | "Fail"
    timeout?: String
  }
}
