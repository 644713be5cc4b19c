//! Talos: an operating system that is Kubernetes and nothing else.

import std/flannel
import std/talosconfig as config
import std/talosreleases as facts

/// Talos: https://docs.siderolabs.com/talos
schema Talos is Distribution {
  known = true
  pods = 10.244.0.0/16
  services = 10.96.0.0/12
  cni = flannel.Flannel {}
  /// The network for pods that it installs.
  cni-name: "flannel" | "none" = if cluster.cni.replaces-default then "none" else "flannel"
  /// Whether it runs kube-proxy.
  proxy: Bool = not cluster.cni.replaces-proxy
  installs-cni = cni-name != "none"
  runs-proxy = proxy
  /// The address of the API that its machines are told: `"https://192.168.1.50:6443"`.
  endpoint?: Url
  /// Whether pods of users run on control planes.
  schedule-on-control-planes: Bool = false
  schedules-on-control-plane = schedule-on-control-planes
  ports = [6443, 10250, 2379, 2380, 50000, 50001, 7445, 10249, 10256, 10257, 10259]
  reserve = { cpu: 250m, memory: 512MiB }

  // -- What its machines are told, from 1.12 on.

  /// The disk that it is installed to, where a machine says nothing else.
  install-disk: String = "/dev/sda"
  /// What is in the image of the machines beside Talos, where a machine says nothing else.
  schematic: Schematic = Schematic {}
  /// Where images of machines come from.
  factory: Hostname = "factory.talos.dev"
  /// The kind of machine that the image is for: `"metal"`, `"nocloud"`, `"aws"`.
  platform: String = "metal"
  secure-boot: Bool = false
  /// The port at which every machine finds the API, whatever control plane is up; none where it is `null`.
  kube-prism: Port? = 7445
  /// Whether machines answer the questions of pods for names.
  host-dns: Bool = true
  /// Whether machines find each other by a service of the internet.
  discovery: Bool = true
  time-servers: [Hostname | Ip] = []
  /// What all machines are told besides. All of it is merged as Talos merges patches.
  patch?: config.Config
  /// What control planes are told besides.
  control-plane-patch?: config.Config
  /// What workers are told besides.
  worker-patch?: config.Config
  /// Documents for all machines: volumes, firewall, mirrors.
  each document: config.Document

  /// Whether configurations of its machines are made here, and not by somebody else.
  sets-up-hosts: Bool = version != null
  let makes = sets-up-hosts and version != null and version >= Version("1.12")
  let own = document
  let of-all = patch
  let planes = cluster.host.filter((h) => h.role == "control-plane")
  let api-host = cluster.network.endpoint ?? cluster.network.vip ?? (if planes.is-empty()
    then null
    else planes.first().address)
  let url = if endpoint != null
    then "\(endpoint)"
    else "https://\(bracketed("\(api-host ?? "localhost")")):6443"
  check not sets-up-hosts or version == null or version >= Version(
    "1.12",
  ) else "Talos \(version ?? Version("1")) is told its network in another way: configurations of machines are made for 1.12 and later. Take a later release, or say `sets-up-hosts: false` where somebody else makes them"
  check not sets-up-hosts or version != null else "`version` says which Talos the machines get: `\"1.13.9\"`"
  let unlinked = planes.filter((h) => link-of(h) == null).map((h) => h.name)
  check not makes or cluster.network.vip == null or unlinked.is-empty() else "`\(unlinked.join("`, `"))` can have the shared address, and nobody knows at which link: give its `mac`, or say `link` in a `talos.Machine`"

  own-images = if not makes then [] else images-of(self)
  let release: String = "\(version ?? Version("1.13"))".without-prefix("v")
  unlisted = if not makes or facts.releases.get(release) != null
    then null
    else "the images of etcd, CoreDNS and pods that Talos \(version ?? Version("1.13")) runs by itself: `talosctl image default` lists them"
  own-contacts = if not makes then [] else [
    if discovery => "https://discovery.talos.dev",
    if time-servers.is-empty() => "https://time.cloudflare.com",
    for h in cluster.host if schematic-of(
      h,
      self,
    ).identity == null => "https://\(factory)/schematics",
  ]

  emit each artifact: Artifact
  if makes and not planes.is-empty() {
    for h in cluster.host {
      artifact "talos/\(h.name).yaml": MachineFile { host: h }
      if schematic-of(h, self).identity == null {
        artifact "talos/schematics/\(h.name).yaml": { yaml: schematic-of(h, self).asked }
      }
    }
    if patch != null or not own.is-empty() {
      artifact "talos/all.yaml": PatchFile {
        path: "talos/patches/all/all.yaml"
        patch: of-all
        for key, d in own { document "\(key)": d with {} }
      }
    }
    if control-plane-patch != null {
      artifact "talos/control-plane.yaml": PatchFile {
        path: "talos/patches/all/control-plane.yaml"
        patch: control-plane-patch
      }
    }
    if worker-patch != null {
      artifact "talos/worker.yaml": PatchFile {
        path: "talos/patches/all/worker.yaml"
        patch: worker-patch
      }
    }
    artifact "talos.sh": {
      program: "talos"
      data: {
        cluster: [cluster.name]
        endpoint: [url]
        talos: ["\(version ?? Version("1.13"))"]
        kubernetes: ["\(cluster.kubernetes)"]
        cni: [cni-name]
        operate: [if cluster.delivery.has-script then "yes" else "no"]
        factory: ["\(factory)"]
        hosts: [for h in cluster.host => h.name]
        addresses: [for h in cluster.host => "\(h.address)"]
        roles: [for h in cluster.host => h.role]
        images: [for h in cluster.host => image-of(h, self)]
        patches: [for h in cluster.host => patches-of(h, self).join(" ")]
      }
    }
  }
}

