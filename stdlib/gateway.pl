//! The Gateway API: gateways and their routes.

@kubernetes("gateway.networking.k8s.io/v1alpha2", "BackendLBPolicy")
type BackendLBPolicy = {
  spec: {
    sessionPersistence?: {
      absoluteTimeout?: Duration | String
      cookieConfig?: {
        lifetimeType?: "Permanent" | "Session"
      }
      idleTimeout?: Duration | String
      sessionName?: String
      type?: "Cookie" | "Header"
    }
    targetRefs: [TargetRef]
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "BackendTLSPolicy")
type BackendTLSPolicy = {
  spec: {
    options?: {String: String}
    targetRefs: [{
      group: String
      kind: String
      name: String
      sectionName?: String
    }]
    validation: {
      caCertificateRefs?: [TargetRef]
      hostname: String
      subjectAltNames?: [{
        hostname?: String
        type: "Hostname" | "URI"
        uri?: String
      }]
      wellKnownCACertificates?: String
    }
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "GRPCRoute")
type GRPCRoute = {
  spec: {
    hostnames?: [String]
    parentRefs?: [ParentRef]
    rules?: [{
      backendRefs?: [{
        filters?: [Filter]
        group?: String
        kind?: String
        name: String
        namespace?: String
        port?: Int where 1 <= it and it <= 65535
        weight?: Int where 0 <= it and it <= 1000000
      }]
      filters?: [Filter]
      matches?: [{
        headers?: [name: Header]
        method?: {
          method?: String
          service?: String
          type?: "Exact" | "RegularExpression"
        }
      }]
      name?: String
      sessionPersistence?: SessionPersistence
    }]
    useDefaultGateways?: "All" | "None"
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "Gateway")
type Gateway = {
  spec: {
    addresses?: [{
      type?: String
      value?: String
    }]
    allowedListeners?: {
      namespaces?: {
        from?: "All" | "Selector" | "Same" | "None"
        selector?: k8s.LabelSelector
      }
    }
    defaultScope?: "All" | "None"
    gatewayClassName: String
    infrastructure?: {
      annotations?: {String: String}
      labels?: {String: String}
      parametersRef?: TargetRef
    }
    listeners: [name: Listener]
    tls?: {
      backend?: {
        clientCertificateRef?: ClientCertificateRef
      }
      frontend?: {
        default: Default
        perPort?: [{
          port: Int where 1 <= it and it <= 65535
          tls: Default
        }]
      }
    }
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "GatewayClass", "cluster")
type GatewayClass = {
  spec: {
    controllerName: String
    description?: String
    parametersRef?: ParametersRef
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "HTTPRoute")
type HTTPRoute = {
  spec: {
    hostnames?: [String]
    parentRefs?: [ParentRef]
    rules?: [{
      backendRefs?: [{
        filters?: [BackendRefFilter]
        group?: String
        kind?: String
        name: String
        namespace?: String
        port?: Int where 1 <= it and it <= 65535
        weight?: Int where 0 <= it and it <= 1000000
      }]
      filters?: [BackendRefFilter]
      matches?: [{
        headers?: [name: Header]
        method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "CONNECT" | "OPTIONS" | "TRACE" | "PATCH"
        path?: {
          type?: "Exact" | "PathPrefix" | "RegularExpression"
          value?: String
        }
        queryParams?: [name: Header]
      }]
      name?: String
      retry?: {
        attempts?: Int where it >= 1
        backoff?: Duration | String
        codes?: [Int where 400 <= it and it <= 599]
      }
      sessionPersistence?: SessionPersistence
      timeouts?: {
        backendRequest?: Duration | String
        request?: Duration | String
      }
    }]
    useDefaultGateways?: "All" | "None"
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "ListenerSet")
type ListenerSet = {
  spec: {
    listeners: [name: Listener]
    parentRef: ClientCertificateRef
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "ReferenceGrant")
type ReferenceGrant = {
  spec: {
    from: [{
      group: String
      kind: String
      namespace: String
    }]
    to: [{
      group: String
      kind: String
      name?: String
    }]
  }
}

@kubernetes("gateway.networking.k8s.io/v1", "TCPRoute")
type TCPRoute = {
  spec: Spec
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "TLSRoute")
type TLSRoute = {
  spec: {
    hostnames: [String]
    parentRefs?: [ParentRef]
    rules: [Rule]
    useDefaultGateways?: "All" | "None"
  }
  status?: Any
}

@kubernetes("gateway.networking.k8s.io/v1", "UDPRoute")
type UDPRoute = {
  spec: Spec
  status?: Any
}

type TargetRef = {
  group: String
  kind: String
  name: String
}

type ParentRef = {
  group?: String
  kind?: String
  name: String
  namespace?: String
  port?: Int where 1 <= it and it <= 65535
  sectionName?: String
}

type Filter = {
  extensionRef?: TargetRef
  requestHeaderModifier?: RequestHeaderModifier
  requestMirror?: RequestMirror
  responseHeaderModifier?: RequestHeaderModifier
  type: "ResponseHeaderModifier" | "RequestHeaderModifier" | "RequestMirror" | "ExtensionRef"
}

type Header = {
  name: String
  type?: "Exact" | "RegularExpression"
  value: String
}

type SessionPersistence = {
  absoluteTimeout?: Duration | String
  cookieConfig?: {
    lifetimeType?: "Permanent" | "Session"
  }
  sessionName?: String
  type?: "Cookie" | "Header"
}

type Listener = {
  allowedRoutes?: {
    kinds?: [{
      group?: String
      kind: String
    }]
    namespaces?: {
      from?: "All" | "Selector" | "Same"
      selector?: k8s.LabelSelector
    }
  }
  hostname?: String
  name: String
  port: Int where 1 <= it and it <= 65535
  protocol: String
  tls?: {
    certificateRefs?: [ClientCertificateRef]
    mode?: "Terminate" | "Passthrough"
    options?: {String: String}
  }
}

type ClientCertificateRef = {
  group?: String
  kind?: String
  name: String
  namespace?: String
}

type Default = {
  validation?: {
    caCertificateRefs: [ParametersRef]
    mode?: "AllowValidOnly" | "AllowInsecureFallback"
  }
}

type ParametersRef = {
  group: String
  kind: String
  name: String
  namespace?: String
}

type BackendRefFilter = {
  cors?: {
    allowCredentials?: Bool
    allowHeaders?: [String]
    allowMethods?: ["GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "CONNECT" | "OPTIONS" | "TRACE" | "PATCH" | "*"]
    allowOrigins?: [String]
    exposeHeaders?: [String]
    maxAge?: Int where it >= 1
  }
  extensionRef?: TargetRef
  externalAuth?: {
    backendRef: BackendRef
    forwardBody?: {
      maxSize?: Int
    }
    grpc?: {
      allowedHeaders?: [String]
    }
    http?: {
      allowedHeaders?: [String]
      allowedResponseHeaders?: [String]
      path?: String
    }
    protocol: "HTTP" | "GRPC"
  }
  requestHeaderModifier?: RequestHeaderModifier
  requestMirror?: RequestMirror
  requestRedirect?: {
    hostname?: String
    path?: Path
    port?: Int where 1 <= it and it <= 65535
    scheme?: "http" | "https"
    statusCode?: 301 | 302 | 303 | 307 | 308
  }
  responseHeaderModifier?: RequestHeaderModifier
  type: "RequestHeaderModifier" | "ResponseHeaderModifier" | "RequestMirror" | "RequestRedirect" | "URLRewrite" | "ExtensionRef" | "CORS" | "ExternalAuth"
  urlRewrite?: {
    hostname?: String
    path?: Path
  }
}

type Spec = {
  parentRefs?: [ParentRef]
  rules: [Rule]
  useDefaultGateways?: "All" | "None"
}

type Rule = {
  backendRefs: [{
    group?: String
    kind?: String
    name: String
    namespace?: String
    port?: Int where 1 <= it and it <= 65535
    weight?: Int where 0 <= it and it <= 1000000
  }]
  name?: String
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

type RequestMirror = {
  backendRef: BackendRef
  fraction?: {
    denominator?: Int where it >= 1
    numerator: Int where it >= 0
  }
  percent?: Int where 0 <= it and it <= 100
}

type BackendRef = {
  group?: String
  kind?: String
  name: String
  namespace?: String
  port?: Int where 1 <= it and it <= 65535
}

type Path = {
  replaceFullPath?: String
  replacePrefixMatch?: String
  type: "ReplaceFullPath" | "ReplacePrefixMatch"
}
