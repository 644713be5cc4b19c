//! k3s: what it brings, charts that the cluster installs, and upgrades of its nodes.

import std/flannel

/// k3s: https://docs.k3s.io/installation/configuration
schema K3s is Distribution {
  known = true
  kubernetes = version
  pods = 10.42.0.0/16
  services = 10.43.0.0/16
  /// What it brings unless it is told to leave it out.
  disable: ["traefik" | "servicelb" | "metrics-server" | "local-storage" | "coredns"] = []
  /// How its own network for pods carries packets; `none` leaves it out.
  flannel-backend: "vxlan" | "host-gw" | "wireguard-native" | "none" = if cluster.cni.replaces-default
    then "none"
    else "vxlan"
  disable-network-policy: Bool = cluster.cni.replaces-default
  disable-kube-proxy: Bool = cluster.cni.replaces-proxy
  installs-cni = flannel-backend != "none"
  runs-proxy = not disable-kube-proxy
  runs-policies = not disable-network-policy
  cni = flannel.Flannel { policies: not disable-network-policy }
  balancer = if "servicelb" in disable then null else ServiceLb {}
  schedules-on-control-plane = true
  metrics = not ("metrics-server" in disable)
  ports = [6443, 10250, 2379, 2380, 6444, 10248, 10249, 10256, 10257, 10258, 10259]
  reserve = { cpu: 250m, memory: 512MiB }
  if not ("local-storage" in disable) {
    storage local-path { default: true, on-host: true }
  }
  if not ("traefik" in disable) {
    ingress traefik {
      default: true
      controller: "traefik.io/ingress-controller"
      pods: { "app.kubernetes.io/name": "traefik" }
      ports: [80, 443]
    }
  }
}

/// The balancer of k3s: every service gets the addresses of the hosts.
schema ServiceLb is Balancer {
  on-hosts = true
  pools = false
  shares = false
}

// -- Kinds, from the published schemas ---

@kubernetes("helm.cattle.io/v1", "HelmChart")
type HelmChart = {
  spec?: {
    authPassCredentials?: Bool
    authSecret?: {
      name?: String
    }
    backOffLimit?: Int
    bootstrap?: Bool
    chart?: String
    chartContent?: String
    createNamespace?: Bool
    dockerRegistrySecret?: {
      name?: String
    }
    driver?: "secret" | "configmap"
    failurePolicy?: "abort" | "reinstall"
    helmVersion?: String
    insecureSkipTLSVerify?: Bool
    jobImage?: String
    plainHTTP?: Bool
    podSecurityContext?: {
      appArmorProfile?: {
        localhostProfile?: String
        type: String
      }
      fsGroup?: Int
      fsGroupChangePolicy?: String
      runAsGroup?: Int
      runAsNonRoot?: Bool
      runAsUser?: Int
      seLinuxChangePolicy?: String
      seLinuxOptions?: SeLinuxOptions
      seccompProfile?: {
        localhostProfile?: String
        type: String
      }
      supplementalGroups?: [Int]
      supplementalGroupsPolicy?: String
      sysctls?: [{
        name: String
        value: String
      }]
      windowsOptions?: WindowsOptions
    }
    repo?: String
    repoCA?: String
    repoCAConfigMap?: {
      name?: String
    }
    securityContext?: {
      allowPrivilegeEscalation?: Bool
      appArmorProfile?: {
        localhostProfile?: String
        type: String
      }
      capabilities?: {
        add?: [String]
        drop?: [String]
      }
      privileged?: Bool
      procMount?: String
      readOnlyRootFilesystem?: Bool
      runAsGroup?: Int
      runAsNonRoot?: Bool
      runAsUser?: Int
      seLinuxOptions?: SeLinuxOptions
      seccompProfile?: {
        localhostProfile?: String
        type: String
      }
      windowsOptions?: WindowsOptions
    }
    set?: {String: Int | String}
    takeOwnership?: Bool
    targetNamespace?: String
    timeout?: String
    values?: Any
    valuesContent?: String
    valuesSecrets?: [ValuesSecret]
    version?: String
  }
  status?: Any
}

