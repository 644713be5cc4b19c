//! The first layer of a cell: what every cluster of Talos on Proxmox has before anybody uses it. Brought by `make`, from below: layer 0
//! is the machines and what connects their pods, layer 1 is what those above build on.

import "./cell-config.yaml" as cell: {
  domain: Hostname
  nfs: { server: Ip, path: Path }
  pihole: Ip
  proxmox: Ip
  vault: Url
}
import std/certmanager
import std/cilium
import std/externaldns
import std/externalsecrets as eso
import std/karpenter
import std/linkerd
import std/localpath
import std/metallb
import std/metricsserver
import std/minio
import std/nfs
import std/nginx
import std/talos
import std/whoami

/// How many machines Karpenter may add to the two that are always there, and how large each of them is.
let burst: { most: Int, cpu: Cpu, memory: Bytes } = { most: 10, cpu: 4, memory: 8GiB }

/// Who keeps something in MinIO, of the layer above, each in a bucket of its own.
let consumers: [Name] = ["harbor", "velero", "loki", "tempo"]

/// What Karpenter needs of Proxmox.
let privileges: [String] = [
  "Datastore.Allocate",
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
  "Mapping.Audit",
  "Mapping.Use",
  "SDN.Audit",
  "SDN.Use",
  "Sys.AccessNetwork",
  "Sys.Audit",
  "VM.Allocate",
  "VM.Audit",
  "VM.Clone",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.PowerMgmt",
]

