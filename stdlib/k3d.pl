//! k3d: k3s in containers on one machine.

import std/k3s
import std/k3sreleases as facts

/// k3d: https://k3d.io. What it reaches from outside is what is mapped.
schema K3d is k3s.K3s {
  /// Ports of the machine and where they lead: `8080: 80`. By default those at which services are exposed.
  map: [Mapping] = exposed
  sets-up-hosts = false
  let planes = cluster.host.filter((h) => h.role == "control-plane").size()
  /// How many of its containers are control planes, and how many are not.
  server-nodes: Int where it >= 1 = if planes == 0 then 1 else planes
  agent-nodes: Int where it >= 0 = cluster.host.filter((h) => h.role == "worker").size()
  /// The image of its containers: that of the version of k3s.
  image: Image? = if version == null
    then null
    else Image("docker.io/rancher/k3s:\(tag-of("\(version)"))")
  /// Where its API answers on the machine.
  api-address: Ip = 127.0.0.1
  api-port?: Port
  /// The network of docker that it joins, and the addresses of that.
  docker-network?: String
  subnet?: Cidr
  /// A registry of its own beside it.
  registry?: LocalRegistry
  /// Registries that run beside it already: `"k3d-registry.localhost:5000"`.
  use-registries: [String] = []
  /// Further arguments of k3s; those that follow from the platform are there already.
  arguments: [{ arg: String, nodeFilters?: [NodeFilter] }] = []
  /// Directories of the machine: `"/srv/data:/data"`.
  volumes: [{ volume: String, nodeFilters?: [NodeFilter] }] = []
  env: [{ envVar: String, nodeFilters?: [NodeFilter] }] = []
  node-labels: [{ label: String, nodeFilters?: [NodeFilter] }] = []
  host-aliases: [{ ip: String, hostnames: [String] }] = []
  ulimits: [{ name: String, soft: Int, hard: Int }] = []
  servers-memory?: Bytes
  agents-memory?: Bytes
  /// Graphics cards that its containers may use: `"all"`.
  gpus?: String
  /// Whether nothing stands before its servers, so that ports lead to the first of them.
  disable-loadbalancer: Bool = false
  /// How long making it may take.
  timeout?: Duration

  let in-front = if cluster.all(Ingress).is-empty() then [] else ingress.flat-map((c) => c.ports)
  collects = true
  own-images = [
    if image != null => image,
    if registry != null => registry.image,
    ...facts.images-of(release, disable, installs-charts),
  ]
  // The images of k3d itself have the version of the k3d that somebody runs.
  let tools = if disable-loadbalancer
    then "`ghcr.io/k3d-io/k3d-tools`"
    else "`ghcr.io/k3d-io/k3d-proxy` and `k3d-tools`"
  unlisted = if version == null or facts.releases.get(release)?.images != null
    then "\(tools), of the version that `k3d version` says"
    else "\(tools), of the version that `k3d version` says; the images that k3s \(release) runs by itself: the publisher lists them in `k3s-images.txt` of the release"
  let exposed: [Mapping] = [
    for e in cluster.all(NodePort) if e.number != null => straight(e.number ?? 1),
    for e in cluster.all(LoadBalancer) => if e.port.protocol == "UDP"
      then datagrams(e.port.number)
      else straight(e.port.number),
    for p in in-front => straight(p),
  ].unique()
  let front: [NodeFilter] = if disable-loadbalancer then ["server:0"] else ["loadbalancer"]
  let derived = [
    "--cluster-cidr=\(cluster.network.pods)",
    "--service-cidr=\(cluster.network.services)",
    "--cluster-dns=\(cluster.network.dns)",
    "--cluster-domain=\(cluster.domain)",
    for part in disable => "--disable=\(part)",
    if flannel-backend != "vxlan" => "--flannel-backend=\(flannel-backend)",
    if disable-network-policy => "--disable-network-policy",
    if disable-kube-proxy => "--disable-kube-proxy",
  ]
  /// Where a registry may not be asked, its mirrors alone are.
  let strict = if cluster.network.mirrors.keys().any(
    (mirrored) => k3s.is-blocked(mirrored, cluster.network),
  )
    then [{
      arg: "--disable-default-registry-endpoint"
      nodeFilters: ["server:*", if agent-nodes > 0 => "agent:*"]
    }]
    else []
  ways = [for e in cluster.all(Exposure) if not (e is ClusterOnly) => row(e.service, e, self)]

  /// The file of k3d: https://k3d.io/stable/usage/configfile, `k3d.io/v1alpha5`.
  emit config: Artifact = Artifact {
    path: "k3d.yaml"
    yaml: of-k3d
  }
  let of-k3d: Simple = {
    apiVersion: "k3d.io/v1alpha5"
    kind: "Simple"
    metadata.name: cluster.name
    servers: server-nodes
    agents: agent-nodes
    image: if image == null then null else "\(image)"
    kubeAPI: {
      hostIP: "\(api-address)"
      hostPort: if api-port == null then null else "\(api-port)"
    }
    network: docker-network
    subnet: if subnet == null then null else "\(subnet)"
    ports: [
      for m in map => {
        port: "\(m.host):\(m.to)\(if m.protocol == "UDP" then "/udp" else "")"
        nodeFilters: front
      },
    ]
    volumes: if volumes.is-empty() then null else volumes
    env: if env.is-empty() then null else env
    hostAliases: if host-aliases.is-empty() then null else host-aliases
    registries: {
      create: if registry == null then null else {
        name: registry.name-of
        host: "\(registry.host)"
        hostPort: "\(registry.port)"
        image: "\(registry.image)"
      }
      use: if use-registries.is-empty() then null else use-registries
      config: if cluster.network.mirrors.is-empty()
        then null
        else registries-of(cluster.network.mirrors)
    }
    options: {
      k3d: {
        wait: true
        timeout: if timeout == null then null else "\(timeout.seconds())s"
        disableLoadbalancer: disable-loadbalancer
      }
      k3s: {
        extraArgs: [
          ...[for arg in derived => { arg: arg, nodeFilters: ["server:*"] }],
          ...strict,
          ...arguments,
        ]
        nodeLabels: if node-labels.is-empty() then null else node-labels
      }
      kubeconfig: { updateDefaultKubeconfig: false, switchCurrentContext: false }
      runtime: {
        gpuRequest: gpus
        serversMemory: if servers-memory == null then null else "\(servers-memory.bytes())"
        agentsMemory: if agents-memory == null then null else "\(agents-memory.bytes())"
        ulimits: if ulimits.is-empty() then null else ulimits
      }
    }
  }
  emit script: Artifact = Artifact {
    path: "cluster.sh"
    program: "k3d"
    data: {
      cluster: [cluster.name]
      nodes: ["\(server-nodes + agent-nodes)"]
      cni: [if installs-cni then "k3s" else "none"]
      operate: [if cluster.delivery.has-script then "yes" else "no"]
      names: cluster.ways.map((w) => "\(w.namespace)/\(w.service)")
      urls: cluster.ways.map((w) => w.url)
      credentials: cluster.ways.map((w) => w.credentials)
    }
  }
}

