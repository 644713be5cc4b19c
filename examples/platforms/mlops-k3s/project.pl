//! What every project of machine learning gets from the platform team.

import std/sealedsecrets
import std/seldon
import "./sealed.pl" as sealed

/// A namespace for models: who answers for it, how much it may take, what its pods may reach, and what serves its models.
schema MlProject is Namespace {
  /// Who is called when something is wrong with it.
  owner: String where it.contains("@")
  cpu: Cpu = 8
  memory: Bytes = 32GiB
  annotations = { "example.net/owner": owner }
  /// Whether its models are reached at an address of their own.
  public: Bool = false

  secret artifacts {
    key access-key {}
    key secret-key {}
    provider: sealedsecrets.Sealed { kept: sealed.of(cluster.name) }
  }
  k8s.ResourceQuota project {
    spec.hard: {
      "requests.cpu": cpu
      "requests.memory": memory
      "limits.memory": memory
    }
  }
  /// What a container asks for that does not say it: those of jobs that install charts do not.
  k8s.LimitRange project {
    spec.limits: [{
      type: "Container"
      defaultRequest: { cpu: 100m, memory: 128MiB }
      default: { memory: 512MiB }
    }]
  }
  /// What holds for all of its pods. What a team adds allows more, and takes nothing away.
  k8s.NetworkPolicy baseline {
    spec: {
      podSelector: {}
      policyTypes: ["Ingress", "Egress"]
      ingress: [{ from: [{ podSelector: {} }, all-of("seldon-system")] }]
      egress: [
        ask-for-names(cluster.dns),
        { to: [{ podSelector: {} }, all-of("seldon-system")] },
        // The API, for what serves models and for what installs that.
        {
          to: [
            for h in cluster.host if h.role == "control-plane" => {
              ipBlock.cidr: h.address.to-cidr()
            },
          ]
          ports: [{ protocol: "TCP", port: 6443 }]
        },
        // Models are loaded from outside.
        {
          to: [{ ipBlock: outside(0.0.0.0/0, cluster.network) }]
          ports: [{ protocol: "TCP", port: 443 }, { protocol: "TCP", port: 80 }]
        },
      ]
    }
  }
  seldon.Runtime runtime { exposed: if public then "LoadBalancer" else "ClusterIP" }
  seldon.Servers servers {}
  /// Where its models answer.
  let served = release["runtime"]
  let models: [Endpoint] = match served { seldon.Runtime => [for p in served.port => p], _ => [] }
}
