//! What pods ask for: groups of pods that are alike, and what holds between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::room::{Room, UNLIMITED, holds, rooms, take};
use super::suits::{Hosts, Suitable, keeps_away};
use super::{Amount, Misfit, Why};
use crate::lists::Lists;
use crate::model::{Cluster, Container, Entity, Labels, Pods, Resources, Selector, Text, VolumeSource};
use crate::reach::home;

/// What one pod asks for, by the numbers of the amounts.
pub type Ask = Vec<u64>;

/// All that is to be placed, and where.
#[derive(Clone, Debug, Default)]
pub struct Demand {
    /// What is counted.
    pub amounts: Vec<Amount>,
    /// What each host has beside what runs on every host.
    pub rooms: Vec<Room>,
    /// Pods that are alike.
    pub groups: Vec<Group>,
    /// Pods that may not share a place.
    pub apart: Vec<Places>,
    /// Pods that must be spread over places.
    pub spread: Vec<Spread>,
}

/// The place of each host, where it has one.
pub type Places = Arc<Vec<Option<u32>>>;

/// A spread that must hold.
#[derive(Clone, Debug)]
pub struct Spread {
    /// The place of each host.
    pub places: Places,
    /// How many places count, whether or not pods may stand there.
    pub counted: usize,
    /// By how much they may differ.
    pub skew: u64,
    /// Whether some of the places can never have pods.
    pub barred: bool,
}

/// Pods that are alike.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Which: numbers of `Cluster::pods`. Those that mount one volume stand on one host, and are placed as one.
    pub pods: Vec<usize>,
    /// How many are to be placed.
    pub count: u64,
    /// What each asks for.
    pub ask: Ask,
    /// The hosts on which they may stand.
    pub hosts: Arc<Suitable>,
    /// What may not be near them: numbers of `Demand::apart`.
    pub apart: Vec<usize>,
    /// Of what they may not be near: numbers of `Demand::apart`.
    pub shunned: Vec<usize>,
    /// Numbers of `Demand::spread`.
    pub spread: Vec<usize>,
    /// Whether a volume holds each to its host.
    pub held: bool,
}

/// Everything that runs for long, where one host may be gone.
pub fn demand(cluster: &Cluster, gone: Option<usize>) -> Demand {
    let amounts = amounts(cluster);
    let hosts = Hosts::new(&cluster.hosts, gone);
    let mut demand = Demand { rooms: rooms(cluster, &amounts), amounts, ..Demand::default() };
    let long: Vec<usize> = (0..cluster.pods.len()).filter(|pods| runs_for_long(cluster, *pods)).collect();
    daemons(cluster, &hosts, &mut demand);
    for together in by_volume(cluster, &long) {
        let group = group(cluster, &hosts, &demand.amounts, together);
        if group.count > 0 {
            demand.groups.push(group);
        }
    }
    let asks = cluster.pods.iter().any(|pods| !pods.apart.is_empty() || !pods.spread.is_empty());
    let labelled = if asks { Labelled::new(cluster, &demand.groups) } else { Labelled::default() };
    apart(cluster, &hosts, &labelled, &mut demand);
    spread(cluster, &hosts, &labelled, &mut demand);
    demand
}

/// The pods of one object alone, after those that are already there.
pub fn of_one(cluster: &Cluster, demand: &Demand, pods: usize) -> Group {
    group(cluster, &Hosts::new(&cluster.hosts, None), &demand.amounts, vec![pods])
}

/// How many pods an object runs; what scales it counts.
pub fn replicas(cluster: &Cluster, pods: &Pods) -> u64 {
    let said = pods.replicas.as_ref().map_or(0, |replicas| replicas.value);
    let least = cluster.objects.get(pods.entity).and_then(|object| least(cluster, object));
    u64::try_from(said.max(least.unwrap_or(said))).unwrap_or(0)
}

fn least(cluster: &Cluster, object: &Entity) -> Option<i64> {
    let of = cluster.autoscalers.get(&(object.namespace, object.kind, object.name))?;
    Some(of.least)
}

fn runs_for_long(cluster: &Cluster, pods: usize) -> bool {
    let object = cluster.pods.get(pods).and_then(|pods| cluster.objects.get(pods.entity));
    object.is_some_and(|object| !matches!(&*object.kind, "DaemonSet" | "Job" | "CronJob"))
}

/// What is counted: what each host has, and whatever else pods ask for by name.
fn amounts(cluster: &Cluster) -> Vec<Amount> {
    let containers = cluster.pods.iter().flat_map(|pods| pods.containers.iter().chain(&pods.before));
    let asked = containers.flat_map(|container| container.requests.others.keys().chain(container.limits.others.keys()));
    let named: BTreeSet<&Text> = asked.filter(|name| is_device(name)).collect();
    let others = named.into_iter().cloned().map(Amount::Other);
    [Amount::Cpu, Amount::Memory, Amount::Pods].into_iter().chain(others).collect()
}

