//! k3s: what it brings, what its hosts run, charts that the cluster installs, and upgrades of its nodes.

import std/flannel
import std/k3sconfig as keys
import std/k3sreleases as facts
import std/node

/// k3s: https://docs.k3s.io/installation/configuration
schema K3s is Distribution {
  known = true
  kubernetes = version
  pods = 10.42.0.0/16
  services = 10.43.0.0/16
  /// What it brings unless it is told to leave it out.
  disable: [keys.Part] = []
  /// How its own network for pods carries packets; `none` leaves it out.
  flannel-backend: "vxlan" | "host-gw" | "wireguard-native" | "none" = if cluster.cni.replaces-default
    then "none"
    else "vxlan"
  disable-network-policy: Bool = cluster.cni.replaces-default
  disable-kube-proxy: Bool = cluster.cni.replaces-proxy
  installs-cni = flannel-backend != "none"
  runs-proxy = not disable-kube-proxy
  runs-policies = not disable-network-policy
  cni = flannel.Flannel { policies: not disable-network-policy }
  balancer = if "servicelb" in disable then null else ServiceLb {}
  schedules-on-control-plane = true
  installs-charts = not (server.disable-helm-controller ?? false)
  metrics = not ("metrics-server" in disable)
  ports = [6443, 10250, 2379, 2380, 6444, 10248, 10249, 10256, 10257, 10258, 10259]
  reserve = { cpu: 250m, memory: 512MiB }
  if not ("local-storage" in disable) {
    storage local-path { default: true, on-host: true }
  }
  if not ("traefik" in disable) {
    ingress traefik {
      default: true
      controller: "traefik.io/ingress-controller"
      pods: { "app.kubernetes.io/name": "traefik" }
      ports: [80, 443]
    }
  }

  // What its hosts run.

  /// Further keys of the configuration of every host, as `k3s agent` takes them.
  agent: keys.AgentConfig = {}
  /// Further keys of the configuration of the servers.
  server: keys.ServerConfig = {}
  /// Where images are pulled from.
  registries: keys.Registries = registries-of(cluster.network)
  /// Whether images come with the binary, so that a host without internet starts.
  images: Bool = false
  /// Where releases are fetched before they are fetched from their publisher: `["https://mirror.example.net/k3s"]`.
  mirrors: [Url] = []
  /// The SHA-256 of the binary by architecture, where the release is none of those in `std/k3sreleases`.
  sha256: {String: node.Sha256} = {}
  /// The SHA-256 of the archive of images by architecture.
  images-sha256: {String: node.Sha256} = {}
  /// What carries the address `network.vip` from one server to the next; nothing, where something outside does.
  kube-vip?: Image
  /// The interface that gets it, where it is not that of the way out.
  kube-vip-interface?: keys.InterfaceName
  /// What a pod runs that asks for names, where somebody asks how the cluster is: it must have `nslookup`.
  probe: Image = "docker.io/library/busybox:1.36.1"
  /// Where k3s keeps its state on the hosts.
  data-dir: keys.DataPath = "/var/lib/rancher/k3s"
  /// Who may ask the API from outside; everybody where this is empty.
  api-from: [Cidr] = []
  /// Whether the servers keep the state of the cluster themselves, each a copy of it.
  embedded-etcd: Bool = servers.size() > 1 and not cluster.external-datastore
  /// Whether hosts of the family of Red Hat get the policy of SELinux for k3s, from the repository of its publisher.
  selinux: Bool = true
  /// Whether volumes come from shares of files, or of disks, for which hosts need the client.
  shares-files: Bool = cluster.storage.any((class) => class.shared)
  shares-disks: Bool = cluster.all(Release).any((chart) => chart.chart.contains("longhorn"))
  own-images = [
    if kube-vip != null and not all-hosts.is-empty() => kube-vip,
    if not all-hosts.is-empty() => probe,
    // Where they come in an archive, nobody is asked for them.
    ...(if images then [] else facts.images-of(release, leaves-out, installs-charts)),
  ]
  unlisted = if images or version == null or facts.releases.get(release)?.images != null
    then null
    else "the images that k3s \(release) runs by itself: the publisher lists them in `k3s-images.txt` of the release"
  collects = not all-hosts.is-empty()
  /// What it leaves out, with its balancer where the cluster has another.
  let leaves-out: [keys.Part] = [
    ...disable,
    if cluster.balancer is not ServiceLb and not ("servicelb" in disable) => "servicelb",
  ]
  /// The ports of hosts that lead to the controllers of ingress, where the balancer takes them there.
  let ingress-ports: [Port] = if cluster.balancer is ServiceLb
    then ingress.flat-map((class) => class.ports).unique()
    else []
  let uses-node-ports = cluster.all(NodePort).size() > 0
  /// Whether the hosts that say their `os` are set up from here, and not by somebody else.
  sets-up-hosts: Bool = version != null
  let set-up = if sets-up-hosts then cluster.host.filter((host) => host.os != null) else []
  let servers = set-up.filter((host) => host.role == "control-plane")
  let agents = set-up.filter((host) => host.role == "worker")
  /// The server that makes the cluster; the others join it.
  let first = if servers.is-empty() then null else servers.first()
  /// Where hosts, and people, reach the API.
  let api: String = if cluster.network.vip != null
    then "\(cluster.network.vip)"
    else if cluster.network.endpoint != null
    then "\(cluster.network.endpoint)"
    else if first == null then "" else "\(first.address)"
  let port: Port = server.https-listen-port ?? 6443
  let url: Url? = if api == ""
    then null
    else "https://\(if api.contains(":") then "[\(api)]" else api):\(port)"
  /// The release, as its publisher calls it.
  let release: String = if version == null then "" else "v\("\(version)".without-prefix("v"))"
  let sums: {String: node.Sha256} = facts.releases.get(release)?.binary ?? {}
  let image-sums: {String: node.Sha256} = facts.releases.get(release)?.archive ?? {}
  let all-hosts = [...servers, ...agents]
  let unchecked = all-hosts.filter((host) => (sha256.get(host.arch) ?? sums.get(host.arch)) == null)
  let without-images = all-hosts.filter(
    (host) => (images-sha256.get(host.arch) ?? image-sums.get(host.arch)) == null,
  )
  check all-hosts.is-empty() or version != null else "`version` says which k3s the hosts get: `\"1.36.2+k3s1\"`"
  check unchecked.is-empty() or version == null else "`\(unchecked.first().name)` runs nothing unchecked, and no SHA-256 of k3s \(release) for \(unchecked.first().arch) is known: write it in `sha256`, or say `sets-up-hosts: false` where somebody else does"
  check not images or without-images.is-empty() else "no SHA-256 of the images of k3s \(release) for \(without-images.first().arch) is known: write it in `images-sha256`"
  let said-elsewhere: [String] = [
    if agent.data-dir != null => "`data-dir` is that of the distribution",
    if server.disable != null => "`disable` is that of the distribution",
    if server.flannel-backend != null => "`flannel-backend` is that of the distribution",
    if server.disable-network-policy != null => "`disable-network-policy` is that of the distribution",
    if server.disable-kube-proxy != null => "`disable-kube-proxy` is that of the distribution",
    if server.cluster-cidr != null => "`cluster-cidr` is `pods` of the network",
    if server.service-cidr != null => "`service-cidr` is `services` of the network",
    if server.cluster-dns != null => "`cluster-dns` is `dns` of the network",
    if server.cluster-domain != null => "`cluster-domain` is `domain` of the cluster",
    if server.service-node-port-range != null => "`service-node-port-range` is `node-ports` of the network",
  ]
  check said-elsewhere.is-empty() else "what is written for k3s alone, the rest of the platform does not know: \(said-elsewhere.join(", "))"
  check agents.is-empty() or not servers.is-empty() else "no host of the cluster is a server: give one `role: \"control-plane\"` and its `os`"
  check kube-vip == null or cluster.network.vip != null else "`kube-vip` carries `network.vip`, which is not given"
  for machine in all-hosts {
    plan "\(machine.name)": plan-of(self, machine)
  }
}