/// A machine of which more is said than of any other.
schema Machine is Host {
  /// The link that it is reached at; by its `mac`, if that is known.
  link: String? = if mac != null then "main" else null
  /// Whether it has its address from here, and not from a router: where the network and its gateway are known.
  static: Bool = cluster.network.nodes != null and cluster.network.gateway != null
  install-disk?: String
  schematic?: Schematic
  /// What it alone is told besides.
  patch?: config.Config
  each document: config.Document
  let own = document
  let of-this = patch
  emit each artifact: Artifact
  if patch != null or not own.is-empty() {
    artifact "talos/patches/\(name).yaml": PatchFile {
      patch: of-this
      for key, d in own { document "\(key)": d with {} }
    }
  }
}

/// What is in an image beside Talos, as the factory takes it.
schema Schematic {
  /// Extensions of the system: `"siderolabs/iscsi-tools"`.
  extensions: [String] = []
  kernel: [String] = []
  /// What a small computer needs to start: `{ image: "siderolabs/sbc-raspberrypi", name: "rpi_generic" }`.
  overlay?: { image: String, name: String }
  /// What the factory calls it. It follows from the rest where all of that is plain words.
  id?: String
  let words = [
    ...extensions,
    ...kernel,
    ...(if overlay == null then [] else [overlay.image, overlay.name]),
  ]
  let is-plain = words.all(
    (word) => word.matches(Regex("^[a-z][A-Za-z0-9._/=,-]*$")) and not (word in ambiguous),
  )
  /// As the factory writes it before it counts: https://github.com/siderolabs/image-factory, `pkg/schematic`.
  let canonical = [
    ...(if overlay == null
      then []
      else ["overlay:", "    image: \(overlay.image)", "    name: \(overlay.name)"]),
    if kernel.is-empty() and extensions.is-empty() => "customization: {}",
    if not (kernel.is-empty() and extensions.is-empty()) => "customization:",
    if not kernel.is-empty() => "    extraKernelArgs:",
    for word in kernel => "        - \(word)",
    if not extensions.is-empty() => "    systemExtensions:",
    if not extensions.is-empty() => "        officialExtensions:",
    for word in extensions => "            - \(word)",
    "",
  ].join("\n")
  /// The same for the factory to count itself.
  let asked: {
    overlay?: { image: String, name: String }
    customization: {
      extraKernelArgs?: [String]
      systemExtensions?: { officialExtensions: [String] }
    }
  } = {
    overlay: overlay
    customization: {
      extraKernelArgs: if kernel.is-empty() then null else kernel
      systemExtensions: if extensions.is-empty() then null else { officialExtensions: extensions }
    }
  }
  let identity = id ?? (if is-plain then canonical.sha256() else null)
}