/// Whether a resource is a device that hosts have or do not have. Huge pages and disks are known to hosts alone.
fn is_device(name: &str) -> bool {
    name.contains('/')
}

/// What one pod asks for: its containers run together, those before one after the other.
pub fn ask(pods: &Pods, amounts: &[Amount]) -> Ask {
    let each = |amount: &Amount| {
        let running = pods.containers.iter().map(|container| asked(container, amount)).sum::<u64>();
        let (mut beside, mut most) = (0, 0);
        for container in &pods.before {
            let own = asked(container, amount);
            most = most.max(beside + own);
            beside += if container.sidecar { own } else { 0 };
        }
        most.max(running + beside)
    };
    amounts.iter().map(|amount| if *amount == Amount::Pods { 1 } else { each(amount) }).collect()
}

/// What a container asks for; who only has a limit asks for that.
fn asked(container: &Container, amount: &Amount) -> u64 {
    let of = |resources: &Resources| match amount {
        Amount::Cpu => resources.cpu.as_ref().map(|cpu| cpu.thousandths()),
        Amount::Memory => resources.memory.as_ref().map(|memory| memory.count()),
        Amount::Pods => None,
        Amount::Other(name) => resources.others.get(name).and_then(|count| u64::try_from(count.value).ok()),
    };
    of(&container.requests).or_else(|| of(&container.limits)).unwrap_or(0).min(UNLIMITED)
}

/// What runs on every host takes its part of each on which it may run.
fn daemons(cluster: &Cluster, hosts: &Hosts, demand: &mut Demand) {
    for pods in &cluster.pods {
        if cluster.objects.get(pods.entity).is_some_and(|object| &*object.kind == "DaemonSet") {
            let ask = ask(pods, &demand.amounts);
            let suits = hosts.suit(pods);
            suits.hosts().for_each(|host| take(&mut demand.rooms[host], &ask));
        }
    }
}

/// Pods that mount a volume which only one host can mount stand together.
fn by_volume(cluster: &Cluster, long: &[usize]) -> Vec<Vec<usize>> {
    let single: BTreeSet<(&str, &str)> = cluster
        .claims
        .iter()
        .filter(|claim| {
            !claim.access.is_empty() && claim.access.iter().all(|access| access.starts_with("ReadWriteOnce"))
        })
        .filter_map(|claim| cluster.objects.get(claim.entity))
        .map(|object| (&*object.namespace, &*object.name))
        .collect();
    let mut first: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for &number in long {
        let claims = claims(cluster, number).filter(|claim| single.contains(claim));
        let claims: Vec<(&str, &str)> = claims.collect();
        match claims.iter().find_map(|claim| first.get(claim).copied()) {
            Some(group) => groups[group].push(number),
            None => groups.push(vec![number]),
        }
        let group = claims.iter().find_map(|claim| first.get(claim).copied()).unwrap_or(groups.len() - 1);
        for claim in claims {
            first.entry(claim).or_insert(group);
        }
    }
    groups
}

/// The claims that pods mount: namespace and name.
pub fn claims(cluster: &Cluster, pods: usize) -> impl Iterator<Item = (&str, &str)> {
    let pods = cluster.pods.get(pods);
    let namespace = pods.and_then(|pods| cluster.objects.get(pods.entity)).map_or("", |object| &*object.namespace);
    let volumes = pods.map(|pods| pods.volumes.as_slice()).unwrap_or_default();
    volumes.iter().filter_map(move |volume| match &volume.source {
        VolumeSource::Claim(name) => Some((namespace, &**name)),
        _ => None,
    })
}

/// Whether a volume stays on its host, and how many claims of their own the pods have.
fn held(cluster: &Cluster, pods: usize) -> bool {
    let on_host = |class: Option<&Text>| {
        let found =
            cluster.storage.iter().find(|storage| class.map_or(storage.default, |class| storage.class == *class));
        found.is_some_and(|storage| storage.on_host)
    };
    let own = cluster.pods.get(pods).into_iter().flat_map(|pods| &pods.volumes).any(|volume| match &volume.source {
        VolumeSource::Own { class, .. } => on_host(class.as_ref()),
        _ => false,
    });
    let named: Vec<(&str, &str)> = claims(cluster, pods).collect();
    own || !named.is_empty()
        && cluster.claims.iter().any(|claim| {
            let object = cluster.objects.get(claim.entity);
            let is = object.is_some_and(|object| named.contains(&(&*object.namespace, &*object.name)));
            is && on_host(claim.class.as_ref().map(|class| &class.value))
        })
}

