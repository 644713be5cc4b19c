//! Prometheus: the stack of its operator with Grafana, and its kinds: monitors, rules, Prometheus and Alertmanager.

import std/chart

/// The operator, Prometheus, Alertmanager, what measures hosts and objects, and Grafana.
schema Stack is chart.Chart {
  chart = "kube-prometheus-stack"
  repository = "https://prometheus-community.github.io/helm-charts"
  version = Version("88.5.3")
  // What it looks at may come later.
  waits = false
  /// How long it is known what was, and how much of it at most.
  retention: Duration = 240h
  size: Bytes = 50GiB
  storage-class?: Name
  /// Who administers Grafana: `admin-user` and `admin-password`.
  admin: Secret
  grafana-size: Bytes = 5GiB
  /// Whether parts of the control plane are measured, which few distributions let anybody ask.
  control-plane: Bool = false
  resources: chart.Share = chart.Share { cpu: 500m, memory: 2GiB }
  /// The ports of every host at which Prometheus and Grafana answer too.
  @auto("node-ports")
  node-port?: Port
  @auto("node-ports")
  grafana-node-port?: Port
  tier = "core"
  kinds = ["monitoring.coreos.com"]
  provides = ["monitoring", "prometheus", "grafana"]
  workloads = [
    "deployment/\(name)-operator",
    "statefulset/prometheus-\(name)-prometheus",
    "statefulset/alertmanager-\(name)-alertmanager",
    "deployment/\(name)-grafana",
  ]
  let servers: {String: String} = {
    "app.kubernetes.io/name": "prometheus"
    "operator.prometheus.io/name": "\(name)-prometheus"
  }
  port prometheus {
    number: 9090
    service: "\(maker.name)-prometheus"
    pods: servers
    own: [maker.pods, servers]
    node-port: node-port
    web: "http"
  }
  port grafana {
    number: 80
    target: 3000
    service: "\(maker.name)-grafana"
    pods: { "app.kubernetes.io/name": "grafana", "app.kubernetes.io/instance": maker.name }
    own: [maker.pods, servers]
    node-port: grafana-node-port
    web: "http"
    login: admin
  }
  check name.size() <= 26 else "the chart cuts `\(name)` off after 26 letters, and its services are called otherwise: take a shorter name"
  let wrong = chart.lacks(admin, ["admin-user", "admin-password"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  /// What a volume for a pod is asked for with.
  let claim: Any = {
    accessModes: ["ReadWriteOnce"]
    if storage-class != null { storageClassName: storage-class }
    resources: { requests: { storage: "\(size)" } }
  }
  values = {
    fullnameOverride: name
    prometheus: {
      service: { type: port.prometheus.exposed, nodePort: node-port }
      prometheusSpec: {
        retention: "\(retention.hours())h"
        // What is full takes no more: so the oldest goes before.
        retentionSize: "\((size * 9 / 10).round-down(1MiB).mebibytes())MB"
        // Monitors of everybody, and not only those with the label of this release.
        serviceMonitorSelectorNilUsesHelmValues: false
        podMonitorSelectorNilUsesHelmValues: false
        probeSelectorNilUsesHelmValues: false
        ruleSelectorNilUsesHelmValues: false
        resources: chart.sized(resources)
        storageSpec: { volumeClaimTemplate: { spec: claim } }
      }
    }
    prometheusOperator: { resources: chart.sized(chart.Share { cpu: 100m, memory: 128MiB }) }
    alertmanager: {
      alertmanagerSpec: { resources: chart.sized(chart.Share { cpu: 50m, memory: 64MiB }) }
    }
    grafana: {
      fullnameOverride: "\(name)-grafana"
      admin: { existingSecret: admin.object, userKey: "admin-user", passwordKey: "admin-password" }
      persistence: {
        enabled: true
        size: "\(grafana-size)"
        if storage-class != null { storageClassName: storage-class }
      }
      // Its volume can be mounted by one host at a time.
      deploymentStrategy: { type: "Recreate" }
      service: {
        type: port.grafana.exposed
        if grafana-node-port != null { nodePort: grafana-node-port }
      }
      resources: chart.sized(chart.Share { cpu: 100m, memory: 256MiB })
    }
    kubeControllerManager: { enabled: control-plane }
    kubeScheduler: { enabled: control-plane }
    kubeEtcd: { enabled: control-plane }
    kubeProxy: { enabled: control-plane }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("monitoring.coreos.com/v1", "Alertmanager")
type Alertmanager = {
  spec: {
    additionalArgs?: [{
      name: String
      value?: String
    }]
    additionalPeers?: [String]
    affinity?: Affinity
    alertmanagerConfigMatcherStrategy?: {
      type?: "OnNamespace" | "OnNamespaceExceptForAlertmanagerNamespace" | "None"
    }
    alertmanagerConfigNamespaceSelector?: k8s.LabelSelector
    alertmanagerConfigSelector?: k8s.LabelSelector
    alertmanagerConfiguration?: {
      global?: {
        httpConfig?: {
          authorization?: Authorization
          basicAuth?: BasicAuth
          bearerTokenSecret?: BearerTokenSecret
          enableHttp2?: Bool
          followRedirects?: Bool
          noProxy?: String
          oauth2?: Oauth2
          proxyConnectHeader?: {String: [BearerTokenSecret]}
          proxyFromEnvironment?: Bool
          proxyUrl?: String
          tlsConfig?: TlsConfig
        }
        jira?: {
          apiURL?: String
        }
        opsGenieApiKey?: BearerTokenSecret
        opsGenieApiUrl?: BearerTokenSecret
        pagerdutyUrl?: String
        resolveTimeout?: Duration | String
        rocketChat?: {
          apiURL?: String
          token?: BearerTokenSecret
          tokenID?: BearerTokenSecret
        }
        slackApiUrl?: BearerTokenSecret
        smtp?: {
          authIdentity?: String
          authPassword?: BearerTokenSecret
          authSecret?: BearerTokenSecret
          authUsername?: String
          forceImplicitTLS?: Bool
          from?: String
          hello?: String
          requireTLS?: Bool
          smartHost?: {
            host: String
            port: String
          }
          tlsConfig?: TlsConfig
        }
        telegram?: {
          apiURL?: String
        }
        victorops?: {
          apiKey?: BearerTokenSecret
          apiURL?: String
        }
        webex?: {
          apiURL?: String
        }
        wechat?: {
          apiCorpID?: String
          apiSecret?: BearerTokenSecret
          apiURL?: String
        }
      }
      name?: String
      templates?: [Template]
    }
    automountServiceAccountToken?: Bool
    baseImage?: String
    clusterAdvertiseAddress?: String
    clusterGossipInterval?: String
    clusterLabel?: String
    clusterPeerTimeout?: String
    clusterPushpullInterval?: String
    clusterTLS?: {
      client: TlsConfig
      server: Server
    }
    configMaps?: [String]
    configSecret?: String
    containers?: [Container]
    dnsConfig?: DnsConfig
    dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None"
    enableFeatures?: [String]
    enableServiceLinks?: Bool
    externalUrl?: String
    forceEnableClusterMode?: Bool
    hostAliases?: [ip: {
      hostnames: [String]
      ip: String
    }]
    hostNetwork?: Bool
    hostUsers?: Bool
    image?: String
    imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent"
    imagePullSecrets?: [{
      name?: String
    }]
    initContainers?: [Container]
    limits?: {
      maxPerSilenceBytes?: String
      maxSilences?: Int where it >= 0
    }
    listenLocal?: Bool
    logFormat?: "" | "logfmt" | "json"
    logLevel?: "" | "debug" | "info" | "warn" | "error"
    minReadySeconds?: Int where it >= 0
    nodeSelector?: {String: String}
    paused?: Bool
    persistentVolumeClaimRetentionPolicy?: {
      whenDeleted?: String
      whenScaled?: String
    }
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podMetadata?: PodMetadata
    portName?: String
    priorityClassName?: String
    replicas?: Int
    resources?: Resources
    retention?: String
    routePrefix?: String
    secrets?: [String]
    securityContext?: SecurityContext
    serviceAccountName?: String
    serviceName?: String
    sha?: String
    storage?: Storage
    tag?: String
    terminationGracePeriodSeconds?: Int where it >= 0
    tolerations?: [Toleration]
    topologySpreadConstraints?: [TopologySpreadConstraint]
    updateStrategy?: UpdateStrategy
    version?: String
    volumeMounts?: [VolumeMount]
    volumes?: [Volume]
    web?: {
      getConcurrency?: Int
      httpConfig?: HttpConfig
      timeout?: Int
      tlsConfig?: Server
    }
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig")
type AlertmanagerConfig = {
  spec: {
    inhibitRules?: [{
      equal?: [String]
      sourceMatch?: [SourceMatch]
      targetMatch?: [SourceMatch]
    }]
    muteTimeIntervals?: [{
      name: String
      timeIntervals?: [{
        daysOfMonth?: [{
          end?: Int where -31 <= it and it <= 31
          start?: Int where -31 <= it and it <= 31
        }]
        months?: [String]
        times?: [{
          endTime?: String
          startTime?: String
        }]
        weekdays?: [String]
        years?: [String]
      }]
    }]
    receivers?: [{
      discordConfigs?: [{
        apiURL: BearerTokenSecret
        avatarURL?: String
        content?: String
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        sendResolved?: Bool
        title?: String
        username?: String
      }]
      emailConfigs?: [{
        authIdentity?: String
        authPassword?: BearerTokenSecret
        authSecret?: BearerTokenSecret
        authUsername?: String
        from?: String
        headers?: [{
          key: String
          value: String
        }]
        hello?: String
        html?: String
        requireTLS?: Bool
        sendResolved?: Bool
        smarthost?: String
        text?: String
        tlsConfig?: TlsConfig
        to?: String
      }]
      msteamsConfigs?: [{
        httpConfig?: DiscordConfigHttpConfig
        sendResolved?: Bool
        summary?: String
        text?: String
        title?: String
        webhookUrl: BearerTokenSecret
      }]
      msteamsv2Configs?: [{
        httpConfig?: DiscordConfigHttpConfig
        sendResolved?: Bool
        text?: String
        title?: String
        webhookURL?: BearerTokenSecret
      }]
      name: String
      opsgenieConfigs?: [{
        actions?: String
        apiKey?: BearerTokenSecret
        apiURL?: String
        description?: String
        details?: [{
          key: String
          value: String
        }]
        entity?: String
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        note?: String
        priority?: String
        responders?: [{
          id?: String
          name?: String
          type: String
          username?: String
        }]
        sendResolved?: Bool
        source?: String
        tags?: String
        updateAlerts?: Bool
      }]
      pagerdutyConfigs?: [{
        class?: String
        client?: String
        clientURL?: String
        component?: String
        description?: String
        details?: [{
          key: String
          value: String
        }]
        group?: String
        httpConfig?: DiscordConfigHttpConfig
        pagerDutyImageConfigs?: [{
          alt?: String
          href?: String
          src?: String
        }]
        pagerDutyLinkConfigs?: [{
          alt?: String
          href?: String
        }]
        routingKey?: BearerTokenSecret
        sendResolved?: Bool
        serviceKey?: BearerTokenSecret
        severity?: String
        source?: String
        url?: String
      }]
      pushoverConfigs?: [{
        device?: String
        expire?: Duration | String
        html?: Bool
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        priority?: String
        retry?: Duration | String
        sendResolved?: Bool
        sound?: String
        title?: String
        token?: BearerTokenSecret
        tokenFile?: String
        ttl?: Duration | String
        url?: String
        urlTitle?: String
        userKey?: BearerTokenSecret
        userKeyFile?: String
      }]
      rocketchatConfigs?: [{
        actions?: [{
          msg?: String
          text?: String
          url?: String
        }]
        apiURL?: String
        channel?: String
        color?: String
        emoji?: String
        fields?: [{
          short?: Bool
          title?: String
          value?: String
        }]
        httpConfig?: DiscordConfigHttpConfig
        iconURL?: String
        imageURL?: String
        linkNames?: Bool
        sendResolved?: Bool
        shortFields?: Bool
        text?: String
        thumbURL?: String
        title?: String
        titleLink?: String
        token: BearerTokenSecret
        tokenID: BearerTokenSecret
      }]
      slackConfigs?: [{
        actions?: [{
          confirm?: {
            dismissText?: String
            okText?: String
            text: String
            title?: String
          }
          name?: String
          style?: String
          text: String
          type: String
          url?: String
          value?: String
        }]
        apiURL?: BearerTokenSecret
        callbackId?: String
        channel?: String
        color?: String
        fallback?: String
        fields?: [{
          short?: Bool
          title: String
          value: String
        }]
        footer?: String
        httpConfig?: DiscordConfigHttpConfig
        iconEmoji?: String
        iconURL?: String
        imageURL?: String
        linkNames?: Bool
        mrkdwnIn?: [String]
        pretext?: String
        sendResolved?: Bool
        shortFields?: Bool
        text?: String
        thumbURL?: String
        title?: String
        titleLink?: String
        username?: String
      }]
      snsConfigs?: [{
        apiURL?: String
        attributes?: {String: String}
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        phoneNumber?: String
        sendResolved?: Bool
        sigv4?: {
          accessKey?: BearerTokenSecret
          profile?: String
          region?: String
          roleArn?: String
          secretKey?: BearerTokenSecret
        }
        subject?: String
        targetARN?: String
        topicARN?: String
      }]
      telegramConfigs?: [{
        apiURL?: String
        botToken?: BearerTokenSecret
        botTokenFile?: String
        chatID: Int
        disableNotifications?: Bool
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        messageThreadID?: Int
        parseMode?: "MarkdownV2" | "Markdown" | "HTML"
        sendResolved?: Bool
      }]
      victoropsConfigs?: [{
        apiKey?: BearerTokenSecret
        apiUrl?: String
        customFields?: [{
          key: String
          value: String
        }]
        entityDisplayName?: String
        httpConfig?: DiscordConfigHttpConfig
        messageType?: String
        monitoringTool?: String
        routingKey?: String
        sendResolved?: Bool
        stateMessage?: String
      }]
      webexConfigs?: [{
        apiURL?: String
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        roomID: String
        sendResolved?: Bool
      }]
      webhookConfigs?: [{
        httpConfig?: DiscordConfigHttpConfig
        maxAlerts?: Int where it >= 0
        sendResolved?: Bool
        timeout?: Duration | String
        url?: String
        urlSecret?: BearerTokenSecret
      }]
      wechatConfigs?: [{
        agentID?: String
        apiSecret?: BearerTokenSecret
        apiURL?: String
        corpID?: String
        httpConfig?: DiscordConfigHttpConfig
        message?: String
        messageType?: String
        sendResolved?: Bool
        toParty?: String
        toTag?: String
        toUser?: String
      }]
    }]
    route?: {
      activeTimeIntervals?: [String]
      continue?: Bool
      groupBy?: [String]
      groupInterval?: String
      groupWait?: String
      matchers?: [SourceMatch]
      muteTimeIntervals?: [String]
      receiver?: String
      repeatInterval?: String
      routes?: [Any]
    }
  }
}

@kubernetes("monitoring.coreos.com/v1", "PodMonitor")
type PodMonitor = {
  spec: {
    attachMetadata?: {
      node?: Bool
    }
    bodySizeLimit?: String
    convertClassicHistogramsToNHCB?: Bool
    fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"
    jobLabel?: String
    keepDroppedTargets?: Int
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    namespaceSelector?: {
      any?: Bool
      matchNames?: [String]
    }
    nativeHistogramBucketLimit?: Int
    nativeHistogramMinBucketFactor?: Cpu | Bytes | String
    podMetricsEndpoints?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      bearerTokenSecret?: BearerTokenSecret
      enableHttp2?: Bool
      filterRunning?: Bool
      followRedirects?: Bool
      honorLabels?: Bool
      honorTimestamps?: Bool
      interval?: Duration | String
      metricRelabelings?: [MetricRelabeling]
      noProxy?: String
      oauth2?: Oauth2
      params?: {String: [String]}
      path?: String
      port?: String
      portNumber?: Int where 1 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      relabelings?: [MetricRelabeling]
      scheme?: "http" | "https" | "HTTP" | "HTTPS"
      scrapeTimeout?: Duration | String
      targetPort?: Int | String
      tlsConfig?: TlsConfig
      trackTimestampsStaleness?: Bool
    }]
    podTargetLabels?: [String]
    sampleLimit?: Int
    scrapeClass?: String
    scrapeClassicHistograms?: Bool
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    selector: k8s.LabelSelector
    selectorMechanism?: "RelabelConfig" | "RoleSelector"
    targetLimit?: Int
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1", "Probe")
type Probe = {
  spec: {
    authorization?: Authorization
    basicAuth?: BasicAuth
    bearerTokenSecret?: BearerTokenSecret
    convertClassicHistogramsToNHCB?: Bool
    enableHttp2?: Bool
    fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"
    followRedirects?: Bool
    interval?: Duration | String
    jobName?: String
    keepDroppedTargets?: Int
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    metricRelabelings?: [MetricRelabeling]
    module?: String
    nativeHistogramBucketLimit?: Int
    nativeHistogramMinBucketFactor?: Cpu | Bytes | String
    oauth2?: Oauth2
    params?: [name: {
      name: String
      values?: [String]
    }]
    prober?: {
      noProxy?: String
      path?: String
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      scheme?: "http" | "https" | "HTTP" | "HTTPS"
      url: String
    }
    sampleLimit?: Int
    scrapeClass?: String
    scrapeClassicHistograms?: Bool
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    scrapeTimeout?: Duration | String
    targetLimit?: Int
    targets?: {
      ingress?: {
        namespaceSelector?: {
          any?: Bool
          matchNames?: [String]
        }
        relabelingConfigs?: [MetricRelabeling]
        selector?: k8s.LabelSelector
      }
      staticConfig?: {
        labels?: {String: String}
        relabelingConfigs?: [MetricRelabeling]
        static?: [String]
      }
    }
    tlsConfig?: TlsConfig
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1", "Prometheus")
type Prometheus = {
  spec: {
    additionalAlertManagerConfigs?: BearerTokenSecret
    additionalAlertRelabelConfigs?: BearerTokenSecret
    additionalArgs?: [{
      name: String
      value?: String
    }]
    additionalScrapeConfigs?: BearerTokenSecret
    affinity?: Affinity
    alerting?: {
      alertmanagers: [{
        alertRelabelings?: [MetricRelabeling]
        apiVersion?: "v1" | "V1" | "v2" | "V2"
        authorization?: Authorization
        basicAuth?: BasicAuth
        bearerTokenFile?: String
        enableHttp2?: Bool
        name: String
        namespace?: String
        noProxy?: String
        pathPrefix?: String
        port: Int | String
        proxyConnectHeader?: {String: [BearerTokenSecret]}
        proxyFromEnvironment?: Bool
        proxyUrl?: String
        relabelings?: [MetricRelabeling]
        scheme?: "http" | "https" | "HTTP" | "HTTPS"
        sigv4?: Sigv4
        timeout?: Duration | String
        tlsConfig?: AlertmanagerTlsConfig
      }]
    }
    allowOverlappingBlocks?: Bool
    apiserverConfig?: ApiserverConfig
    arbitraryFSAccessThroughSMs?: {
      deny?: Bool
    }
    automountServiceAccountToken?: Bool
    baseImage?: String
    bodySizeLimit?: String
    configMaps?: [String]
    containers?: [Container]
    convertClassicHistogramsToNHCB?: Bool
    disableCompaction?: Bool
    dnsConfig?: DnsConfig
    dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None"
    enableAdminAPI?: Bool
    enableFeatures?: [String]
    enableOTLPReceiver?: Bool
    enableRemoteWriteReceiver?: Bool
    enableServiceLinks?: Bool
    enforcedBodySizeLimit?: String
    enforcedKeepDroppedTargets?: Int
    enforcedLabelLimit?: Int
    enforcedLabelNameLengthLimit?: Int
    enforcedLabelValueLengthLimit?: Int
    enforcedNamespaceLabel?: String
    enforcedSampleLimit?: Int
    enforcedTargetLimit?: Int
    evaluationInterval?: Duration | String
    excludedFromEnforcement?: [ExcludedFromEnforcement]
    exemplars?: {
      maxSize?: Int
    }
    externalLabels?: {String: String}
    externalUrl?: String
    hostAliases?: [ip: {
      hostnames: [String]
      ip: String
    }]
    hostNetwork?: Bool
    hostUsers?: Bool
    ignoreNamespaceSelectors?: Bool
    image?: String
    imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent"
    imagePullSecrets?: [{
      name?: String
    }]
    initContainers?: [Container]
    keepDroppedTargets?: Int
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    listenLocal?: Bool
    logFormat?: "" | "logfmt" | "json"
    logLevel?: "" | "debug" | "info" | "warn" | "error"
    maximumStartupDurationSeconds?: Int where it >= 60
    minReadySeconds?: Int where it >= 0
    nameEscapingScheme?: "AllowUTF8" | "Underscores" | "Dots" | "Values"
    nameValidationScheme?: "UTF8" | "Legacy"
    nodeSelector?: {String: String}
    otlp?: Otlp
    overrideHonorLabels?: Bool
    overrideHonorTimestamps?: Bool
    paused?: Bool
    persistentVolumeClaimRetentionPolicy?: {
      whenDeleted?: String
      whenScaled?: String
    }
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podMetadata?: PodMetadata
    podMonitorNamespaceSelector?: k8s.LabelSelector
    podMonitorSelector?: k8s.LabelSelector
    podTargetLabels?: [String]
    portName?: String
    priorityClassName?: String
    probeNamespaceSelector?: k8s.LabelSelector
    probeSelector?: k8s.LabelSelector
    prometheusExternalLabelName?: String
    prometheusRulesExcludedFromEnforce?: [{
      ruleName: String
      ruleNamespace: String
    }]
    query?: {
      lookbackDelta?: String
      maxConcurrency?: Int where it >= 1
      maxSamples?: Int
      timeout?: Duration | String
    }
    queryLogFile?: String
    reloadStrategy?: "HTTP" | "ProcessSignal"
    remoteRead?: [{
      authorization?: RemoteReadAuthorization
      basicAuth?: BasicAuth
      bearerToken?: String
      bearerTokenFile?: String
      filterExternalLabels?: Bool
      followRedirects?: Bool
      headers?: {String: String}
      name?: String
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      readRecent?: Bool
      remoteTimeout?: Duration | String
      requiredMatchers?: {String: String}
      tlsConfig?: AlertmanagerTlsConfig
      url: String
    }]
    remoteWrite?: [RemoteWrite]
    remoteWriteReceiverMessageVersions?: ["V1.0" | "V2.0"]
    replicaExternalLabelName?: String
    replicas?: Int
    resources?: Resources
    retention?: Duration | String
    retentionSize?: String
    routePrefix?: String
    ruleNamespaceSelector?: k8s.LabelSelector
    ruleQueryOffset?: Duration | String
    ruleSelector?: k8s.LabelSelector
    rules?: {
      alert?: {
        forGracePeriod?: String
        forOutageTolerance?: String
        resendDelay?: String
      }
    }
    runtime?: {
      goGC?: Int where it >= -1
    }
    sampleLimit?: Int
    scrapeClasses?: [name: ScrapeClasse]
    scrapeClassicHistograms?: Bool
    scrapeConfigNamespaceSelector?: k8s.LabelSelector
    scrapeConfigSelector?: k8s.LabelSelector
    scrapeFailureLogFile?: String
    scrapeInterval?: Duration | String
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    scrapeTimeout?: Duration | String
    secrets?: [String]
    securityContext?: SecurityContext
    serviceAccountName?: String
    serviceDiscoveryRole?: "Endpoints" | "EndpointSlice"
    serviceMonitorNamespaceSelector?: k8s.LabelSelector
    serviceMonitorSelector?: k8s.LabelSelector
    serviceName?: String
    sha?: String
    shardRetentionPolicy?: {
      retain?: {
        retentionPeriod: Duration | String
      }
      whenScaled?: "Retain" | "Delete"
    }
    shards?: Int
    storage?: Storage
    tag?: String
    targetLimit?: Int
    terminationGracePeriodSeconds?: Int where it >= 0
    thanos?: {
      additionalArgs?: [{
        name: String
        value?: String
      }]
      baseImage?: String
      blockSize?: Duration | String
      getConfigInterval?: Duration | String
      getConfigTimeout?: Duration | String
      grpcListenLocal?: Bool
      grpcServerTlsConfig?: AlertmanagerTlsConfig
      httpListenLocal?: Bool
      image?: String
      listenLocal?: Bool
      logFormat?: "" | "logfmt" | "json"
      logLevel?: "" | "debug" | "info" | "warn" | "error"
      minTime?: String
      objectStorageConfig?: BearerTokenSecret
      objectStorageConfigFile?: String
      readyTimeout?: Duration | String
      resources?: Resources
      sha?: String
      tag?: String
      tracingConfig?: BearerTokenSecret
      tracingConfigFile?: String
      version?: String
      volumeMounts?: [VolumeMount]
    }
    tolerations?: [Toleration]
    topologySpreadConstraints?: [SpecTopologySpreadConstraint]
    tracingConfig?: TracingConfig
    tsdb?: {
      outOfOrderTimeWindow?: Duration | String
    }
    updateStrategy?: UpdateStrategy
    version?: String
    volumeMounts?: [VolumeMount]
    volumes?: [Volume]
    walCompression?: Bool
    web?: Web
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1alpha1", "PrometheusAgent")
type PrometheusAgent = {
  spec: {
    additionalArgs?: [{
      name: String
      value?: String
    }]
    additionalScrapeConfigs?: BearerTokenSecret
    affinity?: Affinity
    apiserverConfig?: ApiserverConfig
    arbitraryFSAccessThroughSMs?: {
      deny?: Bool
    }
    automountServiceAccountToken?: Bool
    bodySizeLimit?: String
    configMaps?: [String]
    containers?: [Container]
    convertClassicHistogramsToNHCB?: Bool
    dnsConfig?: DnsConfig
    dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None"
    enableFeatures?: [String]
    enableOTLPReceiver?: Bool
    enableRemoteWriteReceiver?: Bool
    enableServiceLinks?: Bool
    enforcedBodySizeLimit?: String
    enforcedKeepDroppedTargets?: Int
    enforcedLabelLimit?: Int
    enforcedLabelNameLengthLimit?: Int
    enforcedLabelValueLengthLimit?: Int
    enforcedNamespaceLabel?: String
    enforcedSampleLimit?: Int
    enforcedTargetLimit?: Int
    excludedFromEnforcement?: [ExcludedFromEnforcement]
    externalLabels?: {String: String}
    externalUrl?: String
    hostAliases?: [ip: {
      hostnames: [String]
      ip: String
    }]
    hostNetwork?: Bool
    hostUsers?: Bool
    ignoreNamespaceSelectors?: Bool
    image?: String
    imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent"
    imagePullSecrets?: [{
      name?: String
    }]
    initContainers?: [Container]
    keepDroppedTargets?: Int
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    listenLocal?: Bool
    logFormat?: "" | "logfmt" | "json"
    logLevel?: "" | "debug" | "info" | "warn" | "error"
    maximumStartupDurationSeconds?: Int where it >= 60
    minReadySeconds?: Int where it >= 0
    mode?: "StatefulSet" | "DaemonSet"
    nameEscapingScheme?: "AllowUTF8" | "Underscores" | "Dots" | "Values"
    nameValidationScheme?: "UTF8" | "Legacy"
    nodeSelector?: {String: String}
    otlp?: Otlp
    overrideHonorLabels?: Bool
    overrideHonorTimestamps?: Bool
    paused?: Bool
    persistentVolumeClaimRetentionPolicy?: {
      whenDeleted?: String
      whenScaled?: String
    }
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podMetadata?: PodMetadata
    podMonitorNamespaceSelector?: k8s.LabelSelector
    podMonitorSelector?: k8s.LabelSelector
    podTargetLabels?: [String]
    portName?: String
    priorityClassName?: String
    probeNamespaceSelector?: k8s.LabelSelector
    probeSelector?: k8s.LabelSelector
    prometheusExternalLabelName?: String
    reloadStrategy?: "HTTP" | "ProcessSignal"
    remoteWrite?: [RemoteWrite]
    remoteWriteReceiverMessageVersions?: ["V1.0" | "V2.0"]
    replicaExternalLabelName?: String
    replicas?: Int
    resources?: Resources
    routePrefix?: String
    runtime?: {
      goGC?: Int where it >= -1
    }
    sampleLimit?: Int
    scrapeClasses?: [name: ScrapeClasse]
    scrapeClassicHistograms?: Bool
    scrapeConfigNamespaceSelector?: k8s.LabelSelector
    scrapeConfigSelector?: k8s.LabelSelector
    scrapeFailureLogFile?: String
    scrapeInterval?: Duration | String
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    scrapeTimeout?: Duration | String
    secrets?: [String]
    securityContext?: SecurityContext
    serviceAccountName?: String
    serviceDiscoveryRole?: "Endpoints" | "EndpointSlice"
    serviceMonitorNamespaceSelector?: k8s.LabelSelector
    serviceMonitorSelector?: k8s.LabelSelector
    serviceName?: String
    shards?: Int
    storage?: Storage
    targetLimit?: Int
    terminationGracePeriodSeconds?: Int where it >= 0
    tolerations?: [Toleration]
    topologySpreadConstraints?: [SpecTopologySpreadConstraint]
    tracingConfig?: TracingConfig
    tsdb?: {
      outOfOrderTimeWindow?: Duration | String
    }
    updateStrategy?: UpdateStrategy
    version?: String
    volumeMounts?: [VolumeMount]
    volumes?: [Volume]
    walCompression?: Bool
    web?: Web
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1", "PrometheusRule")
type PrometheusRule = {
  spec: {
    groups?: [name: {
      interval?: Duration | String
      labels?: {String: String}
      limit?: Int
      name: String
      "partial_response_strategy"?: String
      "query_offset"?: Duration | String
      rules?: [{
        alert?: String
        annotations?: {String: String}
        expr: Int | String
        for?: Duration | String
        "keep_firing_for"?: Duration | String
        labels?: {String: String}
        record?: String
      }]
    }]
  }
}

@kubernetes("monitoring.coreos.com/v1alpha1", "ScrapeConfig")
type ScrapeConfig = {
  spec: {
    authorization?: Authorization
    azureSDConfigs?: [{
      authenticationMethod?: "OAuth" | "ManagedIdentity" | "SDK"
      authorization?: Authorization
      basicAuth?: BasicAuth
      clientID?: String
      clientSecret?: BearerTokenSecret
      enableHTTP2?: Bool
      environment?: String
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      resourceGroup?: String
      subscriptionID: String
      tenantID?: String
      tlsConfig?: TlsConfig
    }]
    basicAuth?: BasicAuth
    bodySizeLimit?: String
    consulSDConfigs?: [{
      allowStale?: Bool
      authorization?: Authorization
      basicAuth?: BasicAuth
      datacenter?: String
      enableHTTP2?: Bool
      filter?: String
      followRedirects?: Bool
      namespace?: String
      noProxy?: String
      nodeMeta?: {String: String}
      oauth2?: Oauth2
      partition?: String
      pathPrefix?: String
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      scheme?: "http" | "https" | "HTTP" | "HTTPS"
      server: String
      services?: [String]
      tagSeparator?: String
      tags?: [String]
      tlsConfig?: TlsConfig
      tokenRef?: BearerTokenSecret
    }]
    convertClassicHistogramsToNHCB?: Bool
    digitalOceanSDConfigs?: [{
      authorization?: Authorization
      enableHTTP2?: Bool
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      tlsConfig?: TlsConfig
    }]
    dnsSDConfigs?: [{
      names: [String]
      port?: Int where 0 <= it and it <= 65535
      refreshInterval?: Duration | String
      type?: "A" | "AAAA" | "MX" | "NS" | "SRV"
    }]
    dockerSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      filters?: [name: {
        name: String
        values: [String]
      }]
      followRedirects?: Bool
      host: String
      hostNetworkingHost?: String
      matchFirstNetwork?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      tlsConfig?: TlsConfig
    }]
    dockerSwarmSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      filters?: [name: {
        name: String
        values: [String]
      }]
      followRedirects?: Bool
      host: String
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      role: "Services" | "Tasks" | "Nodes"
      tlsConfig?: TlsConfig
    }]
    ec2SDConfigs?: [{
      accessKey?: BearerTokenSecret
      enableHTTP2?: Bool
      filters?: [name: {
        name: String
        values: [String]
      }]
      followRedirects?: Bool
      noProxy?: String
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      region?: String
      roleARN?: String
      secretKey?: BearerTokenSecret
      tlsConfig?: TlsConfig
    }]
    enableCompression?: Bool
    enableHTTP2?: Bool
    eurekaSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      server: String
      tlsConfig?: TlsConfig
    }]
    fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"
    fileSDConfigs?: [{
      files: [String]
      refreshInterval?: Duration | String
    }]
    gceSDConfigs?: [{
      filter?: String
      port?: Int where 0 <= it and it <= 65535
      project: String
      refreshInterval?: Duration | String
      tagSeparator?: String
      zone: String
    }]
    hetznerSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      labelSelector?: String
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      role: "hcloud" | "Hcloud" | "robot" | "Robot"
      tlsConfig?: TlsConfig
    }]
    honorLabels?: Bool
    honorTimestamps?: Bool
    httpSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      tlsConfig?: TlsConfig
      url: String
    }]
    ionosSDConfigs?: [{
      authorization: Authorization
      datacenterID: String
      enableHTTP2?: Bool
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      tlsConfig?: TlsConfig
    }]
    jobName?: String
    keepDroppedTargets?: Int
    kubernetesSDConfigs?: [{
      apiServer?: String
      attachMetadata?: {
        node?: Bool
      }
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      namespaces?: {
        names?: [String]
        ownNamespace?: Bool
      }
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      role: "Pod" | "Endpoints" | "Ingress" | "Service" | "Node" | "EndpointSlice"
      selectors?: [{
        field?: String
        label?: String
        role: "Pod" | "Endpoints" | "Ingress" | "Service" | "Node" | "EndpointSlice"
      }]
      tlsConfig?: TlsConfig
    }]
    kumaSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      clientID?: String
      enableHTTP2?: Bool
      fetchTimeout?: Duration | String
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      server: String
      tlsConfig?: TlsConfig
    }]
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    lightSailSDConfigs?: [{
      accessKey?: BearerTokenSecret
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      endpoint?: String
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      region?: String
      roleARN?: String
      secretKey?: BearerTokenSecret
      tlsConfig?: TlsConfig
    }]
    linodeSDConfigs?: [{
      authorization?: Authorization
      enableHTTP2?: Bool
      followRedirects?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      region?: String
      tagSeparator?: String
      tlsConfig?: TlsConfig
    }]
    metricRelabelings?: [MetricRelabeling]
    metricsPath?: String
    nameEscapingScheme?: "AllowUTF8" | "Underscores" | "Dots" | "Values"
    nameValidationScheme?: "UTF8" | "Legacy"
    nativeHistogramBucketLimit?: Int
    nativeHistogramMinBucketFactor?: Cpu | Bytes | String
    noProxy?: String
    nomadSDConfigs?: [{
      allowStale?: Bool
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      namespace?: String
      noProxy?: String
      oauth2?: Oauth2
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      region?: String
      server: String
      tagSeparator?: String
      tlsConfig?: TlsConfig
    }]
    oauth2?: Oauth2
    openstackSDConfigs?: [{
      allTenants?: Bool
      applicationCredentialId?: String
      applicationCredentialName?: String
      applicationCredentialSecret?: BearerTokenSecret
      availability?: "Public" | "public" | "Admin" | "admin" | "Internal" | "internal"
      domainID?: String
      domainName?: String
      identityEndpoint?: String
      password?: BearerTokenSecret
      port?: Int where 0 <= it and it <= 65535
      projectID?: String
      projectName?: String
      refreshInterval?: Duration | String
      region: String
      role: "Instance" | "Hypervisor" | "LoadBalancer"
      tlsConfig?: TlsConfig
      userid?: String
      username?: String
    }]
    ovhcloudSDConfigs?: [{
      applicationKey: String
      applicationSecret: BearerTokenSecret
      consumerKey: BearerTokenSecret
      endpoint?: String
      refreshInterval?: Duration | String
      service: "VPS" | "DedicatedServer"
    }]
    params?: {String: [String]}
    proxyConnectHeader?: {String: [BearerTokenSecret]}
    proxyFromEnvironment?: Bool
    proxyUrl?: String
    puppetDBSDConfigs?: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      enableHTTP2?: Bool
      followRedirects?: Bool
      includeParameters?: Bool
      noProxy?: String
      oauth2?: Oauth2
      port?: Int where 0 <= it and it <= 65535
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      query: String
      refreshInterval?: Duration | String
      tlsConfig?: TlsConfig
      url: String
    }]
    relabelings?: [MetricRelabeling]
    sampleLimit?: Int
    scalewaySDConfigs?: [{
      accessKey: String
      apiURL?: String
      enableHTTP2?: Bool
      followRedirects?: Bool
      nameFilter?: String
      noProxy?: String
      port?: Int where 0 <= it and it <= 65535
      projectID: String
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      refreshInterval?: Duration | String
      role: "Instance" | "Baremetal"
      secretKey: BearerTokenSecret
      tagsFilter?: [String]
      tlsConfig?: TlsConfig
      zone?: String
    }]
    scheme?: "http" | "https" | "HTTP" | "HTTPS"
    scrapeClass?: String
    scrapeClassicHistograms?: Bool
    scrapeInterval?: Duration | String
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    scrapeTimeout?: Duration | String
    staticConfigs?: [{
      labels?: {String: String}
      targets: [String]
    }]
    targetLimit?: Int
    tlsConfig?: TlsConfig
    trackTimestampsStaleness?: Bool
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1", "ServiceMonitor")
type ServiceMonitor = {
  spec: {
    attachMetadata?: {
      node?: Bool
    }
    bodySizeLimit?: String
    convertClassicHistogramsToNHCB?: Bool
    endpoints: [{
      authorization?: Authorization
      basicAuth?: BasicAuth
      bearerTokenFile?: String
      bearerTokenSecret?: BearerTokenSecret
      enableHttp2?: Bool
      filterRunning?: Bool
      followRedirects?: Bool
      honorLabels?: Bool
      honorTimestamps?: Bool
      interval?: Duration | String
      metricRelabelings?: [MetricRelabeling]
      noProxy?: String
      oauth2?: Oauth2
      params?: {String: [String]}
      path?: String
      port?: String
      proxyConnectHeader?: {String: [BearerTokenSecret]}
      proxyFromEnvironment?: Bool
      proxyUrl?: String
      relabelings?: [MetricRelabeling]
      scheme?: "http" | "https" | "HTTP" | "HTTPS"
      scrapeTimeout?: Duration | String
      targetPort?: Int | String
      tlsConfig?: AlertmanagerTlsConfig
      trackTimestampsStaleness?: Bool
    }]
    fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"
    jobLabel?: String
    keepDroppedTargets?: Int
    labelLimit?: Int
    labelNameLengthLimit?: Int
    labelValueLengthLimit?: Int
    namespaceSelector?: {
      any?: Bool
      matchNames?: [String]
    }
    nativeHistogramBucketLimit?: Int
    nativeHistogramMinBucketFactor?: Cpu | Bytes | String
    podTargetLabels?: [String]
    sampleLimit?: Int
    scrapeClass?: String
    scrapeClassicHistograms?: Bool
    scrapeNativeHistograms?: Bool
    scrapeProtocols?: ["PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"]
    selector: k8s.LabelSelector
    selectorMechanism?: "RelabelConfig" | "RoleSelector"
    serviceDiscoveryRole?: "Endpoints" | "EndpointSlice"
    targetLabels?: [String]
    targetLimit?: Int
  }
  status?: Any
}

