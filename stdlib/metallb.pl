//! MetalLB: addresses for services on bare metal, and its kinds.

import std/chart

/// MetalLB as what gives addresses to services. What it is told comes with it: every pool of the network, and its
/// announcement; before 0.13 that was a text, since then it is objects.
schema MetalLB is Balancer {
  version?: Version
  /// Where it runs.
  namespace: Name = "metallb-system"
  let is-told-by-text = version != null and (version ?? "0.15.3") < "0.13"
  emit each object: Object
  if is-told-by-text {
    k8s.ConfigMap config {
      metadata.namespace: namespace
      data: {
        config: yaml({
          address-pools: [for pool in cluster.network.pool => {
            name: pool.name
            protocol: pool.by
            addresses: ["\(pool.first)-\(pool.last)"]
          }]
        })
      }
    }
  } else {
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
}

/// What runs: the controller, which gives addresses, and a speaker on every host, which announces them.
schema Controller is Release {
  chart = "metallb"
  repository = "https://metallb.github.io/metallb"
  /// The version, which is that of the balancer of the cluster where that says one.
  version = asked ?? "0.15.3"
  let asked = match cluster.balancer { MetalLB => cluster.balancer.version, _ => null }
  let is-balancer = match cluster.balancer { MetalLB => true, _ => false }
  check is-balancer else "nothing tells MetalLB which addresses it has: say `balancer: metallb.MetalLB {}` in the cluster, and `pool` in its network"
  check asked == null or asked == version else "the cluster says MetalLB \(asked ?? version), and this is \(version)"
  check chart.is-open(namespace) else chart.closed(namespace)
  let is-told-by-text = version < "0.13"
  /// Whether addresses are announced by BGP, which takes FRR beside every speaker.
  bgp: Bool = cluster.network.pool.any((pool) => pool.by == "bgp")
  /// Whether hosts announce that are kept from load balancers, as control planes are on some distributions.
  on-excluded-hosts: Bool = cluster.distribution.schedules-on-control-plane
  resources: Resources = Resources { cpu: 50m, memory: 100MiB, memory-limit: 200MiB }
  pods = { "app.kubernetes.io/name": "metallb", "app.kubernetes.io/instance": name }
  tier = "critical"
  kinds = if is-told-by-text then [] else ["metallb.io"]
  provides = ["load-balancer"]
  workloads = ["deployment/\(name)-controller", "daemonset/\(name)-speaker"]
  values = {
    fullnameOverride: name
    controller: { resources: chart.sized(resources) }
    ...(if is-told-by-text then {
      existingConfigMap: "config"
      psp: { create: cluster.kubernetes < "1.25" }
      speaker: { resources: chart.sized(resources) }
    } else {
      speaker: {
        frr: { enabled: bgp }
        ignoreExcludeLB: on-excluded-hosts
        resources: chart.sized(resources)
      }
    })
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
