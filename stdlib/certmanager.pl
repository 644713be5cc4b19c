//! cert-manager: certificates and their issuers, and its kinds.

import std/chart

/// cert-manager with its kinds.
schema CertManager is Release {
  chart = "cert-manager"
  repository = "https://charts.jetstack.io"
  version = "1.16.2"
  replicas: Int where it >= 1 = 1
  /// Whether its kinds stay when it goes, and with them every certificate.
  keeps-kinds: Bool = true
  /// The servers that it asks whether a challenge can be seen; those of the cluster where there is none.
  dns-servers: [Ip] = []
  /// Whether certificates are made for the Gateway API too.
  gateway: Bool = false
  resources: Resources = Resources { cpu: 20m, memory: 96MiB, memory-limit: 256MiB }
  pods = { "app.kubernetes.io/name": "cert-manager", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["cert-manager.io", "acme.cert-manager.io"]
  provides = ["cert-manager"]
  workloads = ["deployment/\(name)", "deployment/\(name)-webhook", "deployment/\(name)-cainjector"]
  values = {
    fullnameOverride: name
    crds: { enabled: true, keep: keeps-kinds }
    replicaCount: replicas
    // Where its leader is elected; `kube-system` is closed on some clusters.
    global: { leaderElection: { namespace: namespace.name } }
    ...(if dns-servers.is-empty() then {} else {
      dns01RecursiveNameservers: dns-servers.map((ip) => "\(ip):53").join(",")
      dns01RecursiveNameserversOnly: true
    })
    ...(if gateway then {
      config: {
        apiVersion: "controller.config.cert-manager.io/v1alpha1"
        kind: "ControllerConfiguration"
        enableGatewayAPI: true
      }
    } else {})
    resources: chart.sized(resources)
    webhook: { replicaCount: replicas, resources: chart.sized(resources) }
    cainjector: { resources: chart.sized(resources) }
  }
}

/// trust-manager: lets certificates of authorities be known wherever they are needed.
schema TrustManager is Release {
  chart = "trust-manager"
  repository = "https://charts.jetstack.io"
  version = "0.24.0"
  resources: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 128MiB }
  pods = { app: "trust-manager" }
  tier = "core"
  kinds = ["trust.cert-manager.io"]
  requires = ["cert-manager"]
  provides = ["trust-manager"]
  workloads = ["deployment/trust-manager"]
  values = {
    crds: { enabled: true }
    // The one namespace whose secrets it reads.
    app: { trust: { namespace: namespace.name } }
    resources: chart.sized(resources)
  }
}

/// An authority of one's own, for names that nobody outside knows: a root that signs itself, and the issuer that signs with it.
/// It stands in the namespace of cert-manager, where cluster issuers look for their keys.
schema InternalCa is Bundle {
  /// What the issuer is called.
  issuer: Name = name
  /// What the root says of whom it is.
  common-name: String = name
  /// How long the root is valid; whoever trusts it must be told of the next one.
  valid: Duration = 87600h
  ClusterIssuer "\(issuer)-root" { spec: { selfSigned: {} } }
  Certificate "\(issuer)-root" {
    spec: {
      isCA: true
      commonName: common-name
      secretName: "\(issuer)-root"
      duration: "\(valid)"
      privateKey: { algorithm: "ECDSA", size: 256 }
      issuerRef: { kind: "ClusterIssuer", name: "\(issuer)-root" }
    }
  }
  ClusterIssuer "\(issuer)" { spec: { ca: { secretName: "\(issuer)-root" } } }
}

