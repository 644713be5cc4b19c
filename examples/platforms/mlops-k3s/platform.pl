//! An MLOps platform on bare metal: one control plane and four workers with k3s, Calico and MetalLB.
//!
//! This file is the platform team's. What a project of machine learning gets is `project.pl`; each project adds itself in a
//! file of `teams`.

import std/argocd
import std/argoevents
import std/argoworkflows
import std/calico
import std/certmanager
import std/dashboard
import std/flannel
import std/istio
import std/jupyterhub
import std/k3s
import std/kserve
import std/metallb
import std/minio
import std/mlflow
import std/nfs
import std/pipelines
import std/postgres
import std/prometheus
import std/sealedsecrets
import std/seldon
import "./project.pl" as project
import "./sealed.pl" as sealed
import "./teams/*.pl"

cluster prod {
  distribution: k3s.K3s {
    version: "1.36.2+k3s1"
    // MetalLB gives the addresses, and Istio is the way in.
    disable: ["servicelb", "traefik"]
    server: { secrets-encryption: true, etcd-snapshot-retention: 14 }
    api-from: [cluster.network.nodes].without-null()
  }
  cni: calico.Calico { version: "3.31.7" }
  balancer: metallb.MetalLB { version: "0.15.3" }
  delivery: Plain {}

  // The document gives the pool; where hosts, the router and the file server are is chosen.
  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    dhcp: 192.168.1.100..192.168.1.199
    machines: { nfs: 192.168.1.5 }
    pool lan { range: 192.168.1.200..192.168.1.250 }
  }
  storage nfs { class: "nfs-client", shared: true }

  // 36 cores and 250 GiB together.
  host cp-1 {
    address: 192.168.1.10
    role: "control-plane"
    os: "ubuntu"
    cpu: 4
    memory: 26GiB
    disk: 500GiB
  }
  for n in 1..4 {
    host "worker-\(n)" {
      address: 192.168.1.20 + n
      os: "ubuntu"
      cpu: 8
      memory: 56GiB
      disk: 2TiB
    }
  }

  // -- Foundation -----------------------------------------------------------------------------------------------------

  namespace tigera-operator { calico.Operator tigera-operator { early: true } }
  namespace metallb-system { metallb.Controller metallb {} }
  namespace sealed-secrets { sealedsecrets.Controller controller-sealed-secrets {} }
  namespace nfs {
    nfs.Provisioner nfs { server: cluster.network.machines.nfs, path: "/srv/nfs/mlops" }
  }
  // KServe takes the certificate of its webhook from it.
  namespace cert-manager { certmanager.CertManager cert-manager { version: "1.21.0" } }
  namespace istio-system {
    istio.Base istio-base {}
    istio.Istiod istiod {}
    // At an address where the cluster has MetalLB, at ports of the hosts where it has not.
    istio.IngressGateway istio-ingressgateway {
      address: if cluster.balancer == null then null else cluster.network.pool.lan.first
    }
    k8s.IngressClass istio { spec.controller: "istio.io/ingress-controller" }
  }

  // -- Storage --------------------------------------------------------------------------------------------------------

  namespace minio {
    secret root {
      key rootUser {}
      key rootPassword {}
      provider: sealedsecrets.Sealed { kept: sealed.of(cluster.name) }
    }
    minio.MinIO minio {
      credentials: namespace.secret.root
      size: 500GiB
      buckets: ["mlflow", "models"]
      console-node-port: 30901
    }
  }

  // -- Machine learning -----------------------------------------------------------------------------------------------

  namespace mlflow {
    secret database {
      key username {}
      key password {}
      provider: sealedsecrets.Sealed { kept: sealed.of(cluster.name) }
    }
    secret store {
      key access-key {}
      key secret-key {}
      provider: sealedsecrets.Sealed { kept: sealed.of(cluster.name) }
    }
    postgres.PostgreSQL postgres {
      credentials: namespace.secret.database
      database: "mlflow"
      size: 50GiB
    }
    mlflow.MLflow mlflow-server {
      after: [namespace.service.postgres, cluster.namespace.minio.release.minio]
      database: namespace.service.postgres.port.sql
      database-login: namespace.secret.database
      bucket: "mlflow"
      store: cluster.namespace.minio.release.minio.port.api
      access-key: namespace.secret.store.key.access-key
      secret-key: namespace.secret.store.key.secret-key
      node-port: 30800
    }
  }
  namespace seldon-system {
    seldon.Kinds seldon-kinds {}
    seldon.Operator seldon { watches: cluster.namespace.filter((n) => n is project.MlProject) }
  }
  namespace kserve {
    kserve.Kinds kserve-kinds {}
    kserve.KServe kserve { domain: "models.example.net", class: "istio" }
  }
  // It has no chart: Argo CD brings the manifests of its publisher, of one version.
  namespace kubeflow {
    pipelines.Pipelines pipelines {
      after: [cluster.namespace.argocd.release.argocd]
      for part in ["cluster-scoped-resources", "env/platform-agnostic"] {
        bundle "pipelines-\(part.split("/").last())" {
          argocd.Application "pipelines-\(part.split("/").last())": published(part)
        }
      }
    }
  }
  namespace jupyterhub {
    secret hub {
      key password {}
      provider: sealedsecrets.Sealed { kept: sealed.of(cluster.name) }
    }
    jupyterhub.JupyterHub jupyterhub {
      password: namespace.secret.hub.key.password
      node-port: 30888
    }
  }

  // -- Delivery and monitoring ----------------------------------------------------------------------------------------

  namespace argocd { argocd.ArgoCd argocd { node-port: 30080 } }
  namespace argo {
    argoworkflows.Workflows argo-workflows { node-port: 32746, secure: true }
    argoevents.Events argo-events {}
  }
  namespace monitoring {
    secret grafana {
      key admin-user {}
      key admin-password {}
      provider: sealedsecrets.Sealed {
        kept: sealed.of(cluster.name)
      }
    }
    prometheus.Stack prometheus {
      admin: namespace.secret.grafana
      node-port: 30090
      grafana-node-port: 30300
    }
  }
  namespace kubernetes-dashboard {
    @allow("version/retired", "people here work with it; Headlamp follows, when they do")
    dashboard.Dashboard kubernetes-dashboard { node-port: 30443 }
  }
}