@kubernetes("monitoring.coreos.com/v1", "ThanosRuler")
type ThanosRuler = {
  spec: {
    additionalArgs?: [{
      name: String
      value?: String
    }]
    affinity?: Affinity
    alertDropLabels?: [String]
    alertQueryUrl?: String
    alertRelabelConfigFile?: String
    alertRelabelConfigs?: BearerTokenSecret
    alertmanagersConfig?: BearerTokenSecret
    alertmanagersUrl?: [String]
    containers?: [Container]
    dnsConfig?: DnsConfig
    dnsPolicy?: "ClusterFirstWithHostNet" | "ClusterFirst" | "Default" | "None"
    enableFeatures?: [String]
    enableServiceLinks?: Bool
    enforcedNamespaceLabel?: String
    evaluationInterval?: Duration | String
    excludedFromEnforcement?: [ExcludedFromEnforcement]
    externalPrefix?: String
    grpcServerTlsConfig?: AlertmanagerTlsConfig
    hostAliases?: [ip: {
      hostnames: [String]
      ip: String
    }]
    hostUsers?: Bool
    image?: String
    imagePullPolicy?: "" | "Always" | "Never" | "IfNotPresent"
    imagePullSecrets?: [{
      name?: String
    }]
    initContainers?: [Container]
    labels?: {String: String}
    listenLocal?: Bool
    logFormat?: "" | "logfmt" | "json"
    logLevel?: "" | "debug" | "info" | "warn" | "error"
    minReadySeconds?: Int where it >= 0
    nodeSelector?: {String: String}
    objectStorageConfig?: BearerTokenSecret
    objectStorageConfigFile?: String
    paused?: Bool
    podManagementPolicy?: "OrderedReady" | "Parallel"
    podMetadata?: PodMetadata
    portName?: String
    priorityClassName?: String
    prometheusRulesExcludedFromEnforce?: [{
      ruleName: String
      ruleNamespace: String
    }]
    queryConfig?: BearerTokenSecret
    queryEndpoints?: [String]
    remoteWrite?: [RemoteWrite]
    replicas?: Int
    resendDelay?: Duration | String
    resources?: Resources
    retention?: Duration | String
    routePrefix?: String
    ruleConcurrentEval?: Int where it >= 1
    ruleGracePeriod?: Duration | String
    ruleNamespaceSelector?: k8s.LabelSelector
    ruleOutageTolerance?: Duration | String
    ruleQueryOffset?: Duration | String
    ruleSelector?: k8s.LabelSelector
    securityContext?: SecurityContext
    serviceAccountName?: String
    serviceName?: String
    storage?: Storage
    terminationGracePeriodSeconds?: Int where it >= 0
    tolerations?: [Toleration]
    topologySpreadConstraints?: [TopologySpreadConstraint]
    tracingConfig?: BearerTokenSecret
    tracingConfigFile?: String
    updateStrategy?: UpdateStrategy
    version?: String
    volumeMounts?: [VolumeMount]
    volumes?: [Volume]
    web?: {
      httpConfig?: HttpConfig
      tlsConfig?: Server
    }
  }
  status?: Any
}

