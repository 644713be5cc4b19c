//! The prelude: what every file sees without importing it. A file's own names win over these.
//!
//! It says what a platform is, and how a service becomes objects of Kubernetes. Everything in it can be read, amended
//! and replaced at the place of use.

import std/k8s
import std/node

/// The whole: a file is the body of a platform.
schema Platform {
  /// What `platc build` writes where there are no objects: values of any type, by name.
  each output: Any
  each cluster: Cluster
  each bundle: Bundle
  /// Objects of no cluster in particular.
  emit each object: Object
  /// Files of no cluster in particular.
  emit each artifact: Artifact
}

/// A Kubernetes cluster.
schema Cluster in Platform {
  /// The version that it runs, which decides what it serves.
  kubernetes: Version = distribution.kubernetes ?? Version("1.37")
  /// What installs Kubernetes on the hosts, with everything that it brings unless told otherwise.
  distribution: Distribution = Distribution {}
  /// Who gives pods their addresses, and enforces network policies or does not.
  cni: Cni = distribution.cni
  /// Who gives services of type `LoadBalancer` their addresses.
  balancer?: Balancer = distribution.balancer
  network: Network = Network {}
  /// How what is built gets into the cluster.
  delivery: Delivery = Delivery {}
  /// The domain of names within the cluster.
  domain: Hostname = "cluster.local"
  /// Where pods ask for names.
  dns: Dns = distribution.dns
  /// The class of ingress that is meant where none is named.
  ingress-class?: Name = distribution.ingress-class
  each host: Host
  /// Whether its state is kept by a database elsewhere, and not by the control planes.
  external-datastore: Bool = false
  /// Classes of storage beside those of the distribution.
  each storage: Storage
  /// Ways of keeping secrets that no new secret takes, and why: `{ sops: "new secrets come from 1Password" }`. What is kept so already
  /// says `@allow("secret/legacy", ..)` until it has moved.
  legacy-secrets: {
    sops?: String
    sealed-secrets?: String
    external-secrets?: String
    onepassword?: String
  } = {}
  each namespace: Namespace
  /// Everything that people reach, as `platc urls` and the scripts show it.
  let ways: [Way] = [
    for a in self.all(Access) => {
      namespace: "\(a.component.namespace.name)"
      service: "\(a.component.name)"
      name: "\(a.name)"
      url: "\(a.url)"
      by: kind-of(a.url, network)
      from: []
      credentials: if a.credentials == null
        then a.component.sign-in ?? ""
        else "secret \(a.credentials.namespace.name)/\(a.credentials.object)"
    },
    ...(distribution.ways ?? ways-of(self)),
  ].unique-by((w) => "\(w.namespace)/\(w.service) \(w.url)")
  each bundle: Bundle
  /// Objects that live in no namespace.
  emit each object: Object
  /// Files beside the objects.
  emit each artifact: Artifact
}

/// A way by which people reach something.
type Way = {
  namespace: String
  service: String
  name: String
  url: String
  /// How it is exposed: `ingress`, `route`, `node port`, `address`, `name`.
  by: String
  /// Who may come this way; where nobody is named, that is not said.
  from: [String]
  /// Where the name and the password are that it asks for.
  credentials: String
}

/// The ways to services: at names, at ports of hosts, at addresses.
fn ways-of(cluster: Cluster) -> [Way] = [
  for i in cluster.all(Ingress) => way(
    i,
    "ingress",
    "\(if i.tls then "https" else "http")://\(i.host)\(i.path)",
  ),
  for r in cluster.all(Route) => way(r, "route", "https://\(r.hosts.first())\(r.path)"),
  for n in cluster.all(NodePort) if n.number != null and not cluster.host.is-empty() => way(
    n,
    "node port",
    "\(scheme-of(n.port))://\(cluster.host.first().address):\(n.number)",
  ),
  for l in cluster.all(LoadBalancer) if l.address != null => way(
    l,
    "address",
    "\(scheme-of(l.port))://\(l.address):\(l.port.number)",
  ),
]

/// Who may come a way, in words.
fn callers-of(from: [String]) -> String = if from.is-empty()
  then "-"
  else if from.contains("0.0.0.0/0") then "anywhere" else from.join(", ")

/// How something is exposed that says no more than its address.
fn kind-of(url: Url, network: Network) -> String = if network.node-ports.contains(
  url.port-or-default() ?? 1,
)
  then "node port"
  else if (url.host() ?? "").matches(
    Regex("^[0-9.]+$|^[0-9a-f:]*:[0-9a-f:.]*$"),
  ) then "address" else "name"

fn way(exposure: Exposure, by: String, url: String) -> Way = {
  namespace: "\(exposure.service.namespace.name)"
  service: "\(exposure.service.name)"
  name: "\(exposure.name)"
  url: url
  by: by
  from: exposure.from.map((network) => "\(network)")
  credentials: ""
}

/// What is spoken at a port, by its name and its number; what is known of neither is taken to be HTTP.
fn scheme-of(port: ServicePort) -> String = if port.protocol != "TCP"
  then port.protocol.lower()
  else if port.number == 443 or port.number == 8443 or port.name.starts-with("https") then "https"
  else if not port.name.starts-with("http") and (port.name.matches(
    silent-names,
  ) or silent-ports.contains(port.number)) then "tcp" else "http"

let silent-names = Regex(
  "^(sql|postgres|pg|mysql|redis|cache|kafka|broker|amqp|mqtt|dns|ssh|smtp|imap|ldap|nfs|tcp)[a-z0-9-]*$",
)
let silent-ports = [
  22,
  25,
  53,
  389,
  1883,
  2049,
  3306,
  5432,
  5672,
  6379,
  9092,
  9093,
  9094,
  11211,
  27017,
]

// -- Machines and networks ------------------------------------------------------------------------------------------

/// A machine of a cluster.
schema Host in Cluster {
  /// Its address in the network of the hosts.
  @auto("hosts")
  address: Ip
  /// Its second address, where the cluster has two families.
  @auto("hosts6")
  address6?: Ip6
  mac?: Mac
  role: "control-plane" | "worker" = "worker"
  cpu?: Cpu
  memory?: Bytes
  disk?: Bytes
  arch: "amd64" | "arm64" = "amd64"
  /// The distribution that runs on it: `debian`, `ubuntu`, `rocky`, `alpine`, ..
  os?: String
  /// How somebody gets there to set it up.
  ssh: Ssh = Ssh {}
  /// The version of Kubernetes on it, where it is not that of the cluster.
  kubernetes: Version = cluster.kubernetes
  labels: {String: String} = {}
  taints: [Taint] = []
  /// Devices by the name of their resource: `"nvidia.com/gpu": 1`.
  devices: {String: Int} = {}
  /// What the system keeps for itself.
  reserve: Reserve = {}
  max-pods: Int = 110
  /// What the machine shall be like: the steps of the distribution, and its own.
  each step: node.Step
  if cluster.distribution.plan.has(name) {
    for s in cluster.distribution.plan[name].step { step "\(s.name)": s with {} }
  }
}

