//! Renovate: a configuration that knows which versions stand in the sources of a platform.

/// `renovate.json`, which lies at the root of the repository: `artifact renovate: renovate.Config { clusters: [lab] }` beside the
/// clusters, built with `-o .`.
schema Config is Artifact {
  /// The clusters whose charts are kept up to date.
  clusters: [Cluster]
  /// Which files it reads versions in.
  files: [String] = ["/\\.pl$/"]
  /// What it is told beside: `{ schedule: ["before 6am on monday"] }`.
  options: {String: Any} = {}
  path = "renovate.json"
  let charts = clusters.flat-map((c) => c.all(Release)).unique-by((r) => "\(r.name) \(r.chart)")
  json = {
    "$schema": "https://docs.renovatebot.com/renovate-schema.json"
    extends: ["config:recommended"]
    customManagers: [
      images-in(files),
      for r in charts if not (r.repository ?? "").is-empty() => chart-in(files, r),
    ]
    ...options
  }
}

type Manager = {
  customType: "regex"
  managerFilePatterns: [String]
  matchStrings: [String]
  datasourceTemplate: "docker" | "helm"
  depNameTemplate?: String
  registryUrlTemplate?: String
}

/// `image: "ghcr.io/example/shop:1.4.2"`
fn images-in(files: [String]) -> Manager = {
  customType: "regex"
  managerFilePatterns: files
  matchStrings: [
    "image: \"(?<depName>[^\"@\\s]+):(?<currentValue>[^\":@/\\s]+)(@(?<currentDigest>sha256:[a-f0-9]+))?\"",
  ]
  datasourceTemplate: "docker"
}

/// The version in the block of a chart: `release shop { .. version: "1.0.0" .. }`.
fn chart-in(files: [String], release: Release) -> Manager = {
  customType: "regex"
  managerFilePatterns: files
  matchStrings: ["\\b\(release.name)(:[^{}]*)? \\{[^{}]*?\\bversion: \"(?<currentValue>[^\"]+)\""]
  datasourceTemplate: if is-oci(release) then "docker" else "helm"
  depNameTemplate: if is-oci(release)
    then "\((release.repository ?? "").without-prefix("oci://"))/\(release.chart)"
    else release.chart
  registryUrlTemplate: if is-oci(release) then null else release.repository
}
