//! kubeadm: Kubernetes as it is published, with nothing beside it.

/// kubeadm: https://kubernetes.io/docs/reference/setup-tools/kubeadm
schema Kubeadm is Distribution {
  known = true
  services = 10.96.0.0/12
  cni = Cni { policies: false }
  installs-cni = false
  ports = [6443, 10250, 2379, 2380, 10249, 10256, 10257, 10259]
  reserve = { cpu: 200m, memory: 512MiB }
}
