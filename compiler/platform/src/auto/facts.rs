//! What is taken already, and what people call those who have it.

use domain::{Cidr, Family, Ip, IpRange};

use super::taken::Taken;
use crate::model::{Cluster, Platform};

/// Addresses that somebody has.
pub struct Facts {
    v4: Taken,
    v6: Taken,
    listed: Vec<(IpRange, &'static str)>,
}

impl Facts {
    /// Nothing is taken.
    pub fn new() -> Facts {
        Facts { v4: Taken::default(), v6: Taken::default(), listed: Vec::new() }
    }

    /// The addresses of all clusters: whoever has one keeps it from everybody else.
    pub fn of(platform: &Platform) -> Facts {
        let mut facts = Facts::new();
        for cluster in &platform.clusters {
            facts.add_addresses(cluster);
        }
        facts
    }

    fn add_addresses(&mut self, cluster: &Cluster) {
        let network = &cluster.network;
        let hosts = cluster.hosts.iter().flat_map(|host| [&host.address, &host.address6]);
        hosts.flatten().for_each(|address| self.add_one(address.value, "hosts"));
        network.gateway.iter().for_each(|address| self.add_one(address.value, "the gateway"));
        network.dns_servers.iter().for_each(|address| self.add_one(address.value, "name servers"));
        let endpoint = network.endpoint.as_ref().and_then(|endpoint| Ip::parse(endpoint).ok());
        let shared = network.vip.as_ref().map(|address| address.value).into_iter().chain(endpoint);
        shared.for_each(|address| self.add_one(address, "the shared address of control planes"));
        network.machines.iter().for_each(|(_, address)| self.add_one(address.value, "other machines"));
        let services = cluster.fronts.iter().flat_map(|front| &front.addresses);
        services.for_each(|address| self.add_one(address.value, "services"));
    }

    /// What is given away by others than this compiler.
    pub fn add_ranges(&mut self, platform: &Platform) {
        for cluster in &platform.clusters {
            cluster.network.dhcp.iter().for_each(|range| self.add(range.value, "the range of DHCP"));
            let pools = cluster.network.pools.iter().flat_map(|pool| &pool.ranges);
            pools.for_each(|range| self.add(range.value, "pools"));
        }
    }

    /// The networks of all clusters.
    pub fn add_networks(&mut self, platform: &Platform) {
        for cluster in &platform.clusters {
            let network = &cluster.network;
            network.of_hosts().for_each(|nodes| self.add_network(nodes.value, "hosts"));
            let pods = network.pods.iter().chain(&cluster.cni.pods).chain(&cluster.cni.pools);
            pods.for_each(|pods| self.add_network(pods.value, "pods"));
            network.services.iter().for_each(|services| self.add_network(services.value, "services"));
        }
    }

    /// One more address.
    pub fn add_one(&mut self, address: Ip, who: &'static str) {
        self.add_network(Cidr::single(address), who);
    }

    /// One more network.
    pub fn add_network(&mut self, network: Cidr, who: &'static str) {
        if let Ok(range) = IpRange::new(network.first(), network.last()) {
            self.add(range, who);
        }
    }

    /// One more range.
    pub fn add(&mut self, range: IpRange, who: &'static str) {
        self.set_mut(range.family()).add(range.first().bits(), range.last().bits());
        self.listed.push((range, who));
    }

    /// The addresses of a family.
    pub fn set(&self, family: Family) -> &Taken {
        match family {
            Family::V4 => &self.v4,
            Family::V6 => &self.v6,
        }
    }

    fn set_mut(&mut self, family: Family) -> &mut Taken {
        match family {
            Family::V4 => &mut self.v4,
            Family::V6 => &mut self.v6,
        }
    }

    /// How much of a range is whose, in words; what several have is told of the first.
    pub fn told(&self, ranges: &[IpRange]) -> String {
        let mut counted = Taken::default();
        let mut told: Vec<(&str, u128)> = Vec::new();
        for (taken, who) in &self.listed {
            for range in ranges.iter().filter(|range| range.overlaps(*taken)) {
                let first = range.first().max(taken.first()).bits();
                let new = counted.add(first, range.last().min(taken.last()).bits());
                match told.iter_mut().find(|(known, _)| known == who) {
                    Some((_, count)) => *count = count.saturating_add(new),
                    None => told.push((who, new)),
                }
            }
        }
        let told = told.into_iter().filter(|(_, count)| *count > 0);
        told.map(|(who, count)| format!("{count} of {who}")).collect::<Vec<_>>().join(", ")
    }
}
