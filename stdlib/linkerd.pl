//! Linkerd: a mesh of small proxies, and its kinds.

import std/certmanager
import std/chart

/// The kinds of Linkerd.
schema Crds is Release {
  chart = "linkerd-crds"
  repository = "https://helm.linkerd.io/edge"
  version = "2025.12.3"
  tier = "critical"
  kinds = ["linkerd.io", "policy.linkerd.io"]
  provides = ["linkerd.crds"]
  /// Whether it brings the kinds of the Gateway API, which others may have brought already.
  gateway: Bool = false
  values = { installGatewayAPI: gateway }
}

/// Who the proxies are: certificates that cert-manager makes and renews. A root that signs itself, an issuer for the mesh, and the
/// root for all to see. It comes before the control plane, which waits for it to start at all.
schema Identity is Component {
  /// The namespace of cert-manager, and of trust-manager.
  authority: Name = "cert-manager"
  /// How long the root is valid, and the issuer.
  root-valid: Duration = 8760h
  issuer-valid: Duration = 48h
  check root-valid > issuer-valid else "the root ends after \(root-valid), before the issuer that it signs, after \(issuer-valid)"
  isolate = false
  tier = "critical"
  requires = ["cert-manager", "trust-manager"]
  provides = ["linkerd.identity"]
  emit each object: Object
  certmanager.Certificate linkerd-trust-anchor {
    metadata.namespace: authority
    spec: {
      isCA: true
      commonName: "root.linkerd.cluster.local"
      secretName: "linkerd-trust-anchor"
      duration: "\(root-valid)"
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" }
      issuerRef: { kind: "ClusterIssuer", name: "linkerd-root" }
    }
  }
  certmanager.ClusterIssuer linkerd-root { spec: { selfSigned: {} } }
  certmanager.ClusterIssuer linkerd-trust-anchor {
    spec: { ca: { secretName: "linkerd-trust-anchor" } }
  }
  certmanager.Certificate linkerd-identity-issuer {
    spec: {
      isCA: true
      commonName: "identity.linkerd.cluster.local"
      dnsNames: ["identity.linkerd.cluster.local"]
      secretName: "linkerd-identity-issuer"
      duration: "\(issuer-valid)"
      renewBefore: "25h"
      usages: ["cert sign", "crl sign", "server auth", "client auth"]
      privateKey: { algorithm: "ECDSA", rotationPolicy: "Always" }
      issuerRef: { kind: "ClusterIssuer", name: "linkerd-trust-anchor" }
    }
  }
  object linkerd-identity-trust-roots {
    apiVersion: "trust.cert-manager.io/v1alpha1"
    kind: "Bundle"
    metadata: { name: "linkerd-identity-trust-roots" }
    spec: {
      sources: [{ secret: { name: "linkerd-trust-anchor", key: "tls.crt" } }]
      target: {
        configMap: { key: "ca-bundle.crt" }
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace.name } }
      }
    }
  }
}

/// What tells the proxies where calls go and who they are, by the certificates of `Identity`.
schema ControlPlane is Release {
  chart = "linkerd-control-plane"
  repository = "https://helm.linkerd.io/edge"
  version = "2025.12.3"
  replicas: Int where it >= 1 = 1
  check chart.is-open(namespace) else chart.closed(namespace)
  /// What a proxy beside a container asks for.
  proxy: Resources = Resources { cpu: 20m, memory: 32MiB, memory-limit: 256MiB }
  pods = { "linkerd.io/control-plane-ns": namespace.name }
  tier = "critical"
  requires = ["linkerd.crds", "linkerd.identity"]
  provides = ["linkerd"]
  workloads = [
    "deployment/linkerd-destination",
    "deployment/linkerd-identity",
    "deployment/linkerd-proxy-injector",
  ]
  values = {
    controllerReplicas: replicas
    clusterNetworks: "\(cluster.network.pods),\(cluster.network.services)"
    identity: { externalCA: true, issuer: { scheme: "kubernetes.io/tls" } }
    proxy: {
      resources: {
        cpu: { request: "\(proxy.cpu)" }
        memory: { request: "\(proxy.memory)", limit: "\(proxy.memory-limit)" }
      }
    }
  }
}