/// Where changes are tried: the same platform on three smaller machines, in a network of its own.
cluster dev: prod with {
  network {
    nodes: 192.168.2.0/24
    gateway: 192.168.2.1
    dhcp: 192.168.2.100..192.168.2.199
    machines: { nfs: 192.168.2.5 }
    pool lan { range: 192.168.2.200..192.168.2.220 }
  }
  host cp-1 { address: 192.168.2.10, disk: 200GiB }
  for n in 1..2 { host "worker-\(n)" { address: 192.168.2.20 + n, disk: 1TiB } }
  for n in 3..4 { host "worker-\(n)": null }
}

/// A part of the manifests of Kubeflow Pipelines. The kinds of Argo Workflows come with its own chart.
fn published(part: String) -> argocd.Application = argocd.Application {
  metadata: { namespace: "argocd" }
  spec: {
    project: "default"
    destination: { server: "https://kubernetes.default.svc", namespace: "kubeflow" }
    source: {
      repoURL: "https://github.com/kubeflow/pipelines"
      targetRevision: "2.15.0"
      path: "manifests/kustomize/\(part)"
      kustomize.patches: [{
        target: { kind: "CustomResourceDefinition", name: ".*\\.argoproj\\.io" }
        patch: yaml({
          "$patch": "delete"
          apiVersion: "apiextensions.k8s.io/v1"
          kind: "CustomResourceDefinition"
          metadata: { name: "any" }
        })
      }]
    }
    syncPolicy: {
      automated: { prune: true, selfHeal: true }
      syncOptions: ["ServerSideApply=true"]
    }
  }
}

// -- What the platform promises ---------------------------------------------------------------------------------------

test "five machines with 36 cores and 250 GiB" {
  assert prod.host.size() == 5
  assert prod.host.map((h) => h.cpu).without-null().sum() == Cpu("36")
  assert prod.host.map((h) => h.memory).without-null().sum() == 250GiB
}

test "everything has a place" {
  assert fits(prod)
  assert fits(dev)
}

test "models reach what they need, and nothing else" {
  let scorer = prod.namespace.financial-ml.service.scorer
  assert reaches(scorer, prod.namespace.mlflow.release.mlflow-server.port.web)
  assert reaches(
    prod.namespace.mlflow.release.mlflow-server,
    prod.namespace.mlflow.service.postgres.port.sql,
  )
  assert not reaches(scorer, prod.namespace.mlflow.service.postgres.port.sql)
  assert not reaches(
    prod.namespace.financial-ml.service.explainer,
    prod.namespace.minio.release.minio.port.api,
  )
}

test "every project has its policies, its quota and an owner" {
  let projects = prod.namespace.filter((n) => n is project.MlProject)
  assert projects.map((n) => n.name) == ["financial-ml", "new-ml-project"]
  assert projects.all(
    (n) => n.networkpolicy.has("baseline") and n.annotations.keys() == ["example.net/owner"],
  )
}

test "without MetalLB, the gateway is at ports of the hosts" {
  let bare = prod with { balancer: null }
  assert prod.namespace.istio-system.release.istio-ingressgateway.values.service.type == "LoadBalancer"
  assert bare.namespace.istio-system.release.istio-ingressgateway.values.service.type == "NodePort"
}

test "pods that can not ask for names are found" {
  expect error "reach/dns-blocked" in {
    cluster wrong: prod with {
      namespace financial-ml {
        networkpolicy baseline { spec { egress: [{ to: [all-of("seldon-system")] }] } }
        service scorer { policy: null }
      }
    }
  }
}

test "a port of the hosts is given once" {
  expect error "port/clash" in {
    cluster wrong: prod with { namespace argocd { argocd.ArgoCd argocd { node-port: 30443 } } }
  }
}

test "Flannel does not do for Seldon" {
  expect error "requires/part" in {
    cluster wrong: prod with {
      distribution: k3s.K3s {
        version: "1.36.2+k3s1"
        disable: ["servicelb", "traefik"]
        disable-network-policy: true
      }
      cni: flannel.Flannel {}
      namespace tigera-operator: null
    }
  }
}