type Affinity = {
  nodeAffinity?: {
    preferredDuringSchedulingIgnoredDuringExecution?: [{
      preference: Preference
      weight: Int
    }]
    requiredDuringSchedulingIgnoredDuringExecution?: {
      nodeSelectorTerms: [Preference]
    }
  }
  podAffinity?: PodAffinity
  podAntiAffinity?: PodAffinity
}

type Authorization = {
  credentials?: BearerTokenSecret
  type?: String
}

type BasicAuth = {
  password?: BearerTokenSecret
  username?: BearerTokenSecret
}

type BearerTokenSecret = {
  key: String
  name?: String
  optional?: Bool
}

type Oauth2 = {
  clientId: Template
  clientSecret: BearerTokenSecret
  endpointParams?: {String: String}
  noProxy?: String
  proxyConnectHeader?: {String: [BearerTokenSecret]}
  proxyFromEnvironment?: Bool
  proxyUrl?: String
  scopes?: [String]
  tlsConfig?: TlsConfig
  tokenUrl: String
}

type TlsConfig = {
  ca?: Template
  cert?: Template
  insecureSkipVerify?: Bool
  keySecret?: BearerTokenSecret
  maxVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13"
  minVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13"
  serverName?: String
}

type Template = {
  configMap?: BearerTokenSecret
  secret?: BearerTokenSecret
}

