//! Certificates that are asked for, by objects of their own or by an annotation, and who gives them.

use super::references::each;
use super::scalar::{all_said, said, text};
use crate::Node;
use crate::model::{Acme, Certificate, Cluster, Entity, Text};

/// The annotations by which an ingress or a gateway asks for certificates, and the kind of who gives them.
const ASKS: [(&str, &str); 2] =
    [("cert-manager.io/cluster-issuer", "ClusterIssuer"), ("cert-manager.io/issuer", "Issuer")];

/// Notes what an object asks for, or gives.
pub fn note<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let first = |way: &str| {
        let mut found: Option<Text> = None;
        each(node, way, &mut |end| found = found.take().or(text(end)));
        found
    };
    match (&*entity.group, &*entity.kind) {
        ("cert-manager.io", "Certificate") => {
            let names = node.get("spec").and_then(|spec| spec.get("dnsNames"));
            let kind = first("spec issuerRef kind").unwrap_or_else(|| "Issuer".into());
            let issuer = (kind, first("spec issuerRef name").unwrap_or_else(|| "".into()));
            let secret = said(node.get("spec").and_then(|spec| spec.get("secretName")), text);
            cluster.certificates.push(Certificate { entity: number, names: all_said(names, text), secret, issuer });
        }
        ("networking.k8s.io", "Ingress") => {
            let asked = ASKS
                .iter()
                .find_map(|(key, kind)| Some((Text::from(*kind), Text::from(entity.annotations.get(*key)?))));
            if let Some(issuer) = asked {
                each(node, "spec tls *", &mut |tls| {
                    let (names, secret) = (all_said(tls.get("hosts"), text), said(tls.get("secretName"), text));
                    cluster.certificates.push(Certificate { entity: number, names, secret, issuer: issuer.clone() });
                });
            }
        }
        ("cert-manager.io", "Issuer" | "ClusterIssuer") => {
            let Some(server) = first("spec acme server") else {
                return;
            };
            let mut solvers = 0;
            let mut by_web = 0;
            each(node, "spec acme solvers *", &mut |solver| {
                solvers += 1;
                by_web += usize::from(solver.get("http01").is_some());
            });
            cluster.acmes.push(Acme { entity: number, server, by_dns: solvers == 0 || by_web < solvers });
        }
        _ => {}
    }
}
