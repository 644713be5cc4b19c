//! Apache Airflow: pipelines and when they run.

import std/chart

/// Airflow by the official chart, with its database and its keys elsewhere: Airflow 2 by a chart before 1.17.0, Airflow 3 by one
/// from 1.20.0 on. Airflow 3 has an API server in the place of the webserver, and reads pipelines in a process of its own.
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
  /// What connections are encrypted with, `fernet-key`, and what sessions are signed with: `webserver-secret-key`, in Airflow 3
  /// `api-secret-key` and, for what its processes tell each other, `jwt-secret`.
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
  /// Whether it is Airflow 3.
  let third = version >= Version("1.17.0")
  let server = if third then "api-server" else "webserver"
  workloads = [
    "deployment/\(name)-\(server)",
    if third => "deployment/\(name)-dag-processor",
    if executor == "LocalExecutor" => "statefulset/\(name)-scheduler",
    if executor != "LocalExecutor" => "deployment/\(name)-scheduler",
    if executor == "CeleryExecutor" => "statefulset/\(name)-worker",
  ]
  // `webserver.service` of 1.10.0 takes no `nodePort`, and `apiServer.service` none either.
  port web {
    number: 8080
    service: "\(maker.name)-\(server)"
    pods: { tier: "airflow", component: server, release: maker.name }
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
    ...chart.lacks(
      keys,
      if third
        then ["fernet-key", "api-secret-key", "jwt-secret"]
        else ["fernet-key", "webserver-secret-key"],
      namespace,
    ),
    ...chart.lacks(admin, ["username", "password", "email"], namespace),
  ]
  check wrong.is-empty() else wrong.join(", ")
  check not third or version >= Version("1.20.0") and version < Version(
    "2.0.0",
  ) else "the chart \(version) has other values for Airflow 3: take one from 1.20.0 to before 2.0.0, or for Airflow 2 one before 1.17.0"
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
  let serving: Any = { type: if port.web.beside then "ClusterIP" else exposed }
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
    if third {
      apiSecretKeySecretName: keys.object
      jwtSecretName: keys.object
    } else {
      webserverSecretKeySecretName: keys.object
    }
    // Its image is of a registry that no longer has it, and a database is no part of what uses it.
    postgresql: { enabled: false }
    redis: {
      enabled: executor == "CeleryExecutor" and broker-login == null
      persistence: { size: "1Gi", if storage-class != null { storageClassName: storage-class } }
    }
    if third {
      apiServer: { service: serving, resources: share }
      dagProcessor: { resources: share }
    } else {
      webserver: { service: serving, defaultUser: { enabled: admin != null }, resources: share }
    }
    scheduler: { resources: share }
    workers: { replicas: workers, persistence: volume, resources: share }
    triggerer: { persistence: volume, resources: share }
    statsd: { resources: share }
    migrateDatabaseJob: job
    createUserJob: {
      ...job
      args: ["bash", "-c", enter]
      if third { defaultUser: { enabled: admin != null } }
    }
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