// -- What a host runs -----------------------------------------------------------------------------------------------

/// What k3s is on one host, step by step.
fn plan-of(k3s: K3s, machine: Host) -> node.Plan = node.Plan {
  host: machine
  let is-server = machine.role == "control-plane"
  let is-first = machine == k3s.first
  let service = if is-server then "k3s" else "k3s-agent"
  let config: node.MachinePath = "/etc/rancher/k3s"
  let nodes: [Cidr] = if k3s.cluster.network.nodes != null
    then [
      k3s.cluster.network.nodes,
      if k3s.cluster.network.nodes6 != null => k3s.cluster.network.nodes6,
    ]
    else [for other in k3s.cluster.host => other.address.to-cidr()]

  step memory-cgroup: node.Require {
    test: "grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null || grep -q '^memory.*1$' /proc/cgroups"
    otherwise: "the kernel counts no memory by group, which k3s needs; where a step changed the line that the kernel is started with, start the machine again"
    after: ["boot-words"]
  }
  if machine.arch == "arm64" {
    step boot-words: node.BootWords { words: ["cgroup_memory=1", "cgroup_enable=memory"] }
  }
  step packages: node.Package {
    debian: ["ca-certificates", "iptables", "kmod"]
    redhat: ["ca-certificates", "iptables-nft", "container-selinux"]
    suse: ["ca-certificates", "iptables"]
    arch: ["ca-certificates", "iptables"]
    alpine: ["ca-certificates", "iptables", "ip6tables", "kmod"]
  }
  if k3s.selinux {
    step selinux-repository: node.File {
      path: "/etc/yum.repos.d/rancher-k3s-common.repo"
      families: ["redhat"]
      text: """
        [rancher-k3s-common-stable]
        name=Rancher K3s Common (stable)
        baseurl=https://rpm.rancher.io/k3s/stable/common/centos/$releasever/noarch
        enabled=1
        gpgcheck=1
        repo_gpgcheck=0
        gpgkey=https://rpm.rancher.io/public.key

        """
    }
    step selinux-policy: node.Package {
      redhat: ["k3s-selinux"]
      families: ["redhat"]
      after: ["selinux-repository"]
    }
  }
  if k3s.shares-files {
    step shared-files: node.Package {
      debian: ["nfs-common"]
      redhat: ["nfs-utils"]
      suse: ["nfs-client"]
      arch: ["nfs-utils"]
      alpine: ["nfs-utils"]
    }
  }
  if k3s.shares-disks {
    step shared-disks: node.Package {
      debian: ["open-iscsi"]
      redhat: ["iscsi-initiator-utils"]
      suse: ["open-iscsi"]
      arch: ["open-iscsi"]
      alpine: ["open-iscsi"]
    }
    step iscsid: node.Unit { init: "systemd", after: ["shared-disks"] }
    step iscsi_tcp: node.Module { module: "iscsi_tcp" }
  }

  step br_netfilter: node.Module { module: "br_netfilter" }
  step overlay: node.Module { module: "overlay" }
  if k3s.flannel-backend == "vxlan" { step vxlan: node.Module { module: "vxlan" } }
  if k3s.flannel-backend == "wireguard-native" {
    step wireguard: node.Module { module: "wireguard" }
  }
  if "proxy-mode=ipvs" in (k3s.agent.kube-proxy-arg ?? []) {
    step ip_vs: node.Module { module: "ip_vs" }
    step ip_vs_rr: node.Module { module: "ip_vs_rr" }
    step ip_vs_wrr: node.Module { module: "ip_vs_wrr" }
    step ip_vs_sh: node.Module { module: "ip_vs_sh" }
    step nf_conntrack: node.Module { module: "nf_conntrack" }
  }
  step forwards: node.Sysctl { key: "net.ipv4.ip_forward", value: 1 }
  step bridges: node.Sysctl {
    key: "net.bridge.bridge-nf-call-iptables"
    value: 1
    after: ["br_netfilter"]
  }
  if k3s.cluster.network.pods6 != null or k3s.cluster.network.pods.is-v6() {
    step forwards6: node.Sysctl { key: "net.ipv6.conf.all.forwarding", value: 1 }
    step bridges6: node.Sysctl {
      key: "net.bridge.bridge-nf-call-ip6tables"
      value: 1
      after: ["br_netfilter"]
    }
  }
  step watches: node.Sysctl { key: "fs.inotify.max_user_watches", value: 524288 }
  step watchers: node.Sysctl { key: "fs.inotify.max_user_instances", value: 8192 }
  if k3s.agent.protect-kernel-defaults ?? false {
    step out-of-memory: node.Sysctl { key: "vm.panic_on_oom", value: 0 }
    step overcommit: node.Sysctl { key: "vm.overcommit_memory", value: 1 }
    step panics: node.Sysctl { key: "kernel.panic", value: 10 }
    step panics-on-oops: node.Sysctl { key: "kernel.panic_on_oops", value: 1 }
  }

  step pods-and-services: node.Firewall {
    from: [
      k3s.cluster.network.pods,
      k3s.cluster.network.services,
      if k3s.cluster.network.pods6 != null => k3s.cluster.network.pods6,
      if k3s.cluster.network.services6 != null => k3s.cluster.network.services6,
    ]
  }
  step kubelet: node.Firewall { ports: [10250], from: nodes }
  if is-server { step api: node.Firewall { ports: [k3s.port], from: k3s.api-from } }
  if is-server and k3s.embedded-etcd {
    step etcd: node.Firewall {
      ports: [2379, 2380]
      from: [for server in k3s.servers => server.address.to-cidr()]
    }
  }
  if k3s.server.embedded-registry ?? false {
    step shared-images: node.Firewall { ports: [5001, k3s.port], from: nodes }
  }
  step pod-network: node.Firewall { ports: k3s.cluster.cni.ports, protocol: "udp", from: nodes }
  if k3s.cluster.cni.replaces-default {
    step pod-network-tcp: node.Firewall { ports: k3s.cluster.cni.ports, from: nodes }
  }
  if k3s.ingress-ports.size() > 0 { step ingress: node.Firewall { ports: k3s.ingress-ports } }
  if k3s.uses-node-ports {
    step node-ports: node.Firewall { ports: [k3s.cluster.network.node-ports] }
    step node-ports-udp: node.Firewall { ports: [k3s.cluster.network.node-ports], protocol: "udp" }
  }

  step configuration: node.Directory { path: config, mode: 0o755 }
  step token: node.SecretFile {
    path: "\(config)/token"
    random: if is-first then 32 else null
    after: ["configuration"]
  }
  if is-server {
    step agent-token: node.SecretFile {
      path: "\(config)/agent-token"
      random: if is-first then 32 else null
      after: ["configuration"]
    }
  }
  if is-server and k3s.cluster.external-datastore {
    step datastore: node.SecretFile { path: "\(config)/datastore.env", after: ["configuration"] }
  }
  step config: node.File {
    path: "\(config)/config.yaml"
    yaml: if is-server then server-file(k3s, machine) else agent-file(k3s, machine)
    mode: 0o600
    restarts: [service]
    after: ["configuration"]
  }
  if k3s.registries.mirrors != null or k3s.registries.configs != null {
    step registries: node.File {
      path: "\(config)/registries.yaml"
      yaml: k3s.registries
      mode: 0o600
      restarts: [service]
      after: ["configuration"]
    }
  }
  if is-server and k3s.kube-vip != null {
    step kube-vip: node.File {
      path: "\(k3s.data-dir)/server/manifests/kube-vip.yaml"
      text: [for document in shared-address(k3s) => "---\n\(yaml(document))"].join("")
      mode: 0o600
      after: ["data"]
    }
  }

  // Taken back last: what runs from there has ended then.
  step data: node.Command {
    unless: "test -d \(k3s.data-dir)"
    run: "mkdir -p \(k3s.data-dir)"
    undo: "data=\(k3s.data-dir)\n\(clear)"
  }
  step binary: node.Binary {
    path: "/usr/local/bin/k3s"
    urls: [
      for from in sources(
        k3s,
      ) => "\(from)/\(if machine.arch == "amd64" then "k3s" else "k3s-\(machine.arch)")",
    ]
    file: "k3s-\(k3s.release)-\(machine.arch)"
    sha256: k3s.sha256.get(machine.arch) ?? k3s.sums.get(machine.arch) ?? unknown-sum
    restarts: [service]
  }
  for command in ["kubectl", "crictl", "ctr"] {
    step "\(command)": node.Link { path: "/usr/local/bin/\(command)", to: "k3s" }
  }
  if k3s.images {
    step images: node.ImageArchive {
      path: "\(k3s.data-dir)/agent/images/k3s-airgap-images-\(machine.arch).tar.zst"
      urls: [for from in sources(k3s) => "\(from)/k3s-airgap-images-\(machine.arch).tar.zst"]
      file: "k3s-\(k3s.release)-images-\(machine.arch).tar.zst"
      sha256: k3s.images-sha256.get(machine.arch) ?? k3s.image-sums.get(machine.arch) ?? unknown-sum
      after: ["data"]
    }
  }
  // Archives that `fetch.sh` collected: k3s takes in what lies there when it starts.
  step offline-images: node.Command {
    let of = "from=\"$PLATC_OFFLINE/images\" to=\(k3s.data-dir)/agent/images end=\(machine.arch).tar\n"
    unless: "\(of)\(are-there)"
    run: "\(of)\(take)"
    undo: "rm -f \(k3s.data-dir)/agent/images/*.\(machine.arch).tar"
    restarts: [service]
    after: ["data"]
  }
  step "\(service)": node.Unit {
    systemd: systemd-unit(is-server)
    openrc: openrc-script(is-server)
    after: ["data", "binary", "config", "token", "offline-images"]
  }
}