/// How somebody gets to a host.
schema Ssh in Host {
  user: String = "root"
  port: Port = 22
  address: Ip | Hostname = host.address
}

/// What keeps pods that do not tolerate it from a host.
type Taint = {
  key: String
  value?: String
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute"
}

/// What a system keeps of a host.
type Reserve = { cpu?: Cpu, memory?: Bytes }

/// The networks of a cluster.
schema Network in Cluster {
  /// The network that the hosts stand in.
  nodes?: Cidr
  /// Their second network, where they have addresses of two families.
  nodes6?: Cidr
  gateway?: Ip
  /// The servers that the hosts ask for names.
  dns-servers: [Ip] = []
  /// The addresses that a router hands out by itself.
  dhcp?: IpRange
  /// Other machines with addresses of their own: a file server, a registry.
  machines: {String: Ip} = {}
  /// The addresses of pods.
  @auto("networks", 10.64.0.0/10, 16, fd00:10:64::/48, 56)
  pods: Cidr = cluster.distribution.pods
  @auto("networks", fd00:10:64::/48, 56)
  pods6?: Cidr
  /// How large a piece of it each host gets.
  node-mask: Int = cluster.distribution.node-mask
  /// The addresses of services.
  @auto("networks", 10.64.0.0/10, 16, fd00:10:64::/48, 112)
  services: Cidr = cluster.distribution.services
  @auto("networks", fd00:10:64::/48, 112)
  services6?: Cidr
  /// The address at which pods ask for names.
  dns: Ip = services.host(10)
  node-ports: PortRange = 30000..32767
  /// Where images of a registry are taken from instead, in this order: `"docker.io": ["https://mirror.lan"]`.
  mirrors: {String: [Url]} = {}
  /// The address that the control planes share.
  vip?: Ip
  /// Where the API is reached, if not at the first control plane.
  endpoint?: Ip | Hostname
  /// Other names and addresses in the certificate of the API.
  names: [Ip | Hostname] = [if vip != null => vip, if endpoint != null => endpoint]
  /// How many hosts may come beside those that are written.
  more-hosts: Int = 0
  each pool: Pool
  /// Hosts on the internet that nothing may contact.
  blocked: [Hostname] = []
}

/// Addresses for services.
schema Pool in Network {
  range: IpRange
  /// How they are announced.
  by: "layer2" | "bgp" = "layer2"
  let first = range.first()
  let last = range.last()
}

/// Where pods ask for names; every distribution knows its own.
schema Dns in Cluster {
  namespace: Name = "kube-system"
  pods: {String: String} = { "k8s-app": "kube-dns" }
}

/// A class of storage.
schema Storage in Cluster {
  class: Name = name
  default: Bool = false
  /// Whether a volume stays on the host where it was made.
  on-host: Bool = false
  /// Whether several hosts can mount a volume at once.
  shared: Bool = false
  /// How much there is of it.
  size?: Bytes
}

// -- What a cluster has one of --------------------------------------------------------------------------------------

/// What installs Kubernetes, with what it brings by default. This one is unknown: nothing is known of what it brings.
schema Distribution in Cluster {
  /// Whether it is known what it brings.
  known: Bool = false
  version?: Version
  /// The version of Kubernetes that this is, if its own version says so.
  kubernetes?: Version
  pods: Cidr = 10.244.0.0/16
  services: Cidr = 10.96.0.0/12
  node-mask: Int = 24
  cni: Cni = Cni { policies: true }
  balancer?: Balancer
  dns: Dns = Dns {}
  each ingress: IngressClass
  let ingress-class = ingress.find((class) => class.default)?.class
  /// How services are reached where that is not by the addresses of the hosts.
  ways?: [Way]
  each storage: Storage
  /// Whether pods of users run on control planes.
  schedules-on-control-plane: Bool = false
  /// Whether it brings the API of metrics.
  metrics: Bool = false
  /// Whether it installs its own network for pods: by default, unless the CNI replaces it.
  installs-cni: Bool = not cluster.cni.replaces-default
  /// Whether it installs charts that it is told of by objects of kind `HelmChart`.
  installs-charts: Bool = false
  /// Whether it runs kube-proxy: by default, unless the CNI does its work.
  runs-proxy: Bool = not cluster.cni.replaces-proxy
  /// Whether it enforces network policies by something of its own.
  runs-policies: Bool = false
  /// The ports of the hosts that it takes for itself.
  ports: [Int] = [6443, 10250, 2379, 2380]
  /// What it keeps of every host.
  reserve: Reserve = {}
  /// The images that it runs by itself.
  own-images: [Image] = []
  /// What of these is not known, as people are told who ask for the list.
  unlisted?: String
  /// Whether a script collects what machines need where there is no internet.
  collects: Bool = not own-images.is-empty()
  /// What it asks on the internet beside them.
  own-contacts: [Url] = []
  /// What it does on hosts, by their names.
  each plan: node.Plan
}

/// What connects pods.
schema Cni in Cluster {
  /// Whether it enforces network policies.
  policies: Bool
  /// Whether blocks of addresses in network policies mean pods too.
  blocks-mean-pods: Bool = true
  /// The network that it takes addresses of pods from.
  pods: Cidr = cluster.network.pods
  /// Whether it replaces what the distribution would install.
  replaces-default: Bool = true
  /// Whether it does the work of kube-proxy.
  replaces-proxy: Bool = false
  /// Ports of the hosts that it takes for itself.
  ports: [Int] = []
}

/// What gives addresses to services of type `LoadBalancer`.
schema Balancer in Cluster {
  /// Whether the addresses are those of the hosts, so that a port is given once in the whole cluster.
  on-hosts: Bool = false
  /// Whether it takes addresses from the pools of the network.
  pools: Bool = true
  /// Whether services may share an address.
  shares: Bool = true
}

/// A class of ingress and who serves it.
schema IngressClass in Cluster {
  class: Name = name
  default: Bool = false
  /// What tells the controller which ingresses are its own.
  controller: String = "k8s.io/\(name)"
  /// The pods that carry the traffic.
  in-namespace: Name = "kube-system"
  pods: {String: String} = {}
  /// Whether what it serves is reached from outside.
  public: Bool = false
  /// The ports of the balancer that its controller takes.
  ports: [Int] = []
}

/// How what is built gets into the cluster. This one leaves it to you: a file for each object, and nothing else.
schema Delivery in Cluster {
  /// How its files are laid out.
  layout: Layout = "objects"
  /// Where they lie, below the directory of the cluster.
  path: String = ""
  /// Whether a script beside it brings what is built, part by part.
  has-script: Bool = false
  /// What an object says so that it stays when it is taken out of the platform: claims of services do, for what they hold could
  /// not be had again.
  keeps: {String: String} = {}
}

/// The ways in which files are laid out.
type Layout = "objects" | "plain" | "flux" | "argocd"

