//! Istio: traffic, security and telemetry of a mesh, and its kinds.

import std/chart

/// The kinds of Istio, which everything else of it needs.
schema Base is Release {
  chart = "base"
  repository = "https://istio-release.storage.googleapis.com/charts"
  version = "1.30.3"
  tier = "critical"
  kinds = ["networking.istio.io", "security.istio.io", "telemetry.istio.io", "extensions.istio.io"]
  provides = ["istio.crds"]
  values = { global: { istioNamespace: namespace.name } }
}

/// What tells the proxies of the mesh where to lead calls, and gives each a certificate.
schema Istiod is Release {
  chart = "istiod"
  repository = "https://istio-release.storage.googleapis.com/charts"
  version = "1.30.3"
  replicas: Int where it >= 1 = 1
  /// Which part of all calls is traced, in percent.
  traced: Float = 1
  /// Whether calls may leave the mesh to where nobody registered a service.
  open: Bool = true
  resources: Resources = Resources { cpu: 250m, memory: 1GiB, memory-limit: 2GiB }
  /// What a proxy beside a container asks for.
  proxy: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 256MiB }
  pods = { app: "istiod" }
  tier = "critical"
  requires = ["istio.crds"]
  provides = ["istio"]
  workloads = ["deployment/istiod"]
  values = {
    autoscaleEnabled: false
    replicaCount: replicas
    traceSampling: traced
    resources: chart.sized(resources)
    meshConfig: { outboundTrafficPolicy: { mode: if open then "ALLOW_ANY" else "REGISTRY_ONLY" } }
    global: {
      istioNamespace: namespace.name
      proxy: { clusterDomain: cluster.domain, resources: chart.sized(proxy) }
    }
  }
}

