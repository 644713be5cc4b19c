//! What k3s is configured with: every key of `config.yaml`, and `registries.yaml`.
//! https://docs.k3s.io/cli/server, https://docs.k3s.io/cli/agent, https://docs.k3s.io/installation/private-registry

import std/node

/// What k3s can leave out.
type Part = "traefik" | "servicelb" | "metrics-server" | "local-storage" | "coredns" | "runtimes"
/// A path that stands in scripts as it is.
type DataPath = node.MachinePath where it.matches(Regex("^/[A-Za-z0-9._/-]+$"))
type InterfaceName = String where it.matches(Regex("^[A-Za-z0-9._@-]{1,15}$"))

/// Keys of `config.yaml` that agents and servers have. Secrets are no keys here: they are files.
type AgentConfig = {
  debug?: Bool
  /// How much is logged, from 0.
  v?: Int where 0 <= it and it <= 10
  vmodule?: String
  log?: node.MachinePath
  alsologtostderr?: Bool
  server?: Url
  token-file?: node.MachinePath
  data-dir?: DataPath
  node-name?: String
  with-node-id?: Bool
  /// In force when a host joins, and not after.
  node-label?: [String]
  node-taint?: [String]
  image-credential-provider-bin-dir?: node.MachinePath
  image-credential-provider-config?: node.MachinePath
  selinux?: Bool
  lb-server-port?: Port
  protect-kernel-defaults?: Bool
  container-runtime-endpoint?: String
  default-runtime?: String
  image-service-endpoint?: String
  pause-image?: Image
  snapshotter?: "overlayfs" | "fuse-overlayfs" | "native" | "stargz" | "btrfs" | "zfs"
  private-registry?: node.MachinePath
  airgap-extra-registry?: [String]
  disable-default-registry-endpoint?: Bool
  nonroot-devices?: Bool
  node-ip?: [Ip]
  bind-address?: Ip
  node-external-ip?: [Ip]
  node-internal-dns?: [Hostname]
  node-external-dns?: [Hostname]
  resolv-conf?: node.MachinePath
  flannel-iface?: InterfaceName
  flannel-conf?: node.MachinePath
  flannel-cni-conf?: node.MachinePath
  kubelet-arg?: [String]
  kube-proxy-arg?: [String]
  enable-pprof?: Bool
  rootless?: Bool
  prefer-bundled-bin?: Bool
  docker?: Bool
  vpn-auth-file?: node.MachinePath
  disable-apiserver-lb?: Bool
}

/// Keys of `config.yaml` that servers alone have.
type ServerConfig = {
  https-listen-port?: Port
  advertise-address?: Ip
  advertise-port?: Port
  /// Names and addresses in the certificate of the API, beside those of the platform.
  tls-san?: [String]
  tls-san-security?: Bool
  cluster-cidr?: [Cidr]
  service-cidr?: [Cidr]
  service-node-port-range?: String where it.matches(Regex("^[0-9]+-[0-9]+$"))
  cluster-dns?: [Ip]
  cluster-domain?: Hostname
  flannel-backend?: "none" | "vxlan" | "host-gw" | "wireguard-native"
  flannel-ipv6-masq?: Bool
  flannel-external-ip?: Bool
  egress-selector-mode?: "agent" | "cluster" | "pod" | "disabled"
  servicelb-namespace?: Name
  write-kubeconfig?: node.MachinePath
  write-kubeconfig-mode?: String where it.matches(Regex("^0?[0-7]{3}$"))
  write-kubeconfig-group?: String
  helm-job-image?: Image
  agent-token-file?: node.MachinePath
  cluster-init?: Bool
  kube-apiserver-arg?: [String]
  etcd-arg?: [String]
  kube-controller-manager-arg?: [String]
  kube-scheduler-arg?: [String]
  kube-cloud-controller-manager-arg?: [String]
  /// From the releases of July 2026 on, 1.36.3 among them.
  helm-controller-arg?: [String]
  datastore-cafile?: node.MachinePath
  datastore-certfile?: node.MachinePath
  datastore-keyfile?: node.MachinePath
  kine-tls?: Bool
  etcd-expose-metrics?: Bool
  etcd-disable-snapshots?: Bool
  etcd-snapshot-name?: String
  etcd-snapshot-schedule-cron?: String
  etcd-snapshot-retention?: Int where it >= 1
  etcd-snapshot-reconcile-interval?: Duration
  etcd-snapshot-dir?: node.MachinePath
  etcd-snapshot-compress?: Bool
  etcd-s3?: Bool
  etcd-s3-endpoint?: String
  etcd-s3-endpoint-ca?: node.MachinePath
  etcd-s3-skip-ssl-verify?: Bool
  etcd-s3-bucket?: String
  etcd-s3-bucket-lookup-type?: "auto" | "dns" | "path"
  etcd-s3-region?: String
  etcd-s3-folder?: String
  etcd-s3-retention?: Int where it >= 1
  etcd-s3-proxy?: Url
  /// The secret in `kube-system` that has the keys, so that they are nowhere in the configuration.
  etcd-s3-config-secret?: Name
  etcd-s3-insecure?: Bool
  etcd-s3-timeout?: Duration
  default-local-storage-path?: node.MachinePath
  disable?: [Part]
  disable-apiserver?: Bool
  disable-controller-manager?: Bool
  disable-etcd?: Bool
  disable-scheduler?: Bool
  disable-cloud-controller?: Bool
  disable-kube-proxy?: Bool
  disable-network-policy?: Bool
  disable-helm-controller?: Bool
  disable-agent?: Bool
  embedded-registry?: Bool
  supervisor-metrics?: Bool
  secrets-encryption?: Bool
  secrets-encryption-provider?: "aescbc" | "secretbox"
  system-default-registry?: String
}

/// `registries.yaml`: where images are pulled from. Passwords are no keys here: `auth` is what a file on the host says.
type Registries = {
  /// Where the images of a registry are pulled from first.
  mirrors?: {String: RegistryMirror}
  configs?: {String: RegistryConfig}
}

type RegistryMirror = {
  endpoint?: [Url]
  rewrite?: {String: String}
}

type RegistryConfig = {
  tls?: RegistryTls
}

type RegistryTls = {
  cert_file?: node.MachinePath
  key_file?: node.MachinePath
  ca_file?: node.MachinePath
  insecure_skip_verify?: Bool
}