/// A delivery part by part, each behind what it needs: a part for each component, one for what else stands in a
/// namespace, and one for what stands in none.
schema Parts is Delivery {
  has-script = operate != null
  emit each part: Part
  for at, c in claims {
    part "\(if alike.contains(c.name) or crowded.contains(seats.at(at)) then name-of(claims, own-names, at) else c.name)" {
      component: c.component
      space: c.space
      follows: c.follows
      leaf: if crowded.contains(seats.at(at)) then leaf-of(claims, at) else c.app
    }
  }
  /// Names that the delivery keeps for itself.
  own-names: [String] = []
  let claims: [Claim] = [
    for c in cluster.all(Component) => {
      component: c
      space: null
      follows: false
      namespace: c.namespace.name
      app: "\(c.name)"
      name: part-name(c.namespace.name, c.name)
    },
    // What a chart has of kinds that it brings itself is refused as long as it is not there.
    for r in cluster.all(Release) if r.objects().any((o) => r.kinds.contains(group-of(o))) => {
      component: r
      space: null
      follows: true
      namespace: r.namespace.name
      app: short("\(r.name)-kinds")
      name: short("\(part-name(r.namespace.name, r.name))-kinds")
    },
    for n in cluster.namespace if not n.objects-outside(Component).all(
      (o) => o.kind == "Namespace",
    ) => {
      component: null
      space: n
      follows: false
      namespace: n.name
      app: "base"
      name: short("\(n.name)-base")
    },
    if not cluster.objects-outside(Namespace, Delivery).is-empty() => {
      component: null
      space: null
      follows: false
      namespace: "cluster"
      app: "base"
      name: "cluster-base"
    },
  ]
  // Nearly always nothing, and then nobody compares each with each.
  let alike = [...own-names, ...claims.map((c) => c.name)].duplicates()
  let seats = claims.map((c) => "\(c.namespace)/\(c.app)")
  let crowded = seats.duplicates()
  /// What delivers: the objects of the delivery itself.
  emit each object: Object
  /// The files of the delivery itself.
  emit each artifact: Artifact
  /// What brings the parts and looks after them.
  emit operate: Artifact? = Artifact {
    path: "operate.sh"
    program: "operate"
    data: {
      cluster: [cluster.name]
      layout: ["\(layout)"]
      root: [path]
      ...about
      parts: in-order.map((p) => p.name)
      spaces: in-order.map((p) => if p.namespace == null then "" else "\(p.namespace)")
      apps: in-order.map((p) => p.app)
      directories: in-order.map((p) => p.directory)
      waves: in-order.map((p) => "\(p.wave)")
      needs: in-order.map((p) => p.needs.map((n) => n.name).join(" "))
      early: in-order.map((p) => if p.chart?.early ?? false then "yes" else "no")
      selectors: in-order.map((p) => if p.component == null or p.follows then "" else [
        for k, v in p.component.pods => "\(k)=\(v)",
      ].join(","))
      workloads: in-order.map(
        (p) => if p.follows then "" else (p.component?.workloads ?? []).join(" "),
      )
      charts: in-order.map((p) => p.chart?.chart ?? "")
      repositories: in-order.map((p) => p.chart?.repository ?? "")
      versions: in-order.map((p) => if p.chart == null then "" else "\(p.chart.version)")
      namespaces: namespace-files
      secrets: [for s in made-by-somebody => "\(s.namespace.name)/\(s.object)"]
      keys: [for s in made-by-somebody => s.key.map((k) => k.name).join(" ")]
      ways: cluster.ways.map((w) => "\(w.namespace)/\(w.service)/\(w.name)")
      urls: cluster.ways.map((w) => w.url)
      kinds: cluster.ways.map((w) => w.by)
      callers: cluster.ways.map((w) => callers-of(w.from))
      credentials: cluster.ways.map((w) => w.credentials)
    }
  }
  /// The same by the names of targets, for `make`.
  emit makefile: Artifact? = Artifact {
    path: "Makefile"
    text: targets(in-order, verbs)
  }
  for p in part {
    for r in p.charts.filter((r) => r.early) {
      artifact "bootstrap/\(p.name)" {
        path: "bootstrap/\(p.name).values.yaml"
        yaml: r.values
      }
    }
  }
  /// What can be asked of a part.
  let verbs = [
    "deploy",
    "status",
    "logs",
    "test",
    "rollback",
    "uninstall",
    if layout != "plain" => "pause",
    if layout != "plain" => "resume",
    if layout != "plain" => "sync",
  ]
  /// The names that several parts have in their namespaces, or that one has among all.
  let ambiguous = [
    for p in part => "\(p.name)",
    for p in part if "\(p.app)" != p.name => "\(p.app)",
  ].duplicates()
  /// The same to be read: each part with what it needs, who needs it, and how it is held and looked at.
  emit runbook: Artifact? = Artifact {
    path: "runbook.md"
    text: runbook-of(cluster, in-order)
  }
  /// Commands about a part that are not those of `operate.sh`.
  by-hand: [{ part: Part, commands: [String] }] = [
    for p in in-order => { part: p, commands: commands-of(p, "\(path)/\(p.directory)") },
  ]
  /// What else the command must know.
  about: {String: [String]} = { flux: [""], delivery: [""], sops: ["no"] }
  let made-by-somebody: [Secret] = cluster.all(Secret).filter((s) => s.provider == null)
  let in-order: [Part] = part.sort-by(
    (p) => if p.component?.early ?? false then p.wave - 1000 else p.wave,
  )
  /// The files of the namespaces, below the directory of the cluster.
  namespace-files: [String] = [for n in cluster.namespace => "\(path)/\(n.name)/namespace.yaml"]
  /// The parts of components, by where these stand.
  let seated = part.filter((p) => p.component != null and not p.follows).group-by(
    (p) => if p.component == null then "" else seat-of(p.component),
  )
  /// The names of parts that lead to each other, whether they must or use each other.
  let circles: [[Name]] = if part.all((p) => p.used.is-empty())
    then []
    else part.circles((p) => [...p.must, ...p.used]).map((c) => c.map((p) => p.name))
  /// Who brings kinds, by their groups.
  let brings = part.flat-map((p) => [for group in p.groups => { group: group, part: p }])
}

/// Files that a command applies: a directory for each part, `operate.sh`, and a list in each directory for `kubectl apply -k`.
/// Charts are installed by the distribution where it knows how (k3s does), and else by `helm`.
schema Plain is Parts {
  layout = "plain"
  path = "manifests"
  for p in part {
    for r in p.charts {
      if cluster.distribution.installs-charts {
        object "\(p.name)": helm-chart(r)
      } else {
        artifact "\(p.name)" { path: "manifests/\(p.directory)/values.yaml", yaml: r.values }
      }
    }
  }
}

