//! Kyverno: policies, their exceptions and clean-ups.

@kubernetes("kyverno.io/v2", "CleanupPolicy")
type CleanupPolicy = {
  spec: Spec
  status?: Any
}

@kubernetes("kyverno.io/v2", "ClusterCleanupPolicy", "cluster")
type ClusterCleanupPolicy = {
  spec: Spec
  status?: Any
}

@kubernetes("kyverno.io/v1", "ClusterPolicy", "cluster")
type ClusterPolicy = {
  spec: ClusterPolicySpec
  status?: Any
}

@kubernetes("kyverno.io/v2", "GlobalContextEntry", "cluster")
type GlobalContextEntry = {
  spec: {
    apiCall?: {
      data?: [{
        key: String
        value: Any
      }]
      method?: "GET" | "POST"
      refreshInterval?: Duration | String
      retryLimit?: Int where it >= 1
      service?: Service
      urlPath?: String
    }
    kubernetesResource?: {
      group?: String
      namespace?: String
      resource: String
      version: String
    }
    projections?: [{
      jmesPath: String
      name: String
    }]
  }
  status?: Any
}

@kubernetes("kyverno.io/v1", "Policy")
type Policy = {
  spec: ClusterPolicySpec
  status?: Any
}

@kubernetes("kyverno.io/v2", "PolicyException")
type PolicyException = {
  spec: {
    background?: Bool
    conditions?: Conditions
    exceptions: [{
      policyName: String
      ruleNames: [String]
    }]
    match: Match
    podSecurity?: [PodSecurity]
  }
}

type Spec = {
  conditions?: Conditions
  context?: [Context]
  deletionPropagationPolicy?: "Foreground" | "Background" | "Orphan"
  exclude?: Match
  match: Match
  schedule: String
}

type ClusterPolicySpec = {
  admission?: Bool
  applyRules?: "All" | "One"
  background?: Bool
  emitWarning?: Bool
  failurePolicy?: "Ignore" | "Fail"
  generateExisting?: Bool
  generateExistingOnPolicyUpdate?: Bool
  mutateExistingOnPolicyUpdate?: Bool
  rules?: [{
    celPreconditions?: [{
      expression: String
      name: String
    }]
    context?: [Context]
    exclude?: Exclude
    generate?: {
      apiVersion?: String
      clone?: {
        name?: String
        namespace?: String
      }
      cloneList?: CloneList
      data?: Any
      foreach?: [{
        apiVersion?: String
        clone?: {
          name?: String
          namespace?: String
        }
        cloneList?: CloneList
        context?: [Context]
        data?: Any
        kind?: String
        list?: String
        name?: String
        namespace?: String
        preconditions?: Preconditions
        uid?: String
      }]
      generateExisting?: Bool
      kind?: String
      name?: String
      namespace?: String
      orphanDownstreamOnPolicyDelete?: Bool
      synchronize?: Bool
      uid?: String
    }
    imageExtractors?: {
      String: [{
        jmesPath?: String
        key?: String
        name?: String
        path: String
        value?: String
      }]
    }
    match: Exclude
    mutate?: {
      foreach?: [{
        context?: [Context]
        foreach?: Any
        list?: String
        order?: "Ascending" | "Descending"
        patchStrategicMerge?: Any
        patchesJson6902?: String
        preconditions?: Preconditions
      }]
      mutateExistingOnPolicyUpdate?: Bool
      patchStrategicMerge?: Any
      patchesJson6902?: String
      targets?: [{
        apiVersion?: String
        context?: [Context]
        kind?: String
        name?: String
        namespace?: String
        preconditions?: Any
        selector?: k8s.LabelSelector
        uid?: String
      }]
    }
    name: String
    preconditions?: Any
    reportProperties?: {String: String}
    skipBackgroundRequests?: Bool
    validate?: {
      allowExistingViolations?: Bool
      anyPattern?: Any
      assert?: {String: Any}
      cel?: {
        auditAnnotations?: [{
          key: String
          valueExpression: String
        }]
        expressions?: [{
          expression: String
          message?: String
          messageExpression?: String
          reason?: String
        }]
        generate?: Bool
        paramKind?: {
          apiVersion?: String
          kind?: String
        }
        paramRef?: {
          name?: String
          namespace?: String
          parameterNotFoundAction?: String
          selector?: k8s.LabelSelector
        }
        variables?: [{
          expression: String
          name: String
        }]
      }
      deny?: {
        conditions?: Any
      }
      failureAction?: "Audit" | "Enforce"
      failureActionOverrides?: [FailureActionOverride]
      foreach?: [{
        anyPattern?: Any
        context?: [Context]
        deny?: {
          conditions?: Any
        }
        elementScope?: Bool
        foreach?: Any
        list?: String
        pattern?: Any
        preconditions?: Preconditions
      }]
      manifests?: {
        annotationDomain?: String
        attestors?: [Attestor]
        dryRun?: {
          enable?: Bool
          namespace?: String
        }
        ignoreFields?: [{
          fields?: [String]
          objects?: [{
            group?: String
            kind?: String
            name?: String
            namespace?: String
            version?: String
          }]
        }]
        repository?: String
      }
      message?: String
      pattern?: Any
      podSecurity?: {
        exclude?: [PodSecurity]
        level?: "privileged" | "baseline" | "restricted"
        version?: "v1.19" | "v1.20" | "v1.21" | "v1.22" | "v1.23" | "v1.24" | "v1.25" | "v1.26" | "v1.27" | "v1.28" | "v1.29" | "v1.30" | "v1.31" | "v1.32" | "latest"
      }
    }
    verifyImages?: [{
      additionalExtensions?: {String: String}
      annotations?: {String: String}
      attestations?: [{
        attestors?: [Attestor]
        conditions?: [{
          all?: [All]
          any?: [All]
        }]
        name?: String
        predicateType?: String
        type?: String
      }]
      attestors?: [Attestor]
      cosignOCI11?: Bool
      failureAction?: "Audit" | "Enforce"
      image?: String
      imageReferences?: [String]
      imageRegistryCredentials?: ImageRegistryCredentials
      issuer?: String
      key?: String
      mutateDigest?: Bool
      repository?: String
      required?: Bool
      roots?: String
      skipImageReferences?: [String]
      subject?: String
      type?: "Cosign" | "SigstoreBundle" | "Notary"
      useCache?: Bool
      validate?: {
        deny?: {
          conditions?: Any
        }
        message?: String
      }
      verifyDigest?: Bool
    }]
  }]
  schemaValidation?: Bool
  useServerSideApply?: Bool
  validationFailureAction?: "audit" | "enforce" | "Audit" | "Enforce"
  validationFailureActionOverrides?: [FailureActionOverride]
  webhookConfiguration?: {
    failurePolicy?: "Ignore" | "Fail"
    matchConditions?: [{
      expression: String
      name: String
    }]
    timeoutSeconds?: Int
  }
  webhookTimeoutSeconds?: Int
}

