//! KubeAI: models of language, which answer as OpenAI does.

import std/chart

/// The operator of KubeAI, which starts models when they are asked and looks after those of its own namespace.
schema KubeAI is chart.Chart {
  chart = "kubeai"
  repository = "https://www.kubeai.org"
  version = Version("0.22.1")
  replicas: Int where it >= 1 = 1
  /// Who may fetch models from Hugging Face that not everybody may have: `token`.
  huggingface?: Secret
  resources: Resources = Resources { cpu: 100m, memory: 256MiB }
  @auto("node-ports")
  node-port?: Port
  pods = { "app.kubernetes.io/name": "kubeai", "app.kubernetes.io/instance": name }
  kinds = ["kubeai.org"]
  provides = ["kubeai"]
  workloads = ["deployment/\(name)"]
  // The pods of models ask each other and it.
  port api { number: 80, target: 8000, own: [{}], node-port: node-port }
  let wrong = chart.lacks(huggingface, ["token"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  values = {
    fullnameOverride: name
    replicaCount: replicas
    resources: chart.sized(resources)
    service: { type: port.api.exposed, if node-port != null { nodePort: node-port } }
    if huggingface != null { secrets: { huggingface: { create: false, name: huggingface.object } } }
    // It asks nobody who they are.
    "open-webui": { enabled: false }
  }
}
