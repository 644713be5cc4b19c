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
  artifact "secrets.sh" { text: secrets, executable: true }
  artifact "up.sh" { text: up(cluster), executable: true }

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
      after: [namespace.service.postgres]
      version: "1.10.0"
      database: namespace.service.postgres.port.sql
      metadata: namespace.secret.metadata
      keys: namespace.secret.keys
      admin: namespace.secret.admin
      size: 5GiB
      env { MLFLOW_TRACKING_URI: "http://mlflow.mlflow.svc:5000" }
      exposed: "LoadBalancer"
      access people {
        url: "http://localhost:8080"
        credentials: namespace.secret.admin
      }
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
      after: [namespace.service.postgres, cluster.namespace.seaweedfs.release.seaweedfs]
      database: namespace.service.postgres.port.sql
      database-login: namespace.secret.database
      bucket: "mlflow"
      store: cluster.namespace.seaweedfs.release.seaweedfs.port.api
      access-key: namespace.secret.store.key.access-key
      secret-key: namespace.secret.store.key.secret-key
      exposed: "LoadBalancer"
      access people: "http://localhost:5000"
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
      access people: "http://localhost:8000"
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
      access people: "http://localhost:8501"
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
  // The charts have no value for the port of the hosts: a service beside each does that.
  namespace airflow {
    airflow.Airflow airflow { exposed: "NodePort", node-port: 30880, access people: null }
  }
  namespace mlflow {
    mlflow.MLflow mlflow { exposed: "NodePort", node-port: 30500, access people: null }
  }
  namespace apps {
    service api { expose people: LoadBalancer { address: 10.43.100.200 }, access people: null }
    service frontend { expose people: LoadBalancer { address: 10.43.100.201 }, access people: null }
  }
}

// -- What is run first ------------------------------------------------------------------------------------------------

/// From nothing to addresses that people open.
fn up(cluster: Cluster) -> String = [
  "#!/usr/bin/env bash",
  "# The whole platform with one command; run again, it goes on where it stopped.",
  "set -euo pipefail",
  "here=$(cd -- \"$(dirname -- \"$0\")\" && pwd)",
  if cluster.host.is-empty() => "\"$here/cluster.sh\" up --no-apply",
  if cluster.host.is-empty() => "export KUBECONFIG=${PLATC_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/platc/k3d/\(cluster.name)}/kubeconfig",
  if not cluster.host.is-empty() => "\"$here/cluster.sh\" up --skip-manifests",
  if not cluster.host.is-empty() => "export KUBECONFIG=$HOME/.kube/\(cluster.name).yaml",
  "\"$here/secrets.sh\"",
  "\"$here/operate.sh\" bootstrap",
  "\"$here/operate.sh\" access",
  "",
].join("\n")

/// Makes what was hardcoded before. A value is never an argument, and in no file.
let secrets: String = r"""
  #!/usr/bin/env bash
  # Makes the secrets of the cluster with random values, where they are not there yet. The last of each group tells that.
  set -euo pipefail
  here=$(cd -- "$(dirname -- "$0")" && pwd)

  random() { head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'; }

  # missing NAMESPACE NAME
  missing() { ! kubectl --namespace "$1" get secret "$2" >/dev/null 2>&1; }

  # secret NAMESPACE NAME: keys and values are lines of its input.
  secret() {
    {
      printf 'apiVersion: v1\nkind: Secret\nmetadata: { namespace: %s, name: %s }\nstringData:\n' "$1" "$2"
      sed 's/^/  /'
    } | kubectl apply --server-side --field-manager=secrets.sh -f -
  }

  for file in "$here"/argocd/root/namespace-*.yaml; do
    kubectl apply --server-side --field-manager=platc -f "$file"
  done

  if missing seaweedfs identities; then
    access=$(random 15) key=$(random 30)
    for space in mlflow apps; do
      printf 'access-key: "%s"\nsecret-key: "%s"\n' "$access" "$key" | secret "$space" store
    done
    printf 'seaweedfs_s3_config: |\n  {"identities": [{"name": "mlops", "credentials": [{"accessKey": "%s", "secretKey": "%s"}], "actions": ["Admin"]}]}\n' \
      "$access" "$key" | secret seaweedfs identities
  fi

  if missing mlflow database; then
    printf 'username: mlflow\npassword: "%s"\n' "$(random 24)" | secret mlflow database
  fi

  if missing airflow database; then
    password=$(random 24)
    printf 'fernet-key: "%s"\nwebserver-secret-key: "%s"\n' "$(random 32)" "$(random 24)" | secret airflow keys
    printf 'username: admin\nemail: admin@example.net\npassword: "%s"\n' "$(random 15)" | secret airflow admin
    printf 'connection: "postgresql://airflow:%s@postgres.airflow.svc:5432/airflow"\n' "$password" | secret airflow metadata
    printf 'username: airflow\npassword: "%s"\n' "$password" | secret airflow database
  fi

  """

// -- What the platform promises ---------------------------------------------------------------------------------------

test "both places have the same platform" {
  let parts = (c: Cluster) => c.all(Parts).first().part.names().filter((n) => n != "cluster-base")
  assert parts(vm) == [...parts(laptop), "metallb-system-metallb"].sort-by((n) => n)
}

test "everybody reaches what they use, and nothing else" {
  let apps = laptop.namespace.apps.service
  assert reaches(apps.frontend, apps.api.port.http)
  assert reaches(apps.api, laptop.namespace.mlflow.release.mlflow.port.web)
  assert reaches(apps.api, laptop.namespace.seaweedfs.release.seaweedfs.port.api)
  assert reaches(
    laptop.namespace.airflow.release.airflow,
    laptop.namespace.airflow.service.postgres.port.sql,
  )
  assert not reaches(apps.frontend, laptop.namespace.seaweedfs.release.seaweedfs.port.api)
  assert not reaches(apps.api, laptop.namespace.mlflow.service.postgres.port.sql)
}

test "a machine among the addresses of services is found" {
  expect error "net/overlap" in {
    cluster wrong: vm with { network.services: 10.43.0.0/16, network.pods: 10.42.0.0/16 }
  }
}

test "a port that the machine does not map is found" {
  expect error "port/unmapped" in {
    cluster wrong: laptop with {
      distribution: k3d.K3d { version: "1.36.2+k3s1", map: [{ host: 443, to: 443 }] }
    }
  }
}

test "Argo CD and Traefik at one port are found" {
  expect error "port/clash" in {
    cluster wrong: laptop with { namespace argocd { argocd.ArgoCd argocd { by: "LoadBalancer" } } }
  }
}

test "one port of the hosts for two is found" {
  expect error "port/clash" in {
    cluster wrong: vm with { namespace airflow { airflow.Airflow airflow { node-port: 30443 } } }
  }
}

test "hooks that wait for themselves are found" {
  expect error "order/hooks" in {
    cluster wrong: laptop with {
      namespace airflow {
        airflow.Airflow airflow { values { migrateDatabaseJob { useHelmHooks: true } } }
      }
    }
  }
}

test "a class of storage of elsewhere is found" {
  expect error "ref/unknown-class" in {
    cluster small {
      distribution: k3d.K3d { version: "1.36.2+k3s1" }
      namespace mlflow {
        secret database { key username {}, key password {} }
        postgres.PostgreSQL postgres {
          credentials: namespace.secret.database
          storage-class: "longhorn-single"
        }
      }
    }
  }
}

test "policies of before 1.25 are found" {
  expect error "object/not-served" in {
    cluster old { object speaker { apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy" } }
  }
}