/// Whether the archives of images that were brought lie where k3s looks for them; and what places them.
let are-there: String = r"""
  for archive in "$from"/*."$end"; do
      [[ ! -e $archive || (-e $to/${archive##*/} && ! $archive -nt $to/${archive##*/}) ]]
  done
  """
let take: String = r"""
  mkdir -p "$to"
  for archive in "$from"/*."$end"; do
      [[ -e $archive ]] || continue
      cp -- "$archive" "$to/.new"
      mv -f -- "$to/.new" "$to/${archive##*/}"
  done
  """

/// Where the parts of a release are fetched, one after the other until one gives them.
fn sources(k3s: K3s) -> [Url] = [
  for from in [
    ...k3s.mirrors,
    "https://github.com/k3s-io/k3s/releases/download",
  ] => "\(from)/\(k3s.release.replace("+", "%2B"))",
]

/// Stands where a SHA-256 is missing, which is found before anything is made of it.
let unknown-sum: node.Sha256 = "0".repeat(64)

/// All of `config.yaml`: what is written for the cluster is there in place of what follows from the platform.
/// Lists that both add to have all of it.
fn agent-file(k3s: K3s, host: Host) -> keys.AgentConfig = (agent-config(k3s, host) with {
  ...k3s.agent
}) with {
  kubelet-arg: agent-config(k3s, host).kubelet-arg
}
fn server-file(k3s: K3s, host: Host) -> Any = {
  // Servers have no balancer of this kind.
  ...(agent-file(k3s, host) with { disable-apiserver-lb: null })
  ...((server-config(k3s, host) with { ...k3s.server }) with {
    tls-san: server-config(k3s, host).tls-san
  })
}

