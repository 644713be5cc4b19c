//! Whether everything can be placed: tried the quick way, then by proofs that it can not, then by looking at every way.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::demand::{Ask, Demand, Group};
use super::room::{Room, UNLIMITED, give, holds, take, times};
use super::suits::Suitable;

/// How many steps a complete search may take.
const STEPS: usize = 40_000;
/// How many pods it may place.
const SMALL: u64 = 300;
/// The most hosts that are looked at for each pod, where the quick way seeks the best one.
const LOOKS: usize = 200_000;

/// What came out.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// There is a way.
    Fits,
    /// All together ask for more than there is: the number of the amount, how much, and how much there is.
    TooMuch {
        /// The number of the amount.
        amount: usize,
        /// How much is asked for.
        asked: u64,
        /// How much there is.
        there: u64,
    },
    /// There is no way, though there is enough. The group is one that found no place.
    Pieces(usize),
    /// No way was found, and no proof that there is none.
    Unknown,
}

/// Where a pod goes, of the hosts that have room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fit {
    /// To the first.
    First,
    /// To the one with least left, which takes a look at every host.
    Tightest,
}

/// Whether everything can be placed.
pub fn pack(demand: &Demand) -> Outcome {
    let mut stuck = 0;
    let looks = demand.rooms.len().saturating_mul(demand.groups.len());
    for fit in [Fit::First, Fit::Tightest].into_iter().filter(|fit| *fit == Fit::First || looks <= LOOKS) {
        for order in orders(demand) {
            match Packing::new(demand).quick(&order, fit) {
                None => return Outcome::Fits,
                Some(group) => stuck = group,
            }
        }
    }
    if let Some(outcome) = too_much(demand).or_else(|| no_slots(demand)) {
        return outcome;
    }
    if demand.groups.iter().map(|group| group.count).sum::<u64>() > SMALL {
        return Outcome::Unknown;
    }
    let mut search = Search { packing: Packing::new(demand), order: largest_first(demand), steps: STEPS };
    match search.place(0, 0, 0) {
        Some(true) => Outcome::Fits,
        Some(false) => Outcome::Pieces(stuck),
        None => Outcome::Unknown,
    }
}

/// The part of what there is that a group's pod takes of what is scarce, in millionths.
fn share(demand: &Demand, ask: &Ask) -> Vec<u64> {
    let most = |amount: usize| demand.rooms.iter().map(|room| room[amount]).max().unwrap_or(0).max(1);
    let part = |(amount, ask): (usize, &u64)| u128::from(*ask) * 1_000_000 / u128::from(most(amount));
    ask.iter().enumerate().map(part).map(|part| u64::try_from(part).unwrap_or(u64::MAX)).collect()
}

/// Orders in which the quick way takes groups, each made when the one before it failed.
fn orders(demand: &Demand) -> impl Iterator<Item = Vec<usize>> {
    let most: Vec<u64> = (0..demand.amounts.len())
        .map(|amount| demand.rooms.iter().map(|room| room[amount]).max().unwrap_or(0).max(1))
        .collect();
    let key = move |which: usize, group: &Group| {
        let share = |amount: usize| group.ask[amount].saturating_mul(1_000) / (most[amount] / 1_000).max(1);
        let shares = (0..most.len()).map(share);
        match which {
            0 => shares.max().unwrap_or(0),
            1 => share(0),
            2 => share(1),
            _ => shares.fold(0, u64::saturating_add),
        }
    };
    let bound = |group: &Group| !(group.spread.is_empty() && group.apart.is_empty() && group.shunned.is_empty());
    (0..4).map(move |which| {
        let mut order: Vec<usize> = (0..demand.groups.len()).collect();
        order.sort_by_cached_key(|number| {
            let group = &demand.groups[*number];
            (group.hosts.count, !bound(group), u64::MAX - key(which, group))
        });
        order
    })
}

fn largest_first(demand: &Demand) -> Vec<usize> {
    let mut order: Vec<usize> = (0..demand.groups.len()).collect();
    let largest = |group: &usize| share(demand, &demand.groups[*group].ask).into_iter().max().unwrap_or(0);
    order.sort_by_key(|group| std::cmp::Reverse(largest(group)));
    order
}

/// Proof that some pods ask for more than the hosts have on which they may stand.
fn too_much(demand: &Demand) -> Option<Outcome> {
    let mut sets: Vec<Arc<Suitable>> = Vec::new();
    for group in &demand.groups {
        if sets.len() < 16 && !sets.iter().any(|set| Arc::ptr_eq(set, &group.hosts)) {
            sets.push(group.hosts.clone());
        }
    }
    let all = (0..demand.rooms.len()).map(|host| sets.iter().any(|set| set.open[host])).collect();
    sets.insert(0, Arc::new(Suitable::new(all, Vec::new())));
    sets.into_iter().find_map(|set| {
        let inside = |group: &Group| group.hosts.open.iter().zip(&set.open).all(|(may, inside)| !may || *inside);
        let within = |group: &&Group| Arc::ptr_eq(&group.hosts, &set) || inside(group);
        (0..demand.amounts.len()).find_map(|amount| {
            let rooms = set.hosts().map(|host| demand.rooms[host][amount]);
            let there = rooms.fold(0, |sum: u64, has| sum.saturating_add(has));
            let asks = demand.groups.iter().filter(within).map(|group| group.ask[amount].saturating_mul(group.count));
            let asked = asks.fold(0, |sum: u64, ask| sum.saturating_add(ask));
            (asked > there).then_some(Outcome::TooMuch { amount, asked, there })
        })
    })
}

