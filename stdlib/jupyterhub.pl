//! JupyterHub: notebooks, each of its user.

import std/chart

/// JupyterHub by its chart, Zero to JupyterHub.
schema JupyterHub is chart.Chart {
  chart = "jupyterhub"
  repository = "https://hub.jupyter.org/helm-chart"
  version = Version("4.3.5")
  /// Who lets users in; `dummy` lets in everybody who knows the password.
  authenticator: String = "dummy"
  password?: SecretKey
  admins: [String] = []
  /// The image of notebooks, by default that of the chart, and what each of them has.
  image?: Image
  resources: Resources = Resources { cpu: 500m, memory: 1GiB }
  size: Bytes = 10GiB
  storage-class?: Name
  @auto("node-ports")
  node-port?: Port
  exposed: chart.Way = if node-port == null
    then "ClusterIP"
    else "NodePort"
  pods = { app: "jupyterhub", release: name }
  workloads = ["deployment/hub", "deployment/proxy"]
  port web {
    number: 80
    target: 8000
    service: "proxy-public"
    pods: { app: "jupyterhub", component: "proxy", release: maker.name }
    own: [maker.pods]
    node-port: node-port
    exposed: exposed
    web: "http"
    login: password?.secret
  }
  check authenticator != "dummy" or password != null else "\(name) lets everybody in: give it a `password`, or another `authenticator`"
  values = {
    hub: {
      config: {
        JupyterHub: { authenticator_class: authenticator }
        Authenticator: { admin_users: admins, allow_all: true }
      }
      if password != null {
        extraEnv: {
          JUPYTERHUB_PASSWORD: {
            valueFrom: { secretKeyRef: { name: password.secret.object, key: password.name } }
          }
        }
        extraConfig: {
          password: "import os\nc.DummyAuthenticator.password = os.environ[\"JUPYTERHUB_PASSWORD\"]\n"
        }
      }
      db: { pvc: { if storage-class != null { storageClassName: storage-class } } }
      resources: chart.sized(Resources { cpu: 200m, memory: 512MiB })
    }
    proxy: {
      service: { type: exposed, nodePorts: { http: node-port } }
      chp: { resources: chart.sized(Resources { cpu: 100m, memory: 128MiB }) }
    }
    singleuser: {
      if image != null {
        image: { name: "\(image.registry())/\(image.repository())", tag: image.tag() }
      }
      // It reads numbers: `500m` and `1Gi` are none to it.
      cpu: { guarantee: resources.cpu / Cpu("1") }
      memory: { guarantee: resources.memory.bytes(), limit: resources.memory-limit.bytes() }
      storage: {
        capacity: "\(size)"
        if storage-class != null { dynamic: { storageClass: storage-class } }
      }
    }
    scheduling: {
      userScheduler: { resources: chart.sized(Resources { cpu: 50m, memory: 128MiB }) }
    }
  }
}