/// What follows from the platform for every host.
fn agent-config(k3s: K3s, host: Host) -> keys.AgentConfig = {
  server: if host == k3s.first then null else k3s.url
  token-file: "/etc/rancher/k3s/token"
  data-dir: if k3s.data-dir == "/var/lib/rancher/k3s" then null else k3s.data-dir
  node-name: host.name
  node-ip: [host.address, if host.address6 != null => host.address6]
  node-label: if host.labels.is-empty()
    then null
    else [for key, value in host.labels => "\(key)=\(value)"]
  node-taint: if host.taints.is-empty()
    then null
    else [for taint in host.taints => "\(taint.key)=\(taint.value ?? ""):\(taint.effect)"]
  selinux: if k3s.selinux and (host.os ?? "") in [
    "rhel",
    "rocky",
    "alma",
    "almalinux",
    "centos",
    "fedora",
    "redhat",
  ]
    then true
    else null
  // Where what answers for a registry may not be asked, its mirrors alone are.
  disable-default-registry-endpoint: if k3s.cluster.network.mirrors.keys().any(
    (registry) => is-blocked(registry, k3s.cluster.network),
  )
    then true
    else null
  kubelet-arg: if host.max-pods == 110 and k3s.agent.kubelet-arg == null
    then null
    else [if host.max-pods != 110 => "max-pods=\(host.max-pods)", ...(k3s.agent.kubelet-arg ?? [])]
}

