//! One platform in three environments, each of which Flux brings from its own directory of one repository. Production is written
//! whole; what is said of the others is where they differ.

import "./settings.pl" as settings
import std/airflow
import std/certmanager
import std/flink
import std/flux
import std/metricsserver
import std/minio
import std/mlflow
import std/nginx
import std/postgres
import std/prometheus
import std/redis
import std/redisoperator
import std/spark
import std/strimzi
import std/velero

let domain: Hostname = "mlops.example.com"

cluster production: settings.Mlops {
  site: domain
  distribution: settings.Eks {}
  storage-class: "gp2"
  network { nodes: 10.30.0.0/16, pods: 10.31.0.0/16, services: 172.20.0.0/16 }
  // As many as the document wants: 24 cores, 96 GiB.
  machines: 6
  airflow-workers: 4
  data-size: 200GiB
  backup-store: {
    url: "https://s3.eu-central-1.amazonaws.com"
    bucket: "mlops-production"
    region: "eu-central-1"
  }

  kubernetes: "1.33.4"
  ingress-class: "nginx"
  delivery: flux.Flux {
    version: "2.7.0"
    repository: "https://github.com/example/MLOpsInfrastructure"
    branch: "main"
    interval: 1m
    retry: 2m
  }

  namespace flux-system {
    isolate: false
    // Who is told where something could not be delivered.
    secret alerts { key address {} }
    flux.Provider alerts { spec: { type: "slack", channel: "mlops", secretRef.name: "alerts" } }
    flux.Alert platform {
      spec: {
        providerRef.name: "alerts"
        eventSeverity: "error"
        eventSources: [
          { kind: "Kustomization", name: "*", namespace: "flux-system" },
          { kind: "GitRepository", name: "*", namespace: "flux-system" },
        ]
      }
    }
  }
  namespace kube-system {
    isolate: false
    // What `kubectl top` and every autoscaler ask.
    metricsserver.MetricsServer metrics-server {}
  }
  namespace cert-manager {
    // The newest of those that were tried with this Kubernetes.
    certmanager.CertManager cert-manager { version: "1.18.2" }
    certmanager.InternalCa platform { common-name: "\(cluster.site)" }
  }
  namespace ingress-nginx {
    @allow(
      "version/retired",
      "the platform is written for ingress-nginx; a gateway is to follow it",
    )
    nginx.Controller nginx {
      default: true
      http-node-port: cluster.ports.http
      https-node-port: cluster.ports.https
      uses: [
        cluster.namespace.data-plane.component.mlops-minio.port.console,
        cluster.namespace.orchestration.release.airflow.port.web,
        cluster.namespace.ml-lifecycle.release.mlflow-service.port.web,
        cluster.namespace.observability.release.monitoring.port.grafana,
      ]
    }
  }

  // -- Operators --------------------------------------------------------------------------------------------------------

  namespace platform-operators {
    // Given are 0.43.0 and 0.44.0, whose client fails on Kubernetes 1.33.
    strimzi.Operator strimzi { watches: [cluster.namespace.data-plane] }
    minio.Operator minio {}
    spark.Operator spark { watches: [cluster.namespace.processing-jobs] }
    secret flink-keystore { key password {} }
    flink.Operator flink {
      watches: [cluster.namespace.processing-jobs]
      keystore: namespace.secret.flink-keystore.key.password
    }
    // The example of how a component is added. No chart `redis-operator` has the version 1.2.4 that is given.
    redisoperator.Operator redis-operator {}
  }

  // -- Data -------------------------------------------------------------------------------------------------------------

  namespace data-plane {
    strimzi.KafkaCluster mlops-kafka-cluster {
      replicas: cluster.kafka-replicas
      size: cluster.data-size
      storage-class: cluster.storage-class
      resources: cluster.large with {}
    }
    secret minio { key "config.env" {} }
    minio.Store mlops-minio {
      credentials: namespace.secret.minio
      servers: cluster.minio-servers
      size: cluster.data-size
      storage-class: cluster.storage-class
      buckets: ["mlflow", "features"]
      access console { url: "https://minio.\(cluster.site)", credentials: namespace.secret.minio }
    }
    settings.Door minio {
      host: "minio.\(cluster.site)"
      to: namespace.component.mlops-minio.port.console
    }
  }

  // -- Orchestration ----------------------------------------------------------------------------------------------------

  namespace orchestration {
    secret airflow-database { key username {}, key password {}, key connection {} }
    secret airflow-broker { key password {}, key connection {} }
    secret airflow-keys { key fernet-key {}, key webserver-secret-key {} }
    secret airflow-admin { key username {}, key password {}, key email {} }
    postgres.PostgreSQL postgresql {
      credentials: namespace.secret.airflow-database
      database: "airflow"
      storage-class: cluster.storage-class
    }
    redis.Redis redis {
      password: namespace.secret.airflow-broker.key.password
      storage-class: cluster.storage-class
    }
    airflow.Airflow airflow {
      executor: "CeleryExecutor"
      workers: cluster.airflow-workers
      database: namespace.service.postgresql.port.sql
      metadata: namespace.secret.airflow-database
      broker: namespace.service.redis.port.redis
      broker-login: namespace.secret.airflow-broker
      keys: namespace.secret.airflow-keys
      admin: namespace.secret.airflow-admin
      storage-class: cluster.storage-class
      dags: {
        repository: "https://github.com/example/MLOpsInfrastructure"
        branch: "main"
        path: "dags"
      }
      after: [namespace.service.postgresql, namespace.service.redis]
      access pipelines {
        url: "https://airflow.\(cluster.site)"
        credentials: namespace.secret.airflow-admin
      }
    }
    settings.Door airflow {
      host: "airflow.\(cluster.site)"
      to: namespace.release.airflow.port.web
    }
  }

  // -- Models -----------------------------------------------------------------------------------------------------------

  namespace ml-lifecycle {
    secret mlflow-database { key username {}, key password {} }
    secret mlflow-store { key access-key {}, key secret-key {} }
    // Experiments and the registry of models.
    postgres.PostgreSQL experiments {
      credentials: namespace.secret.mlflow-database
      database: "mlflow"
      storage-class: cluster.storage-class
    }
    mlflow.MLflow mlflow-service {
      database: namespace.service.experiments.port.sql
      database-login: namespace.secret.mlflow-database
      bucket: "mlflow"
      store: cluster.namespace.data-plane.component.mlops-minio.port.api
      access-key: namespace.secret.mlflow-store.key.access-key
      secret-key: namespace.secret.mlflow-store.key.secret-key
      hosts: ["mlflow.\(cluster.site)"]
      after: [namespace.service.experiments, cluster.namespace.data-plane.component.mlops-minio]
      access experiments: "https://mlflow.\(cluster.site)"
    }
    settings.Door mlflow {
      host: "mlflow.\(cluster.site)"
      to: namespace.release.mlflow-service.port.web
    }
  }

  // -- Processing -------------------------------------------------------------------------------------------------------

  namespace processing-jobs {
    // Those who write pipelines look at their jobs, and change nothing else.
    k8s.Role watch-jobs {
      rules: [
        {
          apiGroups: ["sparkoperator.k8s.io"]
          resources: ["sparkapplications"]
          verbs: ["get", "list", "watch"]
        },
        {
          apiGroups: ["flink.apache.org"]
          resources: ["flinkdeployments"]
          verbs: ["get", "list", "watch"]
        },
        { apiGroups: [""], resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] },
      ]
    }
    k8s.RoleBinding data-scientists {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "watch-jobs" }
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "data-scientists" }]
    }
    // What jobs reach in the layer of data, by the labels that their operators give to pods.
    settings.Jobs spark-jobs {
      by: { "sparkoperator.k8s.io/launched-by-spark-operator": "true" }
      uses: [
        cluster.namespace.data-plane.component.mlops-kafka-cluster.port.bootstrap,
        cluster.namespace.data-plane.component.mlops-minio.port.api,
      ]
    }
    settings.Jobs flink-jobs {
      by: { type: "flink-native-kubernetes" }
      uses: [
        cluster.namespace.data-plane.component.mlops-kafka-cluster.port.bootstrap,
        cluster.namespace.data-plane.component.mlops-minio.port.api,
      ]
    }
    // The demo: a job of Spark, a stream of Flink, and a training that is tried every night.
    spark.SparkApplication demo {
      spec: {
        type: "Scala"
        mode: "cluster"
        image: "docker.io/library/spark:3.5.5"
        mainClass: "org.apache.spark.examples.SparkPi"
        mainApplicationFile: "local:///opt/spark/examples/jars/spark-examples.jar"
        sparkVersion: "3.5.5"
        restartPolicy: { type: "Never" }
        driver: {
          cores: 1
          memory: "512m"
          serviceAccount: cluster.namespace.platform-operators.release.spark.account
        }
        executor: { instances: cluster.spark-executors, cores: 1, memory: "512m" }
      }
    }
    k8s.ServiceAccount flink {}
    k8s.RoleBinding flink-edits {
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "edit" }
      subjects: [{ kind: "ServiceAccount", name: "flink", namespace: "processing-jobs" }]
    }
    flink.FlinkDeployment analytics {
      spec: {
        image: "docker.io/library/flink:1.20"
        flinkVersion: "v1_20"
        serviceAccount: "flink"
        flinkConfiguration: { "taskmanager.numberOfTaskSlots": "1" }
        jobManager: { resource: { cpu: 0.5, memory: "1024m" } }
        taskManager: { resource: { cpu: 0.5, memory: "1024m" } }
        job: {
          jarURI: "local:///opt/flink/examples/streaming/StateMachineExample.jar"
          parallelism: 1
          upgradeMode: "stateless"
        }
      }
    }
    cron training {
      image: "ghcr.io/mlflow/mlflow:v2.22.0"
      schedule: "0 3 * * *"
      command: ["mlflow", "experiments", "search"]
      env: {
        MLFLOW_TRACKING_URI: "http://\(cluster.namespace.ml-lifecycle.release.mlflow-service.port.web.host):5000"
      }
      uses: [cluster.namespace.ml-lifecycle.release.mlflow-service.port.web]
      resources: cluster.small with {}
    }
  }

  // -- Looking at it, and keeping it ------------------------------------------------------------------------------------

  namespace observability {
    secret grafana { key admin-user {}, key admin-password {} }
    prometheus.Stack monitoring {
      retention: cluster.prometheus-retention
      size: cluster.data-size
      storage-class: cluster.storage-class
      admin: namespace.secret.grafana
      access dashboards {
        url: "https://grafana.\(cluster.site)"
        credentials: namespace.secret.grafana
      }
    }
    settings.Door grafana {
      host: "grafana.\(cluster.site)"
      to: namespace.release.monitoring.port.grafana
    }
  }
  namespace velero {
    secret velero { key cloud {} }
    velero.Velero velero {
      url: cluster.backup-store.url
      bucket: cluster.backup-store.bucket
      region: cluster.backup-store.region
      credentials: namespace.secret.velero
      schedule: cluster.backup-schedule
    }
  }
}