/// A chart as an object that the distribution installs it by. Helm calls the release as the object is called, and labels of its
/// pods say it.
fn helm-chart(release: Release) -> Object = {
  apiVersion: "helm.cattle.io/v1"
  kind: "HelmChart"
  metadata: { name: release.name, namespace: release.namespace.name }
  spec: {
    // What must be there before nodes are Ready is installed by a pod that needs no network for pods.
    ...(if release.early then { bootstrap: true } else {})
    chart: if is-oci(release) then "\(release.repository ?? "")/\(release.chart)" else release.chart
    ...(if is-oci(release) or release.repository == null then {} else { repo: release.repository })
    version: "\(release.version)"
    targetNamespace: release.namespace.name
    valuesContent: yaml(release.values)
  }
}

/// Whether a chart is in a registry.
fn is-oci(release: Release) -> Bool = (release.repository ?? "").starts-with("oci://")

/// Something that becomes a part, with the name that it asks for.
type Claim = {
  component: Component?
  space: Namespace?
  follows: Bool
  namespace: String
  app: String
  name: String
}

/// What a part is called in its namespace, where two may be called alike: `base` of a component, `base.2` of what else stands there.
/// What comes first in the list keeps its name, components before all else.
fn leaf-of(claims: [Claim], at: Int) -> String = numbered(
  claims.at(at).app,
  claims.take(at).count(
    (c) => c.namespace == claims.at(at).namespace and c.app == claims.at(at).app,
  ),
)

fn numbered(
  name: String,
  before: Int,
) -> String = if before == 0 then name else "\(name).\(before + 1)"

/// What a part is called among all. A name that another has already is not given twice: the namespace stands before a dot then,
/// which is in no other name, `a-b.c`.
fn name-of(claims: [Claim], taken: [String], at: Int) -> String = if leaf-of(
  claims,
  at,
) != claims.at(
  at,
).app or taken.contains(claims.at(at).name) or claims.take(at).any(
  (c) => c.name == claims.at(at).name,
)
  then short("\(claims.at(at).namespace).\(leaf-of(claims, at))")
  else claims.at(at).name

/// What the part of a component is called; what would be too long for a name is cut off and marked.
fn part-name(namespace: Name, component: Name) -> String = if namespace == component
  then "\(component)"
  else short("\(namespace)-\(component)")

fn seat-of(component: Component) -> String = "\(component.namespace.name)/\(component.name)"

fn short(text: String) -> String = if text.size() <= 63
  then text
  else "\(text.slice(0, 54).replace-matches(r"[.-]+$", ""))-\(text.sha256().slice(0, 8))"

/// What to do with a cluster and its parts, by the names that these have there.
fn runbook-of(cluster: Cluster, parts: [Part]) -> String = [
  "# \(cluster.name)",
  "",
  "What there is and what to do with it, by the names that it has in the cluster. Made by `platc build`.",
  "",
  "| To | Run |",
  "|---|---|",
  "| bring everything for the first time | `./operate.sh bootstrap` |",
  "| see how it is, and wait until it is well | `./operate.sh status`, `./operate.sh --watch status` |",
  "| ask whether everything answers | `./operate.sh test` |",
  "| see where everything is reached | `./operate.sh access` |",
  "| take everything away | `./operate.sh teardown` |",
  "",
  ...(if cluster.ways.is-empty() then [] else [
    "| Service | Reached at | Credentials |",
    "|---|---|---|",
    for w in cluster.ways => "| \(w.namespace)/\(w.service) | \(w.url) | \(w.credentials) |",
    "",
  ]),
  for p in parts => of-part(p, parts.filter((other) => other.needs.any((n) => n.name == p.name))),
].join("\n")

fn of-part(part: Part, behind: [Part]) -> String = [
  "## \(part.name)",
  "",
  "- \(if part.namespace == null then "of the cluster" else "namespace `\(part.namespace)`"), wave \(part.wave), tier `\(part.tier)`",
  for r in part.charts => "- chart `\(r.chart)` \(r.version) from \(r.repository ?? "nowhere else")",
  if not (part.component?.workloads ?? []).is-empty() => "- runs by `\((part.component?.workloads ?? []).join("`, `"))`",
  if not part.needs.is-empty() => "- needs `\(part.needs.map((p) => p.name).join("`, `"))`",
  if not behind.is-empty() => "- is needed by `\(behind.map((p) => p.name).join("`, `"))`",
  "",
  "```sh",
  "./operate.sh status \(part.name)",
  if part.component != null and not part.follows => "./operate.sh logs \(part.name)",
  for known in part.parts.by-hand if known.part.name == part.name => known.commands.join("\n"),
  "```",
  "",
].join("\n")

/// How a part that files are applied for is looked at and brought by hand.
fn commands-of(part: Part, directory: String) -> [String] = [
  "kubectl diff -k \(directory)",
  "./operate.sh deploy \(part.name)",
  for r in part.charts => "helm -n \(r.namespace.name) history \(r.name)",
]

/// The targets of a `Makefile`. What is asked for without a target changes nothing.
fn targets(parts: [Part], verbs: [String]) -> String = [
  "# Everything that operate.sh does, by the names of targets. Made by `platc build`.",
  "OPERATE := $(dir $(lastword $(MAKEFILE_LIST)))operate.sh",
  "",
  ".PHONY: help deploy-all status test access parts teardown bootstrap sync pause resume",
  "help:\n\t@$(OPERATE) --help",
  "deploy-all:\n\t@$(OPERATE) deploy",
  "status test access parts teardown bootstrap sync pause resume:\n\t@$(OPERATE) $@",
  for p in parts => [
    "",
    ".PHONY: \(verbs.map((verb) => targets-of(verb, p)).join(" "))",
    for verb in verbs => "\(targets-of(verb, p)):\n\t@$(OPERATE) \(verb) \(p.name)",
  ].join("\n"),
  "",
].join("\n")

/// `deploy-lb deploy-metallb-system-lb`: the whole name, and before it the short one. `deploy-all` brings everything.
fn targets-of(verb: String, part: Part) -> String = part.words.filter((word) => word != "all").map(
  (word) => "\(verb)-\(word)",
).join(" ")