/// The dashboard of Linkerd, and the metrics and taps behind it.
schema Viz is Release {
  chart = "linkerd-viz"
  // What it looks at may come later.
  waits = false
  repository = "https://helm.linkerd.io/edge"
  version = "2025.12.3"
  /// Where Linkerd is.
  mesh: Name = "linkerd"
  /// Where the metrics are, if not in a Prometheus of its own, which keeps nothing when it is started anew.
  prometheus?: Url
  /// The names by which the dashboard may be called.
  hosts: [Hostname] = []
  pods = { "linkerd.io/extension": "viz" }
  requires = ["linkerd"]
  workloads = [
    "deployment/metrics-api",
    "deployment/tap",
    "deployment/tap-injector",
    "deployment/web",
  ]
  web: Endpoint = Endpoint {
    number: 8084
    pods: { "linkerd.io/extension": "viz", component: "web" }
    host: "web.\(namespace.name).svc.\(cluster.domain)"
    id: "\(name)-web"
  }
  values = {
    linkerdNamespace: mesh
    ...(if prometheus == null then {} else {
      prometheusUrl: "\(prometheus)"
      prometheus: { enabled: false }
    })
    ...(if hosts.is-empty() then {} else {
      dashboard: { enforcedHostRegexp: "^(\(hosts.map((host) => "\(host)").join("|")))$" }
    })
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("linkerd.io/v1alpha2", "ServiceProfile")
type ServiceProfile = {
  spec?: {
    dstOverrides?: [{
      authority?: String
      weight?: Cpu | Bytes | String
    }]
    opaquePorts?: [String]
    retryBudget?: {
      minRetriesPerSecond: Int
      retryRatio: Float
      ttl: String
    }
    routes?: [{
      condition: {
        all?: [{String: Any}]
        any?: [{String: Any}]
        method?: String
        not?: [{String: Any}]
        pathRegex?: String
      }
      isRetryable?: Bool
      name: String
      responseClasses?: [{
        condition: {
          all?: [{String: Any}]
          any?: [{String: Any}]
          not?: [{String: Any}]
          status?: {
            max?: Int
            min?: Int
          }
        }
        isFailure?: Bool
      }]
      timeout?: String
    }]
  }
}

@kubernetes("policy.linkerd.io/v1alpha1", "AuthorizationPolicy")
type AuthorizationPolicy = {
  spec: {
    requiredAuthenticationRefs: [RequiredAuthenticationRef]
    targetRef: TargetRef
  }
}

@kubernetes("policy.linkerd.io/v1alpha1", "EgressNetwork")
type EgressNetwork = {
  apiVerson?: String
  spec: {
    networks?: [{
      cidr: String
      except?: [String]
    }]
    trafficPolicy: "Allow" | "Deny"
  }
  status?: Any
}

@kubernetes("policy.linkerd.io/v1alpha1", "HTTPLocalRateLimitPolicy")
type HTTPLocalRateLimitPolicy = {
  spec: {
    identity?: {
      requestsPerSecond: Int
    }
    overrides?: [{
      clientRefs: [RequiredAuthenticationRef]
      requestsPerSecond: Int
    }]
    targetRef: TargetRef
    total?: {
      requestsPerSecond: Int
    }
  }
  status?: Any
}

@kubernetes("policy.linkerd.io/v1beta3", "HTTPRoute")
type HTTPRoute = {
  spec: {
    hostnames?: [String]
    parentRefs?: [{
      group?: String
      kind?: String
      name: String
      namespace?: String
      port?: Int where 1 <= it and it <= 65535
      sectionName?: String
    }]
    rules?: [{
      backendRefs?: [{
        filters?: [{
          requestHeaderModifier?: RequestHeaderModifier
          requestRedirect?: RequestRedirect
          responseHeaderModifier?: RequestHeaderModifier
          type: "RequestHeaderModifier" | "ResponseHeaderModifier" | "RequestRedirect"
        }]
        group?: String
        kind?: String
        name: String
        namespace?: String
        port?: Int where 1 <= it and it <= 65535
        weight?: Int where 0 <= it and it <= 1000000
      }]
      filters?: [{
        requestHeaderModifier?: RequestHeaderModifier
        requestRedirect?: RequestRedirect
        type: "RequestHeaderModifier" | "RequestRedirect"
      }]
      matches?: [{
        headers?: [name: Header]
        method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "CONNECT" | "OPTIONS" | "TRACE" | "PATCH"
        path?: {
          type?: "Exact" | "PathPrefix" | "RegularExpression"
          value?: String
        }
        queryParams?: [name: Header]
      }]
      timeouts?: {
        backendRequest?: Duration | String
        request?: Duration | String
      }
    }]
  }
  status?: Any
}

@kubernetes("policy.linkerd.io/v1alpha1", "MeshTLSAuthentication")
type MeshTLSAuthentication = {
  spec: {
    identities?: [String]
    identityRefs?: [{
      group?: String
      kind: String
      name?: String
      namespace?: String
    }]
  }
}

@kubernetes("policy.linkerd.io/v1alpha1", "NetworkAuthentication")
type NetworkAuthentication = {
  spec: {
    networks: [{
      cidr: String
      except?: [String]
    }]
  }
}

@kubernetes("policy.linkerd.io/v1beta3", "Server")
type Server = {
  spec: {
    accessPolicy?: String
    externalWorkloadSelector?: k8s.LabelSelector
    podSelector?: k8s.LabelSelector
    port: Int | String
    proxyProtocol?: String
  }
}

@kubernetes("policy.linkerd.io/v1beta1", "ServerAuthorization")
type ServerAuthorization = {
  spec: {
    client: {
      meshTLS?: {
        identities?: [String]
        serviceAccounts?: [{
          name: String
          namespace?: String
        }]
        unauthenticatedTLS?: Bool
      }
      networks?: [{
        cidr: String
        except?: [String]
      }]
      unauthenticated?: Bool
    }
    server: {
      name?: String
      selector?: k8s.LabelSelector
    }
  }
}

type RequiredAuthenticationRef = {
  group?: String
  kind: String
  name: String
  namespace?: String
}

type TargetRef = {
  group?: String
  kind: String
  name: String
}

type RequestHeaderModifier = {
  add?: [name: {
    name: String
    value: String
  }]
  remove?: [String]
  set?: [name: {
    name: String
    value: String
  }]
}

type RequestRedirect = {
  hostname?: String
  path?: {
    replaceFullPath?: String
    replacePrefixMatch?: String
    type: "ReplaceFullPath" | "ReplacePrefixMatch"
  }
  port?: Int where 1 <= it and it <= 65535
  scheme?: "http" | "https"
  statusCode?: 301 | 302
}

type Header = {
  name: String
  type?: "Exact" | "RegularExpression"
  value: String
}