fn group(cluster: &Cluster, hosts: &Hosts, amounts: &[Amount], pods: Vec<usize>) -> Group {
    let single = |number: &usize| &cluster.pods[*number];
    let mounts_one = pods.len() > 1;
    let mut group = Group { ask: vec![0; amounts.len()], ..Group::default() };
    let mut suits: Option<Arc<Suitable>> = None;
    for of in pods.iter().map(single) {
        let count = replicas(cluster, of);
        let times = if mounts_one { count } else { 1 };
        for (sum, ask) in group.ask.iter_mut().zip(ask(of, amounts)) {
            *sum = (*sum + ask.saturating_mul(times)).min(UNLIMITED);
        }
        group.count = if mounts_one { 1 } else { count };
        let own = hosts.suit(of);
        suits = Some(suits.map_or(own.clone(), |others| Arc::new(others.and(&own))));
    }
    group.hosts = suits.unwrap_or_default();
    group.held = pods.iter().any(|pods| held(cluster, *pods));
    group.pods = pods;
    group
}

/// Who may not share a place with whom: by required anti-affinity, and by ports of hosts.
fn apart(cluster: &Cluster, hosts: &Hosts, labelled: &Labelled, demand: &mut Demand) {
    let mut found: Vec<(Places, Vec<usize>, Vec<usize>)> = Vec::new();
    for (number, group) in demand.groups.iter().enumerate() {
        for pods in group.pods.iter().filter_map(|pods| cluster.pods.get(*pods)) {
            let namespace = home(cluster, pods.entity);
            for (selector, key) in &pods.apart {
                let Some(places) = hosts.places(key) else {
                    continue;
                };
                found.push((places, vec![number], labelled.chosen(selector, namespace)));
            }
        }
    }
    let mut by_port: BTreeMap<(u64, &str), Vec<usize>> = BTreeMap::new();
    for (number, group) in demand.groups.iter().enumerate() {
        for port in group.pods.iter().flat_map(|pods| host_ports(&cluster.pods[*pods])) {
            by_port.entry(port).or_default().push(number);
        }
    }
    let each: Places = Arc::new((0..cluster.hosts.len() as u32).map(Some).collect());
    found.extend(by_port.into_values().map(|groups| (each.clone(), groups.clone(), groups)));
    for (places, owners, chosen) in found {
        let term = demand.apart.len();
        demand.apart.push(places);
        owners.into_iter().for_each(|group| demand.groups[group].apart.push(term));
        chosen.into_iter().for_each(|group| demand.groups[group].shunned.push(term));
    }
}

/// The ports of hosts that pods take.
fn host_ports(pods: &Pods) -> impl Iterator<Item = (u64, &str)> {
    let ports = pods.containers.iter().flat_map(|container| &container.ports);
    ports.filter_map(|port| {
        let number = if pods.host_network { Some(u64::from(port.number)) } else { None };
        let said = port.host_port.as_ref().and_then(|said| u64::try_from(said.value).ok()).filter(|port| *port > 0);
        Some((said.or(number)?, &*port.protocol))
    })
}

/// Groups by the labels of their pods.
#[derive(Default)]
struct Labelled<'a> {
    /// Namespace and labels, with the group.
    all: Vec<(Text, &'a Labels, usize)>,
    /// Which of these have a label.
    with: Lists<(Text, Text, Text)>,
}

impl<'a> Labelled<'a> {
    fn new(cluster: &'a Cluster, groups: &[Group]) -> Self {
        let mut labelled = Self::default();
        for (group, pods) in groups.iter().enumerate().flat_map(|(n, group)| group.pods.iter().map(move |p| (n, *p))) {
            let pods = &cluster.pods[pods];
            let namespace = home(cluster, pods.entity);
            for (key, value) in &pods.labels {
                labelled.with.push((namespace, *key, *value), labelled.all.len());
            }
            labelled.all.push((namespace, &pods.labels, group));
        }
        labelled
    }

    /// The groups that a selector chooses, each once.
    fn chosen(&self, selector: &Selector, namespace: Text) -> Vec<usize> {
        let chooses = |(of, labels, group): &(Text, &Labels, usize)| {
            (*of == namespace && selector.matches(labels)).then_some(*group)
        };
        let mut groups: Vec<usize> = match selector.labels.iter().next() {
            Some((key, value)) => {
                let with = self.with.of(&(namespace, *key, *value));
                with.filter_map(|number| chooses(&self.all[number])).collect()
            }
            None => self.all.iter().filter_map(chooses).collect(),
        };
        groups.dedup();
        groups
    }
}