/// What is delivered at once: objects whose one owner it is.
schema Part in Parts {
  /// The component that it is; where it is none, the namespace whose other objects these are, or nothing for those of the
  /// cluster.
  component?: Component
  space?: Namespace
  /// Whether it is what a chart has of kinds that it brings itself, which comes behind the chart.
  follows: Bool = false
  /// The groups of these kinds.
  takes: [String] = if follows then component?.kinds ?? [] else []
  /// The chart that it is.
  chart?: Release = if component is Release and not follows then component else null
  let charts = [chart].without-null()
  /// Where it is, and what it is called there.
  namespace?: Name = component?.namespace?.name ?? space?.name
  app: Name = if component == null
    then "base"
    else if follows then Name(short("\(component.name)-kinds")) else component.name
  /// What it is called on a command line: by its name in its namespace where no other part is called so.
  let words = [
    if component != null and "\(app)" != "\(name)" and not parts.ambiguous.contains(
      "\(app)",
    ) => "\(app)",
    "\(name)",
  ]
  /// What it is called there where something else has that name.
  leaf: String = "\(app)"
  /// The directory of its files.
  directory: String = "\(namespace ?? "cluster")/\(leaf)"
  /// How soon it must be right again.
  tier: Tier = if component != null then component.tier else "standard"
  let stands: [Object] = if component is Release
    then component.objects().filter((o) => component.kinds.contains(group-of(o)) == follows)
    else if component != null
    then component.objects()
    else if space != null
    then space.objects-outside(Component)
    else parts.cluster.objects-outside(Namespace, Delivery)
  let own-kinds: [String] = [
    for o in stands if o.kind == "CustomResourceDefinition" => String(o.spec.group),
  ]
  /// The groups of the kinds that it brings.
  groups: [String] = if follows then [] else [...(component?.kinds ?? []), ...own-kinds].unique()
  /// The groups of the kinds that its objects are of.
  let asks: [String] = stands.map((o) => group-of(o)).unique()
  /// What others may need that comes with it.
  let gives: [String] = if follows then [] else [
    ...(component?.provides ?? []),
    if stands.any(
      (o) => o.kind == "IPAddressPool" or o.kind == "CiliumLoadBalancerIPPool",
    ) => "load-balancer",
  ]
  /// What it needs that comes with others: who waits for an address needs who gives it.
  let wants: [String] = if follows then [] else [
    ...(component?.requires ?? []).map(
      (what) => match what { String => what, _ => null },
    ).without-null(),
    if [...stands, ...(chart?.makes ?? [])].any((o) => waits-for-address(o)) => "load-balancer",
  ]
  /// The parts without which this one can not be.
  let must: [Part] = [
    ...(component?.after ?? []).flat-map(
      (c) => parts.part.filter((p) => p.component == c and not p.follows),
    ),
    for b in parts.brings if asks.contains(b.group) => b.part,
    for p in parts.part if p.gives.any((what) => wants.contains(what)) and not p.asks.any(
      (group) => groups.contains(group),
    ) => p,
    for p in parts.part if keeps-secrets(
      p.space,
    ) and p.space == component?.namespace and not p.asks.any(
      (group) => groups.contains(group),
    ) => p,
  ].filter((p) => p.name != name).unique-by((p) => p.name)
  /// The parts whose ports it uses, where it waits for them. What connects pods is there before all that it could use.
  let used: [Part] = if component == null or follows or component.early or not component.waits
    then []
    else [for to in component.uses if to.owner != null => to.owner].flat-map(
      (c) => parts.seated.get(seat-of(c)) ?? [],
    ).filter((p) => p.name != name and component.uses.any((to) => to.owner == p.component))
  /// The parts that must be there before this one: those without which it can not be, and those that it uses, unless they need
  /// this one in their turn. Services may call each other, and then neither waits.
  needs: [Part] = [
    ...must,
    ...used.filter((p) => not parts.circles.any((c) => c.contains(name) and c.contains(p.name))),
  ].unique-by((p) => p.name)
  /// Whether all of its objects say that they live in its namespace.
  let in-one-namespace = namespace != null and stands.all((o) => o.metadata?.namespace == namespace)
  /// How many rounds of others come before it.
  wave: Int = [0, ...needs.map((p) => p.wave + 1)].max()
}

/// The group of the kind of an object; the core has its version in its place.
fn group-of(object: Object) -> String = object.apiVersion.split("/").first()

/// Whether an object is not ready before it has an address.
fn waits-for-address(
  object: Object,
) -> Bool = object.kind == "Service" and object.spec?.type == "LoadBalancer"

/// Whether something of a namespace is wanted before its components: secrets that somebody brings.
fn keeps-secrets(space: Namespace?) -> Bool = (space?.secret ?? []).any((s) => s.provider != null)

/// How much it hurts where something is not as it is written: what others stand on is looked at most often.
type Tier = "critical" | "core" | "standard"

// -- Namespaces and what stands in them ------------------------------------------------------------------------------

/// A namespace and what stands in it.
schema Namespace in Cluster {
  labels: {String: String} = {}
  annotations: {String: String} = {}
  /// Whether pods of services and jobs here are reached, and reach others, only as it is written.
  isolate: Bool = true
  /// Which layer of the platform its components are of: none may need what is of a higher one.
  layer?: Int
  each service: Service
  each daemon: Daemon
  each job: Job
  each cron: CronJob
  each release: Release
  each component: Component
  each config: Config
  each secret: Secret
  each endpoint: Endpoint
  each bundle: Bundle
  emit own: k8s.Namespace = {
    metadata: {
      name: name
      labels: if labels.is-empty() then null else labels
      annotations: if annotations.is-empty() then null else annotations
    }
  }
  emit each object: Object
}

/// Something in the cluster that listens: the port of a service, of a chart, of what an operator runs.
schema Endpoint in Namespace {
  @main number: Port
  /// The port of the pods behind it.
  target: Port = number
  protocol: "TCP" | "UDP" | "SCTP" = "TCP"
  pods: {String: String}
  host: Hostname = "\(name).\(namespace.name).svc.\(namespace.cluster.domain)"
  /// What it is called in the namespace.
  id: String = name
  /// The component that makes these pods. Who uses the port is brought after it.
  owner?: Component
}

/// Something outside of the cluster that pods reach.
schema External in Namespace {
  @main host: Hostname
  port: Port = 443
  /// Where it is; the whole internet where that is not known.
  address: Cidr = 0.0.0.0/0
}

/// Something that runs pods, and what these need of others.
schema Component in Namespace {
  /// The labels by which its pods are known.
  pods: {String: String} = { "app.kubernetes.io/name": name }
  /// What it reaches in the cluster. Network policies of both sides follow from this.
  uses: [Endpoint] = []
  each external: External
  /// What must be ready before.
  after: [Component] = []
  /// How soon it must be right again where it is not as it is written.
  tier: Tier = "standard"
  /// Whether whoever delivers can not run before it is there: what connects pods.
  early: Bool = false
  /// The groups of the kinds that come with it: `["cert-manager.io"]`.
  kinds: [String] = []
  /// The workloads by which one sees that it runs: `["deployment/cert-manager"]`.
  workloads: [String] = []
  /// How people reach it, for the table of all such ways.
  each access: Access
  /// Where the name and the password are, if in no secret of the platform.
  sign-in?: String
  /// Which layer of the platform it is of.
  layer?: Int = namespace.layer
  /// What it needs of the cluster beside: `["istio"]`, `["cni.policy"]`, `["metrics.k8s.io"]`, and of its hosts, its version
  /// and its storage: `[{ hosts: 3, memory: 8GiB }, { kubernetes: "1.30" }]`.
  requires: [String | Demand] = []
  /// What others may need that comes with it.
  provides: [String] = []
  isolate: Bool = namespace.isolate
  /// Whether it is brought after what it uses. Who only passes on what others ask, or looks at them, is there before them.
  waits: Bool = true
  emit policy: k8s.NetworkPolicy? = if not isolate then null else {
    metadata: { name: name, labels: pods }
    spec: {
      podSelector.matchLabels: pods
      policyTypes: ["Ingress", "Egress"]
      egress: [
        ask-for-names(namespace.cluster.dns),
        for to in uses => {
          to: [pods-of(to.namespace.name, to.pods)]
          ports: [{ protocol: to.protocol, port: to.target }]
        },
        for to in external => {
          to: [{ ipBlock: outside(to.address, namespace.cluster.network) }]
          ports: [{ protocol: "TCP", port: to.port }]
        },
      ]
    }
  }
  /// The other side of each use: who is isolated lets it in.
  emit each grant: k8s.NetworkPolicy
  for to in uses {
    if to.namespace.isolate {
      grant "\(to.namespace.name)-\(to.id)": let-in([pods-of(namespace.name, pods)], to) with {
        metadata: { name: "\(to.id)-from-\(namespace.name)-\(name)", namespace: to.namespace.name }
      }
    }
  }
}

