//! Linkerd: profiles, servers and authorizations.

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
