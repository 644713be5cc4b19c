//! cloudflared: a tunnel to Cloudflare, so that services are reached from the internet and no port is open.

/// The tunnel. Where calls for which name go is set at Cloudflare; what it shall reach here, it says in `uses`.
schema Tunnel is Service {
  image = "docker.io/cloudflare/cloudflared:2026.8.2"
  /// The key of a secret that is the token of the tunnel, which is as good as a password.
  token: SecretKey
  replicas = 2
  user = 65532
  tier = "core"
  // It only passes on what comes to it.
  waits = false
  resources = Resources { cpu: 20m, memory: 64MiB, memory-limit: 256MiB }
  workloads = ["deployment/\(name)"]
  arguments = [
    "tunnel",
    "--no-autoupdate",
    "--protocol",
    "http2",
    "--metrics",
    "0.0.0.0:2000",
    "run",
  ]
  env = { TUNNEL_TOKEN: token }
  port metrics: 2000
  ready = { httpGet: { path: "/ready", port: "metrics" } }
  external edge { host: "region1.v2.argotunnel.com", port: 7844 }
  external api: "api.cloudflare.com"
}
