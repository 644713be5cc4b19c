//! What Talos 1.13.9 is configured with: types of its fields, from the schema that it publishes.
//! Written by `conformance/talos/facts.py`; nobody edits it.

/// A document of a machine's configuration beside the main one.
schema Document {
  apiVersion: String = "v1alpha1"
  kind: String
}

type APIServerConfig = {
  image?: String
  extraArgs?: {String: Any}
  extraVolumes?: [VolumeMountConfig]
  env?: {String: String}
  certSANs?: [String]
  admissionControl?: [AdmissionPluginConfig]
  auditPolicy?: {String: Any}
  resources?: {String: Any}
  authorizationConfig?: [AuthorizationConfigAuthorizerConfig]
}

type AddressConfig = {
  address: String
  routePriority?: Int
}

type AdminKubeconfigConfig = {
  certLifetime?: String
}

type AdmissionPluginConfig = {
  name?: String
  configuration?: {String: Any}
}

type AuthorizationConfigAuthorizerConfig = {
  type?: String
  name?: String
  webhook?: {String: Any}
}

schema BlackholeRouteConfig is Document {
  kind = "BlackholeRouteConfig"
  name: String
  metric?: Int
}

schema BondConfig is Document {
  kind = "BondConfig"
  name: String
  hardwareAddr?: String
  links: [String]
  bondMode: "balance-rr" | "active-backup" | "balance-xor" | "broadcast" | "802.3ad" | "balance-tlb" | "balance-alb"
  miimon?: Int
  updelay?: Int
  downdelay?: Int
  useCarrier?: Bool
  xmitHashPolicy?: "layer2" | "layer3+4" | "layer2+3" | "encap2+3" | "encap3+4"
  arpInterval?: Int
  arpIpTargets?: [String]
  nsIp6Targets?: [String]
  arpValidate?: "none" | "active" | "backup" | "all" | "filter" | "filter-active" | "filter-backup"
  arpAllTargets?: "any" | "all"
  lacpRate?: "slow" | "fast"
  failOverMac?: "none" | "active" | "follow"
  adSelect?: "stable" | "bandwidth" | "count"
  adActorSysPrio?: Int
  adUserPortKey?: Int
  adLACPActive?: "on" | "off"
  primaryReselect?: "always" | "better" | "failure"
  resendIGMP?: Int
  minLinks?: Int
  lpInterval?: Int
  packetsPerSlave?: Int
  numPeerNotif?: Int
  tlbLogicalLb?: Int
  allSlavesActive?: Int
  peerNotifDelay?: Int
  missedMax?: Int
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

schema BridgeConfig is Document {
  kind = "BridgeConfig"
  name: String
  hardwareAddr?: String
  links: [String]
  stp?: BridgeSTPConfig
  vlan?: BridgeVLANConfig
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type BridgeSTPConfig = {
  enabled?: Bool
}

type BridgeVLANConfig = {
  filtering?: Bool
}

type CNIConfig = {
  name?: "flannel" | "custom" | "none"
  urls?: [String]
  flannel?: FlannelCNIConfig
}

type ClusterConfig = {
  controlPlane?: ControlPlaneConfig
  clusterName?: String
  network?: ClusterNetworkConfig
  apiServer?: APIServerConfig
  controllerManager?: ControllerManagerConfig
  proxy?: ProxyConfig
  scheduler?: SchedulerConfig
  discovery?: ClusterDiscoveryConfig
  etcd?: EtcdConfig
  coreDNS?: CoreDNS
  externalCloudProvider?: ExternalCloudProviderConfig
  extraManifests?: [String]
  extraManifestHeaders?: {String: String}
  inlineManifests?: [ClusterInlineManifest]
  adminKubeconfig?: AdminKubeconfigConfig
  allowSchedulingOnControlPlanes?: Bool
}

type ClusterDiscoveryConfig = {
  enabled?: Bool
  registries?: DiscoveryRegistriesConfig
}

type ClusterInlineManifest = {
  name?: String
  contents?: String
}

type ClusterNetworkConfig = {
  cni?: CNIConfig
  dnsDomain?: String
  podSubnets?: [String]
  serviceSubnets?: [String]
}

type CommonLinkConfig = {
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type CommonProbeConfig = {
  interval?: String
  failureThreshold?: Int
}

type Config = {
  version?: "v1alpha1"
  debug?: Bool
  machine?: MachineConfig
  cluster?: ClusterConfig
}

type ConfigFile = {
  content?: String
  mountPath?: String
}

type ControlPlaneConfig = {
  endpoint?: String
  localAPIServerPort?: Int
}

type ControllerManagerConfig = {
  image?: String
  extraArgs?: {String: Any}
  extraVolumes?: [VolumeMountConfig]
  env?: {String: String}
  resources?: {String: Any}
}

type CoreDNS = {
  disabled?: Bool
  image?: String
}

schema DHCPv4Config is Document {
  kind = "DHCPv4Config"
  name: String
  routeMetric?: Int
  ignoreHostname?: Bool
  clientIdentifier?: "none" | "mac" | "duid"
  duidRaw?: String
}

schema DHCPv6Config is Document {
  kind = "DHCPv6Config"
  name: String
  routeMetric?: Int
  ignoreHostname?: Bool
  clientIdentifier?: "none" | "mac" | "duid"
  duidRaw?: String
}

type DiscoveryRegistriesConfig = {
  kubernetes?: RegistryKubernetesConfig
  service?: RegistryServiceConfig
}

type DiskSelector = {
  match?: String
}

schema DummyLinkConfig is Document {
  kind = "DummyLinkConfig"
  name: String
  hardwareAddr?: String
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type EncryptionKey = {
  slot?: Int
  static?: EncryptionKeyStatic
  nodeID?: EncryptionKeyNodeID
  kms?: EncryptionKeyKMS
  tpm?: EncryptionKeyTPM
  lockToState?: Bool
}

type EncryptionKeyKMS = {
  endpoint?: String
}

type EncryptionKeyNodeID = {}

type EncryptionKeyStatic = {}

type EncryptionKeyTPM = {
  options?: EncryptionKeyTPMOptions
  checkSecurebootStatusOnEnroll?: Bool
}

type EncryptionKeyTPMOptions = {
  pcrs?: [Int]
}

type EncryptionSpec = {
  provider?: "luks2"
  keys?: [EncryptionKey]
  cipher?: "aes-xts-plain64" | "xchacha12,aes-adiantum-plain64" | "xchacha20,aes-adiantum-plain64"
  keySize?: Int
  blockSize?: Int
  options?: [String]
}

schema EnvironmentConfig is Document {
  kind = "EnvironmentConfig"
  variables?: {String: String}
}

type EtcdConfig = {
  image?: String
  extraArgs?: {String: Any}
  advertisedSubnets?: [String]
  listenSubnets?: [String]
}

type EthernetChannelsConfig = {
  rx?: Int
  tx?: Int
  other?: Int
  combined?: Int
}

schema EthernetConfig is Document {
  kind = "EthernetConfig"
  name: String
  features?: {String: Bool}
  rings?: EthernetRingsConfig
  channels?: EthernetChannelsConfig
  wakeOnLan?: [String]
}

type EthernetRingsConfig = {
  rx?: Int
  tx?: Int
  rx-mini?: Int
  rx-jumbo?: Int
  rx-buf-len?: Int
  cqe-size?: Int
  tx-push?: Bool
  rx-push?: Bool
  tx-push-buf-len?: Int
  tcp-data-split?: Bool
}

schema EventSinkConfig is Document {
  kind = "EventSinkConfig"
  endpoint?: String
}

type ExistingMountSpec = {
  readOnly?: Bool
  disableAccessTime?: Bool
  secure?: Bool
}

schema ExistingVolumeConfig is Document {
  kind = "ExistingVolumeConfig"
  name?: String
  discovery?: VolumeDiscoverySpec
  mount?: ExistingMountSpec
}

schema ExtensionServiceConfig is Document {
  kind = "ExtensionServiceConfig"
  name: String
  configFiles?: [ConfigFile]
  environment?: [String]
}

type ExternalCloudProviderConfig = {
  enabled?: Bool
  manifests?: [String]
}

type ExternalMountSpec = {
  readOnly?: Bool
  disableAccessTime?: Bool
  secure?: Bool
  virtiofs?: VirtiofsMountSpec
}

schema ExternalVolumeConfig is Document {
  kind = "ExternalVolumeConfig"
  name?: String
  filesystemType?: "virtiofs"
  mount?: ExternalMountSpec
}

type ExtraMount = {
  destination?: String
  type?: String
  source?: String
  options?: [String]
  uidMappings?: [LinuxIDMapping]
  gidMappings?: [LinuxIDMapping]
}

type FeaturesConfig = {
  kubernetesTalosAPIAccess?: KubernetesTalosAPIAccessConfig
  diskQuotaSupport?: Bool
  kubePrism?: KubePrism
  hostDNS?: HostDNSConfig
  imageCache?: ImageCacheConfig
  nodeAddressSortAlgorithm?: String
}

type FilesystemSpec = {
  type?: "ext4" | "xfs"
  projectQuotaSupport?: Bool
}

type FlannelCNIConfig = {
  extraArgs?: [String]
  kubeNetworkPoliciesEnabled?: Bool
}

schema HCloudVIPConfig is Document {
  kind = "HCloudVIPConfig"
  name: String
  link?: String
}

type HostDNSConfig = {
  enabled?: Bool
  forwardKubeDNSToHost?: Bool
  resolveMemberNames?: Bool
}

schema HostnameConfig is Document {
  kind = "HostnameConfig"
  auto?: "stable" | "off"
  hostname?: String
}

type ImageCacheConfig = {
  localEnabled?: Bool
}

type IngressRule = {
  subnet?: String
  except?: String
}

type InstallConfig = {
  disk?: String
  diskSelector?: InstallDiskSelector
  image?: String
  wipe?: Bool
  legacyBIOSSupport?: Bool
  grubUseUKICmdline?: Bool
}

type InstallDiskSelector = {
  size?: String
  name?: String
  model?: String
  serial?: String
  modalias?: String
  uuid?: String
  wwid?: String
  type?: "ssd" | "hdd" | "nvme" | "sd"
  busPath?: String
}

type KernelConfig = {
  modules?: [KernelModuleConfig]
}

type KernelModuleConfig = {
  name?: String
  parameters?: [String]
}

schema KmsgLogConfig is Document {
  kind = "KmsgLogConfig"
  name?: String
  url?: String
}

type KubePrism = {
  enabled?: Bool
  port?: Int
}

schema KubeSpanConfig is Document {
  kind = "KubeSpanConfig"
  enabled?: Bool
  advertiseKubernetesNetworks?: Bool
  allowDownPeerBypass?: Bool
  harvestExtraEndpoints?: Bool
  mtu?: Int
  filters?: KubeSpanFiltersConfig
}

schema KubeSpanEndpoints is Document {
  kind = "KubeSpanEndpoints"
  extraAnnouncedEndpoints?: [String]
}

type KubeSpanFiltersConfig = {
  endpoints?: [String]
  excludeAdvertisedNetworks?: [String]
}

type KubeletConfig = {
  image?: String
  clusterDNS?: [String]
  extraArgs?: {String: Any}
  extraMounts?: [ExtraMount]
  extraConfig?: {String: Any}
  credentialProviderConfig?: {String: Any}
  defaultRuntimeSeccompProfileEnabled?: Bool
  registerWithFQDN?: Bool
  nodeIP?: KubeletNodeIPConfig
  skipNodeRegistration?: Bool
  disableManifestsDirectory?: Bool
}

type KubeletNodeIPConfig = {
  validSubnets?: [String]
}

type KubernetesTalosAPIAccessConfig = {
  enabled?: Bool
  allowedRoles?: [String]
  allowedKubernetesNamespaces?: [String]
}

schema Layer2VIPConfig is Document {
  kind = "Layer2VIPConfig"
  name: String
  link?: String
}

schema LinkAliasConfig is Document {
  kind = "LinkAliasConfig"
  name: String
  selector?: LinkSelector
}

schema LinkConfig is Document {
  kind = "LinkConfig"
  name: String
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type LinkSelector = {
  match?: String
}

type LinuxIDMapping = {
  containerID?: Int
  hostID?: Int
  size?: Int
}

type LoggingConfig = {
  destinations?: [LoggingDestination]
}

type LoggingDestination = {
  endpoint?: String
  format?: "json_lines"
  extraTags?: {String: String}
}

type MachineConfig = {
  type?: "controlplane" | "worker"
  certSANs?: [String]
  controlPlane?: MachineControlPlaneConfig
  kubelet?: KubeletConfig
  pods?: [{String: Any}]
  install?: InstallConfig
  files?: [MachineFile]
  sysctls?: {String: String}
  sysfs?: {String: String}
  features?: FeaturesConfig
  udev?: UdevConfig
  logging?: LoggingConfig
  kernel?: KernelConfig
  seccompProfiles?: [MachineSeccompProfile]
  baseRuntimeSpecOverrides?: {String: Any}
  nodeLabels?: {String: String}
  nodeAnnotations?: {String: String}
  nodeTaints?: {String: String}
}

type MachineControlPlaneConfig = {
  controllerManager?: MachineControllerManagerConfig
  scheduler?: MachineSchedulerConfig
}

type MachineControllerManagerConfig = {
  disabled?: Bool
}

type MachineFile = {
  content?: String
  permissions?: Int
  path?: String
  op?: "create" | "append" | "overwrite"
}

type MachineSchedulerConfig = {
  disabled?: Bool
}

type MachineSeccompProfile = {
  name?: String
  value?: {String: Any}
}

type MountSpec = {
  secure?: Bool
}

type NTPConfig = {
  servers?: [String]
}

type NameserverConfig = {
  address?: String
}

schema NetworkDefaultActionConfig is Document {
  kind = "NetworkDefaultActionConfig"
  ingress?: "accept" | "block"
}

schema NetworkRuleConfig is Document {
  kind = "NetworkRuleConfig"
  name: String
  portSelector?: RulePortSelector
  ingress?: [IngressRule]
}

schema OOMConfig is Document {
  kind = "OOMConfig"
  triggerExpression?: String
  cgroupRankingExpression?: String
  strictCgroupClassOrdering?: Bool
  sampleInterval?: String
}

schema PCIDriverRebindConfig is Document {
  kind = "PCIDriverRebindConfig"
  name: String
  targetDriver: String
}

type PTPConfig = {
  devices?: [String]
}

type ProvisioningSpec = {
  diskSelector?: DiskSelector
  grow?: Bool
  minSize?: String
  maxSize?: String
}

type ProxyConfig = {
  disabled?: Bool
  image?: String
  mode?: String
  extraArgs?: {String: Any}
}

schema RawVolumeConfig is Document {
  kind = "RawVolumeConfig"
  name?: String
  provisioning?: ProvisioningSpec
  encryption?: EncryptionSpec
}

schema RegistryAuthConfig is Document {
  kind = "RegistryAuthConfig"
  name: String
  username?: String
}

type RegistryEndpoint = {
  url: String
  overridePath?: Bool
}

type RegistryKubernetesConfig = {
  disabled?: Bool
}

schema RegistryMirrorConfig is Document {
  kind = "RegistryMirrorConfig"
  name: String
  endpoints?: [RegistryEndpoint]
  skipFallback?: Bool
}

type RegistryServiceConfig = {
  disabled?: Bool
  endpoint?: String
}

schema RegistryTLSConfig is Document {
  kind = "RegistryTLSConfig"
  name: String
  ca?: String
  insecureSkipVerify?: Bool
}

schema ResolverConfig is Document {
  kind = "ResolverConfig"
  nameservers?: [NameserverConfig]
  searchDomains?: SearchDomainsConfig
}

type ResourcesConfig = {
  requests?: {String: Any}
  limits?: {String: Any}
}

type RouteConfig = {
  destination?: String
  gateway?: String
  source?: String
  metric?: Int
  mtu?: Int
  table?: String
}

schema RoutingRuleConfig is Document {
  kind = "RoutingRuleConfig"
  name: String
  src?: String
  dst?: String
  table: String
  action?: Int
  iifName?: String
  oifName?: String
  fwMark?: Int
  fwMask?: Int
}

type RulePortSelector = {
  ports?: [Int | String]
  protocol?: "tcp" | "udp" | "icmp" | "icmpv6"
}

type SchedulerConfig = {
  image?: String
  extraArgs?: {String: Any}
  extraVolumes?: [VolumeMountConfig]
  env?: {String: String}
  resources?: {String: Any}
  config?: {String: Any}
}

type SearchDomainsConfig = {
  domains?: [String]
  disableDefault?: Bool
}

schema SideroLinkConfig is Document {
  kind = "SideroLinkConfig"
  apiUrl?: String
}

schema StaticHostConfig is Document {
  kind = "StaticHostConfig"
  name: String
  hostnames?: [String]
}

schema SwapVolumeConfig is Document {
  kind = "SwapVolumeConfig"
  name?: String
  provisioning?: ProvisioningSpec
  encryption?: EncryptionSpec
}

schema TCPProbeConfig is Document {
  kind = "TCPProbeConfig"
  name: String
  interval?: String
  failureThreshold?: Int
  endpoint: String
  timeout?: String
}

schema TimeSyncConfig is Document {
  kind = "TimeSyncConfig"
  enabled?: Bool
  bootTimeout?: String
  ntp?: NTPConfig
  ptp?: PTPConfig
}

schema TrustedRootsConfig is Document {
  kind = "TrustedRootsConfig"
  name: String
  certificates?: String
}

type UdevConfig = {
  rules?: [String]
}

type UserMountSpec = {
  disableAccessTime?: Bool
  secure?: Bool
}

schema UserVolumeConfig is Document {
  kind = "UserVolumeConfig"
  name?: String
  volumeType?: "directory" | "disk" | "partition"
  provisioning?: ProvisioningSpec
  filesystem?: FilesystemSpec
  encryption?: EncryptionSpec
  mount?: UserMountSpec
}

schema VLANConfig is Document {
  kind = "VLANConfig"
  name: String
  vlanID: Int
  vlanMode?: "802.1q" | "802.1ad"
  parent: String
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

schema VRFConfig is Document {
  kind = "VRFConfig"
  name: String
  hardwareAddr?: String
  links: [String]
  table: String
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type VirtiofsMountSpec = {
  tag?: String
}

schema VolumeConfig is Document {
  kind = "VolumeConfig"
  name?: String
  provisioning?: ProvisioningSpec
  encryption?: EncryptionSpec
  mount?: MountSpec
}

type VolumeDiscoverySpec = {
  volumeSelector?: VolumeSelector
}

type VolumeMountConfig = {
  hostPath?: String
  mountPath?: String
  readonly?: Bool
}

type VolumeSelector = {
  match?: String
}

schema WatchdogTimerConfig is Document {
  kind = "WatchdogTimerConfig"
  device?: String
  timeout?: String
}

schema WireguardConfig is Document {
  kind = "WireguardConfig"
  name: String
  listenPort?: Int
  firewallMark?: Int
  peers?: [WireguardPeer]
  up?: Bool
  mtu?: Int
  addresses?: [AddressConfig]
  routes?: [RouteConfig]
  multicast?: Bool
}

type WireguardPeer = {
  publicKey: String
  endpoint?: String
  persistentKeepaliveInterval?: String
  allowedIPs?: [String]
}

schema ZswapConfig is Document {
  kind = "ZswapConfig"
  maxPoolPercent?: Int
  shrinkerEnabled?: Bool
}