/// What a component needs of a cluster: so many hosts that are all like this, a version and a class of storage.
type Demand = {
  /// How many there must be; one, where it is not said.
  hosts?: Int where it >= 1
  role?: "control-plane" | "worker"
  arch?: "amd64" | "arm64"
  /// The distributions of which one must run on each.
  os?: [String]
  /// What each of them must have.
  cpu?: Cpu
  memory?: Bytes
  disk?: Bytes
  /// The least version of Kubernetes.
  kubernetes?: Version
  /// A class of storage; `default` is the one that is meant where none is named.
  storage?: Name
}

/// A way by which people reach something.
schema Access in Component {
  @main url: Url
  /// Where the name and the password are that it asks for.
  credentials?: Secret
}

fn ask-for-names(dns: Dns) -> k8s.NetworkPolicyEgressRule = {
  to: [pods-of(dns.namespace, dns.pods)]
  ports: [{ protocol: "UDP", port: 53 }, { protocol: "TCP", port: 53 }]
}

fn pods-of(namespace: Name, pods: {String: String}) -> k8s.NetworkPolicyPeer = {
  namespaceSelector.matchLabels: { "kubernetes.io/metadata.name": namespace }
  podSelector.matchLabels: pods
}

/// Addresses outside of the cluster: those of pods and services are never meant.
fn outside(addresses: Cidr, network: Network) -> k8s.IPBlock = {
  cidr: addresses
  except: [for inner in [network.pods, network.services] if addresses.contains(inner) => inner]
}

fn let-in(from: [k8s.NetworkPolicyPeer], to: Endpoint) -> k8s.NetworkPolicy = k8s.NetworkPolicy {
  spec: {
    podSelector.matchLabels: to.pods
    policyTypes: ["Ingress"]
    ingress: [{ from: from, ports: [{ protocol: to.protocol, port: to.target }] }]
  }
}

// -- Services --------------------------------------------------------------------------------------------------------

/// Something that runs containers: what its pods are made of.
schema Workload is Component {
  image: Image
  command: [String] = []
  arguments: [String] = []
  /// Variables of the environment: a text, or a key of a secret or a config.
  env: {String: String | SecretKey | ConfigKey} = {}
  each port: ServicePort
  each volume: Volume
  each scratch: Scratch
  each files: Files
  resources: Resources = Resources {}
  /// When it can be asked: by default, as soon as its first port answers.
  ready?: k8s.Probe = if port.is-empty() or port.first().protocol != "TCP"
    then null
    else { tcpSocket.port: port.first().name }
  /// When it must be started anew.
  alive?: k8s.Probe
  /// How long it may take to start.
  started?: k8s.Probe
  user: Int = 10001
  security: k8s.SecurityContext = {
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities.drop: ["ALL"]
  }
  /// Whether each of its pods has volumes of its own.
  own-volumes: Bool = false
  /// Whether its pods may ask the API of Kubernetes.
  asks-api: Bool = false
  tolerations: [k8s.Toleration] = []
  on: {String: String} = {}
  labels: {String: String} = {}

  emit account: k8s.ServiceAccount? = {
    metadata.labels: pods
    automountServiceAccountToken: asks-api
  }
  /// Its pods; what makes them (a deployment, a job) takes them from here.
  template: k8s.PodTemplateSpec = {
    metadata.labels: { ...pods, ...labels }
    spec: {
      serviceAccountName: name
      automountServiceAccountToken: asks-api
      enableServiceLinks: false
      securityContext: {
        runAsNonRoot: true
        runAsUser: user
        runAsGroup: user
        fsGroup: user
        seccompProfile.type: "RuntimeDefault"
      }
      containers app {
        image: "\(image)"
        command: if command.is-empty() then null else command
        args: if arguments.is-empty() then null else arguments
        securityContext: security
        resources: {
          requests: { cpu: resources.cpu, memory: resources.memory }
          limits: { cpu: resources.cpu-limit, memory: resources.memory-limit }
        }
        readinessProbe: ready
        livenessProbe: alive
        startupProbe: started
        ports: if port.is-empty()
          then null
          else [for p in port => { name: p.name, containerPort: p.target, protocol: p.protocol }]
        // What puts others in, as `$(PASSWORD)`, comes behind them: before, nobody knows them.
        for behind in [false, true] {
          for variable, value in env {
            if puts-in(value) == behind {
              env "\(variable)" {
                value: match value { String => value, _ => null }
                valueFrom: match value {
                  String => null
                  SecretKey => { secretKeyRef: { name: value.secret.object, key: value.name } }
                  ConfigKey => { configMapKeyRef: { name: value.config.name, key: value.name } }
                }
              }
            }
          }
        }
        for v in scratch { volumeMounts "\(v.mount)" { name: v.name } }
        for v in files { volumeMounts "\(v.mount)" { name: v.name, readOnly: true } }
        for v in volume {
          volumeMounts "\(v.mount)" { name: v.name, readOnly: if v.read-only then true else null }
        }
      }
      for v in scratch {
        volumes "\(v.name)" {
          emptyDir: { sizeLimit: v.size, medium: if v.in-memory then "Memory" else null }
        }
      }
      for v in files {
        volumes "\(v.name)" {
          configMap: match v.from { Config => { name: v.from.name }, Secret => null }
          secret: match v.from { Config => null, Secret => { secretName: v.from.object } }
        }
      }
      for v in volume {
        if v.claim != null { volumes "\(v.name)" { persistentVolumeClaim.claimName: v.claim-name } }
      }
      tolerations: if tolerations.is-empty() then null else tolerations
      nodeSelector: if on.is-empty() then null else on
    }
  }
}

