//! The ingress controller of NGINX.

/// A controller with a class of its own, delivered as a chart.
schema Controller is IngressController {
  chart = "ingress-nginx"
  repository = "https://kubernetes.github.io/ingress-nginx"
  /// The address of its service.
  @auto("pools")
  address?: Ip
  /// Annotations of its service.
  annotations: {String: String} = {}
  pods = { "app.kubernetes.io/name": "ingress-nginx", "app.kubernetes.io/instance": name }
  values = {
    controller: {
      ingressClass: class
      ingressClassResource: { name: class, default: default, controllerValue: controller }
      electionID: "\(class)-leader"
      service: { annotations: annotations, loadBalancerIP: address }
    }
  }
}
