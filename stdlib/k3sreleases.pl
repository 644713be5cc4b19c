//! Releases of k3s: the checksums that their publisher gives, and the images that they run by themselves. Facts alone; what is not
//! known of a release is not here.

import std/node

type Release = {
  /// The SHA-256 of the binary, by architecture.
  binary: {String: node.Sha256}
  /// The SHA-256 of the archive of images, `.tar.zst`, by architecture.
  archive?: {String: node.Sha256}
  /// The images that it runs, by the parts that bring them.
  images?: {String: [Image]}
}

let releases: {String: Release} = {
  "v1.32.3+k3s1": {
    binary: {
      amd64: "b19216803650b567bf980888dec39035edaf664339c55bc4462f7a003edbef83"
      arm64: "e1704d6dd74332acc8c398d36987663c7d559144b8ce789a83fd0ff1cb40cbaa"
    }
    images: {
      pods: ["docker.io/rancher/mirrored-pause:3.6"]
      coredns: ["docker.io/rancher/mirrored-coredns-coredns:1.12.0"]
      metrics-server: ["docker.io/rancher/mirrored-metrics-server:v0.7.2"]
      servicelb: ["docker.io/rancher/klipper-lb:v0.4.13"]
      charts: ["docker.io/rancher/klipper-helm:v0.9.4-build20250113"]
      traefik: ["docker.io/rancher/mirrored-library-traefik:3.3.2"]
      local-storage: [
        "docker.io/rancher/local-path-provisioner:v0.0.31",
        "docker.io/rancher/mirrored-library-busybox:1.36.1",
      ]
    }
  }
  "v1.34.10+k3s1": {
    binary: { amd64: "e63a3511b2603fd1436a1ea8d228348a3b47334b45024801d41a8c0e2d22e8c4" }
  }
  "v1.35.7+k3s1": {
    binary: { amd64: "5fc25309c53031e0cf03f7ee85f6f60969381ff3649039ffda19e30f5c26947a" }
    images: {
      pods: ["docker.io/rancher/mirrored-pause:3.10.2"]
      coredns: ["docker.io/rancher/mirrored-coredns-coredns:1.14.6"]
      metrics-server: ["docker.io/rancher/mirrored-metrics-server:v0.9.0"]
      servicelb: ["docker.io/rancher/klipper-lb:v0.4.17"]
      charts: ["docker.io/rancher/klipper-helm:v0.13.3-build20260727"]
      traefik: ["docker.io/rancher/mirrored-library-traefik:3.7.8"]
      local-storage: [
        "docker.io/rancher/local-path-provisioner:v0.0.36",
        "docker.io/rancher/mirrored-library-busybox:1.37.0",
      ]
    }
  }
  "v1.36.2+k3s1": {
    binary: {
      amd64: "65a55ec56c24eab44383086166ec620a491952b7e23941a49ddca6e8a4c4b4de"
      arm64: "1dc5fc17f15c28fa0a3f011cee28ad613f918c3d967a426e5a05d43ddb239817"
    }
    archive: {
      amd64: "da6a3b2dbd55cc368d930078ae8814ed22eb9c92247f7b9b46bf073445ff55b3"
      arm64: "26a5528bb00c7beac8c88399af77c71123e74fedbba5b03c1c5ae003c838880f"
    }
    images: {
      pods: ["docker.io/rancher/mirrored-pause:3.6"]
      coredns: ["docker.io/rancher/mirrored-coredns-coredns:1.14.4"]
      metrics-server: ["docker.io/rancher/mirrored-metrics-server:v0.8.1"]
      servicelb: ["docker.io/rancher/klipper-lb:v0.4.17"]
      charts: ["docker.io/rancher/klipper-helm:v0.11.1-build20260615"]
      traefik: ["docker.io/rancher/mirrored-library-traefik:3.7.4"]
      local-storage: [
        "docker.io/rancher/local-path-provisioner:v0.0.36",
        "docker.io/rancher/mirrored-library-busybox:1.37.0",
      ]
    }
  }
  "v1.36.3+k3s1": {
    binary: {
      amd64: "2f98a9f8fe5782479ee2d54e70a1b10a7f6fd4cae8d38ed3098452dc6eed76b5"
      arm64: "c9a209103f480f163b7c6a56f00862b4481927b284dc29a3716bb70d886691a8"
    }
    images: {
      pods: ["docker.io/rancher/mirrored-pause:3.10.2"]
      coredns: ["docker.io/rancher/mirrored-coredns-coredns:1.14.6"]
      metrics-server: ["docker.io/rancher/mirrored-metrics-server:v0.9.0"]
      servicelb: ["docker.io/rancher/klipper-lb:v0.4.17"]
      charts: ["docker.io/rancher/klipper-helm:v0.13.3-build20260727"]
      traefik: ["docker.io/rancher/mirrored-library-traefik:3.7.8"]
      local-storage: [
        "docker.io/rancher/local-path-provisioner:v0.0.36",
        "docker.io/rancher/mirrored-library-busybox:1.37.0",
      ]
    }
  }
  "v1.36.4+k3s1": {
    binary: {
      amd64: "835873f37245fc615f547a2fe2af9402a347875f13fa64a1f136de644955ea3f"
      arm64: "c920706346d5ad4e5cd3c7bf1bb09ce71ebe07fec829e513e40f1caf98aed8bb"
    }
    archive: { amd64: "9024613e2d468c51ba0e5ba21898604c41339354449fb3338cc6a7931189eb6a" }
    images: {
      pods: ["docker.io/rancher/mirrored-pause:3.10.2"]
      coredns: ["docker.io/rancher/mirrored-coredns-coredns:1.14.6"]
      metrics-server: ["docker.io/rancher/mirrored-metrics-server:v0.9.0"]
      servicelb: ["docker.io/rancher/klipper-lb:v0.4.17"]
      charts: ["docker.io/rancher/klipper-helm:v0.13.3-build20260727"]
      traefik: ["docker.io/rancher/mirrored-library-traefik:3.7.8"]
      local-storage: [
        "docker.io/rancher/local-path-provisioner:v0.0.37",
        "docker.io/rancher/mirrored-library-busybox:1.37.0",
      ]
    }
  }
}

/// What of a release runs, where some of its parts are left out and charts are installed or not; nothing where its images are not
/// known.
fn images-of(
  release: String,
  left-out: [String],
  installs-charts: Bool,
) -> [Image] = [
  for part, images in (releases.get(release)?.images ?? {}) if not (part in left-out) and (part != "charts" or installs-charts) => images,
].flat-map((images) => images)