/// What machines run beside what is written, by what the release says of itself; of one that is not listed only what the version
/// of Kubernetes tells is known.
fn images-of(talos: Talos) -> [Image] = [
  for image in [for h in talos.cluster.host => image-of(h, talos)].unique() if not image.contains(
    "SCHEMATIC",
  ) => Image(image),
  for name in ["kube-apiserver", "kube-controller-manager", "kube-scheduler"] if is-whole(
    talos,
  ) => Image(
    "registry.k8s.io/\(name):v\(talos.cluster.kubernetes)",
  ),
  if talos.proxy and is-whole(talos) => Image(
    "registry.k8s.io/kube-proxy:\(tag-of("\(talos.cluster.kubernetes)"))",
  ),
  if is-whole(talos) => Image("ghcr.io/siderolabs/kubelet:\(tag-of("\(talos.cluster.kubernetes)"))"),
  for image in facts.images-of(talos.release, talos.cni-name == "flannel") => image,
]
/// Whether it is said which release of Kubernetes runs, and not only which minor version.
fn is-whole(talos: Talos) -> Bool = "\(talos.cluster.kubernetes)".split(".").size() > 2

/// Words that YAML takes for something else.
let ambiguous = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

fn bracketed(host: String) -> String = if host.contains(":") then "[\(host)]" else host
fn link-of(h: Host) -> String? = match h {
  Machine => h.link
  _ => if h.mac == null then null else "main"
}
fn has-own(h: Host) -> Bool = match h {
  Machine => h.patch != null or not h.document.is-empty()
  _ => false
}
fn disk-of(h: Host, talos: Talos) -> String = match h {
  Machine => h.install-disk ?? talos.install-disk
  _ => talos.install-disk
}
fn schematic-of(h: Host, talos: Talos) -> Schematic = match h {
  Machine => h.schematic ?? talos.schematic
  _ => talos.schematic
}
fn is-static(h: Host, network: Network) -> Bool = match h {
  Machine => h.static
  _ => h.mac != null and network.nodes != null and network.gateway != null
}

/// The image that installs a machine; without its schematic where only the factory can tell that.
fn image-of(
  h: Host,
  talos: Talos,
) -> String = "\(talos.factory)/\(talos.platform)-installer\(if talos.secure-boot then "-secureboot" else "")/\(schematic-of(h, talos).identity ?? "SCHEMATIC"):\(tag-of("\(talos.version ?? Version("1.13"))"))"

fn tag-of(version: String) -> String = if version.starts-with("v") then version else "v\(version)"

/// The files that make the configuration of a machine, in the order in which they are merged.
fn patches-of(h: Host, talos: Talos) -> [String] = [
  "talos/\(h.name).yaml",
  if talos.patch != null or not talos.document.is-empty() => "talos/patches/all/all.yaml",
  if h.role == "control-plane" and talos.control-plane-patch != null => "talos/patches/all/control-plane.yaml",
  if h.role == "worker" and talos.worker-patch != null => "talos/patches/all/worker.yaml",
  if has-own(h) => "talos/patches/\(h.name).yaml",
]

/// What somebody adds to the main document.
schema PatchFile is Artifact {
  patch?: config.Config
  if patch != null { document main: patch }
}

