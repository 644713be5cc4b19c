//! The platform as its guide wrote it, as far as something is wrong with that: "Kubernetes v1.24+", three nodes, a class `standard`.

import "./settings.pl" as settings
import std/flux
import std/minio
import std/spark
import std/strimzi

cluster production {
  kubernetes: "1.24.17"
  distribution: settings.Eks {}
  // As the ones of a laptop long were.
  cni: Cni { policies: false }
  network { nodes: 10.30.0.0/16, pods: 10.31.0.0/16, services: 172.20.0.0/16 }
  // "Minimum: 3 nodes, 8 cores total, 16 GB total."
  for n in 1..3 { host "node-\(n)" { address: 10.30.0.10 + n, cpu: 3, memory: 5GiB } }

  namespace flux-system {
    isolate: false
    // As `flux install` writes it.
    k8s.Deployment kustomize-controller {
      metadata.labels: {
        "app.kubernetes.io/part-of": "flux"
        "app.kubernetes.io/version": "v2.5.1"
      }
      spec: {
        selector.matchLabels.app: "kustomize-controller"
        template: {
          metadata.labels.app: "kustomize-controller"
          spec.containers manager {
            image: "ghcr.io/fluxcd/kustomize-controller:v1.5.1"
            resources: { requests: { cpu: 100m, memory: 64MiB }, limits.memory: 1GiB }
          }
        }
      }
    }
    flux.GitRepository mlops-infrastructure {
      spec: {
        interval: 1m
        url: "https://github.com/example/MLOpsInfrastructure"
        ref.branch: "main"
      }
    }
    flux.Kustomization platform {
      spec: {
        interval: 5m
        path: "./gitops/components"
        prune: true
        wait: true
        sourceRef: { kind: "GitRepository", name: "mlops-infrastructure" }
        // What `.env` said: switches for things that nobody installs.
        postBuild.substitute: {
          ENABLE_AUTOSCALING: "true"
          TLS_ENABLED: "true"
          BACKUP_ENABLED: "true"
          BACKUP_SCHEDULE: "0 2 * * *"
          NETWORK_POLICIES_ENABLED: "true"
        }
      }
    }
  }
  namespace platform-operators {
    isolate: false
    // The example of a new component: an interface that is gone, and a source that nobody declares.
    object redis-operator {
      apiVersion: "helm.toolkit.fluxcd.io/v2beta1"
      kind: "HelmRelease"
      metadata: { name: "redis-operator", namespace: "platform-operators" }
      spec: {
        interval: "5m"
        chart: {
          spec: {
            chart: "redis-operator"
            version: "1.2.4"
            sourceRef: { kind: "HelmRepository", name: "redis-repo" }
          }
        }
        values: { replicaCount: 1 }
      }
    }
    // After `sed`. It looks at its own namespace, as the one of Spark does.
    release strimzi {
      chart: "strimzi-kafka-operator"
      repository: "https://strimzi.io/charts"
      version: "0.44.0"
    }
    release spark {
      chart: "spark-operator"
      repository: "https://kubeflow.github.io/spark-operator"
      version: "2.5.2"
      values: { spark: { jobNamespaces: ["platform-operators"] } }
    }
    minio.Operator minio {}
    // In the diagram it is here, in the table elsewhere. The password stood in `.env`, beside the checkout.
    flux.HelmRepository prometheus-community {
      spec: { interval: 1h, url: "https://prometheus-community.github.io/helm-charts" }
    }
    flux.HelmRelease monitoring {
      spec: {
        interval: 1h
        chart.spec: {
          chart: "kube-prometheus-stack"
          version: "75.6.0"
          sourceRef: { kind: "HelmRepository", name: "prometheus-community" }
        }
        values: { grafana: { adminPassword: "your-secure-password" } }
      }
    }
  }
  namespace data-plane {
    strimzi.Kafka mlops-kafka-cluster {
      spec.kafka.listeners: [{ name: "plain", port: 9092, type: "internal", tls: false }]
    }
    // Four servers on three nodes, each on one of its own.
    minio.Tenant minio {
      spec.pools: [{
        name: "pool-0"
        servers: 4
        volumesPerServer: 1
        affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: [{
          labelSelector.matchLabels: { "v1.min.io/tenant": "minio" }
          topologyKey: "kubernetes.io/hostname"
        }]
        volumeClaimTemplate: {
          metadata.name: "data"
          spec: {
            accessModes: ["ReadWriteOnce"]
            storageClassName: "standard"
            resources.requests.storage: 25GiB
          }
        }
      }]
    }
  }
  namespace orchestration {
    service postgresql {
      image: "docker.io/library/postgres:16.9"
      port sql: 5432
      // `standard` is a class of minikube and kind.
      volume data { mount: "/var/lib/postgresql/data", size: 20GiB, class: "standard" }
    }
    // "Auto-scaling": by numbers that nothing measures.
    service workers {
      image: "docker.io/apache/airflow:2.7.1"
      scale { most: 4 }
    }
  }
  namespace processing-jobs {
    spark.SparkApplication demo {
      spec: {
        type: "Scala"
        mode: "cluster"
        image: "docker.io/library/spark:3.5.5"
        mainApplicationFile: "local:///opt/spark/examples/jars/spark-examples.jar"
        sparkVersion: "3.5.5"
        driver: { cores: 1, memory: "512m" }
        executor: { instances: 3, cores: 1, memory: "512m" }
      }
    }
  }
}