/// Where images are pulled from, by the mirrors of the network.
fn registries-of(network: Network) -> keys.Registries = {
  mirrors: if network.mirrors.is-empty()
    then null
    else network.mirrors.map-values((urls) => { endpoint: urls })
}

/// Whether what answers for a registry may not be asked.
fn is-blocked(registry: String, network: Network) -> Bool = network.blocked.any(
  (blocked) => host-of(registry) == "\(blocked)" or host-of(registry).ends-with(".\(blocked)"),
)
fn host-of(registry: String) -> String = if registry == "docker.io"
  then "registry-1.docker.io"
  else registry.split(":").first()

/// What follows from the platform for the servers, who must all be told the same.
fn server-config(k3s: K3s, host: Host) -> keys.ServerConfig = {
  cluster-init: if host == k3s.first and k3s.embedded-etcd then true else null
  agent-token-file: "/etc/rancher/k3s/agent-token"
  tls-san: [
    for name in [
      k3s.api,
      for name in k3s.cluster.network.names => "\(name)",
      for server in k3s.servers => "\(server.address)",
      for server in k3s.servers => server.name,
      ...(k3s.server.tls-san ?? []),
    ].unique() => name,
  ]
  cluster-cidr: [
    k3s.cluster.network.pods,
    if k3s.cluster.network.pods6 != null => k3s.cluster.network.pods6,
  ]
  service-cidr: [
    k3s.cluster.network.services,
    if k3s.cluster.network.services6 != null => k3s.cluster.network.services6,
  ]
  cluster-dns: [k3s.cluster.network.dns]
  cluster-domain: k3s.cluster.domain
  service-node-port-range: "\(k3s.cluster.network.node-ports)".replace("..", "-")
  disable: if k3s.leaves-out.is-empty() then null else k3s.leaves-out
  flannel-backend: k3s.flannel-backend
  disable-network-policy: if k3s.disable-network-policy then true else null
  disable-kube-proxy: if k3s.disable-kube-proxy then true else null
  write-kubeconfig-mode: "0600"
}

