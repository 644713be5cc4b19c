//! Snapshots of volumes.

@kubernetes("snapshot.storage.k8s.io/v1", "VolumeSnapshot")
type VolumeSnapshot = {
  spec: {
    source: {
      persistentVolumeClaimName?: String
      volumeSnapshotContentName?: String
    }
    volumeSnapshotClassName?: String
  }
  status?: Any
}

@kubernetes("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", "cluster")
type VolumeSnapshotClass = {
  deletionPolicy: "Delete" | "Retain"
  driver: String
  parameters?: {String: String}
}

@kubernetes("snapshot.storage.k8s.io/v1", "VolumeSnapshotContent", "cluster")
type VolumeSnapshotContent = {
  spec: {
    deletionPolicy: "Delete" | "Retain"
    driver: String
    source: {
      snapshotHandle?: String
      volumeHandle?: String
    }
    sourceVolumeMode?: String
    volumeSnapshotClassName?: String
    volumeSnapshotRef: {
      apiVersion?: String
      fieldPath?: String
      kind?: String
      name?: String
      namespace?: String
      resourceVersion?: String
      uid?: String
    }
  }
  status?: Any
}