/// The same with less in it.
cluster staging: production with {
  site: "staging.\(domain)"
  network { nodes: 10.20.0.0/16, pods: 10.21.0.0/16 }
  machines: 4
  airflow-workers: 2
  data-size: 50GiB
  backup-store.bucket: "mlops-staging"
}

/// On one machine, in containers: everything is there, and small.
cluster dev: production with {
  site: "dev.\(domain)"
  distribution: settings.Kind {}
  storage-class: "standard"
  network { nodes: 172.18.0.0/16, pods: 10.244.0.0/16, services: 10.96.0.0/16 }
  machines: 4
  machine: { cpu: 4, memory: 8GiB, disk: 60GiB }
  own-control-plane: true
  kafka-replicas: 1
  spark-executors: 1
  airflow-workers: 1
  data-size: 5GiB
  prometheus-retention: 24h
  backup-store.bucket: "mlops-dev"
  ports: { http: 30080, https: 30443 }
}

test "every environment has room for what it runs" {
  assert fits(production)
  assert fits(staging)
  assert fits(dev)
}

test "what the document calls enough is not" {
  // Three machines, and four servers that must not share one.
  expect error "check/failed" in {
    cluster three: staging with { machines: 3 }
  }
  // Eight cores and sixteen gigabytes.
  expect error "check/failed" in {
    cluster small: staging with { machine: { cpu: 2, memory: 4GiB, disk: 25GiB } }
  }
}

