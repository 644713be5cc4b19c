//! Traefik: an ingress controller and its kinds.

import std/chart

/// A controller with a class of its own, delivered as a chart.
schema Controller is IngressController {
  chart = "traefik"
  repository = "https://traefik.github.io/charts"
  version = "41.3.0"
  controller = "traefik.io/ingress-controller"
  replicas: Int where it >= 1 = 2
  /// How it is reached: at an address of its own where the cluster has who gives one, otherwise at ports of the hosts.
  by: chart.Way = chart.best(cluster)
  /// The address of its service.
  @auto("pools")
  address?: Ip
  /// Ports of the hosts for HTTP and HTTPS.
  @auto("node-ports")
  http-node-port?: Port
  @auto("node-ports")
  https-node-port?: Port
  /// Annotations of its service.
  annotations: {String: String} = {}
  /// Whether it sees the addresses that callers have.
  keeps-source: Bool = false
  /// Whether it serves the Gateway API too.
  gateway: Bool = false
  resources: Resources = Resources { cpu: 100m, memory: 128MiB, memory-limit: 256MiB }
  tier = "core"
  kinds = ["traefik.io"]
  pods = {
    "app.kubernetes.io/name": "traefik"
    "app.kubernetes.io/instance": "\(name)-\(namespace.name)"
  }
  workloads = ["deployment/\(name)"]
  provides = ["ingress:\(class)"]
  check cluster.distribution.ingress.all(
    (brought) => brought.class != class,
  ) else "the distribution brings the class `\(class)` with a controller of its own: tell it to leave that out, or choose another class"
  makes = chart.fronts(name, by, [
    { name: "web", port: 80, node-port: http-node-port },
    { name: "websecure", port: 443, node-port: https-node-port },
  ], address)
  values = {
    fullnameOverride: name
    deployment: { replicas: replicas }
    ingressClass: { enabled: true, isDefaultClass: default, name: class }
    providers: {
      kubernetesIngress: { ingressClass: class }
      kubernetesCRD: { ingressClass: class }
      kubernetesGateway: { enabled: gateway }
    }
    ports: {
      web: if http-node-port == null then {} else { nodePort: http-node-port }
      websecure: if https-node-port == null then {} else { nodePort: https-node-port }
    }
    service: {
      annotations: annotations
      spec: {
        type: by
        ...(if address == null then {} else { loadBalancerIP: address })
        ...(if keeps-source then { externalTrafficPolicy: "Local" } else {})
      }
    }
    resources: chart.sized(resources)
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("traefik.io/v1alpha1", "IngressRoute")
type IngressRoute = {
  spec: {
    entryPoints?: [String]
    parentRefs?: [{
      name: String
      namespace?: String
    }]
    routes: [{
      kind?: "Rule"
      match: String
      middlewares?: [{
        name: String
        namespace?: String
      }]
      observability?: {
        accessLogs?: Bool
        metrics?: Bool
        traceVerbosity?: "minimal" | "detailed"
        tracing?: Bool
      }
      priority?: Int where it <= 9223372036854775000
      services?: [Service]
      syntax?: String
    }]
    tls?: {
      certResolver?: String
      domains?: [{
        main?: String
        sans?: [String]
      }]
      options?: {
        name: String
        namespace?: String
      }
      secretName?: String
      store?: {
        name: String
        namespace?: String
      }
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "IngressRouteTCP")
type IngressRouteTCP = {
  spec: {
    entryPoints?: [String]
    routes: [{
      match: String
      middlewares?: [{
        name: String
        namespace?: String
      }]
      priority?: Int where it <= 9223372036854775000
      services?: [{
        name: String
        namespace?: String
        nativeLB?: Bool
        nodePortLB?: Bool
        port: Int | String
        proxyProtocol?: {
          version?: Int where 1 <= it and it <= 2
        }
        serversTransport?: String
        terminationDelay?: Int
        tls?: Bool
        weight?: Int where it >= 0
      }]
      syntax?: "v3" | "v2"
    }]
    tls?: {
      certResolver?: String
      domains?: [{
        main?: String
        sans?: [String]
      }]
      options?: {
        name: String
        namespace?: String
      }
      passthrough?: Bool
      secretName?: String
      store?: {
        name: String
        namespace?: String
      }
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "IngressRouteUDP")
type IngressRouteUDP = {
  spec: {
    entryPoints?: [String]
    routes: [{
      services?: [{
        name: String
        namespace?: String
        nativeLB?: Bool
        nodePortLB?: Bool
        port: Int | String
        weight?: Int where it >= 0
      }]
    }]
  }
}

@kubernetes("traefik.io/v1alpha1", "Middleware")
type Middleware = {
  spec: {
    addPrefix?: {
      prefix?: String
    }
    basicAuth?: BasicAuth
    buffering?: {
      maxRequestBodyBytes?: Int
      maxResponseBodyBytes?: Int
      memRequestBodyBytes?: Int
      memResponseBodyBytes?: Int
      retryExpression?: String
    }
    chain?: {
      middlewares?: [{
        name: String
        namespace?: String
      }]
    }
    circuitBreaker?: {
      checkPeriod?: Int | String
      expression?: String
      fallbackDuration?: Int | String
      recoveryDuration?: Int | String
      responseCode?: Int where 100 <= it and it <= 599
    }
    compress?: {
      defaultEncoding?: String
      encodings?: [String]
      excludedContentTypes?: [String]
      includedContentTypes?: [String]
      minResponseBodyBytes?: Int where it >= 0
    }
    contentType?: {
      autoDetect?: Bool
    }
    digestAuth?: BasicAuth
    errors?: {
      query?: String
      service?: Service
      status?: [String]
      statusRewrites?: {String: Int}
    }
    forwardAuth?: {
      addAuthCookiesToResponse?: [String]
      address?: String
      authRequestHeaders?: [String]
      authResponseHeaders?: [String]
      authResponseHeadersRegex?: String
      forwardBody?: Bool
      headerField?: String
      maxBodySize?: Int
      maxResponseBodySize?: Int
      preserveLocationHeader?: Bool
      preserveRequestMethod?: Bool
      tls?: {
        caOptional?: Bool
        caSecret?: String
        certSecret?: String
        insecureSkipVerify?: Bool
      }
      trustForwardHeader?: Bool
    }
    grpcWeb?: {
      allowOrigins?: [String]
    }
    headers?: {
      accessControlAllowCredentials?: Bool
      accessControlAllowHeaders?: [String]
      accessControlAllowMethods?: [String]
      accessControlAllowOriginList?: [String]
      accessControlAllowOriginListRegex?: [String]
      accessControlExposeHeaders?: [String]
      accessControlMaxAge?: Int
      addVaryHeader?: Bool
      allowedHosts?: [String]
      browserXssFilter?: Bool
      contentSecurityPolicy?: String
      contentSecurityPolicyReportOnly?: String
      contentTypeNosniff?: Bool
      customBrowserXSSValue?: String
      customFrameOptionsValue?: String
      customRequestHeaders?: {String: String}
      customResponseHeaders?: {String: String}
      featurePolicy?: String
      forceSTSHeader?: Bool
      frameDeny?: Bool
      hostsProxyHeaders?: [String]
      isDevelopment?: Bool
      permissionsPolicy?: String
      publicKey?: String
      referrerPolicy?: String
      sslForceHost?: Bool
      sslHost?: String
      sslProxyHeaders?: {String: String}
      sslRedirect?: Bool
      sslTemporaryRedirect?: Bool
      stsIncludeSubdomains?: Bool
      stsPreload?: Bool
      stsSeconds?: Int where it >= 0
    }
    inFlightReq?: {
      amount?: Int where it >= 0
      sourceCriterion?: SourceCriterion
    }
    ipAllowList?: {
      ipStrategy?: IpStrategy
      rejectStatusCode?: Int
      sourceRange?: [String]
    }
    ipWhiteList?: {
      ipStrategy?: IpStrategy
      sourceRange?: [String]
    }
    passTLSClientCert?: {
      info?: {
        issuer?: {
          commonName?: Bool
          country?: Bool
          domainComponent?: Bool
          locality?: Bool
          organization?: Bool
          province?: Bool
          serialNumber?: Bool
        }
        notAfter?: Bool
        notBefore?: Bool
        sans?: Bool
        serialNumber?: Bool
        subject?: {
          commonName?: Bool
          country?: Bool
          domainComponent?: Bool
          locality?: Bool
          organization?: Bool
          organizationalUnit?: Bool
          province?: Bool
          serialNumber?: Bool
        }
      }
      pem?: Bool
    }
    plugin?: {String: Any}
    rateLimit?: {
      average?: Int where it >= 0
      burst?: Int where it >= 0
      period?: Int | String
      redis?: {
        db?: Int
        dialTimeout?: Int | String
        endpoints?: [String]
        maxActiveConns?: Int
        minIdleConns?: Int
        poolSize?: Int
        readTimeout?: Int | String
        secret?: String
        tls?: {
          caSecret?: String
          certSecret?: String
          insecureSkipVerify?: Bool
        }
        writeTimeout?: Int | String
      }
      sourceCriterion?: SourceCriterion
    }
    redirectRegex?: {
      permanent?: Bool
      regex?: String
      replacement?: String
    }
    redirectScheme?: {
      permanent?: Bool
      port?: String
      scheme?: String
    }
    replacePath?: {
      path?: String
    }
    replacePathRegex?: {
      regex?: String
      replacement?: String
    }
    retry?: {
      attempts?: Int where it >= 0
      initialInterval?: Int | String
    }
    stripPrefix?: {
      forceSlash?: Bool
      prefixes?: [String]
    }
    stripPrefixRegex?: {
      regex?: [String]
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "MiddlewareTCP")
type MiddlewareTCP = {
  spec: {
    inFlightConn?: {
      amount?: Int where it >= 0
    }
    ipAllowList?: {
      sourceRange?: [String]
    }
    ipWhiteList?: {
      sourceRange?: [String]
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "ServersTransport")
type ServersTransport = {
  spec: {
    certificatesSecrets?: [String]
    disableHTTP2?: Bool
    forwardingTimeouts?: {
      dialTimeout?: Int | String
      idleConnTimeout?: Int | String
      pingTimeout?: Int | String
      readIdleTimeout?: Int | String
      responseHeaderTimeout?: Int | String
    }
    insecureSkipVerify?: Bool
    maxIdleConnsPerHost?: Int where it >= -1
    peerCertURI?: String
    rootCAs?: [{
      configMap?: String
      secret?: String
    }]
    rootCAsSecrets?: [String]
    serverName?: String
    spiffe?: {
      ids?: [String]
      trustDomain?: String
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "ServersTransportTCP")
type ServersTransportTCP = {
  spec: {
    dialKeepAlive?: Int | String
    dialTimeout?: Int | String
    proxyProtocol?: {
      version?: Int where 1 <= it and it <= 2
    }
    terminationDelay?: Int | String
    tls?: {
      certificatesSecrets?: [String]
      insecureSkipVerify?: Bool
      peerCertURI?: String
      rootCAs?: [{
        configMap?: String
        secret?: String
      }]
      rootCAsSecrets?: [String]
      serverName?: String
      spiffe?: {
        ids?: [String]
        trustDomain?: String
      }
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "TLSOption")
type TLSOption = {
  spec: {
    alpnProtocols?: [String]
    cipherSuites?: [String]
    clientAuth?: {
      clientAuthType?: "NoClientCert" | "RequestClientCert" | "RequireAnyClientCert" | "VerifyClientCertIfGiven" | "RequireAndVerifyClientCert"
      secretNames?: [String]
    }
    curvePreferences?: [String]
    disableSessionTickets?: Bool
    maxVersion?: String
    minVersion?: String
    preferServerCipherSuites?: Bool
    sniStrict?: Bool
  }
}

@kubernetes("traefik.io/v1alpha1", "TLSStore")
type TLSStore = {
  spec: {
    certificates?: [{
      secretName: String
    }]
    defaultCertificate?: {
      secretName: String
    }
    defaultGeneratedCert?: {
      domain?: {
        main?: String
        sans?: [String]
      }
      resolver?: String
    }
  }
}

@kubernetes("traefik.io/v1alpha1", "TraefikService")
type TraefikService = {
  spec: {
    highestRandomWeight?: {
      services?: [Service]
    }
    mirroring?: {
      healthCheck?: HealthCheck
      kind?: "Service" | "TraefikService"
      maxBodySize?: Int
      mirrorBody?: Bool
      mirrors?: [{
        healthCheck?: HealthCheck
        kind?: "Service" | "TraefikService"
        name: String
        namespace?: String
        nativeLB?: Bool
        nodePortLB?: Bool
        passHostHeader?: Bool
        passiveHealthCheck?: {
          failureWindow?: Int | String
          maxFailedAttempts?: Int
        }
        percent?: Int
        port?: Int | String
        responseForwarding?: {
          flushInterval?: String
        }
        scheme?: String
        serversTransport?: String
        sticky?: Sticky
        strategy?: "wrr" | "p2c" | "hrw" | "leasttime" | "RoundRobin"
        weight?: Int where it >= 0
      }]
      name: String
      namespace?: String
      nativeLB?: Bool
      nodePortLB?: Bool
      passHostHeader?: Bool
      passiveHealthCheck?: {
        failureWindow?: Int | String
        maxFailedAttempts?: Int
      }
      port?: Int | String
      responseForwarding?: {
        flushInterval?: String
      }
      scheme?: String
      serversTransport?: String
      sticky?: Sticky
      strategy?: "wrr" | "p2c" | "hrw" | "leasttime" | "RoundRobin"
      weight?: Int where it >= 0
    }
    weighted?: {
      services?: [Service]
      sticky?: Sticky
    }
  }
}

type Service = {
  healthCheck?: HealthCheck
  kind?: "Service" | "TraefikService"
  name: String
  namespace?: String
  nativeLB?: Bool
  nodePortLB?: Bool
  passHostHeader?: Bool
  passiveHealthCheck?: {
    failureWindow?: Int | String
    maxFailedAttempts?: Int
  }
  port?: Int | String
  responseForwarding?: {
    flushInterval?: String
  }
  scheme?: String
  serversTransport?: String
  sticky?: Sticky
  strategy?: "wrr" | "p2c" | "hrw" | "leasttime" | "RoundRobin"
  weight?: Int where it >= 0
}

type BasicAuth = {
  headerField?: String
  realm?: String
  removeHeader?: Bool
  secret?: String
}

type SourceCriterion = {
  ipStrategy?: IpStrategy
  requestHeaderName?: String
  requestHost?: Bool
}

type IpStrategy = {
  depth?: Int where it >= 0
  excludedIPs?: [String]
  ipv6Subnet?: Int
}

type HealthCheck = {
  followRedirects?: Bool
  headers?: {String: String}
  hostname?: String
  interval?: Int | String
  method?: String
  mode?: String
  path?: String
  port?: Int
  scheme?: String
  status?: Int
  timeout?: Int | String
  unhealthyInterval?: Int | String
}

type Sticky = {
  cookie?: {
    domain?: String
    httpOnly?: Bool
    maxAge?: Int
    name?: String
    path?: String
    sameSite?: "none" | "lax" | "strict"
    secure?: Bool
  }
}