/// Spread that must hold, where it is about the pods themselves and nobody else.
fn spread(cluster: &Cluster, hosts: &Hosts, labelled: &Labelled, demand: &mut Demand) {
    for number in 0..demand.groups.len() {
        let [only] = demand.groups[number].pods[..] else {
            continue;
        };
        let pods = &cluster.pods[only];
        for (skew, key, selector) in &pods.spread {
            let Some(places) = hosts.places(key) else {
                continue;
            };
            let namespace = home(cluster, pods.entity);
            if selector.is_all() || labelled.chosen(selector, namespace) != [number] {
                continue;
            }
            let group = &demand.groups[number];
            let suits = &group.hosts;
            let counts = |host: usize| suits.open[host] || suits.tainted[host];
            let of = |wanted: &dyn Fn(usize) -> bool| -> BTreeSet<u32> {
                places.iter().enumerate().filter(|(host, _)| wanted(*host)).filter_map(|(_, place)| *place).collect()
            };
            let (counted, open) = (of(&counts), of(&|host| suits.open[host]));
            let barred = counted.len() > open.len();
            let skew = u64::try_from(*skew).unwrap_or(1).max(1);
            // Where the label is missing, such pods are not placed at all.
            let placed = suits.open.iter().zip(places.iter()).map(|(may, place)| *may && place.is_some()).collect();
            let placed = Suitable::new(placed, suits.tainted.clone());
            let term = demand.spread.len();
            demand.spread.push(Spread { places, counted: counted.len(), skew, barred });
            if placed != *demand.groups[number].hosts {
                demand.groups[number].hosts = Arc::new(placed);
            }
            demand.groups[number].spread.push(term);
        }
    }
}

impl Group {
    /// Why one of these, or all of them, have no room even where nothing else runs.
    pub fn misfit(&self, cluster: &Cluster, demand: &Demand) -> Option<Misfit> {
        let misfit = |why| Some(Misfit { pods: self.pods.clone(), why });
        if self.hosts.count == 0 {
            let tainted = self.hosts.tainted.iter().position(|tainted| *tainted);
            let tolerations = self.pods.first().and_then(|pods| cluster.pods.get(*pods)).map(|pods| &pods.tolerations);
            let taint = tainted.and_then(|host| Some((host, keeps_away(&cluster.hosts[host], tolerations?)?)));
            return misfit(taint.map_or(Why::Unsuited, |(host, taint)| Why::Tainted(host, taint.key)));
        }
        let open = || self.hosts.hosts();
        if !open().any(|host| holds(&demand.rooms[host], &self.ask)) {
            let missing = |amount: &usize| open().all(|host| demand.rooms[host][*amount] < self.ask[*amount]);
            let amount = (0..self.ask.len()).find(missing);
            // Where each is enough somewhere, but never all of them: what is missing where there is most processor.
            let best = |amount: usize| open().max_by_key(|host| demand.rooms[*host][amount]);
            let short =
                |host: usize| (0..self.ask.len()).find(|amount| demand.rooms[host][*amount] < self.ask[*amount]);
            let (amount, host) = match amount {
                Some(amount) => (amount, best(amount)?),
                None => best(0).and_then(|host| Some((short(host)?, host)))?,
            };
            let name = demand.amounts[amount].clone();
            return misfit(Why::TooLarge(name, self.ask[amount], host, demand.rooms[host][amount]));
        }
        let most = self.most(demand)?;
        if most < self.count { misfit(Why::Apart(self.count, most)) } else { None }
    }

    /// How many places there are for those of a group that may not share one, and whether it is so.
    pub fn most(&self, demand: &Demand) -> Option<u64> {
        let rooms = |host: usize| holds(&demand.rooms[host], &self.ask);
        let places = |places: &Places| {
            // A host without the label is no place: anti-affinity holds nothing against it.
            let mut found = BTreeSet::new();
            for (_, place) in places.iter().enumerate().filter(|(host, _)| self.hosts.open[*host] && rooms(*host)) {
                match place {
                    Some(place) => drop(found.insert(*place)),
                    None => return u64::MAX,
                }
                if found.len() as u64 >= self.count {
                    break;
                }
            }
            found.len() as u64
        };
        let own = self.apart.iter().filter(|term| self.shunned.contains(term));
        let apart = own.filter_map(|term| demand.apart.get(*term)).map(places);
        let barred = self.spread.iter().filter_map(|term| demand.spread.get(*term)).filter(|spread| spread.barred);
        apart.chain(barred.map(|spread| places(&spread.places).saturating_mul(spread.skew))).min()
    }
}
