//! Seldon Core 2: models and pipelines of models behind one address. Its charts are four: the kinds, the operator, and for a
//! namespace with models what serves them, `Runtime` and `Servers`.

import std/chart

/// The kinds.
schema Kinds is Release {
  chart = "seldon-core-v2-crds"
  repository = "https://seldonio.github.io/helm-charts"
  version = Version("2.9.1")
  tier = "core"
  kinds = ["mlops.seldon.io"]
  provides = ["seldon.crds"]
}

/// The operator.
schema Operator is Release {
  chart = "seldon-core-v2-setup"
  repository = "https://seldonio.github.io/helm-charts"
  version = Version("2.9.1")
  /// The namespaces with models beside its own.
  watches: [Namespace] = []
  /// Kafka, which pipelines of models need, and how many copies it keeps of what they say.
  kafka?: Endpoint
  copies: Int where it >= 1 = 1
  resources: Resources = Resources { cpu: 50m, memory: 128MiB }
  pods = { "control-plane": "v2-controller-manager" }
  tier = "core"
  provides = ["seldon-core-v2-setup"]
  requires = ["cni.policy", "seldon.crds"]
  workloads = ["deployment/seldon-v2-controller-manager"]
  values = {
    controller: {
      clusterwide: not watches.is-empty()
      watchNamespaces: [for space in watches => space.name]
      resources: { cpu: "\(resources.cpu)", memory: "\(resources.memory)" }
    }
    services: { defaultServiceType: "ClusterIP" }
    kafka: {
      if kafka != null { bootstrap: "\(kafka.host):\(kafka.number)" }
      topics: { replicationFactor: copies, numPartitions: 1 }
    }
  }
}

/// What models of a namespace are reached by, and what knows where each of them is.
schema Runtime is chart.Chart {
  chart = "seldon-core-v2-runtime"
  repository = "https://seldonio.github.io/helm-charts"
  version = Version("2.9.1")
  kafka?: Endpoint
  replicas: Int where it >= 1 = 1
  /// How models are reached: for people outside of the cluster by an address of their own.
  exposed: "ClusterIP" | "LoadBalancer" = "ClusterIP"
  /// Those of a runtime have no label that all of them have.
  pods = {}
  uses = [kafka].without-null()
  requires = ["seldon-core-v2-setup"]
  workloads = ["statefulset/seldon-scheduler", "deployment/seldon-envoy"]
  let operators-in = namespace.cluster.namespace.filter(
    (n) => n.release.any((r) => r is Operator),
  ).map((n) => n.name)
  port models {
    number: 80
    target: 9000
    service: "seldon-mesh"
    pods: { "app.kubernetes.io/name": "seldon-envoy" }
    own: [{}]
    operators: operators-in
    exposed: exposed
  }
  let pipelines = { disable: kafka == null, replicas: replicas }
  values = {
    // It tells Seldon what is installed.
    hodometer: { disable: true }
    scheduler: { serviceType: "ClusterIP" }
    envoy: { replicas: replicas, serviceType: exposed }
    dataflow: pipelines
    modelgateway: pipelines
    pipelinegateway: pipelines
    if kafka != null { config: { kafkaConfig: { bootstrap: "\(kafka.host):\(kafka.number)" } } }
  }
}

/// What runs the models of a namespace: MLServer, and Triton where there is a need for it.
schema Servers is Release {
  chart = "seldon-core-v2-servers"
  repository = "https://seldonio.github.io/helm-charts"
  version = Version("2.9.1")
  mlserver: Int where it >= 0 = 1
  triton: Int where it >= 0 = 0
  pods = {}
  requires = ["seldon-core-v2-setup"]
  workloads = [
    if mlserver > 0 => "statefulset/mlserver",
    if triton > 0 => "statefulset/triton",
  ]
  values = {
    mlserver: { replicas: mlserver, minReplicas: mlserver, maxReplicas: mlserver }
    triton: { replicas: triton, minReplicas: triton, maxReplicas: triton }
  }
}