/// Proof that pods above a size are more than the hosts can hold of that size.
fn no_slots(demand: &Demand) -> Option<Outcome> {
    let sizes = largest_first(demand);
    sizes.into_iter().take(100).find_map(|by| {
        (0..demand.amounts.len()).find_map(|amount| {
            let size = demand.groups[by].ask[amount];
            if size == 0 {
                return None;
            }
            let slots =
                demand.rooms.iter().map(|room| room[amount] / size).fold(0, |sum: u64, n| sum.saturating_add(n));
            let large = demand.groups.iter().filter(|group| group.ask[amount] >= size);
            let count = large.map(|group| group.count).fold(0, |sum: u64, count| sum.saturating_add(count));
            (count > slots).then_some(Outcome::Pieces(by))
        })
    })
}

/// What is placed where so far.
struct Packing<'a> {
    demand: &'a Demand,
    rooms: Vec<Room>,
    /// Of each rule of distance and place: how many pods there have it, and of how many it speaks.
    near: FxHashMap<(usize, u32), (u32, u32)>,
    /// Of each spread and place: how many pods.
    spread: FxHashMap<(usize, u32), u64>,
}

impl<'a> Packing<'a> {
    fn new(demand: &'a Demand) -> Self {
        Self { demand, rooms: demand.rooms.clone(), near: FxHashMap::default(), spread: FxHashMap::default() }
    }

    fn may(&self, group: &Group, host: usize) -> bool {
        let near = |terms: &[usize], count: fn((u32, u32)) -> u32| {
            terms.iter().any(|term| {
                let place = self.demand.apart[*term][host];
                place.is_some_and(|place| self.near.get(&(*term, place)).is_some_and(|found| count(*found) > 0))
            })
        };
        group.hosts.open[host]
            && holds(&self.rooms[host], &group.ask)
            && !near(&group.apart, |(_, spoken)| spoken)
            && !near(&group.shunned, |(having, _)| having)
            && group.spread.iter().all(|term| self.spreads(group, *term, host))
    }

    /// A place can never have more than its share and the difference that is allowed.
    fn spreads(&self, group: &Group, term: usize, host: usize) -> bool {
        let spread = &self.demand.spread[term];
        let Some(place) = spread.places[host] else {
            return false;
        };
        let least = if spread.barred { 0 } else { group.count / (spread.counted as u64).max(1) };
        self.spread.get(&(term, place)).copied().unwrap_or(0) < least + spread.skew
    }

    fn put(&mut self, group: &Group, host: usize) {
        take(&mut self.rooms[host], &group.ask);
        self.count(group, host, |count| *count += 1, |count| *count += 1);
    }

    fn remove(&mut self, group: &Group, host: usize) {
        give(&mut self.rooms[host], &group.ask);
        self.count(group, host, |count| *count -= 1, |count| *count -= 1);
    }

    fn count(&mut self, group: &Group, host: usize, near: fn(&mut u32), spread: fn(&mut u64)) {
        let demand = self.demand;
        for term in &group.apart {
            if let Some(place) = demand.apart[*term][host] {
                near(&mut self.near.entry((*term, place)).or_default().0);
            }
        }
        for term in &group.shunned {
            if let Some(place) = demand.apart[*term][host] {
                near(&mut self.near.entry((*term, place)).or_default().1);
            }
        }
        for term in &group.spread {
            if let Some(place) = demand.spread[*term].places[host] {
                spread(self.spread.entry((*term, place)).or_default());
            }
        }
    }

    /// Places the groups in this order, each pod where it fits; the group that found no place.
    fn quick(&mut self, order: &[usize], fit: Fit) -> Option<usize> {
        let mut tree = Tree::new(&self.rooms);
        for &number in order {
            let demand = self.demand;
            let group = &demand.groups[number];
            let free = group.apart.is_empty() && group.shunned.is_empty() && group.spread.is_empty();
            let mut left = group.count;
            while left > 0 {
                let host = if !group.spread.is_empty() {
                    self.emptiest(group)
                } else if fit == Fit::Tightest {
                    self.tightest(group)
                } else if free {
                    tree.first(&self.rooms, &|host| group.hosts.open[host], &group.ask)
                } else {
                    tree.first(&self.rooms, &|host| self.may(group, host), &group.ask)
                };
                let Some(host) = host else {
                    return Some(number);
                };
                // Where one of them goes, so does the next one, as long as there is room.
                let many =
                    if free && fit == Fit::First { times(&self.rooms[host], &group.ask).clamp(1, left) } else { 1 };
                (0..many).for_each(|_| self.put(group, host));
                tree.update(host, &self.rooms);
                left -= many;
            }
        }
        (!order.iter().all(|group| self.even(*group))).then(|| order.first().copied().unwrap_or(0))
    }

