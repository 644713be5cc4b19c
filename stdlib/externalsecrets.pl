//! External Secrets: secrets from stores outside, and generators.

import std/chart

/// External Secrets as what brings the values of a secret: it fetches them from a store, again and again.
schema Fetched is SecretProvider {
  @main store: Name
  /// Whether the store is one of the whole cluster.
  shared: Bool = true
  /// The entry of the store in which the keys are.
  entry: String = "\(namespace.name)/\(secret.name)"
  every: Duration = 1h
  emit fetched: ExternalSecret = {
    metadata.name: secret.object
    spec: {
      secretStoreRef: { name: store, kind: if shared then "ClusterSecretStore" else "SecretStore" }
      refreshInterval: "\(every)"
      target.name: secret.object
      data: [for k in secret.key => {
        secretKey: k.name
        remoteRef: { key: entry, property: k.remote }
      }]
    }
  }
}

/// The operator, which fetches what is in stores outside.
schema Operator is Release {
  chart = "external-secrets"
  repository = "https://charts.external-secrets.io"
  version = "0.20.4"
  check version >= "0.16" or cluster.all(Fetched).is-empty() else "secrets are fetched by `external-secrets.io/v1`, which External Secrets serves from 0.16 on, and this is \(version)"
  replicas: Int where it >= 1 = 1
  /// Whether stores of the whole cluster are served, and not only those of a namespace.
  shared: Bool = true
  resources: Resources = Resources { cpu: 50m, memory: 128MiB, memory-limit: 256MiB }
  pods = { "app.kubernetes.io/name": "external-secrets", "app.kubernetes.io/instance": name }
  tier = "critical"
  kinds = ["external-secrets.io", "generators.external-secrets.io"]
  provides = ["external-secrets"]
  workloads = [
    "deployment/\(name)",
    "deployment/\(name)-webhook",
    "deployment/\(name)-cert-controller",
  ]
  values = {
    fullnameOverride: name
    installCRDs: true
    replicaCount: replicas
    leaderElect: replicas > 1
    processClusterStore: shared
    resources: chart.sized(resources)
    webhook: { resources: chart.sized(resources) }
    certController: { resources: chart.sized(resources) }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("external-secrets.io/v1", "ClusterExternalSecret", "cluster")
type ClusterExternalSecret = {
  spec?: {
    externalSecretMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    externalSecretName?: String
    externalSecretSpec: ExternalSecretSpec
    namespaceSelector?: k8s.LabelSelector
    namespaceSelectors?: [k8s.LabelSelector]
    namespaces?: [String]
    refreshTime?: String
  }
  status?: Any
}

@kubernetes("external-secrets.io/v1alpha1", "ClusterPushSecret", "cluster")
type ClusterPushSecret = {
  spec?: {
    namespaceSelectors?: [k8s.LabelSelector]
    pushSecretMetadata?: {
      annotations?: {String: String}
      labels?: {String: String}
    }
    pushSecretName?: String
    pushSecretSpec: PushSecretSpec
    refreshTime?: String
  }
  status?: Any
}

@kubernetes("external-secrets.io/v1", "ClusterSecretStore", "cluster")
type ClusterSecretStore = {
  spec?: Spec
  status?: Any
}

@kubernetes("external-secrets.io/v1", "ExternalSecret")
type ExternalSecret = {
  spec?: ExternalSecretSpec
  status?: Any
}

@kubernetes("external-secrets.io/v1alpha1", "PushSecret")
type PushSecret = {
  spec?: PushSecretSpec
  status?: Any
}

@kubernetes("external-secrets.io/v1", "SecretStore")
type SecretStore = {
  spec?: Spec
  status?: Any
}

@kubernetes("generators.external-secrets.io/v1alpha1", "ACRAccessToken")
type ACRAccessToken = {
  spec?: ACRAccessTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "CloudsmithAccessToken")
type CloudsmithAccessToken = {
  spec?: CloudsmithAccessTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "ClusterGenerator", "cluster")
type ClusterGenerator = {
  spec?: {
    generator: {
      acrAccessTokenSpec?: ACRAccessTokenSpec
      cloudsmithAccessTokenSpec?: CloudsmithAccessTokenSpec
      ecrAuthorizationTokenSpec?: EcrAuthorizationTokenSpec
      fakeSpec?: {
        controller?: String
        data?: {String: String}
      }
      gcrAccessTokenSpec?: GcrAccessTokenSpec
      githubAccessTokenSpec?: GithubAccessTokenSpec
      grafanaSpec?: GrafanaSpec
      mfaSpec?: MfaSpec
      passwordSpec?: PasswordSpec
      quayAccessTokenSpec?: QuayAccessTokenSpec
      sshKeySpec?: SshKeySpec
      stsSessionTokenSpec?: StsSessionTokenSpec
      uuidSpec?: {String: Any}
      vaultDynamicSecretSpec?: VaultDynamicSecretSpec
      webhookSpec?: WebhookSpec
    }
    kind: "ACRAccessToken" | "CloudsmithAccessToken" | "ECRAuthorizationToken" | "Fake" | "GCRAccessToken" | "GithubAccessToken" | "QuayAccessToken" | "Password" | "SSHKey" | "STSSessionToken" | "UUID" | "VaultDynamicSecret" | "Webhook" | "Grafana"
  }
}

@kubernetes("generators.external-secrets.io/v1alpha1", "ECRAuthorizationToken")
type ECRAuthorizationToken = {
  spec?: EcrAuthorizationTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "Fake")
type Fake = {
  spec?: {
    controller?: String
    data?: {String: String}
  }
}

@kubernetes("generators.external-secrets.io/v1alpha1", "GCRAccessToken")
type GCRAccessToken = {
  spec?: GcrAccessTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "GeneratorState")
type GeneratorState = {
  spec?: {
    garbageCollectionDeadline?: String
    resource: Any
    state: Any
  }
  status?: Any
}

@kubernetes("generators.external-secrets.io/v1alpha1", "GithubAccessToken")
type GithubAccessToken = {
  spec?: GithubAccessTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "Grafana")
type Grafana = {
  spec?: GrafanaSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "MFA")
type MFA = {
  spec?: MfaSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "Password")
type Password = {
  spec?: PasswordSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "QuayAccessToken")
type QuayAccessToken = {
  spec?: QuayAccessTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "SSHKey")
type SSHKey = {
  spec?: SshKeySpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "STSSessionToken")
type STSSessionToken = {
  spec?: StsSessionTokenSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "UUID")
type UUID = {
  spec?: {String: Any}
}

@kubernetes("generators.external-secrets.io/v1alpha1", "VaultDynamicSecret")
type VaultDynamicSecret = {
  spec?: VaultDynamicSecretSpec
}

@kubernetes("generators.external-secrets.io/v1alpha1", "Webhook")
type Webhook = {
  spec?: WebhookSpec
}

type ExternalSecretSpec = {
  data?: [{
    remoteRef: RemoteRef
    secretKey: String
    sourceRef?: SourceRef
  }]
  dataFrom?: [{
    extract?: RemoteRef
    find?: {
      conversionStrategy?: "Default" | "Unicode"
      decodingStrategy?: "Auto" | "Base64" | "Base64URL" | "None"
      name?: {
        regexp?: String
      }
      nullBytePolicy?: "Ignore" | "Fail"
      path?: String
      tags?: {String: String}
    }
    rewrite?: [{
      merge?: {
        conflictPolicy?: "Ignore" | "Error"
        into?: String
        priority?: [String]
        priorityPolicy?: "IgnoreNotFound" | "Strict"
        strategy?: "Extract" | "JSON"
      }
      regexp?: {
        source: String
        target: String
      }
      transform?: {
        template: String
      }
    }]
    sourceRef?: SourceRef
  }]
  refreshInterval?: String
  refreshPolicy?: "CreatedOnce" | "Periodic" | "OnChange"
  secretStoreRef?: {
    kind?: "SecretStore" | "ClusterSecretStore"
    name?: String
  }
  target?: {
    creationPolicy?: "Owner" | "Orphan" | "Merge" | "None"
    deletionPolicy?: "Delete" | "Merge" | "Retain"
    immutable?: Bool
    manifest?: {
      apiVersion: String
      kind: String
    }
    name?: String
    template?: Template
  }
}

type PushSecretSpec = {
  data?: [{
    conversionStrategy?: "None" | "ReverseUnicode"
    match: {
      remoteRef: {
        property?: String
        remoteKey: String
      }
      secretKey?: String
    }
    metadata?: Any
  }]
  dataTo?: [{
    conversionStrategy?: "None" | "ReverseUnicode"
    match?: {
      regexp?: String
    }
    metadata?: Any
    remoteKey?: String
    rewrite?: [{
      regexp?: {
        source: String
        target: String
      }
      transform?: {
        template: String
      }
    }]
    storeRef?: StoreRef
  }]
  deletionPolicy?: "Delete" | "None"
  refreshInterval?: String
  secretStoreRefs: [StoreRef]
  selector: {
    generatorRef?: GeneratorRef
    secret?: {
      name?: String
      selector?: k8s.LabelSelector
    }
  }
  template?: Template
  updatePolicy?: "Replace" | "IfNotExists"
}

type Spec = {
  conditions?: [{
    namespaceRegexes?: [String]
    namespaceSelector?: k8s.LabelSelector
    namespaces?: [String]
  }]
  controller?: String
  provider: {
    akeyless?: {
      akeylessGWApiURL: String
      authSecretRef: {
        kubernetesAuth?: {
          accessID: String
          k8sConfName: String
          secretRef?: SecretRef
          serviceAccountRef?: ServiceAccountRef
        }
        secretRef?: {
          accessID?: SecretRef
          accessType?: SecretRef
          accessTypeParam?: SecretRef
        }
      }
      caBundle?: String
      caProvider?: CaProvider
    }
    aws?: {
      additionalRoles?: [String]
      auth?: Auth
      customSessionTags?: {String: String}
      externalID?: String
      prefix?: String
      region: String
      role?: String
      secretsManager?: {
        forceDeleteWithoutRecovery?: Bool
        recoveryWindowInDays?: Int
      }
      service: "SecretsManager" | "ParameterStore"
      sessionTags?: [{
        key: String
        value: String
      }]
      sessionTagsPolicy?: "None" | "Simple" | "Custom"
      transitiveTagKeys?: [String]
    }
    azurekv?: {
      authSecretRef?: {
        clientCertificate?: SecretRef
        clientId?: SecretRef
        clientSecret?: SecretRef
        tenantId?: SecretRef
      }
      authType?: "ServicePrincipal" | "ManagedIdentity" | "WorkloadIdentity"
      customCloudConfig?: {
        activeDirectoryEndpoint: String
        keyVaultDNSSuffix?: String
        keyVaultEndpoint?: String
        resourceManagerEndpoint?: String
      }
      environmentType?: "PublicCloud" | "USGovernmentCloud" | "ChinaCloud" | "GermanCloud" | "AzureStackCloud"
      identityId?: String
      serviceAccountRef?: ServiceAccountRef
      tenantId?: String
      useAzureSDK?: Bool
      vaultUrl: String
    }
    barbican?: {
      auth: {
        password: AuthPassword
        username: Username
      }
      authURL?: String
      domainName?: String
      region?: String
      tenantName?: String
    }
    beyondtrust?: {
      auth: {
        apiKey?: Username
        certificate?: Username
        certificateKey?: Username
        clientId?: Username
        clientSecret?: Username
      }
      server: {
        apiUrl: String
        apiVersion?: String
        clientTimeOutSeconds?: Int
        decrypt?: Bool
        retrievalType?: String
        separator?: String
        verifyCA: Bool
      }
    }
    bitwardensecretsmanager?: {
      apiURL?: String
      auth: {
        secretRef: {
          credentials: SecretRef
        }
      }
      bitwardenServerSDKURL?: String
      caBundle?: String
      caProvider?: CaProvider
      identityURL?: String
      organizationID: String
      projectID: String
    }
    chef?: {
      auth: {
        secretRef: {
          privateKeySecretRef: SecretRef
        }
      }
      serverUrl: String
      username: String
    }
    cloudrusm?: {
      auth: {
        secretRef?: {
          accessKeyIDSecretRef: SecretRef
          accessKeySecretSecretRef: SecretRef
        }
      }
      projectID?: String
    }
    conjur?: {
      auth: {
        apikey?: {
          account: String
          apiKeyRef: SecretRef
          userRef: SecretRef
        }
        jwt?: {
          account: String
          hostId?: String
          secretRef?: SecretRef
          serviceAccountRef?: ServiceAccountRef
          serviceID: String
        }
      }
      caBundle?: String
      caProvider?: CaProvider
      url: String
    }
    delinea?: {
      clientId: Username
      clientSecret: Username
      tenant: String
      tld?: String
      urlTemplate?: String
    }
    doppler?: {
      auth: {
        oidcConfig?: {
          expirationSeconds?: Int
          identity: String
          serviceAccountRef: ServiceAccountRef
        }
        secretRef?: {
          dopplerToken: SecretRef
        }
      }
      config?: String
      format?: "json" | "dotnet-json" | "env" | "yaml" | "docker"
      nameTransformer?: "upper-camel" | "camel" | "lower-snake" | "tf-var" | "dotnet-env" | "lower-kebab"
      project?: String
    }
    dvls?: {
      auth: {
        secretRef: {
          appId: SecretRef
          appSecret: SecretRef
        }
      }
      insecure?: Bool
      serverUrl: String
      vault?: String
    }
    fake?: {
      data: [{
        key: String
        value: String
        version?: String
      }]
      validationResult?: Int
    }
    fortanix?: {
      apiKey?: ApiKey
      apiUrl?: String
    }
    gcpsm?: {
      auth?: {
        secretRef?: AuthSecretRef
        workloadIdentity?: WorkloadIdentity
        workloadIdentityFederation?: {
          audience?: String
          awsSecurityCredentials?: AwsSecurityCredentials
          credConfig?: CredConfig
          externalTokenEndpoint?: String
          gcpServiceAccountEmail?: String
          serviceAccountRef?: ServiceAccountRef
        }
      }
      location?: String
      projectID?: String
      secretVersionSelectionPolicy?: String
    }
    github?: {
      appID: Int
      auth: {
        privateKey: SecretRef
      }
      environment?: String
      installationID: Int
      orgSecretVisibility?: "all" | "private"
      organization: String
      repository?: String
      uploadURL?: String
      url?: String
    }
    gitlab?: {
      auth: {
        "SecretRef": {
          accessToken?: SecretRef
        }
      }
      caBundle?: String
      caProvider?: CaProvider
      environment?: String
      groupIDs?: [String]
      inheritFromGroups?: Bool
      projectID?: String
      url?: String
    }
    ibm?: {
      auth: {
        containerAuth?: {
          iamEndpoint?: String
          profile: String
          tokenLocation?: String
        }
        secretRef?: {
          iamEndpoint?: String
          secretApiKeySecretRef?: SecretRef
        }
      }
      serviceUrl?: String
    }
    infisical?: {
      auth: {
        awsAuthCredentials?: AwsAuthCredentials
        azureAuthCredentials?: {
          identityId: SecretRef
          resource?: SecretRef
        }
        gcpIamAuthCredentials?: {
          identityId: SecretRef
          serviceAccountKeyFilePath: SecretRef
        }
        gcpIdTokenAuthCredentials?: AwsAuthCredentials
        jwtAuthCredentials?: {
          identityId: SecretRef
          jwt: SecretRef
        }
        kubernetesAuthCredentials?: {
          identityId: SecretRef
          serviceAccountTokenPath?: SecretRef
        }
        ldapAuthCredentials?: {
          identityId: SecretRef
          ldapPassword: SecretRef
          ldapUsername: SecretRef
        }
        ociAuthCredentials?: {
          fingerprint: SecretRef
          identityId: SecretRef
          privateKey: SecretRef
          privateKeyPassphrase?: SecretRef
          region: SecretRef
          tenancyId: SecretRef
          userId: SecretRef
        }
        tokenAuthCredentials?: TokenAuthCredentials
        universalAuthCredentials?: {
          clientId: SecretRef
          clientSecret: SecretRef
        }
      }
      caBundle?: String
      caProvider?: CaProvider
      hostAPI?: String
      secretsScope: {
        environmentSlug: String
        expandSecretReferences?: Bool
        projectSlug: String
        recursive?: Bool
        secretsPath?: String
      }
    }
    keepersecurity?: {
      authRef: SecretRef
      folderID: String
      getByTitleFallback?: Bool
    }
    kubernetes?: {
      auth?: {
        cert?: {
          clientCert?: SecretRef
          clientKey?: SecretRef
        }
        serviceAccount?: ServiceAccountRef
        token?: {
          bearerToken?: SecretRef
        }
      }
      authRef?: SecretRef
      remoteNamespace?: String
      server?: {
        caBundle?: String
        caProvider?: CaProvider
        url?: String
      }
    }
    nebiusmysterybox?: {
      apiDomain: String
      auth: {
        serviceAccountCredsSecretRef?: SecretRef
        tokenSecretRef?: SecretRef
      }
      caProvider?: NebiusmysteryboxCaProvider
    }
    ngrok?: {
      apiUrl?: String
      auth: {
        apiKey?: ApiKey
      }
      vault: {
        name: String
      }
    }
    onboardbase?: {
      apiHost: String
      auth: {
        apiKeyRef: SecretRef
        passcodeRef: SecretRef
      }
      environment: String
      project: String
    }
    onepassword?: {
      auth: {
        secretRef: {
          connectTokenSecretRef: SecretRef
        }
      }
      connectHost: String
      vaults: {String: Int}
    }
    onepasswordSDK?: {
      auth: {
        serviceAccountSecretRef: SecretRef
      }
      cache?: {
        maxSize?: Int where it >= 1
        ttl?: String
      }
      integrationInfo?: {
        name?: String
        version?: String
      }
      vault: String
    }
    oracle?: {
      auth?: {
        secretRef: {
          fingerprint: SecretRef
          privatekey: SecretRef
        }
        tenancy: String
        user: String
      }
      compartment?: String
      encryptionKey?: String
      principalType?: "" | "UserPrincipal" | "InstancePrincipal" | "Workload"
      region: String
      serviceAccountRef?: ServiceAccountRef
      vault: String
    }
    ovh?: {
      auth: {
        mtls?: {
          caBundle?: String
          caProvider?: CaProvider
          certSecretRef: SecretRef
          keySecretRef: SecretRef
        }
        token?: {
          tokenSecretRef: SecretRef
        }
      }
      casRequired?: Bool
      okmsTimeout?: Int where it >= 1
      okmsid: String
      server: String
    }
    passbolt?: {
      auth: {
        passwordSecretRef: SecretRef
        privateKeySecretRef: SecretRef
      }
      caBundle?: String
      caProvider?: CaProvider
      host: String
    }
    passworddepot?: {
      auth: {
        secretRef: {
          credentials?: SecretRef
        }
      }
      database: String
      host: String
    }
    previder?: {
      auth: {
        secretRef?: TokenAuthCredentials
      }
      baseUri?: String
    }
    pulumi?: {
      accessToken?: ApiKey
      apiUrl?: String
      auth?: {
        accessToken?: ApiKey
        oidcConfig?: {
          expirationSeconds?: Int where it >= 600
          organization: String
          serviceAccountRef: ServiceAccountRef
        }
      }
      environment: String
      organization: String
      project: String
    }
    scaleway?: {
      accessKey: Username
      apiUrl?: String
      projectId: String
      region: String
      secretKey: Username
    }
    secretserver?: {
      caBundle?: String
      caProvider?: CaProvider
      domain?: String
      password: Username
      serverURL: String
      username: Username
    }
    senhasegura?: {
      auth: {
        clientId: String
        clientSecretSecretRef: SecretRef
      }
      ignoreSslCertificate?: Bool
      module: String
      url: String
    }
    vault?: {
      auth?: {
        appRole?: AppRole
        cert?: {
          clientCert?: SecretRef
          path?: String
          secretRef?: SecretRef
          vaultRole?: String
        }
        gcp?: Gcp
        iam?: Iam
        jwt?: Jwt
        kubernetes?: Kubernetes
        ldap?: Ldap
        namespace?: String
        tokenSecretRef?: SecretRef
        userPass?: Ldap
      }
      caBundle?: String
      caProvider?: CaProvider
      checkAndSet?: {
        required?: Bool
      }
      forwardInconsistent?: Bool
      headers?: {String: String}
      namespace?: String
      path?: String
      readYourWrites?: Bool
      server: String
      tls?: Tls
      version?: "v1" | "v2"
    }
    volcengine?: {
      auth?: {
        secretRef?: {
          accessKeyID: SecretRef
          secretAccessKey: SecretRef
          token?: SecretRef
        }
      }
      region: String
    }
    webhook?: {
      auth?: WebhookAuth
      body?: String
      caBundle?: String
      caProvider?: CaProvider
      headers?: {String: String}
      method?: String
      result?: {
        jsonPath?: String
      }
      secrets?: [{
        name: String
        secretRef: SecretRef
      }]
      timeout?: String
      url: String
    }
    yandexcertificatemanager?: Yandexcertificatemanager
    yandexlockbox?: Yandexcertificatemanager
  }
  refreshInterval?: Int
  retrySettings?: {
    maxRetries?: Int
    retryInterval?: String
  }
}

type ACRAccessTokenSpec = {
  auth: {
    managedIdentity?: {
      identityId?: String
    }
    servicePrincipal?: {
      secretRef: {
        clientId?: SecretRef
        clientSecret?: SecretRef
      }
    }
    workloadIdentity?: AuthWorkloadIdentity
  }
  environmentType?: "PublicCloud" | "USGovernmentCloud" | "ChinaCloud" | "GermanCloud" | "AzureStackCloud"
  registry: String
  scope?: String
  tenantId?: String
}

type CloudsmithAccessTokenSpec = {
  apiUrl?: String
  orgSlug: String
  serviceAccountRef: ServiceAccountRef
  serviceSlug: String
}

type EcrAuthorizationTokenSpec = {
  auth?: Auth
  region: String
  role?: String
  scope?: String
}

type GcrAccessTokenSpec = {
  auth: {
    secretRef?: AuthSecretRef
    workloadIdentity?: {
      clusterLocation: String
      clusterName: String
      clusterProjectID?: String
      serviceAccountRef: ServiceAccountRef
    }
    workloadIdentityFederation?: {
      audience?: String
      awsSecurityCredentials?: AwsSecurityCredentials
      credConfig?: CredConfig
      externalTokenEndpoint?: String
      serviceAccountRef?: ServiceAccountRef
    }
  }
  projectID: String
}

type GithubAccessTokenSpec = {
  appID: String
  auth: {
    privateKey: AuthPassword
  }
  installID: String
  permissions?: {String: String}
  repositories?: [String]
  url?: String
}

type GrafanaSpec = {
  auth: {
    basic?: {
      password: {
        key?: String
        name?: String
      }
      username: String
    }
    token?: {
      key?: String
      name?: String
    }
  }
  serviceAccount: {
    name: String
    role: String
  }
  url: String
}

type MfaSpec = {
  algorithm?: String
  length?: Int
  secret: SecretRef
  timePeriod?: Int
  when?: String
}

type PasswordSpec = {
  allowRepeat: Bool
  digits?: Int
  encoding?: "base64" | "base64url" | "base32" | "hex" | "raw"
  length: Int
  noUpper: Bool
  secretKeys?: [String]
  symbolCharacters?: String
  symbols?: Int
}

type QuayAccessTokenSpec = {
  robotAccount: String
  serviceAccountRef: ServiceAccountRef
  url?: String
}

type SshKeySpec = {
  comment?: String
  keySize?: Int where 256 <= it and it <= 8192
  keyType?: "rsa" | "ecdsa" | "ed25519"
}

type StsSessionTokenSpec = {
  auth?: Auth
  region: String
  requestParameters?: {
    serialNumber?: String
    sessionDuration?: Int
    tokenCode?: String
  }
  role?: String
}

type VaultDynamicSecretSpec = {
  allowEmptyResponse?: Bool
  controller?: String
  method?: String
  parameters?: Any
  path: String
  provider: {
    auth?: {
      appRole?: AppRole
      cert?: {
        clientCert?: SecretRef
        path?: String
        secretRef?: SecretRef
      }
      gcp?: Gcp
      iam?: Iam
      jwt?: Jwt
      kubernetes?: Kubernetes
      ldap?: Ldap
      namespace?: String
      tokenSecretRef?: SecretRef
      userPass?: Ldap
    }
    caBundle?: String
    caProvider?: CaProvider
    checkAndSet?: {
      required?: Bool
    }
    forwardInconsistent?: Bool
    headers?: {String: String}
    namespace?: String
    path?: String
    readYourWrites?: Bool
    server: String
    tls?: Tls
    version?: "v1" | "v2"
  }
  resultType?: "Data" | "Auth" | "Raw"
  retrySettings?: {
    maxRetries?: Int
    retryInterval?: String
  }
}

type WebhookSpec = {
  auth?: WebhookAuth
  body?: String
  caBundle?: String
  caProvider?: CaProvider
  headers?: {String: String}
  method?: String
  result: {
    jsonPath?: String
  }
  secrets?: [{
    name: String
    secretRef: {
      key?: String
      name?: String
    }
  }]
  timeout?: String
  url: String
}

type RemoteRef = {
  conversionStrategy?: "Default" | "Unicode"
  decodingStrategy?: "Auto" | "Base64" | "Base64URL" | "None"
  key: String
  metadataPolicy?: "None" | "Fetch"
  nullBytePolicy?: "Ignore" | "Fail"
  property?: String
  version?: String
}

type SourceRef = {
  generatorRef?: GeneratorRef
  storeRef?: {
    kind?: "SecretStore" | "ClusterSecretStore"
    name?: String
  }
}

type Template = {
  data?: {String: String}
  engineVersion?: "v2"
  mergePolicy?: "Replace" | "Merge"
  metadata?: {
    annotations?: {String: String}
    finalizers?: [String]
    labels?: {String: String}
  }
  templateFrom?: [{
    configMap?: ConfigMap
    literal?: String
    secret?: ConfigMap
    target?: String
  }]
  type?: String
}

type StoreRef = {
  kind?: "SecretStore" | "ClusterSecretStore"
  labelSelector?: k8s.LabelSelector
  name?: String
}

type GeneratorRef = {
  apiVersion?: String
  kind: "ACRAccessToken" | "ClusterGenerator" | "CloudsmithAccessToken" | "ECRAuthorizationToken" | "Fake" | "GCRAccessToken" | "GithubAccessToken" | "QuayAccessToken" | "Password" | "SSHKey" | "STSSessionToken" | "UUID" | "VaultDynamicSecret" | "Webhook" | "Grafana" | "MFA"
  name: String
}

type SecretRef = {
  key?: String
  name?: String
  namespace?: String
}

type ServiceAccountRef = {
  audiences?: [String]
  name: String
  namespace?: String
}

type CaProvider = {
  key?: String
  name: String
  namespace?: String
  type: "Secret" | "ConfigMap"
}

type Auth = {
  jwt?: AuthWorkloadIdentity
  secretRef?: AuthSecretRef-2
}

type AuthPassword = {
  secretRef: SecretRef
}

type Username = {
  secretRef?: SecretRef
  value?: String
}

type ApiKey = {
  secretRef?: SecretRef
}

type AuthSecretRef = {
  secretAccessKeySecretRef?: SecretRef
}

type WorkloadIdentity = {
  clusterLocation?: String
  clusterName?: String
  clusterProjectID?: String
  serviceAccountRef: ServiceAccountRef
}

type AwsSecurityCredentials = {
  awsCredentialsSecretRef: {
    name: String
    namespace?: String
  }
  region: String
}

type CredConfig = {
  key: String
  name: String
  namespace?: String
}

type AwsAuthCredentials = {
  identityId: SecretRef
}

type TokenAuthCredentials = {
  accessToken: SecretRef
}

type NebiusmysteryboxCaProvider = {
  certSecretRef?: SecretRef
}

type AppRole = {
  path: String
  roleId?: String
  roleRef?: SecretRef
  secretRef: SecretRef
}

type Gcp = {
  location?: String
  path?: String
  projectID?: String
  role: String
  secretRef?: AuthSecretRef
  serviceAccountRef?: ServiceAccountRef
  workloadIdentity?: WorkloadIdentity
}

type Iam = {
  externalID?: String
  jwt?: AuthWorkloadIdentity
  path?: String
  region?: String
  role?: String
  secretRef?: AuthSecretRef-2
  vaultAwsIamServerID?: String
  vaultRole: String
}

type Jwt = {
  kubernetesServiceAccountToken?: {
    audiences?: [String]
    expirationSeconds?: Int
    serviceAccountRef: ServiceAccountRef
  }
  path: String
  role?: String
  secretRef?: SecretRef
}

type Kubernetes = {
  mountPath: String
  role: String
  secretRef?: SecretRef
  serviceAccountRef?: ServiceAccountRef
}

type Ldap = {
  path: String
  secretRef?: SecretRef
  username: String
}

type Tls = {
  certSecretRef?: SecretRef
  keySecretRef?: SecretRef
}

type WebhookAuth = {
  ntlm?: {
    passwordSecret: SecretRef
    usernameSecret: SecretRef
  }
}

type Yandexcertificatemanager = {
  apiEndpoint?: String
  auth: {
    authorizedKeySecretRef?: SecretRef
  }
  caProvider?: NebiusmysteryboxCaProvider
  fetching?: {
    byID?: {String: Any}
    byName?: {
      folderID: String
    }
  }
}

type AuthWorkloadIdentity = {
  serviceAccountRef?: ServiceAccountRef
}

type ConfigMap = {
  items: [{
    key: String
    templateAs?: "Values" | "KeysAndValues"
  }]
  name: String
}

type AuthSecretRef-2 = {
  accessKeyIDSecretRef?: SecretRef
  secretAccessKeySecretRef?: SecretRef
  sessionTokenSecretRef?: SecretRef
}
