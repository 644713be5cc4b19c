//! Cilium: networking and policies, and its kinds.

import std/chart

/// Cilium as the network of a cluster.
schema Cilium is Cni {
  version?: Version
  policies = true
  blocks-mean-pods = false
  replace-kube-proxy: Bool = false
  replaces-proxy = replace-kube-proxy
  /// Whether it answers for services only where hosts call, and lets what pods call pass: a mesh needs that.
  sockets-of-hosts-only: Bool = false
  ports = [4240, 4244, 8472]
}

/// What runs of Cilium, as the cluster has it: an agent on every host, and the operator.
schema Agent is Release {
  chart = "cilium"
  repository = "https://helm.cilium.io"
  /// The version, which is that of the CNI of the cluster where that says one.
  version = asked ?? "1.18.6"
  let cni = cluster.cni
  let asked = match cni { Cilium => cni.version, _ => null }
  let replaces = match cni { Cilium => cni.replace-kube-proxy, _ => false }
  let spares = match cni { Cilium => cni.sockets-of-hosts-only, _ => false }
  /// Talos mounts what others leave to Cilium, lets no pod load modules, and answers for the API on every host.
  let is-talos = chart.is-talos(cluster)
  let is-cni = match cni { Cilium => true, _ => false }
  check is-cni else "the chart would install Cilium into a cluster with another network for pods: say `cni: cilium.Cilium {}`"
  /// Where agents reach the API while nobody answers for its service: Talos has an address for this on every host.
  api: Ip | Hostname = if is-talos
    then Hostname("localhost")
    else cluster.network.vip ?? cluster.network.endpoint ?? cluster.host.find(
      (h) => h.role == "control-plane",
    )?.address ?? Hostname("localhost")
  api-port: Int = if is-talos then 7445 else 6443
  /// How many operators there are.
  operators: Int where it >= 1 = if cluster.host.size() > 1 then 2 else 1
  /// Whether it announces addresses of services in the network of the hosts, and gives them from the pools.
  announce: Bool = false
  /// Whether flows can be looked at: by Hubble.
  observe: Bool = false
  resources: Resources = Resources { cpu: 100m, memory: 512MiB, memory-limit: 1GiB }
  pods = { "k8s-app": "cilium" }
  tier = "critical"
  kinds = ["cilium.io"]
  provides = ["cni.policy", if announce => "load-balancer"]
  workloads = ["daemonset/cilium", "deployment/cilium-operator"]
  if announce {
    for pool in cluster.network.pool {
      CiliumLoadBalancerIPPool "\(pool.name)" {
        spec.blocks: [{ start: "\(pool.first)", stop: "\(pool.last)" }]
      }
    }
    CiliumL2AnnouncementPolicy "\(name)" {
      spec: { loadBalancerIPs: true }
    }
  }
  values = {
    ipam: { mode: "kubernetes" }
    kubeProxyReplacement: replaces
    ...(if replaces then { k8sServiceHost: "\(api)", k8sServicePort: api-port } else {})
    ...(if spares then { socketLB: { hostNamespaceOnly: true } } else {})
    l2announcements: { enabled: announce }
    externalIPs: { enabled: announce }
    operator: { replicas: operators }
    hubble: { enabled: observe, relay: { enabled: observe }, ui: { enabled: observe } }
    resources: chart.sized(resources)
    ...(if not is-talos then {} else {
      cgroup: { autoMount: { enabled: false }, hostRoot: "/sys/fs/cgroup" }
      securityContext: {
        capabilities: {
          ciliumAgent: [
            "CHOWN",
            "KILL",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "SYS_ADMIN",
            "SYS_RESOURCE",
            "DAC_OVERRIDE",
            "FOWNER",
            "SETGID",
            "SETUID",
          ]
          cleanCiliumState: ["NET_ADMIN", "SYS_ADMIN", "SYS_RESOURCE"]
        }
      }
    })
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("cilium.io/v2", "CiliumBGPAdvertisement", "cluster")
type CiliumBGPAdvertisement = {
  spec: {
    advertisements: [{
      advertisementType: "PodCIDR" | "CiliumPodIPPool" | "Service"
      attributes?: {
        communities?: Communities
        localPreference?: Int
      }
      selector?: k8s.LabelSelector
      service?: {
        addresses: ["LoadBalancerIP" | "ClusterIP" | "ExternalIP"]
        aggregationLengthIPv4?: Int where 0 <= it and it <= 31
        aggregationLengthIPv6?: Int where 0 <= it and it <= 127
      }
    }]
  }
}

@kubernetes("cilium.io/v2", "CiliumBGPClusterConfig", "cluster")
type CiliumBGPClusterConfig = {
  spec: {
    bgpInstances: [name: {
      localASN?: Int where 1 <= it and it <= 4294967295
      localPort?: Int where 1 <= it and it <= 65535
      name: String
      peers?: [name: {
        autoDiscovery?: AutoDiscovery
        name: String
        peerASN?: Int where 0 <= it and it <= 4294967295
        peerAddress?: String
        peerConfigRef?: {
          name: String
        }
      }]
    }]
    nodeSelector?: k8s.LabelSelector
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumBGPNodeConfig", "cluster")
type CiliumBGPNodeConfig = {
  spec: {
    bgpInstances: [name: {
      localASN?: Int where 1 <= it and it <= 4294967295
      localPort?: Int where 1 <= it and it <= 65535
      name: String
      peers?: [name: {
        autoDiscovery?: AutoDiscovery
        localAddress?: String
        name: String
        peerASN?: Int where 0 <= it and it <= 4294967295
        peerAddress?: String
        peerConfigRef?: {
          name: String
        }
      }]
      routerID?: Ip4 | String
    }]
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumBGPNodeConfigOverride", "cluster")
type CiliumBGPNodeConfigOverride = {
  spec: {
    bgpInstances: [name: {
      localASN?: Int where 1 <= it and it <= 4294967295
      localPort?: Int
      name: String
      peers?: [name: {
        localAddress?: String
        localPort?: Int
        name: String
      }]
      routerID?: Ip4 | String
    }]
  }
}

@kubernetes("cilium.io/v2", "CiliumBGPPeerConfig", "cluster")
type CiliumBGPPeerConfig = {
  spec: {
    authSecretRef?: String
    ebgpMultihop?: Int where 1 <= it and it <= 255
    families?: [{
      advertisements?: k8s.LabelSelector
      afi: "ipv4" | "ipv6" | "l2vpn" | "ls" | "opaque"
      safi: "unicast" | "multicast" | "mpls_label" | "encapsulation" | "vpls" | "evpn" | "ls" | "sr_policy" | "mup" | "mpls_vpn" | "mpls_vpn_multicast" | "route_target_constraints" | "flowspec_unicast" | "flowspec_vpn" | "key_value"
    }]
    gracefulRestart?: {
      enabled: Bool
      restartTimeSeconds?: Int where 1 <= it and it <= 4095
    }
    timers?: {
      connectRetryTimeSeconds?: Int where 1 <= it and it <= 2147483647
      holdTimeSeconds?: Int where 3 <= it and it <= 65535
      keepAliveTimeSeconds?: Int where 1 <= it and it <= 65535
    }
    transport?: {
      peerPort?: Int where 1 <= it and it <= 65535
    }
  }
  status?: Any
}

@kubernetes("cilium.io/v2alpha1", "CiliumBGPPeeringPolicy", "cluster")
type CiliumBGPPeeringPolicy = {
  spec?: {
    nodeSelector?: k8s.LabelSelector
    virtualRouters: [{
      exportPodCIDR?: Bool
      localASN: Int where 0 <= it and it <= 4294967295
      neighbors: [{
        advertisedPathAttributes?: [{
          communities?: Communities
          localPreference?: Int where 0 <= it and it <= 4294967295
          selector?: k8s.LabelSelector
          selectorType: "PodCIDR" | "CiliumLoadBalancerIPPool" | "CiliumPodIPPool"
        }]
        authSecretRef?: String
        connectRetryTimeSeconds?: Int where 1 <= it and it <= 2147483647
        eBGPMultihopTTL?: Int where 1 <= it and it <= 255
        families?: [{
          afi: "ipv4" | "ipv6" | "l2vpn" | "ls" | "opaque"
          safi: "unicast" | "multicast" | "mpls_label" | "encapsulation" | "vpls" | "evpn" | "ls" | "sr_policy" | "mup" | "mpls_vpn" | "mpls_vpn_multicast" | "route_target_constraints" | "flowspec_unicast" | "flowspec_vpn" | "key_value"
        }]
        gracefulRestart?: {
          enabled: Bool
          restartTimeSeconds?: Int where 1 <= it and it <= 4095
        }
        holdTimeSeconds?: Int where 3 <= it and it <= 65535
        keepAliveTimeSeconds?: Int where 1 <= it and it <= 65535
        peerASN: Int where 0 <= it and it <= 4294967295
        peerAddress: Cidr | String
        peerPort?: Int where 1 <= it and it <= 65535
      }]
      podIPPoolSelector?: k8s.LabelSelector
      serviceAdvertisements?: ["LoadBalancerIP" | "ClusterIP" | "ExternalIP"]
      serviceSelector?: k8s.LabelSelector
    }]
  }
}

@kubernetes("cilium.io/v2", "CiliumCIDRGroup", "cluster")
type CiliumCIDRGroup = {
  spec: {
    externalCIDRs: [Cidr | String]
  }
}

@kubernetes("cilium.io/v2", "CiliumClusterwideEnvoyConfig", "cluster")
type CiliumClusterwideEnvoyConfig = {
  spec?: Spec
}

@kubernetes("cilium.io/v2", "CiliumClusterwideNetworkPolicy", "cluster")
type CiliumClusterwideNetworkPolicy = {
  spec?: CiliumClusterwideNetworkPolicySpec
  specs?: [CiliumClusterwideNetworkPolicySpec]
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumEgressGatewayPolicy", "cluster")
type CiliumEgressGatewayPolicy = {
  spec?: {
    destinationCIDRs: [String]
    egressGateway: {
      egressIP?: Ip4 | String
      interface?: String
      nodeSelector: k8s.LabelSelector
    }
    excludedCIDRs?: [String]
    selectors: [{
      namespaceSelector?: k8s.LabelSelector
      nodeSelector?: k8s.LabelSelector
      podSelector?: k8s.LabelSelector
    }]
  }
}

@kubernetes("cilium.io/v2", "CiliumEndpoint")
type CiliumEndpoint = {
  status?: Any
}

@kubernetes("cilium.io/v2alpha1", "CiliumEndpointSlice", "cluster")
type CiliumEndpointSlice = {
  endpoints: [{
    encryption?: {
      key?: Int
    }
    id?: Int
    name?: String
    "named-ports"?: [{
      name?: String
      port?: Int
      protocol?: String
    }]
    networking?: {
      addressing: [{
        ipv4?: String
        ipv6?: String
      }]
      node?: String
    }
  }]
  namespace?: String
}

@kubernetes("cilium.io/v2", "CiliumEnvoyConfig")
type CiliumEnvoyConfig = {
  spec?: Spec
}

@kubernetes("cilium.io/v2", "CiliumExternalWorkload", "cluster")
type CiliumExternalWorkload = {
  spec?: {
    "ipv4-alloc-cidr"?: String
    "ipv6-alloc-cidr"?: String
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumIdentity", "cluster")
type CiliumIdentity = {
  "security-labels": {String: String}
}

@kubernetes("cilium.io/v2alpha1", "CiliumL2AnnouncementPolicy", "cluster")
type CiliumL2AnnouncementPolicy = {
  spec?: {
    externalIPs?: Bool
    interfaces?: [String]
    loadBalancerIPs?: Bool
    nodeSelector?: k8s.LabelSelector
    serviceSelector?: k8s.LabelSelector
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumLoadBalancerIPPool", "cluster")
type CiliumLoadBalancerIPPool = {
  spec: {
    allowFirstLastIPs?: "Yes" | "No"
    blocks?: [{
      cidr?: Cidr | String
      start?: String
      stop?: String
    }]
    disabled?: Bool
    serviceSelector?: k8s.LabelSelector
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumLocalRedirectPolicy")
type CiliumLocalRedirectPolicy = {
  spec?: {
    description?: String
    redirectBackend: {
      localEndpointSelector: k8s.LabelSelector
      toPorts: [ToPort]
    }
    redirectFrontend: {
      addressMatcher?: {
        ip: String
        toPorts: [ToPort]
      }
      serviceMatcher?: {
        namespace: String
        serviceName: String
        toPorts?: [ToPort]
      }
    }
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumNetworkPolicy")
type CiliumNetworkPolicy = {
  spec?: CiliumClusterwideNetworkPolicySpec
  specs?: [CiliumClusterwideNetworkPolicySpec]
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumNode", "cluster")
type CiliumNode = {
  spec: {
    addresses?: [{
      ip?: String
      type?: String
    }]
    "alibaba-cloud"?: {
      "availability-zone"?: String
      "cidr-block"?: String
      "instance-type"?: String
      "security-group-tags"?: {String: String}
      "security-groups"?: [String]
      "vpc-id"?: String
      "vswitch-tags"?: {String: String}
      vswitches?: [String]
    }
    azure?: {
      "interface-name"?: String
    }
    bootid?: String
    encryption?: {
      key?: Int
    }
    eni?: {
      "availability-zone"?: String
      "delete-on-termination"?: Bool
      "disable-prefix-delegation"?: Bool
      "exclude-interface-tags"?: {String: String}
      "first-interface-index"?: Int where it >= 0
      "instance-id"?: String
      "instance-type"?: String
      "max-above-watermark"?: Int where it >= 0
      "min-allocate"?: Int where it >= 0
      "node-subnet-id"?: String
      "pre-allocate"?: Int where it >= 0
      "security-group-tags"?: {String: String}
      "security-groups"?: [String]
      "subnet-ids"?: [String]
      "subnet-tags"?: {String: String}
      "use-primary-address"?: Bool
      "vpc-id"?: String
    }
    health?: {
      ipv4?: String
      ipv6?: String
    }
    ingress?: {
      ipv4?: String
      ipv6?: String
    }
    "instance-id"?: String
    ipam?: {
      "ipv6-pool"?: {
        String: {
          owner?: String
          resource?: String
        }
      }
      "max-above-watermark"?: Int where it >= 0
      "max-allocate"?: Int where it >= 0
      "min-allocate"?: Int where it >= 0
      podCIDRs?: [String]
      pool?: {
        String: {
          owner?: String
          resource?: String
        }
      }
      pools?: {
        allocated?: [{
          cidrs?: [Cidr | String]
          pool: String
        }]
        requested?: [{
          needed?: {
            "ipv4-addrs"?: Int
            "ipv6-addrs"?: Int
          }
          pool: String
        }]
      }
      "pre-allocate"?: Int where it >= 0
      "static-ip-tags"?: {String: String}
    }
    nodeidentity?: Int
  }
  status?: Any
}

@kubernetes("cilium.io/v2", "CiliumNodeConfig")
type CiliumNodeConfig = {
  spec: {
    defaults: {String: String}
    nodeSelector: k8s.LabelSelector
  }
}

@kubernetes("cilium.io/v2alpha1", "CiliumPodIPPool", "cluster")
type CiliumPodIPPool = {
  spec: {
    ipv4?: {
      cidrs: [Cidr | String]
      maskSize: Int where 1 <= it and it <= 32
    }
    ipv6?: {
      cidrs: [Cidr | String]
      maskSize: Int where 1 <= it and it <= 128
    }
  }
}

type Communities = {
  large?: [String]
  standard?: [String]
  wellKnown?: ["internet" | "planned-shut" | "accept-own" | "route-filter-translated-v4" | "route-filter-v4" | "route-filter-translated-v6" | "route-filter-v6" | "llgr-stale" | "no-llgr" | "blackhole" | "no-export" | "no-advertise" | "no-export-subconfed" | "no-peer"]
}

type AutoDiscovery = {
  defaultGateway?: {
    addressFamily: "ipv4" | "ipv6"
  }
  mode: "DefaultGateway"
}

type Spec = {
  backendServices?: [{
    name: String
    namespace?: String
    number?: [String]
  }]
  nodeSelector?: k8s.LabelSelector
  resources: [{String: Any}]
  services?: [{
    listener?: String
    name: String
    namespace?: String
    ports?: [Int]
  }]
}

type CiliumClusterwideNetworkPolicySpec = {
  description?: String
  egress?: [{
    authentication?: {
      mode: "disabled" | "required" | "test-always-fail"
    }
    icmps?: [Icmp]
    toCIDR?: [Cidr | String]
    toCIDRSet?: [ToCIDRSet]
    toEndpoints?: [k8s.LabelSelector]
    toEntities?: ["all" | "world" | "cluster" | "host" | "init" | "ingress" | "unmanaged" | "remote-node" | "health" | "none" | "kube-apiserver"]
    toFQDNs?: [{
      matchName?: String
      matchPattern?: String
    }]
    toGroups?: [ToGroup]
    toNodes?: [k8s.LabelSelector]
    toPorts?: [EgressToPort]
    toRequires?: [k8s.LabelSelector]
    toServices?: [ToService]
  }]
  egressDeny?: [{
    icmps?: [Icmp]
    toCIDR?: [Cidr | String]
    toCIDRSet?: [ToCIDRSet]
    toEndpoints?: [k8s.LabelSelector]
    toEntities?: ["all" | "world" | "cluster" | "host" | "init" | "ingress" | "unmanaged" | "remote-node" | "health" | "none" | "kube-apiserver"]
    toGroups?: [ToGroup]
    toNodes?: [k8s.LabelSelector]
    toPorts?: [EgressDenyToPort]
    toRequires?: [k8s.LabelSelector]
    toServices?: [ToService]
  }]
  enableDefaultDeny?: {
    egress?: Bool
    ingress?: Bool
  }
  endpointSelector?: k8s.LabelSelector
  ingress?: [{
    authentication?: {
      mode: "disabled" | "required" | "test-always-fail"
    }
    fromCIDR?: [Cidr | String]
    fromCIDRSet?: [ToCIDRSet]
    fromEndpoints?: [k8s.LabelSelector]
    fromEntities?: ["all" | "world" | "cluster" | "host" | "init" | "ingress" | "unmanaged" | "remote-node" | "health" | "none" | "kube-apiserver"]
    fromGroups?: [ToGroup]
    fromNodes?: [k8s.LabelSelector]
    fromRequires?: [k8s.LabelSelector]
    icmps?: [Icmp]
    toPorts?: [EgressToPort]
  }]
  ingressDeny?: [{
    fromCIDR?: [Cidr | String]
    fromCIDRSet?: [ToCIDRSet]
    fromEndpoints?: [k8s.LabelSelector]
    fromEntities?: ["all" | "world" | "cluster" | "host" | "init" | "ingress" | "unmanaged" | "remote-node" | "health" | "none" | "kube-apiserver"]
    fromGroups?: [ToGroup]
    fromNodes?: [k8s.LabelSelector]
    fromRequires?: [k8s.LabelSelector]
    icmps?: [Icmp]
    toPorts?: [EgressDenyToPort]
  }]
  labels?: [{
    key: String
    source?: String
    value?: String
  }]
  log?: {
    value?: String
  }
  nodeSelector?: k8s.LabelSelector
}

type ToPort = {
  name?: String
  port: String
  protocol: "TCP" | "UDP"
}

type Icmp = {
  fields?: [{
    family?: "IPv4" | "IPv6"
    type: Int | String
  }]
}

type ToCIDRSet = {
  cidr?: Cidr | String
  cidrGroupRef?: String
  cidrGroupSelector?: k8s.LabelSelector
  except?: [Cidr | String]
}

type ToGroup = {
  aws?: {
    labels?: {String: String}
    region?: String
    securityGroupsIds?: [String]
    securityGroupsNames?: [String]
  }
}

type EgressToPort = {
  listener?: {
    envoyConfig: {
      kind?: "CiliumEnvoyConfig" | "CiliumClusterwideEnvoyConfig"
      name: String
    }
    name: String
    priority?: Int where 1 <= it and it <= 100
  }
  originatingTLS?: OriginatingTLS
  ports?: [Port]
  rules?: {
    dns?: [{
      matchName?: String
      matchPattern?: String
    }]
    http?: [{
      headerMatches?: [{
        mismatch?: "LOG" | "ADD" | "DELETE" | "REPLACE"
        name: String
        secret?: {
          name: String
          namespace?: String
        }
        value?: String
      }]
      headers?: [String]
      host?: String
      method?: String
      path?: String
    }]
    kafka?: [{
      apiKey?: String
      apiVersion?: String
      clientID?: String
      role?: "produce" | "consume"
      topic?: String
    }]
    l7?: [{String: String}]
    l7proto?: String
  }
  serverNames?: [String]
  terminatingTLS?: OriginatingTLS
}

type ToService = {
  k8sService?: {
    namespace?: String
    serviceName?: String
  }
  k8sServiceSelector?: {
    namespace?: String
    selector: k8s.LabelSelector
  }
}

type EgressDenyToPort = {
  ports?: [Port]
}

type OriginatingTLS = {
  certificate?: String
  privateKey?: String
  secret: {
    name: String
    namespace?: String
  }
  trustedCA?: String
}

type Port = {
  endPort?: Int where 0 <= it and it <= 65535
  port: String
  protocol?: "TCP" | "UDP" | "SCTP" | "ANY"
}
