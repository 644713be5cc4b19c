//! One platform and two places for it: k3d on a laptop, and a virtual machine with k3s. Pipelines in Airflow, experiments and models
//! in MLflow, artifacts in SeaweedFS, a model behind an API, and pages that ask it; Argo CD brings all of it.

import std/airflow
import std/argocd
import std/k3d
import std/k3s
import std/metallb
import std/mlflow
import std/postgres
import std/seaweedfs

/// On a laptop: what people open is at ports of the machine.
cluster laptop {
  distribution: k3d.K3d {
    version: "1.36.2+k3s1"
    server-nodes: 1
    agent-nodes: 1
    map: [for port in [80, 443, 5000, 8000, 8080, 8501] => { host: port, to: port }]
  }
  delivery: argocd.Apps {
    repository: "https://github.com/example/mlops"
    within: "deploy/\(cluster.name)"
  }
  network { blocked: ["raw.githubusercontent.com"] }

  namespace argocd {
    argocd.ArgoCd argocd {
      early: true
      // Traefik of k3s, which has 443 of the machine, speaks HTTPS for it.
      plain: true
      access web: "https://localhost"
      k8s.Ingress web {
        spec: {
          ingressClassName: "traefik"
          tls: [{ hosts: ["localhost"] }]
          rules: [{
            host: "localhost"
            http.paths: [{
              path: "/"
              pathType: "Prefix"
              backend.service: { name: "argocd-server", port.name: "http" }
            }]
          }]
        }
      }
    }
  }

  // -- Storage --------------------------------------------------------------------------------------------------------

  namespace seaweedfs {
    secret identities { key seaweedfs_s3_config {} }
    seaweedfs.SeaweedFS seaweedfs {
      identities: namespace.secret.identities
      size: 20GiB
      index-size: 2GiB
    }
  }

  // -- Pipelines ------------------------------------------------------------------------------------------------------

  namespace airflow {
    secret database {
      key username {}
      key password {}
    }
    secret metadata { key connection {} }
    secret keys {
      key fernet-key {}
      key webserver-secret-key {}
    }
    secret admin {
      key username {}
      key password {}
      key email {}
    }
    // Its own database, which is kept; the one in the chart is neither to be had nor kept.
    postgres.PostgreSQL postgres {
      image: "docker.io/library/postgres:13-alpine"
      credentials: namespace.secret.database
      database: "airflow"
      size: 5GiB
    }
    airflow.Airflow airflow {
      version: "1.10.0"
      database: namespace.service.postgres.port.sql
      metadata: namespace.secret.metadata
      keys: namespace.secret.keys
      admin: namespace.secret.admin
      size: 5GiB
      env { MLFLOW_TRACKING_URI: "http://mlflow.mlflow.svc:5000" }
      exposed: "LoadBalancer"
    }
  }

  // -- Experiments, models and what uses them -------------------------------------------------------------------------

  namespace mlflow {
    secret database {
      key username {}
      key password {}
    }
    secret store {
      key access-key {}
      key secret-key {}
    }
    postgres.PostgreSQL postgres {
      image: "docker.io/library/postgres:13-alpine"
      credentials: namespace.secret.database
      database: "mlflow"
      size: 5GiB
    }
    mlflow.MLflow mlflow {
      database: namespace.service.postgres.port.sql
      database-login: namespace.secret.database
      bucket: "mlflow"
      store: cluster.namespace.seaweedfs.release.seaweedfs.port.api
      access-key: namespace.secret.store.key.access-key
      secret-key: namespace.secret.store.key.secret-key
      exposed: "LoadBalancer"
    }
  }
  namespace apps {
    secret store {
      key access-key {}
      key secret-key {}
    }
    service api {
      image: "ghcr.io/example/mlops-api:1.0.0"
      port http: 8000
      resources { cpu: 100m, memory: 512MiB }
      uses: [
        cluster.namespace.mlflow.release.mlflow.port.web,
        cluster.namespace.seaweedfs.release.seaweedfs.port.api,
      ]
      env {
        MLFLOW_TRACKING_URI: "http://\(cluster.namespace.mlflow.release.mlflow.port.web.host):5000"
        MLFLOW_S3_ENDPOINT_URL: "http://\(cluster.namespace.seaweedfs.release.seaweedfs.port.api.host):8333"
        AWS_ACCESS_KEY_ID: namespace.secret.store.key.access-key
        AWS_SECRET_ACCESS_KEY: namespace.secret.store.key.secret-key
      }
      ready: { httpGet: { path: "/health", port: "http" } }
      alive: { httpGet: { path: "/health", port: "http" }, periodSeconds: 30 }
      expose people: LoadBalancer {}
    }
    // Explains what the model says, by SHAP.
    service frontend {
      image: "ghcr.io/example/mlops-frontend:1.0.0"
      port http: 8501
      resources { cpu: 100m, memory: 512MiB }
      uses: [namespace.service.api.port.http, cluster.namespace.mlflow.release.mlflow.port.web]
      env {
        API_URL: "http://\(namespace.service.api.hostname):8000"
        MLFLOW_TRACKING_URI: "http://\(cluster.namespace.mlflow.release.mlflow.port.web.host):5000"
      }
      expose people: LoadBalancer {}
    }
  }
}

/// The same on a virtual machine of the university, in whose network 10.43.0.0/16 is in use: so k3s takes other addresses.
cluster vm: laptop with {
  distribution: k3s.K3s {
    version: "1.36.2+k3s1"
    disable: ["servicelb", "traefik"]
    // The clients of iSCSI and NFS.
    shares-disks: true
    shares-files: true
  }
  balancer: metallb.MetalLB { version: "0.15.3" }
  network {
    nodes: 10.43.100.0/24
    gateway: 10.43.100.1
    pods: 10.44.0.0/16
    services: 10.45.0.0/16
    pool lan { range: 10.43.100.200..10.43.100.209 }
  }
  host rocky {
    address: 10.43.100.94
    role: "control-plane"
    os: "rocky"
    cpu: 8
    memory: 16GiB
    disk: 200GiB
  }
  namespace metallb-system { metallb.Controller metallb {} }
  namespace argocd {
    argocd.ArgoCd argocd {
      node-port: 30443
      plain: false
      access web: "https://10.43.100.94:30443"
      ingress web: null
    }
  }
  // The chart has no value for the port of the hosts: a service beside it does that.
  namespace airflow {
    airflow.Airflow airflow { exposed: "NodePort", node-port: 30880 }
  }
}