/// The service of systemd. Containers go on when it starts again, so it ends itself alone.
fn systemd-unit(is-server: Bool) -> String = """
  [Unit]
  Description=k3s, \(if is-server then "server" else "agent")
  Documentation=https://docs.k3s.io
  Wants=network-online.target
  After=network-online.target

  [Service]
  Type=\(if is-server then "notify" else "exec")
  EnvironmentFile=-/etc/rancher/k3s/datastore.env
  EnvironmentFile=-/etc/rancher/k3s/proxy.env
  ExecStartPre=-/sbin/modprobe br_netfilter
  ExecStartPre=-/sbin/modprobe overlay
  ExecStart=/usr/local/bin/k3s \(if is-server then "server" else "agent")
  KillMode=process
  Delegate=yes
  LimitNOFILE=1048576
  LimitNPROC=infinity
  LimitCORE=infinity
  TasksMax=infinity
  TimeoutStartSec=0
  Restart=always
  RestartSec=5s

  [Install]
  WantedBy=multi-user.target

  """

/// The service of openrc.
fn openrc-script(is-server: Bool) -> String = """
  #!/sbin/openrc-run
  description="k3s, \(if is-server then "server" else "agent")"
  supervisor=supervise-daemon
  command=/usr/local/bin/k3s
  command_args=\(if is-server then "server" else "agent")
  output_log=/var/log/\(if is-server then "k3s" else "k3s-agent").log
  error_log=/var/log/\(if is-server then "k3s" else "k3s-agent").log
  respawn_delay=5
  respawn_max=0
  rc_ulimit="-n 1048576"
  depend() {
    need net
    use dns
    after firewall
    want cgroups
  }
  start_pre() {
    for file in /etc/rancher/k3s/datastore.env /etc/rancher/k3s/proxy.env; do
      if [ -r "$file" ]; then
        set -a
        . "$file"
        set +a
      fi
    done
  }

  """

/// What k3s leaves on a host: containers, mounts, interfaces, rules, data. A command of bash; `data` is where they are.
let clear: String = r"""
  set +e
  for procs in /sys/fs/cgroup/kubepods*/cgroup.procs /sys/fs/cgroup/kubepods*/*/cgroup.procs \
      /sys/fs/cgroup/kubepods*/*/*/cgroup.procs /sys/fs/cgroup/kubepods*/*/*/*/cgroup.procs; do
      if [ -r "$procs" ]; then
          while read -r process; do kill -9 "$process" 2>/dev/null; done <"$procs"
      fi
  done
  for process in /proc/[0-9]*; do
      case $(readlink "$process/exe" 2>/dev/null) in
      "$data"/data/*) kill -9 "${process#/proc/}" 2>/dev/null ;;
      esac
  done
  sed -n "s/^[^ ]* \([^ ]*\) .*/\1/p" /proc/self/mounts | sort -r | while read -r mount; do
      case $mount in
      "$data"/* | /run/k3s/* | /var/lib/kubelet/* | /run/netns/cni-*) umount -l "$mount" 2>/dev/null ;;
      esac
  done
  for interface in cni0 flannel.1 flannel-v6.1 flannel-wg flannel-wg-v6 kube-ipvs0 vxlan.calico cilium_host \
      cilium_vxlan; do
      ip link delete "$interface" 2>/dev/null
  done
  for table in iptables ip6tables; do
      if command -v "$table-save" >/dev/null && "$table-save" 2>/dev/null | grep -q -e KUBE- -e CNI- -e -flannel; then
          "$table-save" | grep -v -e KUBE- -e CNI- -e -flannel -e cali- -e CILIUM | "$table-restore"
      fi
  done
  if grep -q -e " $data/" -e " /var/lib/kubelet/" /proc/self/mounts; then
      echo "a volume is still mounted below $data or /var/lib/kubelet: nothing there is removed" >&2
      exit 1
  fi
  rm -rf "$data"/* "$data" /run/k3s /run/flannel /var/lib/kubelet /var/lib/cni 2>/dev/null
  rm -f /etc/rancher/k3s/k3s.yaml /etc/rancher/node/password
  rmdir /etc/rancher/node /etc/rancher/k3s /etc/rancher "${data%/*}" 2>/dev/null
  test -z "$(ls -A "$data" 2>/dev/null)"
  """

