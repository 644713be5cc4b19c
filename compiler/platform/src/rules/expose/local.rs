//! `expose/local`: a port of every host, at which only some of them answer.

use diagnostics::{Diagnostic, rules};

use crate::capacity::{Suits, keeps_away};
use crate::model::{Cluster, Front, Pods};
use crate::reach::home;
use crate::rules::pool::shown;
use crate::rules::{Findings, Indexed};

/// Where only pods of the host that was asked answer, there are pods on every host that takes some.
pub fn check(indexed: &Indexed<'_>, found: &mut Findings) {
    let cluster = indexed.cluster;
    let is_local = |front: &&Front| front.local && &*front.kind.value == "NodePort";
    let mut local = cluster.fronts.iter().filter(is_local).peekable();
    if local.peek().is_none() {
        return;
    }
    let suits = Suits::new(&cluster.hosts);
    let open: Vec<bool> = cluster.hosts.iter().map(|host| keeps_away(host, &[]).is_none()).collect();
    let hosts = open.iter().filter(|open| **open).count();
    for front in local {
        let Some(selector) = &front.selector else { continue };
        let pods = indexed.selected(home(cluster, front.entity), selector);
        let answering: usize = pods.iter().map(|pods| places(cluster, &suits, &open, pods)).sum();
        if pods.is_empty() || answering >= hosts {
            continue;
        }
        let Some(number) = front.ports.iter().find_map(|port| port.node_port.as_ref()) else { continue };
        let message = format!(
            "{} is opened at port {} of every host, and at most {answering} of {hosts} answer: those where its pods stand",
            shown(cluster, front.entity),
            number.value,
        );
        let finding = Diagnostic::new(&rules::EXPOSE_LOCAL, number.at, message).label("the others drop what comes");
        let finding = pods.iter().take(2).fold(finding, |finding, pods| finding.also(pods.at, "who answers"));
        found.push(finding.help(
            "let what asks look which hosts answer, run a pod on every host, or let each host ask the others \
             (`keeps-source: false`, `externalTrafficPolicy: Cluster`); try it from outside: no program listens at the port, so `ss` shows none",
        ));
    }
}

/// On how many of the hosts that take pods there may be some of these.
fn places(cluster: &Cluster, suits: &Suits<'_>, open: &[bool], pods: &Pods) -> usize {
    let suitable = suits.of(pods).into_iter().filter(|host| open.get(*host) == Some(&true)).count();
    let Some(said) = &pods.replicas else { return suitable };
    let object = cluster.objects.get(pods.entity);
    let scaled = object.and_then(|object| cluster.autoscalers.get(&(object.namespace, object.kind, object.name)));
    let most = scaled.map_or(Some(said.value), |scaled| scaled.most.as_ref().map(|most| most.value));
    most.map_or(suitable, |most| suitable.min(usize::try_from(most).unwrap_or(0)))
}
