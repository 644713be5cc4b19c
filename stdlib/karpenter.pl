//! Karpenter: pools of nodes.

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