type Server = {
  cert?: Template
  certFile?: String
  cipherSuites?: [String]
  clientAuthType?: String
  clientCAFile?: String
  "client_ca"?: Template
  curvePreferences?: [String]
  keyFile?: String
  keySecret?: BearerTokenSecret
  maxVersion?: String
  minVersion?: String
  preferServerCipherSuites?: Bool
}

type Container = {
  args?: [String]
  command?: [String]
  env?: [name: {
    name: String
    value?: String
    valueFrom?: {
      configMapKeyRef?: BearerTokenSecret
      fieldRef?: {
        apiVersion?: String
        fieldPath: String
      }
      fileKeyRef?: {
        key: String
        optional?: Bool
        path: String
        volumeName: String
      }
      resourceFieldRef?: ResourceFieldRef
      secretKeyRef?: BearerTokenSecret
    }
  }]
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
  image?: String
  imagePullPolicy?: String
  lifecycle?: {
    postStart?: PostStart
    preStop?: PostStart
    stopSignal?: String
  }
  livenessProbe?: LivenessProbe
  name: String
  ports?: [{
    containerPort: Int
    hostIP?: String
    hostPort?: Int
    name?: String
    protocol?: String
  }]
  readinessProbe?: LivenessProbe
  resizePolicy?: [{
    resourceName: String
    restartPolicy: String
  }]
  resources?: Resources
  restartPolicy?: String
  restartPolicyRules?: [{
    action: String
    exitCodes?: {
      operator: String
      values?: [Int]
    }
  }]
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
  startupProbe?: LivenessProbe
  stdin?: Bool
  stdinOnce?: Bool
  terminationMessagePath?: String
  terminationMessagePolicy?: String
  tty?: Bool
  volumeDevices?: [devicePath: {
    devicePath: String
    name: String
  }]
  volumeMounts?: [mountPath: VolumeMount]
  workingDir?: String
}