/// The objects of kube-vip, which k3s places itself: the address of the API is there before anything else is.
fn shared-address(k3s: K3s) -> [Any] = [
  {
    apiVersion: "v1"
    kind: "ServiceAccount"
    metadata: { name: "kube-vip", namespace: "kube-system" }
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1"
    kind: "ClusterRole"
    metadata: { name: "system:kube-vip-role" }
    rules: [
      { apiGroups: [""], resources: ["services/status"], verbs: ["update"] },
      {
        apiGroups: [""]
        resources: ["services", "endpoints"]
        verbs: ["list", "get", "watch", "update"]
      },
      { apiGroups: [""], resources: ["nodes"], verbs: ["list", "get", "watch", "update", "patch"] },
      {
        apiGroups: ["coordination.k8s.io"]
        resources: ["leases"]
        verbs: ["list", "get", "watch", "update", "create"]
      },
      {
        apiGroups: ["discovery.k8s.io"]
        resources: ["endpointslices"]
        verbs: ["list", "get", "watch", "update"]
      },
    ]
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1"
    kind: "ClusterRoleBinding"
    metadata: { name: "system:kube-vip-binding" }
    roleRef: {
      apiGroup: "rbac.authorization.k8s.io"
      kind: "ClusterRole"
      name: "system:kube-vip-role"
    }
    subjects: [{ kind: "ServiceAccount", name: "kube-vip", namespace: "kube-system" }]
  },
  {
    apiVersion: "apps/v1"
    kind: "DaemonSet"
    metadata: { name: "kube-vip", namespace: "kube-system" }
    spec: {
      selector: { matchLabels: { "app.kubernetes.io/name": "kube-vip" } }
      template: {
        metadata: { labels: { "app.kubernetes.io/name": "kube-vip" } }
        spec: {
          serviceAccountName: "kube-vip"
          hostNetwork: true
          nodeSelector: { "node-role.kubernetes.io/control-plane": "true" }
          tolerations: [{ operator: "Exists" }]
          priorityClassName: "system-node-critical"
          containers: [{
            name: "kube-vip"
            image: k3s.kube-vip
            args: ["manager"]
            env: [
              { name: "address", value: k3s.api },
              { name: "port", value: "\(k3s.port)" },
              { name: "vip_arp", value: "true" },
              { name: "cp_enable", value: "true" },
              { name: "cp_namespace", value: "kube-system" },
              { name: "vip_leaderelection", value: "true" },
              { name: "vip_leaseduration", value: "15" },
              { name: "vip_renewdeadline", value: "10" },
              { name: "vip_retryperiod", value: "2" },
              if k3s.kube-vip-interface != null => {
                name: "vip_interface"
                value: k3s.kube-vip-interface
              },
            ]
            securityContext: { capabilities: { drop: ["ALL"], add: ["NET_ADMIN", "NET_RAW"] } }
          }]
        }
      }
    }
  },
]

// -- What it brings -------------------------------------------------------------------------------------------------

/// The balancer of k3s: every service gets the addresses of the hosts.
schema ServiceLb is Balancer {
  on-hosts = true
  pools = false
  shares = false
}

// -- Kinds, from the published schemas ---

@kubernetes("helm.cattle.io/v1", "HelmChart")
type HelmChart = {
  spec?: {
    authPassCredentials?: Bool
    authSecret?: {
      name?: String
    }
    backOffLimit?: Int
    bootstrap?: Bool
    chart?: String
    chartContent?: String
    createNamespace?: Bool
    dockerRegistrySecret?: {
      name?: String
    }
    driver?: "secret" | "configmap"
    failurePolicy?: "abort" | "reinstall"
    helmVersion?: String
    insecureSkipTLSVerify?: Bool
    jobImage?: String
    plainHTTP?: Bool
    podSecurityContext?: {
      appArmorProfile?: {
        localhostProfile?: String
        type: String
      }
      fsGroup?: Int
      fsGroupChangePolicy?: String
      runAsGroup?: Int
      runAsNonRoot?: Bool
      runAsUser?: Int
      seLinuxChangePolicy?: String
      seLinuxOptions?: SeLinuxOptions
      seccompProfile?: {
        localhostProfile?: String
        type: String
      }
      supplementalGroups?: [Int]
      supplementalGroupsPolicy?: String
      sysctls?: [{
        name: String
        value: String
      }]
      windowsOptions?: WindowsOptions
    }
    repo?: String
    repoCA?: String
    repoCAConfigMap?: {
      name?: String
    }
    securityContext?: {
      allowPrivilegeEscalation?: Bool
      appArmorProfile?: {
        localhostProfile?: String
        type: String
      }
      capabilities?: {
        add?: [String]
        drop?: [String]
      }
      privileged?: Bool
      procMount?: String
      readOnlyRootFilesystem?: Bool
      runAsGroup?: Int
      runAsNonRoot?: Bool
      runAsUser?: Int
      seLinuxOptions?: SeLinuxOptions
      seccompProfile?: {
        localhostProfile?: String
        type: String
      }
      windowsOptions?: WindowsOptions
    }
    set?: {String: Int | String}
    takeOwnership?: Bool
    targetNamespace?: String
    timeout?: String
    values?: Any
    valuesContent?: String
    valuesSecrets?: [ValuesSecret]
    version?: String
  }
  status?: Any
}