/// What the pods of a workload ask for, each.
schema Resources {
  cpu: Cpu = 100m
  memory: Bytes = 128MiB
  /// None by default: who is throttled answers late, and nobody gains.
  cpu-limit?: Cpu
  memory-limit: Bytes = memory
  check memory-limit >= memory else "`memory-limit` is \(memory-limit), less than the \(memory) that is asked for"
}

/// A port that a service listens on.
schema ServicePort is Endpoint in Workload {
  pods = workload.pods
  owner = workload
  id = "\(workload.name)-\(name)"
  host = "\(workload.name).\(namespace.name).svc.\(namespace.cluster.domain)"
}

/// A claim to storage that is mounted.
schema Volume in Workload {
  @main mount: Path
  size: Bytes
  /// The class of storage; where none is named, the default of the cluster.
  class?: Name
  access: "ReadWriteOnce" | "ReadWriteMany" | "ReadOnlyMany" | "ReadWriteOncePod" = "ReadWriteOnce"
  read-only: Bool = false
  let claim-name = "\(workload.name)-\(name)"
  emit claim: k8s.PersistentVolumeClaim? = if workload.own-volumes then null else {
    metadata: {
      name: claim-name
      labels: workload.pods
      annotations: if namespace.cluster.delivery.keeps.is-empty()
        then null
        else namespace.cluster.delivery.keeps
    }
    spec: { accessModes: [access], storageClassName: class, resources.requests.storage: size }
  }
}

/// A directory that lives as long as its pod.
schema Scratch in Workload {
  @main mount: Path
  size?: Bytes
  in-memory: Bool = false
}

/// The keys of a config or a secret as files.
schema Files in Workload {
  mount: Path
  from: Config | Secret
}

/// A service: containers that run all the time, and ports at which they answer.
schema Service is Workload {
  replicas: Int where it >= 0 = 1
  /// Follows the load instead of `replicas`.
  scale?: Scale
  each expose: Exposure
  scratch tmp { mount: "/tmp" }

  let hostname: Hostname = "\(name).\(namespace.name).svc.\(namespace.cluster.domain)"
  /// Whether a volume can be mounted by one host only, so that one pod must go before the next comes.
  let single = not own-volumes and volume.any(
    (v) => v.access == "ReadWriteOnce" or v.access == "ReadWriteOncePod",
  )
  let many = replicas > 1 or scale != null
  check not single or not many else "\(name) has a volume that one host at a time can mount, and more than one pod"

  template.spec.topologySpreadConstraints: if not many then null else [{
    maxSkew: 1
    topologyKey: "kubernetes.io/hostname"
    whenUnsatisfiable: "ScheduleAnyway"
    labelSelector.matchLabels: pods
  }]
  emit deployment: k8s.Deployment? = {
    metadata.labels: { ...pods, ...labels }
    spec: {
      replicas: if scale == null then replicas else null
      strategy.type: if single then "Recreate" else "RollingUpdate"
      selector.matchLabels: pods
      template: template
    }
  }
  emit front: k8s.Service? = if port.is-empty() then null else {
    metadata: {
      labels: { ...pods, ...labels }
      annotations: self.all(LoadBalancer).find((e) => not e.asks.is-empty())?.asks
    }
    spec: {
      loadBalancerIP: self.all(LoadBalancer).find((e) => e.address != null)?.address
      type: if expose.any((e) => e is LoadBalancer)
        then "LoadBalancer"
        else if expose.any((e) => e is NodePort) then "NodePort" else null
      externalTrafficPolicy: if expose.any((e) => e.keeps-source) then "Local" else null
      selector: pods
      ports: [for p in port => {
        name: p.name
        port: p.number
        targetPort: p.name
        protocol: p.protocol
        nodePort: self.all(NodePort).find((e) => e.port == p)?.number
      }]
    }
  }
  emit budget: k8s.PodDisruptionBudget? = if not many then null else {
    spec: { maxUnavailable: 1, selector.matchLabels: pods }
  }
  emit autoscaler: k8s.HorizontalPodAutoscaler? = if scale == null then null else {
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: name }
      minReplicas: scale.least
      maxReplicas: scale.most
      metrics: [{
        type: "Resource"
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.cpu } }
      }]
    }
  }
}

/// A service whose pods keep their names and each a volume of its own: `db-0`, `db-1`.
schema StatefulService is Service {
  /// Whether a pod waits for the one before it.
  ordered: Bool = true
  own-volumes = true
  deployment = null
  emit statefulset: k8s.StatefulSet? = {
    metadata.labels: { ...pods, ...labels }
    spec: {
      replicas: replicas
      serviceName: name
      podManagementPolicy: if ordered then "OrderedReady" else "Parallel"
      selector.matchLabels: pods
      template: template
      volumeClaimTemplates: [for v in volume => {
        metadata.name: v.name
        spec: {
          accessModes: [v.access]
          storageClassName: v.class
          resources.requests.storage: v.size
        }
      }]
    }
  }
}

/// A pod on every host, or on every host of some kind.
schema Daemon is Workload {
  scratch tmp { mount: "/tmp" }
  emit daemonset: k8s.DaemonSet? = {
    metadata.labels: { ...pods, ...labels }
    spec: { selector.matchLabels: pods, template: template }
  }
}

/// Containers that run until they are done.
schema Job is Workload {
  /// How often it is tried again.
  retries: Int = 3
  /// How many pods work at once.
  parallel: Int where it >= 1 = 1
  /// How long it may take.
  deadline?: Duration
  /// How long it is kept when it is done.
  kept: Duration = 24h
  scratch tmp { mount: "/tmp" }
  template.spec.restartPolicy: "OnFailure"
  let work: k8s.JobSpec = {
    backoffLimit: retries
    parallelism: if parallel == 1 then null else parallel
    activeDeadlineSeconds: deadline?.seconds()
    ttlSecondsAfterFinished: kept.seconds()
    template: template
  }
  emit object: k8s.Job? = { metadata.labels: { ...pods, ...labels }, spec: work }
}

/// A job at times.
schema CronJob is Job {
  /// When: minute, hour, day of the month, month, day of the week.
  schedule: String
  zone?: String
  overlap: "Allow" | "Forbid" | "Replace" = "Forbid"
  object = null
  emit timer: k8s.CronJob? = {
    metadata.labels: { ...pods, ...labels }
    spec: {
      schedule: schedule
      timeZone: zone
      concurrencyPolicy: overlap
      jobTemplate.spec: work
    }
  }
}

/// A chart of Helm. Whoever delivers it reads this.
schema Release is Component {
  chart: String
  /// Where the chart is: `https://..`, or `oci://..` without the name of the chart.
  repository?: String
  version: Version
  values: Any = {}
  pods = { "app.kubernetes.io/instance": name }
  isolate = false
  /// Objects that it will make, as far as others need to know of them: services at ports of hosts and addresses, ingresses.
  /// They are not written, but held to the rules.
  makes: [Object] = []
  /// Objects beside it, for what the chart has no value for.
  emit each object: Object
}

