//! Who may reach whom, as editors show who calls whom: the pods of a block, who may reach them, and whom they may reach,
//! by the policies of all origins.

use compiler::Session;
use compiler::keys::SourceFile;
use compiler::model::Model;
use compiler::{Symbol, decl};
use platform::model::Cluster;
use platform::reach::{Direction, PartyId, Reach, Who, home};

use crate::{Place, Target};

/// Pods that are all alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// What runs them.
    pub name: String,
    /// Where: ``Deployment in `web` ``.
    pub detail: String,
    /// Where they are written.
    pub target: Target,
    /// The cluster, by its path.
    pub cluster: String,
    /// Which they are among those of their cluster.
    pub number: usize,
}

/// Somebody at the other end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Connection {
    /// Who.
    pub party: Party,
    /// The ports, as in `8080/TCP`.
    pub ports: Vec<String>,
    /// The rule that allows it, or what can be reached.
    pub at: Vec<Place>,
}

/// How many others are asked.
const MOST: usize = 5_000;

/// The pods that come of the innermost block around an offset that makes any.
pub fn prepare(session: &Session, file: SourceFile, offset: u32) -> Vec<Party> {
    let db = session.db();
    let model = session.model();
    for block in decl::around(db, file, offset).into_iter().skip(1).rev() {
        let around = Place::of(decl::whole(db, block));
        let home = compiler::check::home_of(db, block).filter(|_| crate::emits::is_instance(db, block));
        let path = home.map(|home| compiler::keys::path_text(db, home));
        let mut found = Vec::new();
        for cluster in &model.platform.clusters {
            for number in 0..cluster.pods.len() {
                let Some(party) = party(session, &model, cluster, number) else { continue };
                let inside = party.target.focus.file == around.file
                    && around.range.cover(party.target.focus.range) == around.range;
                let made = path.as_ref().is_some_and(|path| is_made_by(session, cluster, number, path));
                if inside || made {
                    found.push(party);
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether pods come of the instance at a path.
fn is_made_by(session: &Session, cluster: &Cluster, number: usize, path: &str) -> bool {
    let db = session.db();
    let Some(entity) = cluster.pods.get(number).and_then(|pods| cluster.objects.get(pods.entity)) else {
        return false;
    };
    let name = Symbol::new(&entity.name);
    session.objects().iter().any(|object| {
        *object.name == *name.as_str()
            && *object.kind == *entity.kind
            && *object.namespace == *entity.namespace
            && is_below(&compiler::keys::path_text(db, object.emitter.home), path)
    })
}

fn is_below(path: &str, around: &str) -> bool {
    path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn party(session: &Session, model: &Model, cluster: &Cluster, number: usize) -> Option<Party> {
    let pods = cluster.pods.get(number)?;
    let entity = cluster.objects.get(pods.entity)?;
    let focus = Place::of(session.span_of(model, entity.name_at).or_else(|| session.span_of(model, entity.at))?);
    let whole = session.span_of(model, entity.at).map_or(focus, Place::of);
    Some(Party {
        name: entity.name.to_string(),
        detail: format!("{} in `{}`", entity.kind, home(cluster, pods.entity)),
        target: Target { focus, whole },
        cluster: cluster.name.clone(),
        number,
    })
}

/// Who may reach a party.
pub fn incoming(session: &Session, to: &Party) -> Vec<Connection> {
    connections(session, to, |reach, own, other| (other, own, ports_of(reach, own)))
}

/// Whom a party may reach.
pub fn outgoing(session: &Session, from: &Party) -> Vec<Connection> {
    connections(session, from, |reach, own, other| (own, other, ports_of(reach, other)))
}

/// The two ends, and the ports of the one that is reached.
type Ends = (PartyId, PartyId, Vec<(u16, String)>);

fn connections(
    session: &Session,
    party_: &Party,
    ends: impl Fn(&Reach<'_>, PartyId, PartyId) -> Ends,
) -> Vec<Connection> {
    let model = session.model();
    let Some(cluster) = model.platform.clusters.iter().find(|cluster| cluster.name == party_.cluster) else {
        return Vec::new();
    };
    let reach = Reach::new(cluster);
    let Some(own) = reach.written().nth(party_.number) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (number, other) in reach.written().enumerate().take(MOST).filter(|(_, other)| *other != own) {
        let (from, to, ports) = ends(&reach, own, other);
        let mut connection: Option<Connection> = None;
        for (port, protocol) in ports {
            let answer = reach.may(Who::Pods(from), Who::Pods(to), port, &protocol);
            if !answer.is_allowed() {
                continue;
            }
            let rule =
                reach.rule(answer.ingress, Direction::Ingress).and_then(|(_, rule)| session.span_of(&model, rule.at));
            let Some(party) = party(session, &model, cluster, number) else { continue };
            let found = connection.get_or_insert(Connection { party, ports: Vec::new(), at: Vec::new() });
            found.ports.push(format!("{port}/{protocol}"));
            found.at.extend(rule.map(Place::of));
        }
        found.extend(connection);
    }
    found
}

fn ports_of(reach: &Reach<'_>, party: PartyId) -> Vec<(u16, String)> {
    let containers = reach.party(party).pods.into_iter().flat_map(|pods| &pods.containers);
    containers.flat_map(|container| &container.ports).map(|port| (port.number, port.protocol.to_string())).collect()
}