type DnsConfig = {
  nameservers?: [String]
  options?: [name: {
    name: String
    value?: String
  }]
  searches?: [String]
}

type PodMetadata = {
  annotations?: {String: String}
  labels?: {String: String}
  name?: String
}

type Resources = {
  claims?: [name: {
    name: String
    request?: String
  }]
  limits?: Limits
  requests?: Limits
}

type SecurityContext = {
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

type Storage = {
  disableMountSubPath?: Bool
  emptyDir?: {
    medium?: String
    sizeLimit?: Cpu | Bytes | String
  }
  ephemeral?: Ephemeral
  volumeClaimTemplate?: {
    apiVersion?: String
    kind?: String
    metadata?: PodMetadata
    spec?: Spec
    status?: {
      accessModes?: [String]
      allocatedResourceStatuses?: {String: String}
      allocatedResources?: Limits
      capacity?: Limits
      conditions?: [type: {
        lastProbeTime?: String
        lastTransitionTime?: String
        message?: String
        reason?: String
        status: String
        type: String
      }]
      currentVolumeAttributesClassName?: String
      modifyVolumeStatus?: {
        status: String
        targetVolumeAttributesClassName?: String
      }
      phase?: String
    }
  }
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

type UpdateStrategy = {
  rollingUpdate?: {
    maxUnavailable?: Int | String
  }
  type: "OnDelete" | "RollingUpdate"
}

type VolumeMount = {
  mountPath: String
  mountPropagation?: String
  name: String
  readOnly?: Bool
  recursiveReadOnly?: String
  subPath?: String
  subPathExpr?: String
}

type Volume = {
  awsElasticBlockStore?: {
    fsType?: String
    partition?: Int
    readOnly?: Bool
    volumeID: String
  }
  azureDisk?: {
    cachingMode?: String
    diskName: String
    diskURI: String
    fsType?: String
    kind?: String
    readOnly?: Bool
  }
  azureFile?: {
    readOnly?: Bool
    secretName: String
    shareName: String
  }
  cephfs?: {
    monitors: [String]
    path?: String
    readOnly?: Bool
    secretFile?: String
    secretRef?: {
      name?: String
    }
    user?: String
  }
  cinder?: {
    fsType?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    volumeID: String
  }
  configMap?: {
    defaultMode?: Int
    items?: [Item]
    name?: String
    optional?: Bool
  }
  csi?: {
    driver: String
    fsType?: String
    nodePublishSecretRef?: {
      name?: String
    }
    readOnly?: Bool
    volumeAttributes?: {String: String}
  }
  downwardAPI?: {
    defaultMode?: Int
    items?: [DownwardAPIItem]
  }
  emptyDir?: {
    medium?: String
    sizeLimit?: Cpu | Bytes | String
  }
  ephemeral?: Ephemeral
  fc?: {
    fsType?: String
    lun?: Int
    readOnly?: Bool
    targetWWNs?: [String]
    wwids?: [String]
  }
  flexVolume?: {
    driver: String
    fsType?: String
    options?: {String: String}
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
  }
  flocker?: {
    datasetName?: String
    datasetUUID?: String
  }
  gcePersistentDisk?: {
    fsType?: String
    partition?: Int
    pdName: String
    readOnly?: Bool
  }
  gitRepo?: {
    directory?: String
    repository: String
    revision?: String
  }
  glusterfs?: {
    endpoints: String
    path: String
    readOnly?: Bool
  }
  hostPath?: {
    path: String
    type?: String
  }
  image?: {
    pullPolicy?: String
    reference?: String
  }
  iscsi?: {
    chapAuthDiscovery?: Bool
    chapAuthSession?: Bool
    fsType?: String
    initiatorName?: String
    iqn: String
    iscsiInterface?: String
    lun: Int
    portals?: [String]
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    targetPortal: String
  }
  name: String
  nfs?: {
    path: String
    readOnly?: Bool
    server: String
  }
  persistentVolumeClaim?: {
    claimName: String
    readOnly?: Bool
  }
  photonPersistentDisk?: {
    fsType?: String
    pdID: String
  }
  portworxVolume?: {
    fsType?: String
    readOnly?: Bool
    volumeID: String
  }
  projected?: {
    defaultMode?: Int
    sources?: [{
      clusterTrustBundle?: {
        labelSelector?: k8s.LabelSelector
        name?: String
        optional?: Bool
        path: String
        signerName?: String
      }
      configMap?: ConfigMap
      downwardAPI?: {
        items?: [DownwardAPIItem]
      }
      podCertificate?: {
        certificateChainPath?: String
        credentialBundlePath?: String
        keyPath?: String
        keyType: String
        maxExpirationSeconds?: Int
        signerName: String
        userAnnotations?: {String: String}
      }
      secret?: ConfigMap
      serviceAccountToken?: {
        audience?: String
        expirationSeconds?: Int
        path: String
      }
    }]
  }
  quobyte?: {
    group?: String
    readOnly?: Bool
    registry: String
    tenant?: String
    user?: String
    volume: String
  }
  rbd?: {
    fsType?: String
    image: String
    keyring?: String
    monitors: [String]
    pool?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    user?: String
  }
  scaleIO?: {
    fsType?: String
    gateway: String
    protectionDomain?: String
    readOnly?: Bool
    secretRef: {
      name?: String
    }
    sslEnabled?: Bool
    storageMode?: String
    storagePool?: String
    system: String
    volumeName?: String
  }
  secret?: {
    defaultMode?: Int
    items?: [Item]
    optional?: Bool
    secretName?: String
  }
  storageos?: {
    fsType?: String
    readOnly?: Bool
    secretRef?: {
      name?: String
    }
    volumeName?: String
    volumeNamespace?: String
  }
  vsphereVolume?: {
    fsType?: String
    storagePolicyID?: String
    storagePolicyName?: String
    volumePath: String
  }
}

type HttpConfig = {
  headers?: {
    contentSecurityPolicy?: String
    strictTransportSecurity?: String
    xContentTypeOptions?: "" | "NoSniff"
    xFrameOptions?: "" | "Deny" | "SameOrigin"
    xXSSProtection?: String
  }
  http2?: Bool
}

type SourceMatch = {
  matchType?: "!=" | "=" | "=~" | "!~"
  name: String
  regex?: Bool
  value?: String
}

type DiscordConfigHttpConfig = {
  authorization?: Authorization
  basicAuth?: BasicAuth
  bearerTokenSecret?: BearerTokenSecret
  followRedirects?: Bool
  noProxy?: String
  oauth2?: Oauth2
  proxyConnectHeader?: {String: [BearerTokenSecret]}
  proxyFromEnvironment?: Bool
  proxyURL?: String
  proxyUrl?: String
  tlsConfig?: TlsConfig
}

type MetricRelabeling = {
  action?: "replace" | "Replace" | "keep" | "Keep" | "drop" | "Drop" | "hashmod" | "HashMod" | "labelmap" | "LabelMap" | "labeldrop" | "LabelDrop" | "labelkeep" | "LabelKeep" | "lowercase" | "Lowercase" | "uppercase" | "Uppercase" | "keepequal" | "KeepEqual" | "dropequal" | "DropEqual"
  modulus?: Int
  regex?: String
  replacement?: String
  separator?: String
  sourceLabels?: [String]
  targetLabel?: String
}

type Sigv4 = {
  accessKey?: BearerTokenSecret
  profile?: String
  region?: String
  roleArn?: String
  secretKey?: BearerTokenSecret
  useFIPSSTSEndpoint?: Bool
}

type AlertmanagerTlsConfig = {
  ca?: Template
  caFile?: String
  cert?: Template
  certFile?: String
  insecureSkipVerify?: Bool
  keyFile?: String
  keySecret?: BearerTokenSecret
  maxVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13"
  minVersion?: "TLS10" | "TLS11" | "TLS12" | "TLS13"
  serverName?: String
}

type ApiserverConfig = {
  authorization?: RemoteReadAuthorization
  basicAuth?: BasicAuth
  bearerToken?: String
  bearerTokenFile?: String
  host: String
  noProxy?: String
  proxyConnectHeader?: {String: [BearerTokenSecret]}
  proxyFromEnvironment?: Bool
  proxyUrl?: String
  tlsConfig?: AlertmanagerTlsConfig
}

type ExcludedFromEnforcement = {
  group?: "monitoring.coreos.com"
  name?: String
  namespace: String
  resource: "prometheusrules" | "servicemonitors" | "podmonitors" | "probes" | "scrapeconfigs"
}

type Otlp = {
  convertHistogramsToNHCB?: Bool
  ignoreResourceAttributes?: [String]
  keepIdentifyingResourceAttributes?: Bool
  promoteAllResourceAttributes?: Bool
  promoteResourceAttributes?: [String]
  promoteScopeMetadata?: Bool
  translationStrategy?: "NoUTF8EscapingWithSuffixes" | "UnderscoreEscapingWithSuffixes" | "NoTranslation" | "UnderscoreEscapingWithoutSuffixes"
}

type RemoteReadAuthorization = {
  credentials?: BearerTokenSecret
  credentialsFile?: String
  type?: String
}

type RemoteWrite = {
  authorization?: RemoteReadAuthorization
  azureAd?: {
    cloud?: "AzureChina" | "AzureGovernment" | "AzurePublic"
    managedIdentity?: {
      clientId?: String
    }
    oauth?: {
      clientId: String
      clientSecret: BearerTokenSecret
      tenantId: String
    }
    scope?: String
    sdk?: {
      tenantId?: String
    }
    workloadIdentity?: {
      clientId: String
      tenantId: String
    }
  }
  basicAuth?: BasicAuth
  bearerToken?: String
  bearerTokenFile?: String
  enableHTTP2?: Bool
  followRedirects?: Bool
  headers?: {String: String}
  messageVersion?: "V1.0" | "V2.0"
  metadataConfig?: {
    maxSamplesPerSend?: Int where it >= -1
    send?: Bool
    sendInterval?: Duration | String
  }
  name?: String
  noProxy?: String
  oauth2?: Oauth2
  proxyConnectHeader?: {String: [BearerTokenSecret]}
  proxyFromEnvironment?: Bool
  proxyUrl?: String
  queueConfig?: {
    batchSendDeadline?: Duration | String
    capacity?: Int
    maxBackoff?: Duration | String
    maxRetries?: Int
    maxSamplesPerSend?: Int
    maxShards?: Int
    minBackoff?: Duration | String
    minShards?: Int
    retryOnRateLimit?: Bool
    sampleAgeLimit?: Duration | String
  }
  remoteTimeout?: Duration | String
  roundRobinDNS?: Bool
  sendExemplars?: Bool
  sendNativeHistograms?: Bool
  sigv4?: Sigv4
  tlsConfig?: AlertmanagerTlsConfig
  url: String
  writeRelabelConfigs?: [MetricRelabeling]
}

type ScrapeClasse = {
  attachMetadata?: {
    node?: Bool
  }
  authorization?: RemoteReadAuthorization
  default?: Bool
  fallbackScrapeProtocol?: "PrometheusProto" | "OpenMetricsText0.0.1" | "OpenMetricsText1.0.0" | "PrometheusText0.0.4" | "PrometheusText1.0.0"
  metricRelabelings?: [MetricRelabeling]
  name: String
  relabelings?: [MetricRelabeling]
  tlsConfig?: AlertmanagerTlsConfig
}

type SpecTopologySpreadConstraint = {
  additionalLabelSelectors?: "OnResource" | "OnShard"
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  maxSkew: Int
  minDomains?: Int
  nodeAffinityPolicy?: String
  nodeTaintsPolicy?: String
  topologyKey: String
  whenUnsatisfiable: String
}

type TracingConfig = {
  clientType?: "http" | "grpc" | "HTTP" | "GRPC"
  compression?: "gzip" | "Gzip"
  endpoint: String
  headers?: {String: String}
  insecure?: Bool
  samplingFraction?: Cpu | Bytes | String
  timeout?: Duration | String
  tlsConfig?: AlertmanagerTlsConfig
}

type Web = {
  httpConfig?: HttpConfig
  maxConnections?: Int where it >= 0
  pageTitle?: String
  tlsConfig?: Server
}

type Preference = {
  matchExpressions?: [MatchExpression]
  matchFields?: [MatchExpression]
}

type PodAffinity = {
  preferredDuringSchedulingIgnoredDuringExecution?: [{
    podAffinityTerm: PodAffinityTerm
    weight: Int
  }]
  requiredDuringSchedulingIgnoredDuringExecution?: [PodAffinityTerm]
}

type ResourceFieldRef = {
  containerName?: String
  divisor?: Cpu | Bytes | String
  resource: String
}

type PostStart = {
  exec?: {
    command?: [String]
  }
  httpGet?: HttpGet
  sleep?: {
    seconds: Int
  }
  tcpSocket?: {
    host?: String
    port: Int | String
  }
}

type LivenessProbe = {
  exec?: {
    command?: [String]
  }
  failureThreshold?: Int
  grpc?: {
    port: Int
    service?: String
  }
  httpGet?: HttpGet
  initialDelaySeconds?: Int
  periodSeconds?: Int
  successThreshold?: Int
  tcpSocket?: {
    host?: String
    port: Int | String
  }
  terminationGracePeriodSeconds?: Int
  timeoutSeconds?: Int
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

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
}

type Ephemeral = {
  volumeClaimTemplate?: {
    metadata?: {String: Any}
    spec: Spec
  }
}

type Spec = {
  accessModes?: [String]
  dataSource?: {
    apiGroup?: String
    kind: String
    name: String
  }
  dataSourceRef?: {
    apiGroup?: String
    kind: String
    name: String
    namespace?: String
  }
  resources?: {
    limits?: Limits
    requests?: Limits
  }
  selector?: k8s.LabelSelector
  storageClassName?: String
  volumeAttributesClassName?: String
  volumeMode?: String
  volumeName?: String
}

type Item = {
  key: String
  mode?: Int
  path: String
}

type DownwardAPIItem = {
  fieldRef?: {
    apiVersion?: String
    fieldPath: String
  }
  mode?: Int
  path: String
  resourceFieldRef?: ResourceFieldRef
}

type ConfigMap = {
  items?: [Item]
  name?: String
  optional?: Bool
}

type MatchExpression = {
  key: String
  operator: String
  values?: [String]
}

type PodAffinityTerm = {
  labelSelector?: k8s.LabelSelector
  matchLabelKeys?: [String]
  mismatchLabelKeys?: [String]
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  topologyKey: String
}

type HttpGet = {
  host?: String
  httpHeaders?: [{
    name: String
    value: String
  }]
  path?: String
  port: Int | String
  scheme?: String
}