/// A chart that serves a class of ingress.
schema IngressController is Release {
  class: Name = name
  default: Bool = false
  controller: String = "k8s.io/\(class)"
  waits = false
  /// Whether it is reached from outside.
  public: Bool = false
  /// What it serves, for those who look for a class.
  serves: IngressClass = IngressClass {
    class: class
    default: default
    controller: controller
    in-namespace: namespace.name
    pods: pods
    public: public
  }
}

/// Whether the value of a variable has those of others in it.
fn puts-in(value: String | SecretKey | ConfigKey) -> Bool = match value {
  String => value.contains("$(")
  _ => false
}

/// How many pods there are, by how busy they are.
schema Scale {
  least: Int where it >= 1 = 2
  most: Int where it >= 1
  /// How busy they shall be, in percent of what they ask for.
  cpu: Int where it >= 1 = 75
  check least <= most else "the least, \(least), is more than the most, \(most)"
}

/// A config: texts by key.
schema Config in Namespace {
  data: {String: String} = {}
  for k, _v in data { key "\(k)" {} }
  each key: ConfigKey
  emit object: k8s.ConfigMap = { data: data }
}

schema ConfigKey in Config {}

/// A secret: which keys it has. The values are kept elsewhere.
schema Secret in Namespace {
  each key: SecretKey
  object: Name = name
  /// Who brings the values into the cluster; where nobody is named, somebody makes the secret there.
  provider?: SecretProvider
}

/// The key of a secret, which can be given to what takes one and to nothing else.
schema SecretKey in Secret {
  /// What its provider calls it.
  remote: String = name
}

/// Who brings the values of a secret into a cluster: one of `std/externalsecrets`, `std/onepassword`, `std/sealedsecrets`, `std/sops`.
schema SecretProvider in Secret {}

// -- How services are reached from outside ---------------------------------------------------------------------------

/// A way to a port of a service.
schema Exposure in Service {
  port: ServicePort = service.port.first()
  /// Who may come this way.
  from: [Cidr] = [0.0.0.0/0]
  /// Whether the service sees the addresses that its callers have.
  keeps-source: Bool = false
  /// What lets those in who come this way.
  emit entrance: k8s.NetworkPolicy? = if not service.isolate
    then null
    else let-in([for c in from => { ipBlock.cidr: c }], port) with {
      metadata: { name: "\(service.name)-\(name)-from-outside" }
    }
}

/// Nowhere but in the cluster, for whoever is written here.
schema ClusterOnly is Exposure {
  namespaces: [Name] = []
  entrance = if not service.isolate or namespaces.is-empty()
    then null
    else let-in([for n in namespaces => all-of(n)], port) with {
      metadata: { name: "\(service.name)-\(name)-from-namespaces" }
    }
}

/// At a port of every host.
schema NodePort is Exposure {
  @auto("node-ports")
  number?: Port
}

/// At an address of its own.
schema LoadBalancer is Exposure {
  @auto("pools")
  address?: Ip
  pool?: Name
  /// Services with one word here share an address.
  share?: String
  /// What the service says of these to who gives the address.
  let asks: {String: String} = {
    ...(if pool == null then {} else { "metallb.io/address-pool": pool })
    ...(if share == null then {} else { "metallb.io/allow-shared-ip": share })
  }
}

/// At a name, through the controller of a class of ingress.
schema Ingress is Exposure {
  host: Hostname
  path: String = "/"
  class: Name = namespace.cluster.ingress-class ?? "default"
  issuer?: Name
  tls: Bool = issuer != null
  annotations: {String: String} = {}
  let all-annotations: {String: String} = {
    ...annotations
    ...(if issuer == null then {} else { "cert-manager.io/cluster-issuer": issuer })
  }
  let controller = namespace.cluster.all(IngressClass).find((c) => c.class == class)
  entrance = if not service.isolate then null else let-in([
    if controller == null then { namespaceSelector: {} } else pods-of(
      controller.in-namespace,
      controller.pods,
    ),
  ], port) with {
    metadata: { name: "\(service.name)-\(name)-from-ingress" }
  }
  emit object: k8s.Ingress = {
    metadata: {
      name: "\(service.name)-\(name)"
      annotations: if all-annotations.is-empty() then null else all-annotations
    }
    spec: {
      ingressClassName: class
      tls: if tls then [{ hosts: [host], secretName: "\(service.name)-\(name)-tls" }] else null
      rules: [{
        host: host
        http.paths: [{
          path: path
          pathType: "Prefix"
          backend.service: { name: service.name, port.name: port.name }
        }]
      }]
    }
  }
}

/// At a name, through a gateway.
schema Route is Exposure {
  hosts: [Hostname]
  path: String = "/"
  /// The gateway, and its namespace where it is another one.
  gateway: Name
  gateway-namespace: Name = namespace.name
  entrance = if not service.isolate then null else let-in([all-of(gateway-namespace)], port) with {
    metadata: { name: "\(service.name)-\(name)-from-gateway" }
  }
  emit object: Object = {
    apiVersion: "gateway.networking.k8s.io/v1"
    kind: "HTTPRoute"
    metadata: { name: "\(service.name)-\(name)", namespace: namespace.name }
    spec: {
      hostnames: hosts
      parentRefs: [{ name: gateway, namespace: gateway-namespace }]
      rules: [{
        matches: [{ path: { type: "PathPrefix", value: path } }]
        backendRefs: [{ name: service.name, port: port.number }]
      }]
    }
  }
}

fn all-of(namespace: Name) -> k8s.NetworkPolicyPeer = {
  namespaceSelector.matchLabels: { "kubernetes.io/metadata.name": namespace }
}

/// Objects that belong together, wherever they are placed: the `Manifests` of a file are one.
schema Bundle {
  /// Other names for the namespaces that the objects speak of, as in `{ vendor: "tools" }`.
  namespaces: {String: Name} = {}
  emit each object: Object
}

/// A file that comes out and is no object: a script, the configuration of a tool. It has one of the contents.
schema Artifact {
  /// Where it is, below the directory of its cluster: `"talos/cp-1.yaml"`.
  path: String = name
  /// It says this.
  text?: String
  /// It is this as a document.
  yaml?: Any
  /// It is these, each as a document.
  each document: Any
  /// It is this as JSON.
  json?: Any
  /// It is a script that platc brings, which finds this in its data.
  program?: Program
  data: {String: [String]} = {}
  /// Whether it is to be run.
  executable: Bool = program != null
  let contents = [
    text != null,
    yaml != null,
    not document.is-empty(),
    json != null,
    program != null,
  ]
  check contents.filter((given) => given).size() == 1 else "\(path) has one of `text`, `yaml`, `document`, `json` and `program`"
}

/// The scripts that platc brings.
type Program = "talos" | "k3d" | "fetch" | "operate" | "seal"

/// An object of any kind, where its own type is not known.
@kubernetes("", "")
type Object = { apiVersion: String, kind: String, metadata?: k8s.ObjectMeta, String: Any }
