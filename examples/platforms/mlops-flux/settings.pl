//! What differs between environments, and where they run.

import std/chart

/// A cluster with the whole platform. Each field was a variable of a file that everybody had beside the checkout.
schema Mlops is Cluster {
  /// The domain below which everything is reached.
  @main site: Hostname
  /// The class of storage: what the cluster has, and not a word that only some clusters know.
  storage-class: Name
  kafka-replicas: Int where it >= 1 = 3
  minio-servers: Int where it >= 4 = 4
  spark-executors: Int where it >= 1 = 3
  airflow-workers: Int where it >= 1 = 2
  prometheus-retention: Duration = 720h
  /// Minute, hour, day of the month, month, day of the week; and where backups are kept, which is not here.
  backup-schedule: String = "0 2 * * *"
  backup-store: { url: Url, bucket: String, region: String }
  /// How large volumes are.
  data-size: Bytes = 50GiB
  /// What pods ask for.
  large: chart.Share = chart.Share { cpu: 500m, memory: 2GiB }
  small: Resources = Resources { cpu: 250m, memory: 1GiB }
  /// Where ingresses are reached.
  ports: { http?: Port, https?: Port } = {}
  /// Its machines, and one for the control plane where that is not somebody else's.
  machines: Int where it >= 1
  machine: { cpu: Cpu, memory: Bytes, disk: Bytes } = { cpu: 4, memory: 16GiB, disk: 200GiB }
  own-control-plane: Bool = false

  // What charts and operators run is not counted by itself: brokers, servers and Prometheus, then Airflow.
  let asked = large.memory * (kafka-replicas + minio-servers + 1) + small.memory * (airflow-workers + 4)
  check asked <= machine.memory * machines else "\(name) asks for \(asked), and its machines have \(machine.memory * machines)"

  for n in 1..machines {
    host "node-\(n)" {
      address: cluster.network.nodes?.host(10 + n) ?? 0.0.0.0
      cpu: machine.cpu
      memory: machine.memory
      disk: machine.disk
    }
  }
  if own-control-plane {
    host control-plane {
      role: "control-plane"
      address: cluster.network.nodes?.host(10) ?? 0.0.0.0
      cpu: machine.cpu
      memory: machine.memory
    }
  }
}

/// A name at which people reach a page of the platform, with a certificate of its own.
schema Door is Bundle {
  host: Hostname
  /// The service behind it.
  to: chart.MadePort
  k8s.Ingress "\(name)" {
    metadata.annotations: { "cert-manager.io/cluster-issuer": "platform" }
    spec: {
      ingressClassName: "nginx"
      tls: [{ hosts: [host], secretName: "\(name)-tls" }]
      rules: [{
        host: host
        http.paths: [{
          path: "/"
          pathType: "Prefix"
          backend.service: { name: to.service, port.number: to.number }
        }]
      }]
    }
  }
}

/// Pods that an operator makes of jobs, by the labels that it gives them.
schema Jobs is Component {
  by: {String: String}
  pods = by
  isolate = false
}

/// kind: https://kind.sigs.k8s.io. Its network enforces policies since 0.24, and its volumes are directories of its containers.
schema Kind is Distribution {
  known = true
  cni = Cni { policies: true }
  pods = 10.244.0.0/16
  services = 10.96.0.0/16
  schedules-on-control-plane = false
  storage standard { default: true, on-host: true }
}

/// EKS: https://docs.aws.amazon.com/eks. Who runs the control plane is somebody else.
schema Eks is Distribution {
  known = true
  cni = Cni { policies: true }
  balancer = Balancer { pools: false, shares: false }
  services = 172.20.0.0/16
  storage gp2 { default: true }
}