    /// The place with the fewest of a group, and there the first host.
    fn emptiest(&self, group: &Group) -> Option<usize> {
        let had = |host: usize| {
            let counts = group.spread.iter().filter_map(|term| {
                let place = self.demand.spread[*term].places[host]?;
                Some(self.spread.get(&(*term, place)).copied().unwrap_or(0))
            });
            counts.sum::<u64>()
        };
        let hosts = 0..self.rooms.len();
        hosts.filter(|host| group.hosts.open[*host]).filter(|host| self.may(group, *host)).min_by_key(|host| had(*host))
    }

    /// The host that has least left of what the pod asks for.
    fn tightest(&self, group: &Group) -> Option<usize> {
        let left = |host: usize| {
            let parts = self.rooms[host].iter().zip(&self.demand.rooms[host]).filter(|(_, all)| **all < UNLIMITED);
            parts.map(|(left, all)| u128::from(*left) * 1_000_000 / u128::from((*all).max(1))).sum::<u128>()
        };
        (0..self.rooms.len()).filter(|host| self.may(group, *host)).min_by_key(|host| left(*host))
    }

    /// Whether the spread of a group holds, now that all of it is placed.
    fn even(&self, group: usize) -> bool {
        let group = &self.demand.groups[group];
        group.spread.iter().all(|term| {
            let spread = &self.demand.spread[*term];
            let mut counts: FxHashMap<u32, u64> = FxHashMap::default();
            let open = spread.places.iter().enumerate().filter(|(host, _)| group.hosts.open[*host]);
            for place in open.filter_map(|(_, place)| *place) {
                counts.insert(place, self.spread.get(&(*term, place)).copied().unwrap_or(0));
            }
            let most = counts.values().max().copied().unwrap_or(0);
            let least = if spread.barred { 0 } else { counts.values().min().copied().unwrap_or(0) };
            most - least <= spread.skew
        })
    }
}

/// A search through every way, in which hosts that are alike and pods that are alike are not tried twice.
struct Search<'a> {
    packing: Packing<'a>,
    order: Vec<usize>,
    steps: usize,
}

impl Search<'_> {
    /// Whether the pods from here on can be placed; nothing where that takes too long. Pods of a group stand on hosts in
    /// order: the next one at `from` or after it.
    fn place(&mut self, step: usize, placed: u64, from: usize) -> Option<bool> {
        let demand = self.packing.demand;
        let Some(&number) = self.order.get(step) else {
            return Some(true);
        };
        let group = &demand.groups[number];
        if placed == group.count {
            return if self.packing.even(number) { self.place(step + 1, 0, 0) } else { Some(false) };
        }
        for host in from..demand.rooms.len() {
            if !self.packing.may(group, host) {
                continue;
            }
            self.steps = self.steps.checked_sub(1)?;
            self.packing.put(group, host);
            let found = self.place(step, placed + 1, host);
            self.packing.remove(group, host);
            if found != Some(false) {
                return found;
            }
        }
        Some(false)
    }
}

/// Over ranges of hosts, the most that one of them has of each amount: finds the first that has enough.
struct Tree {
    size: usize,
    width: usize,
    most: Vec<u64>,
}

impl Tree {
    fn new(rooms: &[Room]) -> Self {
        let size = rooms.len().next_power_of_two();
        let width = rooms.first().map_or(0, Vec::len);
        let mut tree = Self { size, width, most: vec![0; 2 * size * width] };
        for (host, room) in rooms.iter().enumerate() {
            tree.most[(size + host) * width..][..width].copy_from_slice(room);
        }
        (1..size).rev().for_each(|node| tree.join(node));
        tree
    }

    fn join(&mut self, node: usize) {
        for amount in 0..self.width {
            let of = |node: usize| self.most[node * self.width + amount];
            self.most[node * self.width + amount] = of(2 * node).max(of(2 * node + 1));
        }
    }

    fn update(&mut self, host: usize, rooms: &[Room]) {
        let mut node = self.size + host;
        self.most[node * self.width..][..self.width].copy_from_slice(&rooms[host]);
        while node > 1 {
            node /= 2;
            self.join(node);
        }
    }

    /// The first host that has enough and that is liked.
    fn first(&self, rooms: &[Room], likes: &dyn Fn(usize) -> bool, ask: &Ask) -> Option<usize> {
        self.first_below(1, rooms.len(), likes, ask)
    }

    fn first_below(&self, node: usize, hosts: usize, likes: &dyn Fn(usize) -> bool, ask: &Ask) -> Option<usize> {
        if !holds(&self.most[node * self.width..][..self.width], ask) {
            return None;
        }
        if node < self.size {
            let below = |node: usize| self.first_below(node, hosts, likes, ask);
            return below(2 * node).or_else(|| below(2 * node + 1));
        }
        Some(node - self.size).filter(|host| *host < hosts && likes(*host))
    }
}