/// A port of the machine, and where it leads.
type Mapping = { host: Port, to: Port, protocol?: "TCP" | "UDP" }

fn straight(port: Port) -> Mapping = { host: port, to: port }
fn datagrams(port: Port) -> Mapping = { host: port, to: port, protocol: "UDP" }

/// Which of the containers is meant.
type NodeFilter = String where it.matches(
  Regex("^(all|loadbalancer|(server|agent)s?:([0-9]+|\\*|[0-9,-]+)(:.*)?|(server|agent)s?)$"),
)

/// A registry that k3d runs.
schema LocalRegistry {
  name-of: Hostname
  host: Ip = 127.0.0.1
  port: Port = 5000
  image: Image = "docker.io/library/registry:2"
}

/// How something is reached from outside.
fn row(s: Service, e: Exposure, k3d: K3d) -> Way = {
  namespace: "\(s.namespace.name)"
  service: "\(s.name)"
  name: "\(e.name)"
  by: match e {
    Ingress => "ingress"
    Route => "route"
    NodePort => "node port"
    _ => "address"
  }
  from: e.from.map((network) => "\(network)")
  url: match e {
    Ingress => "\(if e.tls then "https" else "http")://\(e.host)\(behind(k3d, if e.tls then 443 else 80, if e.tls then 443 else 80))\(e.path)"
    NodePort => at(e.port.name, outer(k3d, e.number ?? 1))
    LoadBalancer => at(e.port.name, outer(k3d, e.port.number))
    Route => "http://\(e.hosts.first())\(behind(k3d, 80, 80))\(e.path)"
    _ => "not from here"
  }
  credentials: [
    for key in [
      for _n, v in s.env if v is SecretKey => v,
    ] => "secret \(s.namespace.name)/\(name-of(key))",
  ].unique().join(", ")
}

fn name-of(key: SecretKey) -> String = key.secret.object
fn at(
  name: String,
  port: Port,
) -> String = "\(if name.contains("http") or name.contains("web") then "http://" else "")localhost:\(port)"
fn outer(k3d: K3d, inner: Port) -> Port = k3d.map.find((m) => m.to == inner)?.host ?? inner
fn behind(k3d: K3d, inner: Port, usual: Port) -> String = if outer(
  k3d,
  inner,
) == usual then "" else ":\(outer(k3d, inner))"
fn tag-of(version: String) -> String = "v\(version.without-prefix("v").replace("+", "-"))"

/// What k3s reads of registries: https://docs.k3s.io/installation/private-registry.
fn registries-of(
  mirrors: {String: [Url]},
) -> String = "mirrors:\n\([for registry, urls in mirrors => "  \"\(registry)\":\n    endpoint:\n\([for url in urls => "    - \"\(url)\"\n"].join(""))"].join(""))"

/// The file of k3d, as its schema has it.
type Simple = {
  apiVersion: String
  kind: String
  metadata: { name: String }
  servers: Int
  agents: Int
  image?: String
  kubeAPI?: { host?: String, hostIP?: String, hostPort?: String }
  network?: String
  subnet?: String
  ports?: [{ port: String, nodeFilters?: [String] }]
  volumes?: [{ volume: String, nodeFilters?: [String] }]
  env?: [{ envVar: String, nodeFilters?: [String] }]
  hostAliases?: [{ ip: String, hostnames: [String] }]
  registries?: {
    create?: { name: String, host?: String, hostPort?: String, image?: String }
    use?: [String]
    config?: String
  }
  options?: {
    k3d?: { wait?: Bool, timeout?: String, disableLoadbalancer?: Bool }
    k3s?: {
      extraArgs?: [{ arg: String, nodeFilters?: [String] }]
      nodeLabels?: [{ label: String, nodeFilters?: [String] }]
    }
    kubeconfig?: { updateDefaultKubeconfig?: Bool, switchCurrentContext?: Bool }
    runtime?: {
      gpuRequest?: String
      serversMemory?: String
      agentsMemory?: String
      ulimits?: [{ name: String, soft: Int, hard: Int }]
    }
  }
}
