//! What a literal amounts to: how many addresses a range has and how many of them are used, and one unit in others.

use std::collections::BTreeSet;

use compiler::Session;
use compiler::check::types;
use compiler::keys::Db;
use compiler::ty::{Scalar, Ty};
use compiler::value::Value;
use domain::{Bytes, Cidr, Cpu, Duration, Ip, IpRange};
use platform::auto::Chosen;

/// What is worth knowing of the literal that a text is, where a type is due.
pub fn of_text(session: &Session, text: &str, due: Option<&Ty>) -> Option<String> {
    let plain: String = text.split_whitespace().collect();
    let range = || IpRange::parse(&plain).ok().map(|range| of_range(session, range));
    let network = || Cidr::parse(&plain).ok().map(|network| of_network(session, network));
    if plain.contains("..") {
        return range();
    }
    if plain.contains('/') {
        return network();
    }
    let scalars = due.map(|due| scalars(session.db(), due)).unwrap_or_default();
    let may_be = |scalar| scalars.is_empty() || scalars.contains(&scalar);
    let bytes = || Bytes::parse(&plain).ok().filter(|_| may_be(Scalar::Bytes)).map(of_bytes);
    let cpu = || Cpu::parse(&plain).ok().filter(|_| may_be(Scalar::Cpu)).map(of_cpu);
    let duration = || Duration::parse(&plain).ok().filter(|_| may_be(Scalar::Duration)).map(of_duration);
    let has_unit = plain.ends_with(|last: char| last.is_ascii_alphabetic());
    (has_unit || !scalars.is_empty()).then(|| bytes().or_else(cpu).or_else(duration)).flatten()
}

/// What is worth knowing of a value.
pub fn of_value(session: &Session, value: &Value) -> Option<String> {
    match value {
        Value::IpRange(range) => Some(of_range(session, **range)),
        Value::Cidr(network) => Some(of_network(session, *network)),
        Value::Bytes(bytes) => Some(of_bytes(*bytes)),
        Value::Cpu(cpu) => Some(of_cpu(*cpu)),
        Value::Duration(duration) => Some(of_duration(*duration)),
        Value::PortRange(range) => Some(format!("{range}: {} ports", range.size())),
        _ => None,
    }
}

fn of_range(session: &Session, range: IpRange) -> String {
    format!("{}..{}: {}", range.first(), range.last(), counted(session, range))
}

fn of_network(session: &Session, network: Cidr) -> String {
    let shown = format!("{network}: {} to {}", network.first(), network.last());
    match IpRange::new(network.first(), network.last()) {
        Ok(range) => format!("{shown}, {}", counted(session, range)),
        Err(_) => shown,
    }
}

/// `51 addresses, 3 used`
pub fn counted(session: &Session, range: IpRange) -> String {
    let used = used(session).into_iter().filter(|address| range.contains(*address)).count();
    let addresses = match range.size() {
        1 => "1 address".to_string(),
        size if size >= 1 << 40 => format!("2^{} addresses", size.ilog2()),
        size => format!("{size} addresses"),
    };
    format!("{addresses}, {used} used")
}

/// The addresses that somebody has, as far as the platform says so.
pub fn used(session: &Session) -> BTreeSet<Ip> {
    let model = session.model();
    let mut used = BTreeSet::new();
    for cluster in &model.platform.clusters {
        let network = &cluster.network;
        let hosts = cluster.hosts.iter().flat_map(|host| [&host.address, &host.address6]).flatten();
        used.extend(hosts.map(|address| address.value));
        used.extend(network.gateway.iter().chain(&network.dns_servers).chain(&network.vip).map(|said| said.value));
        used.extend(network.machines.iter().map(|(_, address)| address.value));
        used.extend(cluster.fronts.iter().flat_map(|front| &front.addresses).map(|address| address.value));
    }
    used.extend(session.autos().iter().filter_map(|auto| match auto.value {
        Some(Chosen::Ip(address)) => Some(address),
        _ => None,
    }));
    used
}

fn of_bytes(bytes: Bytes) -> String {
    let count = bytes.count();
    let mut forms = Vec::new();
    for (unit, size) in [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("GB", 1_000_000_000)] {
        if count >= size && (unit != "MiB" || count < 1 << 33) {
            forms.push(format!("{} {unit}", decimal(count as f64 / size as f64)));
        }
    }
    forms.push(format!("{count} bytes"));
    forms.join(" = ")
}

fn of_cpu(cpu: Cpu) -> String {
    let thousandths = cpu.thousandths();
    format!("{} CPUs = {thousandths}m", decimal(cpu.cpus()))
}

fn of_duration(duration: Duration) -> String {
    let seconds = duration.nanoseconds() as f64 / 1e9;
    let mut forms = vec![duration.to_string()];
    for (unit, size) in [("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0)] {
        if seconds >= size {
            forms.push(format!("{} {unit}", decimal(seconds / size)));
        }
    }
    forms.push(format!("{} seconds", decimal(seconds)));
    forms.join(" = ")
}

/// A number with at most two decimals.
fn decimal(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// The types of single values among the members of a type.
fn scalars(db: &dyn Db, ty: &Ty) -> Vec<Scalar> {
    match types::expand(db, ty) {
        Ty::Scalar(scalar) => vec![scalar],
        Ty::Refined(refined) => scalars(db, &refined.base),
        Ty::Union(members) => members.iter().flat_map(|member| scalars(db, member)).collect(),
        _ => Vec::new(),
    }
}