/// Let's Encrypt, by a record at Cloudflare, so that names need not be reached from outside.
schema LetsEncrypt is Bundle {
  issuer: Name = name
  email: String
  /// The key of a secret in the namespace of cert-manager that is the token of the API.
  token: SecretKey
  /// Whether the real one is asked, which gives few certificates a week, and not the one for trying.
  real: Bool = true
  ClusterIssuer "\(issuer)" {
    spec: {
      acme: {
        server: if real
          then "https://acme-v02.api.letsencrypt.org/directory"
          else "https://acme-staging-v02.api.letsencrypt.org/directory"
        email: email
        privateKeySecretRef: { name: "\(issuer)-account" }
        solvers: [{
          dns01: {
            cloudflare: { apiTokenSecretRef: { name: token.secret.object, key: token.name } }
          }
        }]
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("cert-manager.io/v1", "Certificate")
type Certificate = {
  spec?: {
    additionalOutputFormats?: [{
      type: "DER" | "CombinedPEM"
    }]
    commonName?: String
    dnsNames?: [String]
    duration?: String
    emailAddresses?: [String]
    encodeUsagesInRequest?: Bool
    ipAddresses?: [String]
    isCA?: Bool
    issuerRef: IssuerRef
    keystores?: {
      jks?: {
        alias?: String
        create: Bool
        password?: String
        passwordSecretRef?: {
          key?: String
          name: String
        }
      }
      pkcs12?: {
        create: Bool
        password?: String
        passwordSecretRef?: {
          key?: String
          name: String
        }
        profile?: "LegacyRC2" | "LegacyDES" | "Modern2023"
      }
    }
    literalSubject?: String
    nameConstraints?: {
      critical?: Bool
      excluded?: Excluded
      permitted?: Excluded
    }
    otherNames?: [{
      oid?: String
      utf8Value?: String
    }]
    privateKey?: {
      algorithm?: "RSA" | "ECDSA" | "Ed25519"
      encoding?: "PKCS1" | "PKCS8"
      rotationPolicy?: "Never" | "Always"
      size?: Int
    }
    renewBefore?: String
    renewBeforePercentage?: Int
    revisionHistoryLimit?: Int
    secretName: String
    secretTemplate?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    signatureAlgorithm?: "SHA256WithRSA" | "SHA384WithRSA" | "SHA512WithRSA" | "ECDSAWithSHA256" | "ECDSAWithSHA384" | "ECDSAWithSHA512" | "PureEd25519"
    subject?: {
      countries?: [String]
      localities?: [String]
      organizationalUnits?: [String]
      organizations?: [String]
      postalCodes?: [String]
      provinces?: [String]
      serialNumber?: String
      streetAddresses?: [String]
    }
    uris?: [String]
    usages?: ["signing" | "digital signature" | "content commitment" | "key encipherment" | "key agreement" | "data encipherment" | "cert sign" | "crl sign" | "encipher only" | "decipher only" | "any" | "server auth" | "client auth" | "code signing" | "email protection" | "s/mime" | "ipsec end system" | "ipsec tunnel" | "ipsec user" | "timestamping" | "ocsp signing" | "microsoft sgc" | "netscape sgc"]
  }
  status?: Any
}

@kubernetes("cert-manager.io/v1", "CertificateRequest")
type CertificateRequest = {
  spec?: {
    duration?: String
    extra?: {String: [String]}
    groups?: [String]
    isCA?: Bool
    issuerRef: IssuerRef
    request: String
    uid?: String
    usages?: ["signing" | "digital signature" | "content commitment" | "key encipherment" | "key agreement" | "data encipherment" | "cert sign" | "crl sign" | "encipher only" | "decipher only" | "any" | "server auth" | "client auth" | "code signing" | "email protection" | "s/mime" | "ipsec end system" | "ipsec tunnel" | "ipsec user" | "timestamping" | "ocsp signing" | "microsoft sgc" | "netscape sgc"]
    username?: String
  }
  status?: Any
}

@kubernetes("cert-manager.io/v1", "ClusterIssuer", "cluster")
type ClusterIssuer = {
  spec: Spec
  status?: Any
}

@kubernetes("cert-manager.io/v1", "Issuer")
type Issuer = {
  spec: Spec
  status?: Any
}

@kubernetes("acme.cert-manager.io/v1", "Challenge")
type Challenge = {
  spec: {
    authorizationURL: String
    dnsName: String
    issuerRef: IssuerRef
    key: String
    solver: Solver
    token: String
    type: "HTTP-01" | "DNS-01"
    url: String
    wildcard?: Bool
  }
  status?: Any
}

@kubernetes("acme.cert-manager.io/v1", "Order")
type Order = {
  spec: {
    commonName?: String
    dnsNames?: [String]
    duration?: String
    ipAddresses?: [String]
    issuerRef: IssuerRef
    profile?: String
    request: String
  }
  status?: Any
}

type IssuerRef = {
  group?: String
  kind?: String
  name: String
}

type Excluded = {
  dnsDomains?: [String]
  emailAddresses?: [String]
  ipRanges?: [String]
  uriDomains?: [String]
}

type Spec = {
  acme?: {
    caBundle?: String
    disableAccountKeyGeneration?: Bool
    email?: String
    enableDurationFeature?: Bool
    externalAccountBinding?: {
      keyAlgorithm?: "HS256" | "HS384" | "HS512"
      keyID: String
      keySecretRef: {
        key?: String
        name: String
      }
    }
    preferredChain?: String
    privateKeySecretRef: {
      key?: String
      name: String
    }
    profile?: String
    server: String
    skipTLSVerify?: Bool
    solvers?: [Solver]
  }
  ca?: {
    crlDistributionPoints?: [String]
    issuingCertificateURLs?: [String]
    ocspServers?: [String]
    secretName: String
  }
  selfSigned?: {
    crlDistributionPoints?: [String]
  }
  vault?: {
    auth: {
      appRole?: {
        path: String
        roleId: String
        secretRef: {
          key?: String
          name: String
        }
      }
      clientCertificate?: {
        mountPath?: String
        name?: String
        secretName?: String
      }
      kubernetes?: {
        mountPath?: String
        role: String
        secretRef?: {
          key?: String
          name: String
        }
        serviceAccountRef?: {
          audiences?: [String]
          name: String
        }
      }
      tokenSecretRef?: {
        key?: String
        name: String
      }
    }
    caBundle?: String
    caBundleSecretRef?: {
      key?: String
      name: String
    }
    clientCertSecretRef?: {
      key?: String
      name: String
    }
    clientKeySecretRef?: {
      key?: String
      name: String
    }
    namespace?: String
    path: String
    server: String
    serverName?: String
  }
  venafi?: {
    cloud?: {
      apiTokenSecretRef: {
        key?: String
        name: String
      }
      url?: String
    }
    tpp?: {
      caBundle?: String
      caBundleSecretRef?: {
        key?: String
        name: String
      }
      credentialsRef: {
        name: String
      }
      url: String
    }
    zone: String
  }
}

type Solver = {
  dns01?: {
    acmeDNS?: {
      accountSecretRef: {
        key?: String
        name: String
      }
      host: String
    }
    akamai?: {
      accessTokenSecretRef: {
        key?: String
        name: String
      }
      clientSecretSecretRef: {
        key?: String
        name: String
      }
      clientTokenSecretRef: {
        key?: String
        name: String
      }
      serviceConsumerDomain: String
    }
    azureDNS?: {
      clientID?: String
      clientSecretSecretRef?: {
        key?: String
        name: String
      }
      environment?: "AzurePublicCloud" | "AzureChinaCloud" | "AzureGermanCloud" | "AzureUSGovernmentCloud"
      hostedZoneName?: String
      managedIdentity?: {
        clientID?: String
        resourceID?: String
        tenantID?: String
      }
      resourceGroupName: String
      subscriptionID: String
      tenantID?: String
      zoneType?: "AzurePublicZone" | "AzurePrivateZone"
    }
    cloudDNS?: {
      hostedZoneName?: String
      project: String
      serviceAccountSecretRef?: {
        key?: String
        name: String
      }
    }
    cloudflare?: {
      apiKeySecretRef?: {
        key?: String
        name: String
      }
      apiTokenSecretRef?: {
        key?: String
        name: String
      }
      email?: String
    }
    cnameStrategy?: "None" | "Follow"
    digitalocean?: {
      tokenSecretRef: {
        key?: String
        name: String
      }
    }
    rfc2136?: {
      nameserver: String
      protocol?: "TCP" | "UDP"
      tsigAlgorithm?: String
      tsigKeyName?: String
      tsigSecretSecretRef?: {
        key?: String
        name: String
      }
    }
    route53?: {
      accessKeyID?: String
      accessKeyIDSecretRef?: {
        key?: String
        name: String
      }
      auth?: {
        kubernetes: {
          serviceAccountRef: {
            audiences?: [String]
            name: String
          }
        }
      }
      hostedZoneID?: String
      region?: String
      role?: String
      secretAccessKeySecretRef?: {
        key?: String
        name: String
      }
    }
    webhook?: {
      config?: Any
      groupName: String
      solverName: String
    }
  }
  http01?: {
    gatewayHTTPRoute?: {
      labels?: {String: String}
      parentRefs?: [{
        group?: String
        kind?: String
        name: String
        namespace?: String
        port?: Int where 1 <= it and it <= 65535
        sectionName?: String
      }]
      podTemplate?: PodTemplate
      serviceType?: String
    }
    ingress?: {
      class?: String
      ingressClassName?: String
      ingressTemplate?: {
        metadata?: {
          annotations?: {String: String}
          labels?: {String: String}
        }
      }
      name?: String
      podTemplate?: PodTemplate
      serviceType?: String
    }
  }
  selector?: {
    dnsNames?: [String]
    dnsZones?: [String]
    matchLabels?: {String: String}
  }
}

type PodTemplate = {
  metadata?: {
    annotations?: {String: String}
    labels?: {String: String}
  }
  spec?: {
    affinity?: {
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
    imagePullSecrets?: [name: {
      name?: String
    }]
    nodeSelector?: {String: String}
    priorityClassName?: String
    resources?: {
      limits?: Limits
      requests?: Limits
    }
    securityContext?: {
      fsGroup?: Int
      fsGroupChangePolicy?: String
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
        type: String
      }
      supplementalGroups?: [Int]
      sysctls?: [{
        name: String
        value: String
      }]
    }
    serviceAccountName?: String
    tolerations?: [{
      effect?: String
      key?: String
      operator?: String
      tolerationSeconds?: Int
      value?: String
    }]
  }
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

type Limits = {
  cpu?: Cpu
  memory?: Bytes
  storage?: Bytes
  "ephemeral-storage"?: Bytes
  String: Cpu | Bytes | String
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
