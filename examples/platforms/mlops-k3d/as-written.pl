//! The platform as its log wrote it: a virtual machine, then a laptop. What has no defect is left out.

import std/argocd
import std/k3d
import std/k3s
import std/metallb

// "Access URLs (Post-Deployment)"
output access: { api: "http://localhost:8000", frontend: "http://localhost:8501" }

cluster vm {
  distribution: k3s.K3s {
    version: "1.33.5+k3s1"
    disable: ["servicelb", "traefik"]
    sets-up-hosts: false
  }
  // "Downgraded to v0.12.1"
  balancer: metallb.MetalLB { version: "0.12.1" }
  network {
    nodes: 10.43.100.0/24
    // What the log never says is why it needs networks of its own: without them, this is what happens.
    blocked: ["raw.githubusercontent.com"]
    pool lan { range: 10.43.100.200..10.43.100.209 }
  }
  host rocky { address: 10.43.100.94, role: "control-plane", cpu: 8, memory: 16GiB }
  // What was applied, before `metallb-system` was added.
  k8s.ServiceAccount controller { metadata.namespace: "metallb-system" }
  namespace host {
    config setup {
      data: { "setup_host.sh": "systemctl disable --now firewalld\nsetenforce 0\n" }
    }
    config bootstrap {
      data: {
        "argocd.sh": "kubectl apply -f https://raw.githubusercontent.com/argoproj/argo-cd/stable/manifests/install.yaml\n"
      }
    }
  }
  namespace argocd { argocd.ArgoCd argocd { node-port: 30443 } }
  namespace airflow {
    k8s.Pod webserver {
      metadata.labels: { component: "webserver" }
      spec.containers web {
        image: "docker.io/apache/airflow:2.6.2"
        ports: [{ name: "airflow-ui", containerPort: 8080 }]
        resources: { requests: { cpu: 100m, memory: 1GiB }, limits.memory: 1GiB }
      }
    }
    // `airflow-webserver-nodeport.yaml`
    k8s.Service airflow-webserver-nodeport {
      spec: {
        type: "NodePort"
        selector: { component: "webserver" }
        ports: [{ port: 8080, targetPort: "airflow-ui", nodePort: 30443 }]
      }
    }
  }
}

cluster laptop {
  distribution: k3d.K3d {
    version: "1.33.5+k3s1"
    agent-nodes: 1
    map: [for port in [80, 443, 8080, 5000, 8501] => { host: port, to: port }]
  }
  delivery: argocd.Apps { repository: "https://github.com/example/mlops" }
  network { blocked: ["raw.githubusercontent.com"] }
  // At 443, where Traefik is.
  namespace argocd { argocd.ArgoCd argocd { by: "LoadBalancer" } }
  namespace airflow {
    release airflow {
      chart: "airflow"
      repository: "https://airflow.apache.org"
      version: "1.10.0"
      values {
        createUserJob { useHelmHooks: true }
        migrateDatabaseJob { useHelmHooks: true }
        webserver { defaultUser { username: "admin", password: "admin" } }
        postgresql {
          image { registry: "docker.io", repository: "bitnami/postgresql", tag: "15.4.0" }
          auth { password: "airflow" }
          primary { persistence { enabled: false } }
        }
      }
      k8s.Service airflow-webserver-nodeport {
        spec: {
          type: "NodePort"
          selector: { component: "webserver" }
          ports: [{ port: 8080, nodePort: 30443 }]
        }
      }
    }
  }
  namespace apps {
    isolate: false
    service api {
      image: "ghcr.io/example/mlops-api:1.0.0"
      port http: 8000
      env { AWS_SECRET_ACCESS_KEY: "minioadmin" }
      expose people: LoadBalancer {}
    }
    service mlflow {
      image: "ghcr.io/mlflow/mlflow:v2.20.1"
      port http: 5000
      resources { cpu: 100m, memory: 512MiB }
      expose people: LoadBalancer {}
    }
    service frontend {
      image: "ghcr.io/example/mlops-frontend:latest"
      port http: 8501
      expose people: LoadBalancer {}
    }
  }
}

// The same before the storage of the virtual machine was taken out, with what could not be pulled.
cluster first-laptop {
  distribution: k3d.K3d { version: "1.33.5+k3s1" }
  namespace storage {
    service postgres {
      image: "docker.io/bitnami/postgresql:15.4.0"
      user: 1001
      port sql: 5432
      volume data { mount: "/bitnami/postgresql", size: 5GiB, class: "longhorn-single" }
      resources { cpu: 100m, memory: 512MiB }
    }
  }
}
