//! The operator of Tigera: installations of Calico.

@kubernetes("operator.tigera.io/v1", "APIServer", "cluster")
type APIServer = {
  spec?: {
    apiServerDeployment?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-apiserver" | "tigera-queryserver"
              resources?: Resources
            }]
            initContainers?: [{
              name: "calico-apiserver-certs-key-cert-provisioner"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
            topologySpreadConstraints?: [TopologySpreadConstraint]
          }
        }
      }
    }
  }
  status?: Any
}

@kubernetes("operator.tigera.io/v1", "ImageSet", "cluster")
type ImageSet = {
  spec?: {
    images?: [{
      digest: String
      image: String
    }]
  }
}

@kubernetes("operator.tigera.io/v1", "Installation", "cluster")
type Installation = {
  spec?: {
    calicoKubeControllersDeployment?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-kube-controllers"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
          }
        }
      }
    }
    calicoNetwork?: {
      bgp?: "Enabled" | "Disabled"
      containerIPForwarding?: "Enabled" | "Disabled"
      hostPorts?: "Enabled" | "Disabled"
      ipPools?: [{
        allowedUses?: [String]
        blockSize?: Int
        cidr: String
        disableBGPExport?: Bool
        encapsulation?: "IPIPCrossSubnet" | "IPIP" | "VXLAN" | "VXLANCrossSubnet" | "None"
        name?: String
        natOutgoing?: "Enabled" | "Disabled"
        nodeSelector?: String
      }]
      linuxDataplane?: "Iptables" | "BPF" | "VPP"
      linuxPolicySetupTimeoutSeconds?: Int
      mtu?: Int
      multiInterfaceMode?: "None" | "Multus"
      nodeAddressAutodetectionV4?: NodeAddressAutodetectionV4
      nodeAddressAutodetectionV6?: NodeAddressAutodetectionV4
      sysctl?: [{
        key: "net.ipv4.tcp_keepalive_intvl" | "net.ipv4.tcp_keepalive_probes" | "net.ipv4.tcp_keepalive_time"
        value: String
      }]
      windowsDataplane?: "HNS" | "Disabled"
    }
    calicoNodeDaemonSet?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-node"
              resources?: Resources
            }]
            initContainers?: [{
              name: "install-cni" | "hostpath-init" | "flexvol-driver" | "mount-bpffs" | "node-certs-key-cert-provisioner" | "calico-node-prometheus-server-tls-key-cert-provisioner"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
          }
        }
      }
    }
    calicoNodeWindowsDaemonSet?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-node-windows"
              resources?: Resources
            }]
            initContainers?: [{
              name: "install-cni" | "hostpath-init" | "flexvol-driver" | "mount-bpffs" | "node-certs-key-cert-provisioner" | "calico-node-windows-prometheus-server-tls-key-cert-provisioner"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
          }
        }
      }
    }
    calicoWindowsUpgradeDaemonSet?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-windows-upgrade"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
          }
        }
      }
    }
    certificateManagement?: {
      caCert: String
      keyAlgorithm?: "" | "RSAWithSize2048" | "RSAWithSize4096" | "RSAWithSize8192" | "ECDSAWithCurve256" | "ECDSAWithCurve384" | "ECDSAWithCurve521"
      signatureAlgorithm?: "" | "SHA256WithRSA" | "SHA384WithRSA" | "SHA512WithRSA" | "ECDSAWithSHA256" | "ECDSAWithSHA384" | "ECDSAWithSHA512"
      signerName: String
    }
    cni?: {
      ipam?: {
        type: "Calico" | "HostLocal" | "AmazonVPC" | "AzureVNET"
      }
      type: "Calico" | "GKE" | "AmazonVPC" | "AzureVNET"
    }
    componentResources?: [{
      componentName: "Node" | "Typha" | "KubeControllers"
      resourceRequirements: Resources
    }]
    controlPlaneNodeSelector?: {String: String}
    controlPlaneReplicas?: Int
    controlPlaneTolerations?: [Toleration]
    csiNodeDriverDaemonSet?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "csi-node-driver"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            tolerations?: [Toleration]
          }
        }
      }
    }
    fipsMode?: "Enabled" | "Disabled"
    flexVolumePath?: String
    imagePath?: String
    imagePrefix?: String
    imagePullSecrets?: [{
      name?: String
    }]
    kubeletVolumePluginPath?: String
    kubernetesProvider?: "" | "EKS" | "GKE" | "AKS" | "OpenShift" | "DockerEnterprise" | "RKE2" | "TKG"
    logging?: {
      cni?: {
        logFileMaxAgeDays?: Int
        logFileMaxCount?: Int
        logFileMaxSize?: Cpu | Bytes | String
        logSeverity?: "Error" | "Warning" | "Debug" | "Info"
      }
    }
    nodeMetricsPort?: Int
    nodeUpdateStrategy?: {
      rollingUpdate?: {
        maxSurge?: Int | String
        maxUnavailable?: Int | String
      }
      type?: String
    }
    nonPrivileged?: String
    registry?: String
    serviceCIDRs?: [String]
    typhaAffinity?: {
      nodeAffinity?: NodeAffinity
    }
    typhaDeployment?: {
      metadata?: {
        annotations?: {String: String}
        labels?: {String: String}
      }
      spec?: {
        minReadySeconds?: Int where 0 <= it and it <= 2147483647
        strategy?: {
          rollingUpdate?: {
            maxSurge?: Int | String
            maxUnavailable?: Int | String
          }
        }
        template?: {
          metadata?: {
            annotations?: {String: String}
            labels?: {String: String}
          }
          spec?: {
            affinity?: Affinity
            containers?: [{
              name: "calico-typha"
              resources?: Resources
            }]
            initContainers?: [{
              name: "typha-certs-key-cert-provisioner"
              resources?: Resources
            }]
            nodeSelector?: {String: String}
            terminationGracePeriodSeconds?: Int
            tolerations?: [Toleration]
            topologySpreadConstraints?: [TopologySpreadConstraint]
          }
        }
      }
    }
    typhaMetricsPort?: Int
    variant?: "Calico" | "TigeraSecureEnterprise"
    windowsNodes?: {
      cniBinDir?: String
      cniConfigDir?: String
      cniLogDir?: String
      vxlanAdapter?: String
      vxlanMACPrefix?: String
    }
  }
  status?: Any
}