/// A way into the mesh: at an address of its own where the cluster has who gives one, otherwise at ports of the hosts.
schema IngressGateway is Release {
  chart = "gateway"
  repository = "https://istio-release.storage.googleapis.com/charts"
  version = "1.30.3"
  replicas: Int where it >= 1 = 2
  // It only passes on what comes to it.
  waits = false
  by: chart.Way = chart.best(cluster)
  /// The address of its service.
  @auto("pools")
  address?: Ip
  /// Ports of the hosts for HTTP and HTTPS.
  @auto("node-ports")
  http-node-port?: chart.HostPort
  @auto("node-ports")
  https-node-port?: chart.HostPort
  /// Annotations of its service.
  annotations: {String: String} = {}
  /// Whether it sees the addresses that callers have.
  keeps-source: Bool = false
  resources: Resources = Resources { cpu: 100m, memory: 128MiB, memory-limit: 512MiB }
  pods = { app: name, istio: name.without-prefix("istio-") }
  tier = "core"
  requires = ["istio"]
  provides = ["istio.gateway"]
  workloads = ["deployment/\(name)"]
  makes = chart.fronts(name, by, [
    { name: "http2", port: 80, node-port: http-node-port },
    { name: "https", port: 443, node-port: https-node-port },
  ], address)
  values = {
    replicaCount: replicas
    autoscaling: { enabled: false }
    resources: chart.sized(resources)
    service: {
      type: by
      annotations: annotations
      ports: [
        { name: "status-port", port: 15021, protocol: "TCP", targetPort: 15021 },
        {
          name: "http2"
          port: 80
          protocol: "TCP"
          targetPort: 80
          ...(if http-node-port == null then {} else { nodePort: http-node-port })
        },
        {
          name: "https"
          port: 443
          protocol: "TCP"
          targetPort: 443
          ...(if https-node-port == null then {} else { nodePort: https-node-port })
        },
      ]
      ...(if address == null then {} else { loadBalancerIP: address })
      ...(if keeps-source then { externalTrafficPolicy: "Local" } else {})
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("networking.istio.io/v1", "DestinationRule")
type DestinationRule = {
  spec?: {
    exportTo?: [String]
    host: String
    subsets?: [{
      labels?: {String: String}
      name: String
      trafficPolicy?: TrafficPolicy
    }]
    trafficPolicy?: TrafficPolicy
    workloadSelector?: {
      matchLabels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1alpha3", "EnvoyFilter")
type EnvoyFilter = {
  spec?: {
    configPatches?: [{
      applyTo?: "INVALID" | "LISTENER" | "FILTER_CHAIN" | "NETWORK_FILTER" | "HTTP_FILTER" | "ROUTE_CONFIGURATION" | "VIRTUAL_HOST" | "HTTP_ROUTE" | "CLUSTER" | "EXTENSION_CONFIG" | "BOOTSTRAP" | "LISTENER_FILTER"
      match?: {
        cluster?: {
          name?: String
          portNumber?: Int where 0 <= it and it <= 4294967295
          service?: String
          subset?: String
        }
        context?: "ANY" | "SIDECAR_INBOUND" | "SIDECAR_OUTBOUND" | "GATEWAY"
        listener?: {
          filterChain?: {
            applicationProtocols?: String
            destinationPort?: Int where 0 <= it and it <= 4294967295
            filter?: {
              name?: String
              subFilter?: {
                name?: String
              }
            }
            name?: String
            sni?: String
            transportProtocol?: String
          }
          listenerFilter?: String
          name?: String
          portName?: String
          portNumber?: Int where 0 <= it and it <= 4294967295
        }
        proxy?: {
          metadata?: {String: String}
          proxyVersion?: String
        }
        routeConfiguration?: {
          gateway?: String
          name?: String
          portName?: String
          portNumber?: Int where 0 <= it and it <= 4294967295
          vhost?: {
            domainName?: String
            name?: String
            route?: {
              action?: "ANY" | "ROUTE" | "REDIRECT" | "DIRECT_RESPONSE"
              name?: String
            }
          }
        }
      }
      patch?: {
        filterClass?: "UNSPECIFIED" | "AUTHN" | "AUTHZ" | "STATS"
        operation?: "INVALID" | "MERGE" | "ADD" | "REMOVE" | "INSERT_BEFORE" | "INSERT_AFTER" | "INSERT_FIRST" | "REPLACE"
        value?: {String: Any}
      }
    }]
    priority?: Int
    targetRefs?: [TargetRef]
    workloadSelector?: {
      labels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1", "Gateway")
type Gateway = {
  spec?: {
    selector?: {String: String}
    servers?: [{
      bind?: String
      defaultEndpoint?: String
      hosts: [String]
      name?: String
      port: {
        name: String
        number: Int where 0 <= it and it <= 4294967295
        protocol: String
        targetPort?: Int where 0 <= it and it <= 4294967295
      }
      tls?: Tls
    }]
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1beta1", "ProxyConfig")
type ProxyConfig = {
  spec?: {
    concurrency?: Int where it >= 0
    environmentVariables?: {String: String}
    image?: {
      imageType?: String
    }
    selector?: {
      matchLabels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1", "ServiceEntry")
type ServiceEntry = {
  spec: {
    addresses?: [String]
    endpoints?: [Endpoint]
    exportTo?: [String]
    hosts: [String]
    location?: "MESH_EXTERNAL" | "MESH_INTERNAL"
    ports?: [name: {
      name: String
      number: Int where 0 <= it and it <= 4294967295
      protocol?: String
      targetPort?: Int where 0 <= it and it <= 4294967295
    }]
    resolution?: "NONE" | "STATIC" | "DNS" | "DNS_ROUND_ROBIN"
    subjectAltNames?: [String]
    workloadSelector?: {
      labels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1", "Sidecar")
type Sidecar = {
  spec?: {
    egress?: [{
      bind?: String
      captureMode?: "DEFAULT" | "IPTABLES" | "NONE"
      hosts: [String]
      port?: Port
    }]
    inboundConnectionPool?: InboundConnectionPool
    ingress?: [{
      bind?: String
      captureMode?: "DEFAULT" | "IPTABLES" | "NONE"
      connectionPool?: InboundConnectionPool
      defaultEndpoint?: String
      port: Port
      tls?: Tls
    }]
    outboundTrafficPolicy?: {
      egressProxy?: EgressProxy
      mode?: "REGISTRY_ONLY" | "ALLOW_ANY"
    }
    workloadSelector?: {
      labels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1", "VirtualService")
type VirtualService = {
  spec?: {
    exportTo?: [String]
    gateways?: [String]
    hosts?: [String]
    http?: [{
      corsPolicy?: {
        allowCredentials?: Bool
        allowHeaders?: [String]
        allowMethods?: [String]
        allowOrigin?: [String]
        allowOrigins?: [AllowOrigin]
        exposeHeaders?: [String]
        maxAge?: String
        unmatchedPreflights?: "UNSPECIFIED" | "FORWARD" | "IGNORE"
      }
      delegate?: {
        name?: String
        namespace?: String
      }
      directResponse?: {
        body?: {
          bytes?: String
          string?: String
        }
        status: Int where 0 <= it and it <= 4294967295
      }
      fault?: {
        abort?: {
          grpcStatus?: String
          http2Error?: String
          httpStatus?: Int
          percentage?: {
            value?: Float
          }
        }
        delay?: {
          exponentialDelay?: String
          fixedDelay?: String
          percent?: Int
          percentage?: {
            value?: Float
          }
        }
      }
      headers?: Headers
      match?: [{
        authority?: AllowOrigin
        gateways?: [String]
        headers?: {String: AllowOrigin}
        ignoreUriCase?: Bool
        method?: AllowOrigin
        name?: String
        port?: Int where 0 <= it and it <= 4294967295
        queryParams?: {String: AllowOrigin}
        scheme?: AllowOrigin
        sourceLabels?: {String: String}
        sourceNamespace?: String
        statPrefix?: String
        uri?: AllowOrigin
        withoutHeaders?: {String: AllowOrigin}
      }]
      mirror?: EgressProxy
      "mirror_percent"?: Int where 0 <= it and it <= 4294967295
      mirrorPercent?: Int where 0 <= it and it <= 4294967295
      mirrorPercentage?: {
        value?: Float
      }
      mirrors?: [{
        destination: EgressProxy
        percentage?: {
          value?: Float
        }
      }]
      name?: String
      redirect?: {
        authority?: String
        derivePort?: "FROM_PROTOCOL_DEFAULT" | "FROM_REQUEST_PORT"
        port?: Int where 0 <= it and it <= 4294967295
        redirectCode?: Int where 0 <= it and it <= 4294967295
        scheme?: String
        uri?: String
      }
      retries?: {
        attempts?: Int
        perTryTimeout?: String
        retryOn?: String
        retryRemoteLocalities?: Bool
      }
      rewrite?: {
        authority?: String
        uri?: String
        uriRegexRewrite?: {
          match?: String
          rewrite?: String
        }
      }
      route?: [{
        destination: EgressProxy
        headers?: Headers
        weight?: Int
      }]
      timeout?: String
    }]
    tcp?: [{
      match?: [{
        destinationSubnets?: [String]
        gateways?: [String]
        port?: Int where 0 <= it and it <= 4294967295
        sourceLabels?: {String: String}
        sourceNamespace?: String
        sourceSubnet?: String
      }]
      route?: [Route]
    }]
    tls?: [{
      match: [{
        destinationSubnets?: [String]
        gateways?: [String]
        port?: Int where 0 <= it and it <= 4294967295
        sniHosts: [String]
        sourceLabels?: {String: String}
        sourceNamespace?: String
      }]
      route?: [Route]
    }]
  }
  status?: Any
}

@kubernetes("networking.istio.io/v1", "WorkloadEntry")
type WorkloadEntry = {
  spec: Endpoint
  status?: Any
}

@kubernetes("networking.istio.io/v1", "WorkloadGroup")
type WorkloadGroup = {
  spec: {
    metadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    probe?: {
      exec?: {
        command: [String]
      }
      failureThreshold?: Int where it >= 0
      grpc?: {
        port?: Int where 0 <= it and it <= 4294967295
        service?: String
      }
      httpGet?: {
        host?: String
        httpHeaders?: [{
          name?: String
          value?: String
        }]
        path?: String
        port: Int where 0 <= it and it <= 4294967295
        scheme?: String
      }
      initialDelaySeconds?: Int where it >= 0
      periodSeconds?: Int where it >= 0
      successThreshold?: Int where it >= 0
      tcpSocket?: {
        host?: String
        port: Int where 0 <= it and it <= 4294967295
      }
      timeoutSeconds?: Int where it >= 0
    }
    template: Endpoint
  }
  status?: Any
}

@kubernetes("security.istio.io/v1", "AuthorizationPolicy")
type AuthorizationPolicy = {
  spec?: {
    action?: "ALLOW" | "DENY" | "AUDIT" | "CUSTOM"
    provider?: {
      name?: String
    }
    rules?: [{
      from?: [{
        source?: {
          ipBlocks?: [String]
          namespaces?: [String]
          notIpBlocks?: [String]
          notNamespaces?: [String]
          notPrincipals?: [String]
          notRemoteIpBlocks?: [String]
          notRequestPrincipals?: [String]
          notServiceAccounts?: [String]
          principals?: [String]
          remoteIpBlocks?: [String]
          requestPrincipals?: [String]
          serviceAccounts?: [String]
        }
      }]
      to?: [{
        operation?: {
          hosts?: [String]
          methods?: [String]
          notHosts?: [String]
          notMethods?: [String]
          notPaths?: [String]
          notPorts?: [String]
          paths?: [String]
          ports?: [String]
        }
      }]
      when?: [{
        key: String
        notValues?: [String]
        values?: [String]
      }]
    }]
    selector?: {
      matchLabels?: {String: String}
    }
    targetRef?: TargetRef
    targetRefs?: [TargetRef]
  }
  status?: Any
}

@kubernetes("security.istio.io/v1", "PeerAuthentication")
type PeerAuthentication = {
  spec?: {
    mtls?: {
      mode?: "UNSET" | "DISABLE" | "PERMISSIVE" | "STRICT"
    }
    portLevelMtls?: {
      String: {
        mode?: "UNSET" | "DISABLE" | "PERMISSIVE" | "STRICT"
      }
    }
    selector?: {
      matchLabels?: {String: String}
    }
  }
  status?: Any
}

@kubernetes("security.istio.io/v1", "RequestAuthentication")
type RequestAuthentication = {
  spec?: {
    jwtRules?: [{
      audiences?: [String]
      forwardOriginalToken?: Bool
      fromCookies?: [String]
      fromHeaders?: [{
        name: String
        prefix?: String
      }]
      fromParams?: [String]
      issuer: String
      jwks?: String
      "jwks_uri"?: String
      jwksUri?: String
      outputClaimToHeaders?: [{
        claim: String
        header: String
      }]
      outputPayloadToHeader?: String
      timeout?: String
    }]
    selector?: {
      matchLabels?: {String: String}
    }
    targetRef?: TargetRef
    targetRefs?: [TargetRef]
  }
  status?: Any
}

@kubernetes("telemetry.istio.io/v1", "Telemetry")
type Telemetry = {
  spec?: {
    accessLogging?: [{
      disabled?: Bool
      filter?: {
        expression?: String
      }
      match?: {
        mode?: "CLIENT_AND_SERVER" | "CLIENT" | "SERVER"
      }
      providers?: [{
        name: String
      }]
    }]
    metrics?: [{
      overrides?: [{
        disabled?: Bool
        match?: {
          customMetric?: String
          metric?: "ALL_METRICS" | "REQUEST_COUNT" | "REQUEST_DURATION" | "REQUEST_SIZE" | "RESPONSE_SIZE" | "TCP_OPENED_CONNECTIONS" | "TCP_CLOSED_CONNECTIONS" | "TCP_SENT_BYTES" | "TCP_RECEIVED_BYTES" | "GRPC_REQUEST_MESSAGES" | "GRPC_RESPONSE_MESSAGES"
          mode?: "CLIENT_AND_SERVER" | "CLIENT" | "SERVER"
        }
        tagOverrides?: {
          String: {
            operation?: "UPSERT" | "REMOVE"
            value?: String
          }
        }
      }]
      providers?: [{
        name: String
      }]
      reportingInterval?: String
    }]
    selector?: {
      matchLabels?: {String: String}
    }
    targetRef?: TargetRef
    targetRefs?: [TargetRef]
    tracing?: [{
      customTags?: {
        String: {
          environment?: {
            defaultValue?: String
            name: String
          }
          header?: {
            defaultValue?: String
            name: String
          }
          literal?: {
            value: String
          }
        }
      }
      disableSpanReporting?: Bool
      enableIstioTags?: Bool
      match?: {
        mode?: "CLIENT_AND_SERVER" | "CLIENT" | "SERVER"
      }
      providers?: [{
        name: String
      }]
      randomSamplingPercentage?: Float where 0 <= it and it <= 100
      useRequestIdForTraceSampling?: Bool
    }]
  }
  status?: Any
}

type TrafficPolicy = {
  connectionPool?: InboundConnectionPool
  loadBalancer?: LoadBalancer
  outlierDetection?: OutlierDetection
  portLevelSettings?: [{
    connectionPool?: InboundConnectionPool
    loadBalancer?: LoadBalancer
    outlierDetection?: OutlierDetection
    port?: {
      number?: Int where 0 <= it and it <= 4294967295
    }
    tls?: PortLevelSettingTls
  }]
  proxyProtocol?: {
    version?: "V1" | "V2"
  }
  tls?: PortLevelSettingTls
  tunnel?: {
    protocol?: String
    targetHost: String
    targetPort: Int where 0 <= it and it <= 4294967295
  }
}

type TargetRef = {
  group?: String
  kind: String
  name: String
  namespace?: String
}

type Tls = {
  caCertificates?: String
  caCrl?: String
  cipherSuites?: [String]
  credentialName?: String
  httpsRedirect?: Bool
  maxProtocolVersion?: "TLS_AUTO" | "TLSV1_0" | "TLSV1_1" | "TLSV1_2" | "TLSV1_3"
  minProtocolVersion?: "TLS_AUTO" | "TLSV1_0" | "TLSV1_1" | "TLSV1_2" | "TLSV1_3"
  mode?: "PASSTHROUGH" | "SIMPLE" | "MUTUAL" | "AUTO_PASSTHROUGH" | "ISTIO_MUTUAL" | "OPTIONAL_MUTUAL"
  privateKey?: String
  serverCertificate?: String
  subjectAltNames?: [String]
  verifyCertificateHash?: [String]
  verifyCertificateSpki?: [String]
}

type Endpoint = {
  address?: String
  labels?: {String: String}
  locality?: String
  network?: String
  ports?: {String: Int where 0 <= it and it <= 4294967295}
  serviceAccount?: String
  weight?: Int where 0 <= it and it <= 4294967295
}

type Port = {
  name?: String
  number?: Int where 0 <= it and it <= 4294967295
  protocol?: String
  targetPort?: Int where 0 <= it and it <= 4294967295
}

type InboundConnectionPool = {
  http?: {
    h2UpgradePolicy?: "DEFAULT" | "DO_NOT_UPGRADE" | "UPGRADE"
    http1MaxPendingRequests?: Int
    http2MaxRequests?: Int
    idleTimeout?: String
    maxConcurrentStreams?: Int
    maxRequestsPerConnection?: Int
    maxRetries?: Int
    useClientProtocol?: Bool
  }
  tcp?: {
    connectTimeout?: String
    idleTimeout?: String
    maxConnectionDuration?: String
    maxConnections?: Int
    tcpKeepalive?: {
      interval?: String
      probes?: Int where 0 <= it and it <= 4294967295
      time?: String
    }
  }
}

type EgressProxy = {
  host: String
  port?: {
    number?: Int where 0 <= it and it <= 4294967295
  }
  subset?: String
}

type AllowOrigin = {
  exact?: String
  prefix?: String
  regex?: String
}

type Headers = {
  request?: Request
  response?: Request
}

type Route = {
  destination: EgressProxy
  weight?: Int
}

type LoadBalancer = {
  consistentHash?: {
    httpCookie?: {
      name: String
      path?: String
      ttl?: String
    }
    httpHeaderName?: String
    httpQueryParameterName?: String
    maglev?: {
      tableSize?: Int where it >= 0
    }
    minimumRingSize?: Int where it >= 0
    ringHash?: {
      minimumRingSize?: Int where it >= 0
    }
    useSourceIp?: Bool
  }
  localityLbSetting?: {
    distribute?: [{
      from?: String
      to?: {String: Int where 0 <= it and it <= 4294967295}
    }]
    enabled?: Bool
    failover?: [{
      from?: String
      to?: String
    }]
    failoverPriority?: [String]
  }
  simple?: "UNSPECIFIED" | "LEAST_CONN" | "RANDOM" | "PASSTHROUGH" | "ROUND_ROBIN" | "LEAST_REQUEST"
  warmup?: {
    aggression?: Float where it >= 1
    duration: String
    minimumPercent?: Float where 0 <= it and it <= 100
  }
  warmupDurationSecs?: String
}

type OutlierDetection = {
  baseEjectionTime?: String
  consecutive5xxErrors?: Int where 0 <= it and it <= 4294967295
  consecutiveErrors?: Int
  consecutiveGatewayErrors?: Int where 0 <= it and it <= 4294967295
  consecutiveLocalOriginFailures?: Int where 0 <= it and it <= 4294967295
  interval?: String
  maxEjectionPercent?: Int
  minHealthPercent?: Int
  splitExternalLocalOriginErrors?: Bool
}

type PortLevelSettingTls = {
  caCertificates?: String
  caCrl?: String
  clientCertificate?: String
  credentialName?: String
  insecureSkipVerify?: Bool
  mode?: "DISABLE" | "SIMPLE" | "MUTUAL" | "ISTIO_MUTUAL"
  privateKey?: String
  sni?: String
  subjectAltNames?: [String]
}

type Request = {
  add?: {String: String}
  remove?: [String]
  set?: {String: String}
}