@kubernetes("helm.cattle.io/v1", "HelmChartConfig")
type HelmChartConfig = {
  spec?: {
    failurePolicy?: "abort" | "reinstall"
    values?: Any
    valuesContent?: String
    valuesSecrets?: [ValuesSecret]
  }
}

@kubernetes("upgrade.cattle.io/v1", "Plan")
type Plan = {
  spec?: {
    channel?: String
    concurrency?: Int
    cordon?: Bool
    drain?: {
      deleteEmptydirData?: Bool
      deleteLocalData?: Bool
      disableEviction?: Bool
      force?: Bool
      gracePeriod?: Int
      ignoreDaemonSets?: Bool
      podSelector?: k8s.LabelSelector
      skipWaitForDeleteTimeout?: Int
      timeout?: Int | String
    }
    exclusive?: Bool
    imagePullSecrets?: [{
      name?: String
    }]
    jobActiveDeadlineSecs?: Int
    nodeSelector?: k8s.LabelSelector
    postCompleteDelay?: String
    prepare?: Prepare
    priorityClassName?: String
    secrets?: [{
      defaultMode?: Int
      ignoreUpdates?: Bool
      name?: String
      path?: String
    }]
    serviceAccountName?: String
    tolerations?: [{
      effect?: String
      key?: String
      operator?: String
      tolerationSeconds?: Int
      value?: String
    }]
    upgrade?: Prepare
    version?: String
    window?: {
      days?: [String?]
      endTime?: String
      startTime?: String
      timeZone?: String
    }
  }
  status?: Any
}

type SeLinuxOptions = {
  level?: String
  role?: String
  type?: String
  user?: String
}

type WindowsOptions = {
  gmsaCredentialSpec?: String
  gmsaCredentialSpecName?: String
  hostProcess?: Bool
  runAsUserName?: String
}

type ValuesSecret = {
  ignoreUpdates?: Bool
  keys?: [String]
  name?: String
}

type Prepare = {
  args?: [String?]
  command?: [String?]
  envFrom?: [{
    configMapRef?: {
      name?: String
      optional?: Bool
    }
    prefix?: String
    secretRef?: {
      name?: String
      optional?: Bool
    }
  }]
  envs?: [{
    name?: String
    value?: String
    valueFrom?: {
      configMapKeyRef?: ConfigMapKeyRef
      fieldRef?: {
        apiVersion?: String
        fieldPath?: String
      }
      fileKeyRef?: {
        key?: String
        optional?: Bool
        path?: String
        volumeName?: String
      }
      resourceFieldRef?: {
        containerName?: String
        divisor?: String
        resource?: String
      }
      secretKeyRef?: ConfigMapKeyRef
    }
  }]
  image?: String
  securityContext?: {
    allowPrivilegeEscalation?: Bool
    appArmorProfile?: {
      localhostProfile?: String
      type?: String
    }
    capabilities?: {
      add?: [String?]
      drop?: [String?]
    }
    privileged?: Bool
    procMount?: String
    readOnlyRootFilesystem?: Bool
    runAsGroup?: Int
    runAsNonRoot?: Bool
    runAsUser?: Int
    seLinuxOptions?: {
      level?: String
      role?: String
      type?: String
      user?: String
    }
    seccompProfile?: {
      localhostProfile?: String
      type?: String
    }
    windowsOptions?: {
      gmsaCredentialSpec?: String
      gmsaCredentialSpecName?: String
      hostProcess?: Bool
      runAsUserName?: String
    }
  }
  volumes?: [{
    destination?: String
    name?: String
    source?: String
  }]
}

type ConfigMapKeyRef = {
  key?: String
  name?: String
  optional?: Bool
}
