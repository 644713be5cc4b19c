//! k3d: k3s in containers on one machine.

import std/k3s

/// k3d: what it reaches from outside is what is mapped.
schema K3d is k3s.K3s {
  /// Ports of the machine and where they lead: `8080: 80`.
  map: [{ host: Port, to: Port, protocol?: "TCP" | "UDP" }] = []
}
