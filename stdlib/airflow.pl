//! Apache Airflow: pipelines and when they run.

import std/chart

/// Airflow 2 by the official chart, with its database and its keys elsewhere.
schema Airflow is chart.Chart {
  chart = "airflow"
  repository = "https://airflow.apache.org"
  version = Version("1.10.0")
  /// Who runs what there is to do: the scheduler itself, workers behind a broker, or pods that come and go.
  executor: "LocalExecutor" | "CeleryExecutor" | "KubernetesExecutor" = "LocalExecutor"
  workers: Int where it >= 1 = 1
  /// An image with what the pipelines need; by default that of the chart.
  image?: Image
  /// The database: who reaches it, and the secret with the key `connection`, as `postgresql://user:password@host:5432/airflow`.
  database?: Endpoint
  metadata: Secret
  /// The broker of workers, and the secret with the key `connection`; by default the Redis of the chart.
  broker?: Endpoint
  broker-login?: Secret
  /// What connections are encrypted with, `fernet-key`, and what sessions are signed with, `webserver-secret-key`.
  keys: Secret
  /// Who administers it: `username`, `password` and `email`. There is nobody by default, least of all `admin` with that password.
  admin?: Secret
  /// Where pipelines come from: a repository of git, and what is in it.
  dags?: { repository: Url, branch: String, path: String }
  /// Variables of all of its containers, as texts and as keys of secrets.
  env: {String: String} = {}
  secrets: {String: SecretKey} = {}
  size: Bytes = 20GiB
  storage-class?: Name
  resources: Resources = Resources { cpu: 250m, memory: 1GiB }
  @auto("node-ports")
  node-port?: Port
  exposed: chart.Way = if node-port == null
    then "ClusterIP"
    else "NodePort"
  pods = { tier: "airflow", release: name }
  uses = [database, broker].without-null()
  provides = ["airflow"]
  workloads = [
    "deployment/\(name)-webserver",
    if executor == "LocalExecutor" => "statefulset/\(name)-scheduler",
    if executor != "LocalExecutor" => "deployment/\(name)-scheduler",
    if executor == "CeleryExecutor" => "statefulset/\(name)-worker",
  ]
  // `webserver.service` of 1.10.0 takes no `nodePort`.
  port web {
    number: 8080
    service: "\(maker.name)-webserver"
    pods: { tier: "airflow", component: "webserver", release: maker.name }
    own: [maker.pods]
    node-port: node-port
    exposed: exposed
    beside: exposed == "NodePort"
    web: "http"
    login: admin
  }
  let wrong = [
    ...chart.lacks(metadata, ["connection"], namespace),
    ...chart.lacks(broker-login, ["connection"], namespace),
    ...chart.lacks(keys, ["fernet-key", "webserver-secret-key"], namespace),
    ...chart.lacks(admin, ["username", "password", "email"], namespace),
  ]
  check wrong.is-empty() else wrong.join(", ")
  check version < Version(
    "1.17.0",
  ) else "the chart \(version) is of Airflow 3, which has an API server where this has a webserver: amend `values`, or take a chart before 1.17.0"
  let share = chart.sized(resources)
  let volume: Any = {
    size: "\(size)"
    if storage-class != null { storageClassName: storage-class }
  }
  let enter = "exec airflow users create -r Admin -f Admin -l Admin -u \"$ADMIN_USERNAME\" -e \"$ADMIN_EMAIL\" -p \"$ADMIN_PASSWORD\""
  /// A job of the chart, which runs with the rest: as a hook it would wait for what waits for it.
  let job: Any = {
    useHelmHooks: false
    jobAnnotations: { "argocd.argoproj.io/hook": "Sync" }
    resources: share
  }
  values = {
    executor: executor
    if image != null {
      images: {
        airflow: { repository: "\(image.registry())/\(image.repository())", tag: image.tag() }
      }
    }
    env: [for key, value in env => { name: key, value: value }]
    secret: [
      for variable, key in secrets => {
        envName: variable
        secretName: key.secret.object
        secretKey: key.name
      },
      for key in if admin == null then [] else ["username", "password", "email"] => {
        envName: "ADMIN_\(key.upper())"
        secretName: admin?.object
        secretKey: key
      },
    ]
    data: {
      metadataSecretName: metadata.object
      if broker-login != null { brokerUrlSecretName: broker-login.object }
    }
    fernetKeySecretName: keys.object
    webserverSecretKeySecretName: keys.object
    // Its image is of a registry that no longer has it, and a database is no part of what uses it.
    postgresql: { enabled: false }
    redis: {
      enabled: executor == "CeleryExecutor" and broker-login == null
      persistence: { size: "1Gi", if storage-class != null { storageClassName: storage-class } }
    }
    webserver: {
      service: { type: if port.web.beside then "ClusterIP" else exposed }
      defaultUser: { enabled: admin != null }
      resources: share
    }
    scheduler: { resources: share }
    workers: { replicas: workers, persistence: volume, resources: share }
    triggerer: { persistence: volume, resources: share }
    statsd: { resources: share }
    migrateDatabaseJob: job
    createUserJob: { ...job, args: ["bash", "-c", enter] }
    if dags != null {
      dags: {
        gitSync: {
          enabled: true
          repo: "\(dags.repository)"
          branch: dags.branch
          subPath: dags.path
          resources: chart.sized(Resources { cpu: 50m, memory: 64MiB })
        }
      }
    }
  }
}
