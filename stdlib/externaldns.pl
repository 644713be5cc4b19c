//! ExternalDNS: records for the names of ingresses and services.

import std/chart

/// Who keeps the records.
schema Provider in ExternalDns {
  /// What it is called by ExternalDNS.
  kind: String = "inmemory"
  /// Whether it can keep who made a record beside it: where it can not, nothing is known as one's own.
  owners: Bool = true
  arguments: {String: String} = {}
  env: [Any] = []
}

/// Cloudflare, with a token that may change records of the domains.
schema Cloudflare is Provider {
  kind = "cloudflare"
  token: SecretKey
  /// Whether calls go through Cloudflare, which hides where they lead.
  proxied: Bool = false
  arguments = if proxied then { "cloudflare-proxied": "true" } else {}
  env = [{
    name: "CF_API_TOKEN"
    valueFrom: { secretKeyRef: { name: token.secret.object, key: token.name } }
  }]
}

/// Pi-hole, which has no place for owners of records. From its version 6 on, its API is another one.
schema PiHole is Provider {
  kind = "pihole"
  owners = false
  server: Url
  password?: SecretKey
  version: Int where it >= 5 = 6
  arguments = {
    "pihole-server": "\(server)"
    ...(if version >= 6 then { "pihole-api-version": "6" } else {})
  }
  env = if password == null then [] else [{
    name: "EXTERNAL_DNS_PIHOLE_PASSWORD"
    valueFrom: { secretKeyRef: { name: password.secret.object, key: password.name } }
  }]
}

/// What keeps records as ingresses and services say their names.
schema ExternalDns is Release {
  chart = "external-dns"
  repository = "https://kubernetes-sigs.github.io/external-dns/"
  version = "1.17.0"
  provider: Provider
  /// Where names are read from.
  sources: ["ingress" | "service" | "gateway-httproute" | "crd"] = ["ingress", "service"]
  /// The class of ingress whose names it keeps; all where none is named.
  class?: Name
  /// The domains that it may touch.
  domains: [Hostname] = []
  /// Whether it takes away records that nobody asks for any more.
  prunes: Bool = false
  check not prunes or provider.owners else "\(name) would take away records that it did not make: its provider keeps no owners"
  /// Who it is among others that keep records of one domain.
  owner: String = cluster.name
  every: Duration = 1m
  resources: Resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 128MiB }
  pods = { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": name }
  tier = "core"
  kinds = ["externaldns.k8s.io"]
  workloads = ["deployment/\(name)"]
  let arguments: {String: String} = {
    ...provider.arguments
    ...(if class == null then {} else { "ingress-class": "\(class)" })
  }
  values = {
    fullnameOverride: name
    provider: { name: provider.kind }
    env: provider.env
    sources: sources
    domainFilters: domains
    policy: if prunes then "sync" else "upsert-only"
    interval: "\(every)"
    ...(if provider.owners then { registry: "txt", txtOwnerId: owner } else { registry: "noop" })
    extraArgs: [for key, value in arguments => "--\(key)=\(value)"]
    resources: chart.sized(resources)
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("externaldns.k8s.io/v1alpha1", "DNSEndpoint")
type DNSEndpoint = {
  spec?: {
    endpoints?: [{
      dnsName?: String
      labels?: {String: String}
      providerSpecific?: [{
        name?: String
        value?: String
      }]
      recordTTL?: Int
      recordType?: String
      setIdentifier?: String
      targets?: [String]
    }]
  }
  status?: Any
}
