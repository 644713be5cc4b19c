//! Cilium: networking and policies, and its kinds.

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