cluster l1 {
  // Not given: the newest that cert-manager 1.16 was tried with.
  kubernetes: "1.32.9"
  distribution: talos.Talos {
    version: "1.13.9"
    // Images for machines that are made from a template.
    platform: "nocloud"
    schematic: talos.Schematic { extensions: ["siderolabs/qemu-guest-agent"] }
  }
  cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true, sockets-of-hosts-only: true }
  balancer: metallb.MetalLB { version: "0.15.3" }
  delivery: Plain {}
  ingress-class: "nginx"

  network {
    nodes: 192.168.100.0/24
    gateway: 192.168.100.1
    dns-servers: [cell.pihole]
    // Not given: where the machines of Karpenter get their addresses, far from those of MetalLB.
    dhcp: 192.168.100.100..192.168.100.149
    vip: 192.168.100.10
    more-hosts: burst.most
    machines: { pihole: cell.pihole, proxmox: cell.proxmox, files: cell.nfs.server }
    pool lan { range: 192.168.100.220..192.168.100.240 }
  }

  // Not given: three control planes, as few as survive the loss of one.
  for n in 1..3 {
    host "control-\(n)": talos.Machine {
      address: 192.168.100.10 + n
      role: "control-plane"
      cpu: 2
      memory: 4GiB
      disk: 40GiB
      mac: Mac("bc:24:11:00:00:1\(n)")
    }
  }
  // The two that Terraform makes and nobody takes away.
  for n in 1..2 {
    host "worker-\(n)": talos.Machine {
      address: 192.168.100.20 + n
      cpu: 8
      memory: 16GiB
      disk: 200GiB
      mac: Mac("bc:24:11:00:00:2\(n)")
    }
  }
  storage nfs { shared: true }
  storage local-path { on-host: true }

  namespace kube-system {
    layer: 1
    isolate: false
    cilium.Agent cilium { layer: 0, early: true }
    metricsserver.MetricsServer metrics-server {}

    /// A token of Proxmox, and what a machine is told when it starts; both are made where the platform is brought up.
    secret proxmox { key config { remote: "config.yaml" } }
    secret talos-template { key user-data {} }
    secret talos-values {
      key machineToken {}
      key machineCA {}
      key clusterID {}
      key clusterSecret {}
    }
    karpenter.Proxmox karpenter {
      credentials: namespace.secret.proxmox.key.config
      most: burst.most
      object workers {
        apiVersion: "karpenter.proxmox.sinextra.dev/v1alpha1"
        kind: "ProxmoxUnmanagedTemplate"
        metadata: { name: "workers" }
        spec: { templateName: "talos-worker-template" }
      }
      object class {
        apiVersion: "karpenter.proxmox.sinextra.dev/v1alpha1"
        kind: "ProxmoxNodeClass"
        metadata: { name: "workers" }
        spec: {
          instanceTemplateRef: { kind: "ProxmoxUnmanagedTemplate", name: "workers" }
          bootDevice: { size: "40Gi" }
          tags: ["karpenter"]
          metadataOptions: {
            type: "cdrom"
            templatesRef: {
              name: namespace.secret.talos-template.object
              namespace: namespace.name
            }
            valuesRef: { name: namespace.secret.talos-values.object, namespace: namespace.name }
          }
        }
      }
      karpenter.NodePool workers {
        spec: {
          limits: { cpu: burst.most * burst.cpu, memory: burst.memory * burst.most }
          disruption: { consolidationPolicy: "WhenEmptyOrUnderutilized", consolidateAfter: "5m" }
          template: {
            metadata: { labels: { "cell.example.net/made-by": "karpenter" } }
            spec: {
              nodeClassRef: {
                group: "karpenter.proxmox.sinextra.dev"
                kind: "ProxmoxNodeClass"
                name: "workers"
              }
              requirements: [{
                key: "node.kubernetes.io/instance-type"
                operator: "In"
                values: ["c1.\(burst.cpu)VCPU-8GB"]
              }]
            }
          }
        }
      }
    }
  }

  // The token: it may do what is listed, and nothing else that its user may.
  artifact proxmox-token {
    path: "proxmox-token.sh"
    executable: true
    text: [
      "#!/bin/sh",
      "# Makes the token of Karpenter, on a host of Proxmox; shows it once.",
      "set -eu",
      "pveum role add Karpenter -privs '\(privileges.join(" "))'",
      "pveum user add kubernetes@pve",
      "pveum aclmod / -user kubernetes@pve -role Karpenter",
      "pveum user token add kubernetes@pve karpenter -privsep 1",
      "pveum aclmod / -token 'kubernetes@pve!karpenter' -role Karpenter",
      "",
    ].join("\n")
  }

  namespace metallb-system {
    layer: 1
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    metallb.Controller metallb {}
  }

  namespace ingress-nginx {
    layer: 1
    @allow(
      "version/retired",
      "the cell is written for ingress-nginx 4.14.1; a gateway is to follow it",
    )
    nginx.Controller nginx {
      version: "4.14.1"
      default: true
      address: cluster.network.pool.lan.first
      after: [cluster.namespace.metallb-system.release.metallb]
      uses: [cluster.namespace.minio.release.minio.port.console]
    }
  }

  namespace external-dns {
    layer: 1
    secret pihole { key password {} }
    // The chart 1.17.0 runs external-dns 0.17.0.
    externaldns.ExternalDns external-dns {
      version: "1.17.0"
      provider: externaldns.PiHole {
        server: "http://\(cell.pihole)"
        password: namespace.secret.pihole.key.password
      }
      domains: [cell.domain]
      after: [cluster.namespace.ingress-nginx.release.nginx]
    }
  }

  namespace cert-manager {
    layer: 1
    certmanager.CertManager cert-manager { version: "1.16.2" }
    certmanager.TrustManager trust-manager {}
    certmanager.InternalCa cell { common-name: "\(cell.domain)" }
  }

  namespace nfs-provisioner {
    layer: 1
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    nfs.Provisioner nfs {
      version: "4.0.18"
      server: cell.nfs.server
      path: cell.nfs.path
      class: "nfs"
      default: true
    }
  }

  // Not given: MinIO wants a disk, and forbids NFS below it.
  namespace local-path {
    layer: 1
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    localpath.Provisioner local-path {}
  }

  namespace minio {
    layer: 1
    secret minio { key rootUser {}, key rootPassword {} }
    minio.MinIO minio {
      version: "5.4.0"
      credentials: namespace.secret.minio
      size: 100GiB
      storage-class: "local-path"
      buckets: consumers
      after: [cluster.namespace.local-path.release.local-path]
      for consumer in consumers {
        networkpolicy "api-from-\(consumer)": k8s.NetworkPolicy {
          spec: {
            podSelector.matchLabels: { app: "minio", release: "minio" }
            policyTypes: ["Ingress"]
            ingress: [{
              from: [{
                namespaceSelector.matchLabels: { "kubernetes.io/metadata.name": consumer }
              }]
              ports: [{ protocol: "TCP", port: 9000 }]
            }]
          }
        }
      }
      k8s.Ingress console {
        metadata: {
          name: "minio-console"
          annotations: { "cert-manager.io/cluster-issuer": "cell" }
        }
        spec: {
          ingressClassName: "nginx"
          tls: [{ hosts: ["minio.\(cell.domain)"], secretName: "minio-console-tls" }]
          rules: [{
            host: "minio.\(cell.domain)"
            http.paths: [{
              path: "/"
              pathType: "Prefix"
              backend.service: { name: "minio-console", port.number: 9001 }
            }]
          }]
        }
      }
      access console {
        url: "https://minio.\(cell.domain)"
        credentials: namespace.secret.minio
      }
    }
  }

  namespace linkerd {
    layer: 1
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    // edge-25.12.3, as charts.
    linkerd.Crds linkerd-crds { version: "2025.12.3" }
    linkerd.Identity identity {}
    linkerd.ControlPlane linkerd { version: "2025.12.3" }
  }
  namespace linkerd-viz {
    layer: 1
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    linkerd.Viz linkerd-viz { version: "2025.12.3" }
  }

  namespace external-secrets {
    layer: 1
    // Given is 0.12.1, which was never installed: it serves nothing but a version of its kinds that its next releases took away.
    eso.Operator external-secrets {}
    // Vault is of layer 2, and layer 1 can not wait for it: so this is one elsewhere.
    eso.ClusterSecretStore vault {
      spec.provider.vault: {
        server: "\(cell.vault)"
        path: "cell"
        version: "v2"
        auth.kubernetes: {
          mountPath: "kubernetes"
          role: "external-secrets"
          serviceAccountRef: { name: "external-secrets", namespace: "external-secrets" }
        }
      }
    }
  }

  // The namespaces of the layer above that use this one: they are made here, so that here can be said who is let in.
  for consumer in consumers {
    namespace "\(consumer)" { layer: 2 }
  }

  // The whole way: a name in Pi-hole, an address of MetalLB, a certificate of the cell, a pod that answers.
  namespace test-service {
    layer: 1
    whoami.Whoami whoami {
      expose web: Ingress { host: "whoami.\(cell.domain)", issuer: "cell" }
      after: [
        cluster.namespace.external-dns.release.external-dns,
        cluster.namespace.cert-manager.release.cert-manager,
      ]
    }
    // `kubectl -n test-service scale deployment burst --replicas 5`: more than two machines hold, so Karpenter makes others.
    service burst {
      image: "registry.k8s.io/pause:3.10"
      replicas: 0
      resources { cpu: 3, memory: 1GiB }
    }
  }
}

