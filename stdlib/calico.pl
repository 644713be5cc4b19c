//! Calico: networking and policies, and the kinds of its API server.

import std/chart

/// Calico as the network of a cluster.
schema Calico is Cni {
  version?: Version
  policies = true
  encapsulation: "VXLAN" | "VXLANCrossSubnet" | "IPIP" | "IPIPCrossSubnet" | "None" = "VXLANCrossSubnet"
  ports = [179, 4789, 5473]
}

/// What installs Calico and keeps it as it is told: the operator, and what it is told for this cluster.
schema Operator is Release {
  chart = "tigera-operator"
  repository = "https://docs.tigera.io/calico/charts"
  /// The version, which is that of the CNI of the cluster where that says one.
  version = asked ?? "3.31.7"
  let cni = cluster.cni
  let asked = match cni { Calico => cni.version, _ => null }
  let way = match cni { Calico => cni.encapsulation, _ => "VXLANCrossSubnet" }
  let is-cni = match cni { Calico => true, _ => false }
  check is-cni else "the operator would install Calico into a cluster with another network for pods: say `cni: calico.Calico {}`"
  check chart.is-open(namespace) else chart.closed(namespace)
  /// How large a piece of the network a host takes at once: 26 is 64 addresses.
  block-size: Int where it >= 20 and it <= 32 = 26
  /// Whether packets that leave the cluster carry the address of their host.
  nat: Bool = true
  /// The size of packets; where it is not given, that of the network card less what is wrapped around them.
  mtu?: Int
  /// Where the API is reached while nothing else is: kube-proxy need not be there.
  api?: Ip | Hostname
  /// Whether flows can be looked at: by Goldmane and Whisker.
  observe: Bool = false
  resources: Resources = Resources { cpu: 50m, memory: 128MiB, memory-limit: 256MiB }
  pods = { "k8s-app": "tigera-operator" }
  tier = "critical"
  kinds = ["operator.tigera.io", "crd.projectcalico.org", "projectcalico.org"]
  provides = ["cni.policy"]
  workloads = ["deployment/tigera-operator"]
  values = {
    installation: {
      enabled: true
      cni: { type: "Calico" }
      calicoNetwork: {
        bgp: if way.starts-with("VXLAN") then "Disabled" else "Enabled"
        ipPools: [{
          name: "pods"
          cidr: "\(cni.pods)"
          encapsulation: way
          natOutgoing: if nat then "Enabled" else "Disabled"
          blockSize: block-size
        }]
        ...(if mtu == null then {} else { mtu: mtu })
      }
    }
    goldmane: { enabled: observe }
    whisker: { enabled: observe }
    resources: chart.sized(resources)
    ...(if api == null then {} else { kubernetesServiceEndpoint: { host: "\(api)", port: "6443" } })
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("projectcalico.org/v3", "BGPConfiguration", "cluster")
type BGPConfiguration = {
  spec: {
    asNumber?: Int
    bindMode?: "None" | "NodeIP"
    communities?: [{
      name?: String
      value?: String
    }]
    ignoredInterfaces?: [String]
    listenPort?: Int where 1 <= it and it <= 65535
    localWorkloadPeeringIPV4?: String
    localWorkloadPeeringIPV6?: String
    logSeverityScreen?: String
    nodeMeshMaxRestartTime?: String
    nodeMeshPassword?: NodeMeshPassword
    nodeToNodeMeshEnabled?: Bool
    prefixAdvertisements?: [{
      cidr?: Cidr | String
      communities?: [String]
    }]
    serviceClusterIPs?: [{
      cidr?: Cidr | String
    }]
    serviceExternalIPs?: [{
      cidr?: Cidr | String
    }]
    serviceLoadBalancerAggregation?: "Enabled" | "Disabled"
    serviceLoadBalancerIPs?: [{
      cidr?: Cidr | String
    }]
  }
}

@kubernetes("projectcalico.org/v3", "BGPFilter", "cluster")
type BGPFilter = {
  spec: {
    exportV4?: [ExportV4]
    exportV6?: [ExportV6]
    importV4?: [ExportV4]
    importV6?: [ExportV6]
  }
}

@kubernetes("projectcalico.org/v3", "BGPPeer", "cluster")
type BGPPeer = {
  spec: {
    asNumber?: Int
    filters?: [String]
    keepOriginalNextHop?: Bool
    keepaliveTime?: String
    localASNumber?: Int
    localWorkloadSelector?: String
    maxRestartTime?: String
    nextHopMode?: "Auto" | "Self" | "Keep"
    node?: String
    nodeSelector?: String
    numAllowedLocalASNumbers?: Int
    password?: NodeMeshPassword
    peerIP?: String
    peerSelector?: String
    reachableBy?: String
    reversePeering?: "Auto" | "Manual"
    sourceAddress?: "UseNodeIP" | "None"
    ttlSecurity?: Int
  }
}

@kubernetes("projectcalico.org/v3", "BlockAffinity", "cluster")
type BlockAffinity = {
  spec: {
    cidr: Cidr | String
    deleted: Bool
    node: String
    state: "" | "confirmed" | "pending" | "pendingDeletion"
    type?: String
  }
}

@kubernetes("projectcalico.org/v3", "CalicoNodeStatus", "cluster")
type CalicoNodeStatus = {
  spec: {
    classes?: ["Agent" | "BGP" | "Routes"]
    node?: String
    updatePeriodSeconds?: Int
  }
  status?: Any
}

@kubernetes("projectcalico.org/v3", "ClusterInformation", "cluster")
type ClusterInformation = {
  spec: {
    calicoVersion?: String
    clusterGUID?: String
    clusterType?: String
    datastoreReady?: Bool
    variant?: String
  }
}

@kubernetes("projectcalico.org/v3", "FelixConfiguration", "cluster")
type FelixConfiguration = {
  spec: {
    allowIPIPPacketsFromWorkloads?: Bool
    allowVXLANPacketsFromWorkloads?: Bool
    awsSrcDstCheck?: "DoNothing" | "Enable" | "Disable"
    bpfAttachType?: "TC" | "TCX"
    bpfCTLBLogFilter?: String
    bpfConnectTimeLoadBalancing?: "TCP" | "Enabled" | "Disabled"
    bpfConnectTimeLoadBalancingEnabled?: Bool
    bpfConntrackLogLevel?: "Off" | "Debug"
    bpfConntrackMode?: "Auto" | "Userspace" | "BPFProgram"
    bpfConntrackTimeouts?: {
      creationGracePeriod?: String
      genericTimeout?: String
      icmpTimeout?: String
      tcpEstablished?: String
      tcpFinsSeen?: String
      tcpResetSeen?: String
      tcpSynSent?: String
      udpTimeout?: String
    }
    bpfDSROptoutCIDRs?: [String]
    bpfDataIfacePattern?: String
    bpfDisableGROForIfaces?: String
    bpfDisableUnprivileged?: Bool
    bpfEnabled?: Bool
    bpfEnforceRPF?: String
    bpfExcludeCIDRsFromNAT?: [String]
    bpfExportBufferSizeMB?: Int
    bpfExtToServiceConnmark?: Int
    bpfExternalServiceMode?: String
    bpfForceTrackPacketsFromIfaces?: [String]
    bpfHostConntrackBypass?: Bool
    bpfHostNetworkedNATWithoutCTLB?: "Enabled" | "Disabled"
    bpfJITHardening?: "Auto" | "Strict"
    bpfKubeProxyHealthzPort?: Int
    bpfKubeProxyIptablesCleanupEnabled?: Bool
    bpfKubeProxyMinSyncPeriod?: Duration | String
    bpfL3IfacePattern?: String
    bpfLogFilters?: {String: String}
    bpfLogLevel?: String
    bpfMaglevMaxEndpointsPerService?: Int
    bpfMaglevMaxServices?: Int
    bpfMapSizeConntrack?: Int
    bpfMapSizeConntrackCleanupQueue?: Int where it >= 1
    bpfMapSizeConntrackScaling?: String
    bpfMapSizeIPSets?: Int
    bpfMapSizeIfState?: Int
    bpfMapSizeNATAffinity?: Int
    bpfMapSizeNATBackend?: Int
    bpfMapSizeNATFrontend?: Int
    bpfMapSizePerCpuConntrack?: Int
    bpfMapSizeRoute?: Int
    bpfPSNATPorts?: Int | String
    bpfPolicyDebugEnabled?: Bool
    bpfProfiling?: "Enabled" | "Disabled"
    bpfRedirectToPeer?: "Enabled" | "Disabled"
    cgroupV2Path?: String
    chainInsertMode?: String
    dataplaneDriver?: String
    dataplaneWatchdogTimeout?: String
    debugDisableLogDropping?: Bool
    debugHost?: String
    debugMemoryProfilePath?: String
    debugPort?: Int
    debugSimulateCalcGraphHangAfter?: Duration | String
    debugSimulateDataplaneApplyDelay?: Duration | String
    debugSimulateDataplaneHangAfter?: Duration | String
    defaultEndpointToHostAction?: String
    deviceRouteProtocol?: Int
    deviceRouteSourceAddress?: String
    deviceRouteSourceAddressIPv6?: String
    disableConntrackInvalidCheck?: Bool
    endpointReportingDelay?: Duration | String
    endpointReportingEnabled?: Bool
    endpointStatusPathPrefix?: String
    externalNodesList?: [String]
    failsafeInboundHostPorts?: [FailsafeInboundHostPort]
    failsafeOutboundHostPorts?: [FailsafeInboundHostPort]
    featureDetectOverride?: String
    featureGates?: String
    floatingIPs?: "Enabled" | "Disabled"
    flowLogsCollectorDebugTrace?: Bool
    flowLogsFlushInterval?: Duration | String
    flowLogsGoldmaneServer?: String
    flowLogsLocalReporter?: "Disabled" | "Enabled"
    flowLogsPolicyEvaluationMode?: "None" | "Continuous"
    genericXDPEnabled?: Bool
    goGCThreshold?: Int
    goMaxProcs?: Int
    goMemoryLimitMB?: Int
    healthEnabled?: Bool
    healthHost?: String
    healthPort?: Int
    healthTimeoutOverrides?: [{
      name: String
      timeout: String
    }]
    interfaceExclude?: String
    interfacePrefix?: String
    interfaceRefreshInterval?: Duration | String
    ipForwarding?: "Enabled" | "Disabled"
    ipipEnabled?: Bool
    ipipMTU?: Int
    ipsetsRefreshInterval?: Duration | String
    iptablesBackend?: "Legacy" | "NFT" | "Auto"
    iptablesFilterAllowAction?: String
    iptablesFilterDenyAction?: String
    iptablesLockProbeInterval?: Duration | String
    iptablesMangleAllowAction?: String
    iptablesMarkMask?: Int
    iptablesNATOutgoingInterfaceFilter?: String
    iptablesPostWriteCheckInterval?: Duration | String
    iptablesRefreshInterval?: Duration | String
    ipv6Support?: Bool
    kubeNodePortRanges?: [Int | String]
    logActionRateLimit?: String
    logActionRateLimitBurst?: Int where 0 <= it and it <= 9999
    logDebugFilenameRegex?: String
    logFilePath?: String
    logPrefix?: String
    logSeverityFile?: String
    logSeverityScreen?: String
    logSeveritySys?: String
    maxIpsetSize?: Int
    metadataAddr?: String
    metadataPort?: Int
    mtuIfacePattern?: String
    natOutgoingAddress?: String
    natOutgoingExclusions?: "IPPoolsOnly" | "IPPoolsAndHostIPs"
    natPortRange?: Int | String
    netlinkTimeout?: Duration | String
    nftablesFilterAllowAction?: String
    nftablesFilterDenyAction?: String
    nftablesMangleAllowAction?: String
    nftablesMarkMask?: Int
    nftablesMode?: "Disabled" | "Enabled" | "Auto"
    nftablesRefreshInterval?: String
    openstackRegion?: String
    policySyncPathPrefix?: String
    programClusterRoutes?: "Enabled" | "Disabled"
    prometheusGoMetricsEnabled?: Bool
    prometheusMetricsCAFile?: String
    prometheusMetricsCertFile?: String
    prometheusMetricsClientAuth?: String
    prometheusMetricsEnabled?: Bool
    prometheusMetricsHost?: String
    prometheusMetricsKeyFile?: String
    prometheusMetricsPort?: Int
    prometheusProcessMetricsEnabled?: Bool
    prometheusWireGuardMetricsEnabled?: Bool
    removeExternalRoutes?: Bool
    reportingInterval?: Duration | String
    reportingTTL?: Duration | String
    requireMTUFile?: Bool
    routeRefreshInterval?: Duration | String
    routeSource?: String
    routeSyncDisabled?: Bool
    routeTableRange?: {
      max: Int
      min: Int
    }
    routeTableRanges?: [{
      max: Int
      min: Int
    }]
    serviceLoopPrevention?: String
    sidecarAccelerationEnabled?: Bool
    usageReportingEnabled?: Bool
    usageReportingInitialDelay?: Duration | String
    usageReportingInterval?: Duration | String
    useInternalDataplaneDriver?: Bool
    vxlanEnabled?: Bool
    vxlanMTU?: Int
    vxlanMTUV6?: Int
    vxlanPort?: Int
    vxlanVNI?: Int
    windowsManageFirewallRules?: "Enabled" | "Disabled"
    wireguardEnabled?: Bool
    wireguardEnabledV6?: Bool
    wireguardHostEncryptionEnabled?: Bool
    wireguardInterfaceName?: String
    wireguardInterfaceNameV6?: String
    wireguardKeepAlive?: Duration | String
    wireguardListeningPort?: Int
    wireguardListeningPortV6?: Int
    wireguardMTU?: Int
    wireguardMTUV6?: Int
    wireguardRoutingRulePriority?: Int
    wireguardThreadingEnabled?: Bool
    workloadSourceSpoofing?: String
    xdpEnabled?: Bool
    xdpRefreshInterval?: Duration | String
  }
}

@kubernetes("projectcalico.org/v3", "GlobalNetworkPolicy", "cluster")
type GlobalNetworkPolicy = {
  spec: {
    applyOnForward?: Bool
    doNotTrack?: Bool
    egress?: [Egress]
    ingress?: [Egress]
    namespaceSelector?: String
    order?: Float
    performanceHints?: ["AssumeNeededOnEveryNode"]
    preDNAT?: Bool
    selector?: String
    serviceAccountSelector?: String
    tier?: String
    types?: ["Ingress" | "Egress"]
  }
}

@kubernetes("projectcalico.org/v3", "GlobalNetworkSet", "cluster")
type GlobalNetworkSet = {
  spec: {
    nets?: [String]
  }
}

@kubernetes("projectcalico.org/v3", "HostEndpoint", "cluster")
type HostEndpoint = {
  spec: {
    expectedIPs?: [String]
    interfaceName?: String
    node?: String
    ports?: [{
      name: String
      port: Int where 0 <= it and it <= 65535
      protocol: Int | String
    }]
    profiles?: [String]
  }
}

@kubernetes("projectcalico.org/v3", "IPAMConfiguration", "cluster")
type IPAMConfiguration = {
  spec: {
    autoAllocateBlocks: Bool
    maxBlocksPerHost?: Int where 0 <= it and it <= 1000000
    strictAffinity: Bool
  }
}

@kubernetes("projectcalico.org/v3", "IPPool", "cluster")
type IPPool = {
  spec: {
    allowedUses?: ["Workload" | "Tunnel" | "LoadBalancer"]
    assignmentMode?: "Automatic" | "Manual"
    blockSize?: Int where 0 <= it and it <= 128
    cidr: Cidr | String
    disableBGPExport?: Bool
    disabled?: Bool
    ipipMode?: "Never" | "Always" | "CrossSubnet"
    namespaceSelector?: String
    natOutgoing?: Bool
    nodeSelector?: String
    vxlanMode?: "Never" | "Always" | "CrossSubnet"
  }
}

@kubernetes("projectcalico.org/v3", "IPReservation", "cluster")
type IPReservation = {
  spec: {
    reservedCIDRs?: [String]
  }
}

@kubernetes("projectcalico.org/v3", "KubeControllersConfiguration", "cluster")
type KubeControllersConfiguration = {
  spec: {
    controllers: {
      loadBalancer?: {
        assignIPs?: "AllServices" | "RequestedServicesOnly"
      }
      namespace?: {
        reconcilerPeriod?: String
      }
      node?: {
        hostEndpoint?: {
          autoCreate?: "Enabled" | "Disabled"
          createDefaultHostEndpoint?: String
          templates?: [{
            generateName?: String
            interfaceCIDRs?: [String]
            interfacePattern?: String
            labels?: {String: String}
            nodeSelector?: String
          }]
        }
        leakGracePeriod?: String
        reconcilerPeriod?: String
        syncLabels?: "Enabled" | "Disabled"
      }
      policy?: {
        reconcilerPeriod?: String
      }
      policyMigration?: {
        enabled?: "Disabled" | "Enabled"
      }
      serviceAccount?: {
        reconcilerPeriod?: String
      }
      workloadEndpoint?: {
        reconcilerPeriod?: String
      }
    }
    debugProfilePort?: Int where 0 <= it and it <= 65535
    etcdV3CompactionPeriod?: String
    healthChecks?: "Enabled" | "Disabled"
    logSeverityScreen?: "None" | "Debug" | "Info" | "Warning" | "Error" | "Fatal" | "Panic"
    prometheusMetricsPort?: Int where 0 <= it and it <= 65535
  }
  status?: Any
}

@kubernetes("projectcalico.org/v3", "NetworkPolicy")
type NetworkPolicy = {
  spec: {
    egress?: [Egress]
    ingress?: [Egress]
    order?: Float
    performanceHints?: ["AssumeNeededOnEveryNode"]
    selector?: String
    serviceAccountSelector?: String
    tier?: String
    types?: ["Ingress" | "Egress"]
  }
}

@kubernetes("projectcalico.org/v3", "NetworkSet")
type NetworkSet = {
  spec: {
    nets?: [String]
  }
}

@kubernetes("projectcalico.org/v3", "Profile", "cluster")
type Profile = {
  spec: {
    egress?: [Egress]
    ingress?: [Egress]
    labelsToApply?: {String: String}
  }
}

@kubernetes("projectcalico.org/v3", "StagedGlobalNetworkPolicy", "cluster")
type StagedGlobalNetworkPolicy = {
  spec: {
    applyOnForward?: Bool
    doNotTrack?: Bool
    egress?: [Egress]
    ingress?: [Egress]
    namespaceSelector?: String
    order?: Float
    performanceHints?: ["AssumeNeededOnEveryNode"]
    preDNAT?: Bool
    selector?: String
    serviceAccountSelector?: String
    stagedAction?: "Set" | "Delete" | "Learn" | "Ignore"
    tier?: String
    types?: ["Ingress" | "Egress"]
  }
}

@kubernetes("projectcalico.org/v3", "StagedKubernetesNetworkPolicy")
type StagedKubernetesNetworkPolicy = {
  spec: {
    egress?: [{
      ports?: [Port]
      to?: [To]
    }]
    ingress?: [{
      from?: [To]
      ports?: [Port]
    }]
    podSelector?: k8s.LabelSelector
    policyTypes?: [String]
    stagedAction?: "Set" | "Delete" | "Learn" | "Ignore"
  }
}

@kubernetes("projectcalico.org/v3", "StagedNetworkPolicy")
type StagedNetworkPolicy = {
  spec: {
    egress?: [Egress]
    ingress?: [Egress]
    order?: Float
    performanceHints?: ["AssumeNeededOnEveryNode"]
    selector?: String
    serviceAccountSelector?: String
    stagedAction?: "Set" | "Delete" | "Learn" | "Ignore"
    tier?: String
    types?: ["Ingress" | "Egress"]
  }
}

@kubernetes("projectcalico.org/v3", "Tier", "cluster")
type Tier = {
  spec: {
    defaultAction?: "Deny" | "Pass"
    order?: Float
  }
}

type NodeMeshPassword = {
  secretKeyRef?: {
    key: String
    name?: String
    optional?: Bool
  }
}

type ExportV4 = {
  action: "Accept" | "Reject"
  cidr?: Cidr | String
  interface?: String
  matchOperator?: "Equal" | "NotEqual" | "In" | "NotIn"
  prefixLength?: {
    max?: Int where 0 <= it and it <= 32
    min?: Int where 0 <= it and it <= 32
  }
  source?: "RemotePeers"
}

type ExportV6 = {
  action: "Accept" | "Reject"
  cidr?: Cidr | String
  interface?: String
  matchOperator?: "Equal" | "NotEqual" | "In" | "NotIn"
  prefixLength?: {
    max?: Int where 0 <= it and it <= 128
    min?: Int where 0 <= it and it <= 128
  }
  source?: "RemotePeers"
}

type FailsafeInboundHostPort = {
  net?: String
  port: Int
  protocol?: String
}

type Egress = {
  action: "Allow" | "Deny" | "Log" | "Pass"
  destination?: Destination
  http?: {
    methods?: [String]
    paths?: [{
      exact?: String
      prefix?: String
    }]
  }
  icmp?: {
    code?: Int where 0 <= it and it <= 255
    type?: Int where 0 <= it and it <= 255
  }
  ipVersion?: 4 | 6
  metadata?: {
    annotations?: {String: String}
  }
  notICMP?: {
    code?: Int where 0 <= it and it <= 255
    type?: Int where 0 <= it and it <= 255
  }
  notProtocol?: Int | String
  protocol?: Int | String
  source?: Destination
}

type Port = {
  endPort?: Int
  port?: Int | String
  protocol?: String
}

type To = {
  ipBlock?: {
    cidr: String
    except?: [String]
  }
  namespaceSelector?: k8s.LabelSelector
  podSelector?: k8s.LabelSelector
}

type Destination = {
  namespaceSelector?: String
  nets?: [String]
  notNets?: [String]
  notPorts?: [Int | String]
  notSelector?: String
  ports?: [Int | String]
  selector?: String
  serviceAccounts?: {
    names?: [String]
    selector?: String
  }
  services?: {
    name?: String
    namespace?: String
  }
}