type Service = {
  caBundle?: String
  headers?: [{
    key: String
    value: String
  }]
  url: String
}

type Conditions = {
  all?: [ConditionsAll]
  any?: [ConditionsAll]
}

type Match = {
  all?: [MatchAll]
  any?: [MatchAll]
}

type PodSecurity = {
  controlName: "HostProcess" | "Host Namespaces" | "Privileged Containers" | "Capabilities" | "HostPath Volumes" | "Host Ports" | "AppArmor" | "SELinux" | "/proc Mount Type" | "Seccomp" | "Sysctls" | "Volume Types" | "Privilege Escalation" | "Running as Non-root" | "Running as Non-root user"
  images?: [String]
  restrictedField?: String
  values?: [String]
}

type Context = {
  apiCall?: {
    data?: [{
      key: String
      value: Any
    }]
    default?: Any
    jmesPath?: String
    method?: "GET" | "POST"
    service?: Service
    urlPath?: String
  }
  configMap?: {
    name: String
    namespace?: String
  }
  globalReference?: {
    jmesPath?: String
    name: String
  }
  imageRegistry?: {
    imageRegistryCredentials?: ImageRegistryCredentials
    jmesPath?: String
    reference: String
  }
  name: String
  variable?: {
    default?: Any
    jmesPath?: String
    value?: Any
  }
}

type Exclude = {
  all?: [MatchAll]
  any?: [MatchAll]
  clusterRoles?: [String]
  resources?: Resources
  roles?: [String]
  subjects?: [Subject]
}

type CloneList = {
  kinds?: [String]
  namespace?: String
  selector?: k8s.LabelSelector
}

type Preconditions = {
  all?: [All]
  any?: [All]
  String: Any
}

type FailureActionOverride = {
  action?: "audit" | "enforce" | "Audit" | "Enforce"
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
}

type Attestor = {
  count?: Int where it >= 1
  entries?: [{
    annotations?: {String: String}
    attestor?: Any
    certificates?: {
      cert?: String
      certChain?: String
      ctlog?: Ctlog
      rekor?: Rekor
    }
    keyless?: {
      additionalExtensions?: {String: String}
      ctlog?: Ctlog
      issuer?: String
      issuerRegExp?: String
      rekor?: Rekor
      roots?: String
      subject?: String
      subjectRegExp?: String
    }
    keys?: {
      ctlog?: Ctlog
      kms?: String
      publicKeys?: String
      rekor?: Rekor
      secret?: {
        name: String
        namespace: String
      }
      signatureAlgorithm?: String
    }
    repository?: String
    signatureAlgorithm?: String
  }]
}

type All = {
  key?: Any
  message?: String
  operator?: "Equals" | "NotEquals" | "In" | "AnyIn" | "AllIn" | "NotIn" | "AnyNotIn" | "AllNotIn" | "GreaterThanOrEquals" | "GreaterThan" | "LessThanOrEquals" | "LessThan" | "DurationGreaterThanOrEquals" | "DurationGreaterThan" | "DurationLessThanOrEquals" | "DurationLessThan"
  value?: Any
}

type ImageRegistryCredentials = {
  allowInsecureRegistry?: Bool
  providers?: ["default" | "amazon" | "azure" | "google" | "github"]
  secrets?: [String]
}

type ConditionsAll = {
  key?: Any
  message?: String
  operator?: "Equals" | "NotEquals" | "AnyIn" | "AllIn" | "AnyNotIn" | "AllNotIn" | "GreaterThanOrEquals" | "GreaterThan" | "LessThanOrEquals" | "LessThan" | "DurationGreaterThanOrEquals" | "DurationGreaterThan" | "DurationLessThanOrEquals" | "DurationLessThan"
  value?: Any
}

type MatchAll = {
  clusterRoles?: [String]
  resources?: Resources
  roles?: [String]
  subjects?: [Subject]
}

type Resources = {
  annotations?: {String: String}
  kinds?: [String]
  name?: String
  names?: [String]
  namespaceSelector?: k8s.LabelSelector
  namespaces?: [String]
  operations?: ["CREATE" | "CONNECT" | "UPDATE" | "DELETE"]
  selector?: k8s.LabelSelector
}

type Subject = {
  apiGroup?: String
  kind: String
  name: String
  namespace?: String
}

type Ctlog = {
  ignoreSCT?: Bool
  pubkey?: String
  tsaCertChain?: String
}

type Rekor = {
  ignoreTlog?: Bool
  pubkey?: String
  url?: String
}
