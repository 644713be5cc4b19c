import std/k3s

cluster lab {
  distribution: k3s.K3s {
    version: "1.36.2+k3s1"
    sha256: { amd64: "a5a301c60af0fd8cd3d77a140c73dd78dc87848025d499d5afcc1f2f7327572f" }
    agent: { v: 1 }
  }
  network { nodes: 10.0.0.0/24 }
  host cp-1 { address: 10.0.0.11, role: "control-plane", os: "debian" }
  host cp-2 { address: 10.0.0.12, role: "control-plane", os: "debian" }
  host cp-3 { address: 10.0.0.13, role: "control-plane", os: "debian" }
  host w-1 { address: 10.0.0.21, os: "debian" }
}