test "who trains reaches the tracking server, and nothing behind it" {
  let training = production.namespace.processing-jobs.cron.training
  assert reaches(training, production.namespace.ml-lifecycle.release.mlflow-service.port.web)
  let data = production.namespace.processing-jobs.component
  assert reaches(data.spark-jobs, production.namespace.data-plane.component.mlops-minio.port.api)
  assert reaches(
    data.flink-jobs,
    production.namespace.data-plane.component.mlops-kafka-cluster.port.bootstrap,
  )
  assert not reaches(training, production.namespace.ml-lifecycle.service.experiments.port.sql)
  assert not reaches(training, production.namespace.orchestration.service.postgresql.port.sql)
}

test "environments differ where they say so" {
  assert dev.namespace.data-plane.component.mlops-kafka-cluster.replicas == 1
  assert staging.namespace.data-plane.component.mlops-kafka-cluster.replicas == 3
  assert production.namespace.names() == dev.namespace.names()
  assert production.namespace.observability.release.monitoring.retention == 720h
}

test "the operator looks where its resources are" {
  expect error "requires/watched" in {
    cluster c: production with {
      namespace platform-operators {
        strimzi.Operator strimzi { watches: [cluster.namespace.observability] }
      }
    }
  }
}

test "an update of Strimzi that would stop it is caught" {
  expect error "version/window" in {
    cluster c: production with {
      namespace platform-operators { release strimzi { version: "0.44.0" } }
    }
  }
}

test "a class of storage of another cluster is caught" {
  expect error "ref/unknown-class" in {
    cluster c: production with { storage-class: "standard" }
  }
}
