//! Kubeflow Pipelines: pipelines of containers, their runs and what came of them.

import std/chart

/// Kubeflow Pipelines has no chart: its manifests are a file beside the platform, made once for each version by
/// `kubectl kustomize github.com/kubeflow/pipelines/manifests/kustomize/env/platform-agnostic?ref=2.15.0 > pipelines.yaml`
/// and, before that, `../cluster-scoped-resources`. They speak of the namespace `kubeflow`.
schema Pipelines is Component {
  version: Version = Version("2.15.0")
  /// The manifests: `manifests.Manifests all {}`.
  each bundle: Bundle
  @auto("node-ports")
  node-port?: Port
  pods = { "application-crd-id": "kubeflow-pipelines" }
  isolate = false
  kinds = ["argoproj.io", "pipelines.kubeflow.org"]
  provides = ["kubeflow-pipelines"]
  workloads = [
    "deployment/ml-pipeline",
    "deployment/ml-pipeline-ui",
    "deployment/workflow-controller",
  ]
  each port: chart.MadePort
  port api { number: 8888, service: "ml-pipeline", pods: { app: "ml-pipeline" }, own: [{}] }
  port web {
    number: 80
    target: 3000
    service: "ml-pipeline-ui"
    pods: { app: "ml-pipeline-ui" }
    own: [{}]
    node-port: node-port
    beside: true
  }
  check not bundle.is-empty() else "\(name) has no manifests: import the file and write `manifests.Manifests all {}` here"
}