/// What a machine is told, as far as it follows from the platform. It is merged into what `talosctl gen config` makes.
schema MachineFile is Artifact in Talos {
  host: Host
  let network = talos.cluster.network
  let link = link-of(host)
  let is-plane = host.role == "control-plane"
  let subnets: [String]? = if network.nodes == null then null else [
    "\(network.nodes)",
    if network.nodes6 != null => "\(network.nodes6)",
  ]
  let names: [String]? = if network.names.is-empty() or not is-plane
    then null
    else [for other in network.names => "\(other)"]
  let masked = network.node-mask != 24
  let main: config.Config = {
    machine: {
      install: {
        disk: disk-of(host, talos)
        image: if schematic-of(host, talos).identity == null then null else image-of(host, talos)
      }
      certSANs: names
      kubelet.nodeIP: if subnets == null then null else { validSubnets: subnets }
      nodeLabels: if host.labels.is-empty() then null else host.labels
      nodeTaints: if host.taints.is-empty() then null else taints-of(host.taints)
      features: {
        kubePrism: { enabled: talos.kube-prism != null, port: talos.kube-prism }
        hostDNS: { enabled: talos.host-dns }
      }
    }
    cluster: {
      clusterName: talos.cluster.name
      controlPlane.endpoint: talos.url
      network: {
        cni.name: talos.cni-name
        dnsDomain: "\(talos.cluster.domain)"
        podSubnets: ["\(network.pods)", if network.pods6 != null => "\(network.pods6)"]
        serviceSubnets: [
          "\(network.services)",
          if network.services6 != null => "\(network.services6)",
        ]
      }
      discovery.enabled: talos.discovery
      proxy: if is-plane then { disabled: not talos.proxy } else null
      apiServer: if names == null then null else { certSANs: names }
      controllerManager: if is-plane and masked then {
        extraArgs: { node-cidr-mask-size: "\(network.node-mask)" }
      } else null
      etcd: if is-plane and subnets != null then { advertisedSubnets: subnets } else null
      allowSchedulingOnControlPlanes: if is-plane then talos.schedule-on-control-planes else null
    }
  }
  document main: main
  document hostname: config.HostnameConfig { auto: "off", hostname: host.name }
  let mac = "\(host.mac ?? "")"
  let vip = "\(network.vip ?? "")"
  let gateway = "\(network.gateway ?? "")"
  if host.mac != null and link == "main" {
    document link-alias: config.LinkAliasConfig {
      name: "main"
      selector: { match: "mac(link.permanent_addr) == \"\(mac)\"" }
    }
  }
  if link != null and is-static(host, network) {
    document link: config.LinkConfig {
      name: link ?? ""
      addresses: [
        { address: "\(host.address)/\(network.nodes?.prefix() ?? 24)" },
        if host.address6 != null and network.nodes6 != null => {
          address: "\(host.address6)/\(network.nodes6?.prefix() ?? 64)"
        },
      ]
      routes: [{ gateway: gateway }]
    }
  }
  if is-plane and link != null and network.vip != null {
    document shared-address: config.Layer2VIPConfig { name: vip, link: link }
  }
  if not network.dns-servers.is-empty() {
    document names: config.ResolverConfig {
      nameservers: [for server in network.dns-servers => { address: "\(server)" }]
    }
  }
  if not talos.time-servers.is-empty() {
    document time: config.TimeSyncConfig {
      ntp: { servers: [for server in talos.time-servers => "\(server)"] }
    }
  }
  for registry, urls in network.mirrors {
    document "mirror-\(registry)": config.RegistryMirrorConfig {
      name: registry
      endpoints: [for url in urls => { url: "\(url)" }]
      skipFallback: if is-blocked(registry, network) then true else null
    }
  }
}

/// Whether what answers for a registry may not be asked.
fn is-blocked(registry: String, network: Network) -> Bool = network.blocked.any(
  (b) => host-of(registry) == "\(b)" or host-of(registry).ends-with(".\(b)"),
)
fn host-of(
  registry: String,
) -> String = if registry == "docker.io"
  then "registry-1.docker.io"
  else registry.split(":").first()

fn taints-of(taints: [Taint]) -> {String: String} = taints.to-map(
  (t) => t.key,
  (t) => "\(t.value ?? ""):\(t.effect)",
)
