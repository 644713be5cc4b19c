//! MetalLB: addresses for services on bare metal, and its kinds.

/// MetalLB as what gives addresses to services. Its objects come with it: every pool of the network, and its announcement.
schema MetalLB is Balancer {
  version?: Version
  /// Where it runs.
  namespace: Name = "metallb-system"
  emit each object: Object
  for pool in cluster.network.pool {
    IPAddressPool "\(pool.name)" {
      metadata.namespace: namespace
      spec: { addresses: ["\(pool.first)-\(pool.last)"] }
    }
    if pool.by == "layer2" {
      L2Advertisement "\(pool.name)" {
        metadata.namespace: namespace
        spec.ipAddressPools: [pool.name]
      }
    } else {
      BGPAdvertisement "\(pool.name)" {
        metadata.namespace: namespace
        spec.ipAddressPools: [pool.name]
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("metallb.io/v1beta1", "BFDProfile")
type BFDProfile = {
  spec?: {
    detectMultiplier?: Int where 2 <= it and it <= 255
    echoInterval?: Int where 10 <= it and it <= 60000
    echoMode?: Bool
    minimumTtl?: Int where 1 <= it and it <= 254
    passiveMode?: Bool
    receiveInterval?: Int where 10 <= it and it <= 60000
    transmitInterval?: Int where 10 <= it and it <= 60000
  }
  status?: Any
}

@kubernetes("metallb.io/v1beta1", "BGPAdvertisement")
type BGPAdvertisement = {
  spec?: {
    aggregationLength?: Int where it >= 1
    aggregationLengthV6?: Int
    communities?: [String]
    ipAddressPoolSelectors?: [k8s.LabelSelector]
    ipAddressPools?: [String]
    localPref?: Int
    nodeSelectors?: [k8s.LabelSelector]
    peers?: [String]
  }
  status?: Any
}

@kubernetes("metallb.io/v1beta2", "BGPPeer")
type BGPPeer = {
  spec?: {
    bfdProfile?: String
    connectTime?: String
    disableMP?: Bool
    dualStackAddressFamily?: Bool
    dynamicASN?: "internal" | "external"
    ebgpMultiHop?: Bool
    enableGracefulRestart?: Bool
    holdTime?: String
    interface?: String
    keepaliveTime?: String
    myASN: Int where 0 <= it and it <= 4294967295
    nodeSelectors?: [k8s.LabelSelector]
    password?: String
    passwordSecret?: {
      name?: String
      namespace?: String
    }
    peerASN?: Int where 0 <= it and it <= 4294967295
    peerAddress?: String
    peerPort?: Int where 1 <= it and it <= 16384
    routerID?: String
    sourceAddress?: String
    vrf?: String
  }
  status?: Any
}

@kubernetes("metallb.io/v1beta1", "Community")
type Community = {
  spec?: {
    communities?: [{
      name?: String
      value?: String
    }]
  }
  status?: Any
}

@kubernetes("metallb.io/v1beta1", "IPAddressPool")
type IPAddressPool = {
  spec: {
    addresses: [String]
    autoAssign?: Bool
    avoidBuggyIPs?: Bool
    serviceAllocation?: {
      namespaceSelectors?: [k8s.LabelSelector]
      namespaces?: [String]
      priority?: Int
      serviceSelectors?: [k8s.LabelSelector]
    }
  }
  status?: Any
}

@kubernetes("metallb.io/v1beta1", "L2Advertisement")
type L2Advertisement = {
  spec?: {
    ipAddressPoolSelectors?: [k8s.LabelSelector]
    ipAddressPools?: [String]
    interfaces?: [String]
    nodeSelectors?: [k8s.LabelSelector]
  }
  status?: Any
}