@kubernetes("operator.tigera.io/v1", "TigeraStatus", "cluster")
type TigeraStatus = {
  spec?: {String: Any}
  status?: Any
}

type Affinity = {
  nodeAffinity?: NodeAffinity
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

type Resources = {
  claims?: [name: {
    name: String
  }]
  limits?: Limits
  requests?: Limits
}

type Toleration = {
  effect?: String
  key?: String
  operator?: String
  tolerationSeconds?: Int
  value?: String
}

type TopologySpreadConstraint = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  maxSkew: Int
  minDomains?: Int
  nodeAffinityPolicy?: String
  nodeTaintsPolicy?: String
  topologyKey: String
  whenUnsatisfiable: String
}

type NodeAddressAutodetectionV4 = {
  canReach?: String
  cidrs?: [String]
  firstFound?: Bool
  interface?: String
  kubernetes?: "NodeInternalIP"
  skipInterface?: String
}

type NodeAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    preference: Preference
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: {
    nodeSelectorTerms: [Preference]
  }
}

type PodAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    podAffinityTerm: PodAffinityTerm
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: [PodAffinityTerm]
}

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type Preference = {
  matchExpressions?: [MatchExpression]
  matchFields?: [MatchExpression]
}

type PodAffinityTerm = {
  labelSelector?: k8s.LabelSelector
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  topologyKey: String
}

type MatchExpression = {
  key: String
  operator: String
  values?: [String]
}