@kubernetes("helm.cattle.io/v1", "HelmChartConfig")
type HelmChartConfig = {
  spec?: {
    failurePolicy?: "abort" | "reinstall"
    values?: Any
    valuesContent?: String
    valuesSecrets?: [ValuesSecret]
  }
}

@kubernetes("upgrade.cattle.io/v1", "Plan")
type Plan = {
  spec?: {
    channel?: String
    concurrency?: Int
    cordon?: Bool
    drain?: {
      deleteEmptydirData?: Bool
      deleteLocalData?: Bool
      disableEviction?: Bool
      force?: Bool
      gracePeriod?: Int
      ignoreDaemonSets?: Bool
      podSelector?: k8s.LabelSelector
      skipWaitForDeleteTimeout?: Int
      timeout?: Int | String
    }
    exclusive?: Bool
    imagePullSecrets?: [{
      name?: String
    }]
    jobActiveDeadlineSecs?: Int
    nodeSelector?: k8s.LabelSelector
    postCompleteDelay?: String
    prepare?: Prepare
    priorityClassName?: String
    secrets?: [{
      defaultMode?: Int
      ignoreUpdates?: Bool
      name?: String
      path?: String
    }]
    serviceAccountName?: String
    tolerations?: [{
      effect?: String
      key?: String
      operator?: String
      tolerationSeconds?: Int
      value?: String
    }]
    upgrade?: Prepare
    version?: String
    window?: {
      days?: [String?]
      endTime?: String
      startTime?: String
      timeZone?: String
    }
  }
  status?: Any
}

type SeLinuxOptions = {
  level?: String
  role?: String
  type?: String
  user?: String
}

type WindowsOptions = {
  gmsaCredentialSpec?: String
  gmsaCredentialSpecName?: String
  hostProcess?: Bool
  runAsUserName?: String
}

type ValuesSecret = {
  ignoreUpdates?: Bool
  keys?: [String]
  name?: String
}

type Prepare = {
  args?: [String?]
  command?: [String?]
  envFrom?: [{
    configMapRef?: {
      name?: String
      optional?: Bool
    }
    prefix?: String
    secretRef?: {
      name?: String
      optional?: Bool
    }
  }]
  envs?: [{
    name?: String
    value?: String
    valueFrom?: {
      configMapKeyRef?: ConfigMapKeyRef
      fieldRef?: {
        apiVersion?: String
        fieldPath?: String
      }
      fileKeyRef?: {
        key?: String
        optional?: Bool
        path?: String
        volumeName?: String
      }
      resourceFieldRef?: {
        containerName?: String
        divisor?: String
        resource?: String
      }
      secretKeyRef?: ConfigMapKeyRef
    }
  }]
  image?: String
  securityContext?: {
    allowPrivilegeEscalation?: Bool
    appArmorProfile?: {
      localhostProfile?: String
      type?: String
    }
    capabilities?: {
      add?: [String?]
      drop?: [String?]
    }
    privileged?: Bool
    procMount?: String
    readOnlyRootFilesystem?: Bool
    runAsGroup?: Int
    runAsNonRoot?: Bool
    runAsUser?: Int
    seLinuxOptions?: {
      level?: String
      role?: String
      type?: String
      user?: String
    }
    seccompProfile?: {
      localhostProfile?: String
      type?: String
    }
    windowsOptions?: {
      gmsaCredentialSpec?: String
      gmsaCredentialSpecName?: String
      hostProcess?: Bool
      runAsUserName?: String
    }
  }
  volumes?: [{
    destination?: String
    name?: String
    source?: String
  }]
}

type ConfigMapKeyRef = {
  key?: String
  name?: String
  optional?: Bool
}
