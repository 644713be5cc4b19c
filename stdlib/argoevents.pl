//! Argo Events: event sources, buses and sensors.

import std/chart

/// The controller of Argo Events. Each namespace with sources and sensors has a bus of its own beside it.
schema Events is Release {
  chart = "argo-events"
  repository = "https://argoproj.github.io/argo-helm"
  version = "2.4.22"
  replicas: Int where it >= 1 = 1
  /// Whether sources and sensors are checked before they are taken.
  webhook: Bool = false
  resources: Resources = Resources { cpu: 50m, memory: 64MiB, memory-limit: 256MiB }
  pods = { "app.kubernetes.io/instance": name, "app.kubernetes.io/part-of": "argo-events" }
  kinds = ["argoproj.io"]
  provides = ["argo-events"]
  workloads = ["deployment/\(name)-controller-manager"]
  values = {
    fullnameOverride: name
    crds: { install: true, keep: true }
    controller: { replicas: replicas, resources: chart.sized(resources) }
    webhook: { enabled: webhook }
  }
}

/// A bus between sources and sensors of a namespace, which keeps what it carries.
schema Bus is Bundle {
  servers: Int where it >= 3 and it % 2 == 1 = 3
  size: Bytes = 10GiB
  storage-class?: Name
  EventBus default {
    spec: {
      jetstream: {
        version: "2.10.10"
        replicas: servers
        persistence: {
          accessMode: "ReadWriteOnce"
          storageClassName: storage-class
          volumeSize: "\(size)"
        }
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("argoproj.io/v1alpha1", "EventBus")
type EventBus = {
  spec: {String: Any}
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "EventSource")
type EventSource = {
  spec: {String: Any}
  status?: Any
}

@kubernetes("argoproj.io/v1alpha1", "Sensor")
type Sensor = {
  spec: {String: Any}
  status?: Any
}
