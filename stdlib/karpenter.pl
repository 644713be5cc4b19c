//! Karpenter: pools of nodes.

import std/chart

/// Karpenter for Proxmox: makes machines when pods find no place, and takes them away again.
schema Proxmox is Release {
  chart = "karpenter-provider-proxmox"
  repository = "oci://ghcr.io/sergelogvinov/charts"
  version = "0.4.1"
  /// The key of a secret that is the file with the clusters of Proxmox: their addresses, and a token of each.
  credentials: SecretKey
  /// How many machines it may make. Their addresses must be free too.
  most: Int where it >= 0
  check cluster.network.more-hosts >= most else "up to \(most) hosts may come, and the network of `\(cluster.name)` has addresses for \(cluster.network.more-hosts) more: say `more-hosts: \(most)` there"
  replicas: Int where it >= 1 = 1
  resources: Resources = Resources { cpu: 50m, memory: 128MiB, memory-limit: 256MiB }
  pods = {
    "app.kubernetes.io/name": "karpenter-provider-proxmox"
    "app.kubernetes.io/instance": name
  }
  tier = "core"
  kinds = ["karpenter.sh", "karpenter.proxmox.sinextra.dev"]
  provides = ["karpenter"]
  workloads = ["deployment/\(name)"]
  values = {
    fullnameOverride: name
    replicaCount: replicas
    existingConfigSecret: credentials.secret.object
    existingConfigSecretKey: credentials.name
    resources: chart.sized(resources)
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("karpenter.sh/v1", "NodeClaim", "cluster")
type NodeClaim = {
  spec: {
    expireAfter?: String
    nodeClassRef: NodeClassRef
    requirements: [Requirement]
    resources?: {
      requests?: Requests
    }
    startupTaints?: [StartupTaint]
    taints?: [StartupTaint]
    terminationGracePeriod?: String
  }
  status?: Any
}

@kubernetes("karpenter.sh/v1alpha1", "NodeOverlay", "cluster")
type NodeOverlay = {
  spec: {
    capacity?: Requests
    price?: String
    priceAdjustment?: String
    requirements: [{
      key: String
      operator: "Gte" | "Lte" | "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt"
      values?: [String]
    }]
    weight?: Int where 1 <= it and it <= 10000
  }
  status?: Any
}

@kubernetes("karpenter.sh/v1", "NodePool", "cluster")
type NodePool = {
  spec: {
    disruption?: {
      budgets?: [{
        duration?: String
        nodes: String
        reasons?: ["Underutilized" | "Empty" | "Drifted"]
        schedule?: String
      }]
      consolidateAfter: String
      consolidationPolicy?: "WhenEmpty" | "WhenEmptyOrUnderutilized" | "Balanced"
    }
    limits?: Requests
    replicas?: Int where it >= 0
    template: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec: {
        expireAfter?: String
        nodeClassRef: NodeClassRef
        requirements: [Requirement]
        startupTaints?: [StartupTaint]
        taints?: [StartupTaint]
        terminationGracePeriod?: String
      }
    }
    weight?: Int where 1 <= it and it <= 100
  }
  status?: Any
}

type NodeClassRef = {
  group: String
  kind: String
  name: String
}

type Requirement = {
  key: String
  minValues?: Int where 1 <= it and it <= 50
  operator: "Gte" | "Lte" | "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt"
  values?: [String]
}

type Requests = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type StartupTaint = {
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute"
  key: String
  timeAdded?: String
  value?: String
}
