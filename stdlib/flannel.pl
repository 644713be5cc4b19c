//! Flannel: connects pods and enforces no policies by itself.

/// What k3s, k3d and Talos use unless told otherwise.
schema Flannel is Cni {
  /// How packets between hosts travel.
  backend: "vxlan" | "host-gw" | "wireguard-native" = "vxlan"
  /// k3s enforces policies beside it, by a controller of its own.
  policies = false
  replaces-default = false
  ports = if backend == "wireguard-native" then [51820] else [8472]
}