test "one network holds everybody" {
  assert not l1.network.pool.lan.range.contains(cell.pihole)
  assert l1.host.size() == 5
  assert l1.network.more-hosts == 10
  expect error "pool/dhcp" in {
    cluster c: l1 with { network.dhcp: 192.168.100.200..192.168.100.250 }
  }
  expect error "pool/taken" in {
    cluster c: l1 with { network.machines: { pihole: 192.168.100.240 } }
  }
}

test "what is below does not wait for what is above" {
  expect error "order/layer" in {
    cluster c: l1 with {
      namespace vault {
        layer: 2
        release vault {
          chart: "vault"
          repository: "https://helm.releases.hashicorp.com"
          version: "0.30.0"
        }
      }
      namespace external-secrets {
        release external-secrets { after: [cluster.namespace.vault.release.vault] }
      }
    }
  }
}

test "the mesh sees what pods call" {
  expect error "requires/socket" in {
    cluster c: l1 with { cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true } }
  }
}

test "Pi-hole is asked as Pi-hole wants it" {
  let values = l1.namespace.external-dns.release.external-dns.values
  assert values.registry == "noop"
  assert values.extraArgs == ["--pihole-api-version=6", "--pihole-server=http://192.168.100.254"]
}

test "two machines hold everything until there is load" {
  assert fits(l1)
  assert l1.namespace.test-service.service.burst.replicas == 0
}
