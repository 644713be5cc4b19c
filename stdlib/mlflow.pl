//! MLflow: experiments, their artifacts, and models.

import std/chart

/// The server of MLflow, with what it knows in PostgreSQL and its artifacts in a store that speaks S3.
schema MLflow is chart.Chart {
  chart = "mlflow"
  repository = "https://community-charts.github.io/helm-charts"
  version = Version("1.11.5")
  replicas: Int where it >= 1 = 1
  /// The database: where it is, what it is called, and who it lets in: `username` and `password`.
  database: Endpoint
  database-name: Name = "mlflow"
  database-login: Secret
  /// Where artifacts are: a bucket, a store in the cluster or elsewhere, and the keys of one who may write there.
  bucket: Name
  path: String = ""
  store: Endpoint | Url
  access-key: SecretKey
  secret-key: SecretKey
  /// Whether clients send artifacts to the server, so that none of them needs the keys of the store.
  proxied: Bool = true
  /// The names by which clients call it beside those in the cluster.
  hosts: [String] = []
  resources: Resources = Resources { cpu: 250m, memory: 1GiB }
  @auto("node-ports")
  node-port?: Port
  exposed: chart.Way = if node-port == null
    then "ClusterIP"
    else "NodePort"
  pods = { "app.kubernetes.io/name": "mlflow", "app.kubernetes.io/instance": name }
  uses = [database, match store { Endpoint => store, Url => null }].without-null()
  provides = ["mlflow"]
  workloads = ["deployment/\(name)"]
  // The chart has a type for its service, and no value for the port of the hosts.
  port web {
    number: 5000
    node-port: node-port
    exposed: exposed
    beside: exposed == "NodePort"
    web: "http"
  }
  let wrong = chart.lacks(database-login, ["username", "password"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  check access-key.secret == secret-key.secret else "the keys of the store of \(name) are of one secret: the chart takes no two"
  let called = [
    "localhost",
    name,
    "\(name).\(namespace.name)",
    "\(name).\(namespace.name).svc",
    "\(port.web.host)",
  ]
  let addresses = [for host in namespace.cluster.host => "\(host.address)"]
  values = {
    fullnameOverride: name
    replicaCount: replicas
    service: { type: if port.web.beside then "ClusterIP" else exposed, port: 5000 }
    backendStore: {
      databaseMigration: true
      databaseConnectionCheck: true
      postgres: {
        enabled: true
        host: "\(database.host)"
        port: database.number
        database: database-name
      }
      existingDatabaseSecret: {
        name: database-login.object
        usernameKey: "username"
        passwordKey: "password"
      }
    }
    artifactRoot: {
      proxiedArtifactStorage: proxied
      s3: {
        enabled: true
        bucket: bucket
        path: path
        existingSecret: {
          name: access-key.secret.object
          keyOfAccessKeyId: access-key.name
          keyOfSecretAccessKey: secret-key.name
        }
      }
    }
    extraEnvVars: {
      MLFLOW_S3_ENDPOINT_URL: match store {
        Endpoint => "http://\(store.host):\(store.number)"
        Url => "\(store)"
      }
    }
    // It answers only those who call it by a name that it knows.
    serverAllowedHosts: [...called, ...addresses, ...hosts].flat-map((host) => [host, "\(host):*"])
    resources: chart.sized(resources)
  }
}
