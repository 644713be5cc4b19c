//! Names and paths at which the cluster answers from outside, whichever objects say so: one that moves from one ingress to
//! another is still there.

use std::collections::BTreeMap;

use super::value::Value;
use super::{Both, Change, Effect, Level, Report, Spot, Thing, matched, quoted};

/// Where requests for a name and path go.
#[derive(Clone, PartialEq, Eq)]
struct Target {
    to: String,
    class: String,
    tls: bool,
    spot: Spot,
    number: usize,
}

/// By host and path; the host is empty for all of them.
type Routes = BTreeMap<(String, String), Target>;

/// Tells which names and paths come, go, or lead elsewhere.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let pairs = &both.matched.pairs;
    let old = pairs.iter().map(|pair| (pair.numbers.0, pair.old)).chain(both.matched.gone.iter().copied());
    let new = pairs.iter().map(|pair| (pair.numbers.1, pair.new)).chain(both.matched.come.iter().copied());
    let (old, new) = (routes(old), routes(new));
    for (route, target) in &old {
        let at = Some(target.spot.clone());
        match new.get(route) {
            None => {
                let change =
                    Change::new(Level::Disruption, Effect::Routes, format!("{} answers no more", shown(route)));
                report.tell(change.why(format!("it led to {}", target.to)).at(at, None));
            }
            Some(now) => changed(route, target, now, report),
        }
    }
    for (route, target) in new.iter().filter(|(route, _)| !old.contains_key(*route)) {
        let change = Change::new(Level::Disruption, Effect::Routes, format!("{} answers from now on", shown(route)));
        report.tell(change.why(format!("it leads to {}", target.to)).at(None, Some(target.spot.clone())));
    }
    quiet(both, &old, &new, report);
}

fn changed(route: &(String, String), old: &Target, new: &Target, report: &mut Report) {
    // Where the objects got other names, what they lead to did too.
    let is_renamed = report.renamed.contains(&(old.number, new.number));
    let mut say = |level, message: String, why: String| {
        let change = Change::new(level, Effect::Routes, message).why(why);
        report.tell(change.at(Some(old.spot.clone()), Some(new.spot.clone())));
    };
    let name = shown(route);
    if old.to != new.to && !is_renamed {
        say(Level::Disruption, format!("{name} leads elsewhere"), format!("{} -> {}", old.to, new.to));
    }
    if old.class != new.class {
        let why = "another controller serves it, at its own address".to_owned();
        say(Level::Disruption, format!("{name} is served by another class: `{}` -> `{}`", old.class, new.class), why);
    }
    match (old.tls, new.tls) {
        (true, false) => {
            say(Level::Disruption, format!("{name} has no certificate of its own any more"), String::new())
        }
        (false, true) => say(Level::Note, format!("{name} gets a certificate"), String::new()),
        _ => {}
    }
}

/// Fields that say what was told by name and path are not told again, and objects that hold nothing else neither.
fn quiet(both: &Both<'_>, old: &Routes, new: &Routes, report: &mut Report) {
    const SAYS: [&[&str]; 6] = [
        &["spec", "rules"],
        &["spec", "hostnames"],
        &["spec", "tls"],
        &["spec", "routes"],
        &["spec", "ingressClassName"],
        &["spec", "parentRefs"],
    ];
    for pair in &both.matched.pairs {
        let is_told = |routes: &Routes, other: &Routes, number: usize| {
            let own = routes.iter().filter(|(_, target)| target.number == number);
            own.into_iter().any(|(route, target)| {
                other
                    .get(route)
                    .is_none_or(|now| (&now.to, &now.class, now.tls) != (&target.to, &target.class, target.tls))
            })
        };
        if is_told(old, new, pair.numbers.0) || is_told(new, old, pair.numbers.1) {
            let fields = pair.fields.iter().enumerate();
            let says = fields.filter(|(_, field)| SAYS.iter().any(|way| field.is_under(way)));
            report.told.extend(says.map(|(field, _)| (pair.number, field)));
        }
    }
}

fn shown((host, path): &(String, String)) -> String {
    match (host.as_str(), path.as_str()) {
        ("", path) => format!("{} at every name", quoted(path)),
        (host, "/" | "") => quoted(host),
        (host, path) => quoted(&format!("{host}{path}")),
    }
}

fn routes<'a>(things: impl Iterator<Item = (usize, &'a Thing)>) -> Routes {
    let mut found = Routes::new();
    for (number, thing) in things {
        match (&*thing.group, &*thing.kind) {
            ("networking.k8s.io" | "extensions", "Ingress") => ingress(number, thing, &mut found),
            ("gateway.networking.k8s.io", "HTTPRoute" | "GRPCRoute" | "TLSRoute") => route(number, thing, &mut found),
            ("traefik.io" | "traefik.containo.us", "IngressRoute") => matches(number, thing, &mut found),
            _ => {}
        }
    }
    found
}

fn add(found: &mut Routes, route: (String, String), target: Target) {
    found.entry(route).or_insert(target);
}

fn service(thing: &Thing, name: Option<&str>, port: &Value) -> String {
    let port = if port.is_null() { String::new() } else { format!(":{}", port.shown()) };
    format!("{}{port} in {}", quoted(name.unwrap_or("nobody")), quoted(&thing.namespace))
}

fn ingress(number: usize, thing: &Thing, found: &mut Routes) {
    let spec = thing.body.get("spec");
    let class = spec.get("ingressClassName").text().unwrap_or_default().to_owned();
    let secure: Vec<&str> =
        spec.get("tls").items().iter().flat_map(|tls| tls.get("hosts").items()).filter_map(Value::text).collect();
    let backend = |backend: &Value| {
        let service_of = backend.get("service");
        let port = service_of.get("port");
        let port = if port.get("number").is_null() { port.get("name") } else { port.get("number") };
        service(thing, service_of.get("name").text(), port)
    };
    for (index, rule) in spec.get("rules").items().iter().enumerate() {
        let host = rule.get("host").text().unwrap_or_default();
        for path in rule.at(&["http", "paths"]).items() {
            let route = (host.to_owned(), path.get("path").text().unwrap_or("/").to_owned());
            let mut way = matched::steps(&["spec", "rules"]);
            way.push(super::Step::Index(index));
            let (class, tls) = (class.clone(), secure.contains(&host));
            let spot = Spot::Part(number, way);
            add(found, route, Target { to: backend(path.get("backend")), class, tls, spot, number });
        }
    }
    if !spec.get("defaultBackend").is_null() {
        let spot = Spot::Part(number, matched::steps(&["spec", "defaultBackend"]));
        let to = backend(spec.get("defaultBackend"));
        add(found, (String::new(), "/".to_owned()), Target { to, class, tls: false, spot, number });
    }
}

fn route(number: usize, thing: &Thing, found: &mut Routes) {
    let spec = thing.body.get("spec");
    let parents: Vec<&str> = spec.get("parentRefs").items().iter().filter_map(|of| of.get("name").text()).collect();
    let hosts: Vec<&str> = spec.get("hostnames").items().iter().filter_map(Value::text).collect();
    let hosts = if hosts.is_empty() { vec![""] } else { hosts };
    for rule in spec.get("rules").items() {
        let backends = rule.get("backendRefs").items().iter();
        let to: Vec<String> = backends.map(|of| service(thing, of.get("name").text(), of.get("port"))).collect();
        let paths: Vec<&str> =
            rule.get("matches").items().iter().filter_map(|of| of.at(&["path", "value"]).text()).collect();
        for host in &hosts {
            for path in if paths.is_empty() { vec!["/"] } else { paths.clone() } {
                let (class, to) = (parents.join(", "), super::some(&to));
                let spot = Spot::Part(number, matched::steps(&["spec", "hostnames"]));
                add(found, ((*host).to_owned(), path.to_owned()), Target { to, class, tls: true, spot, number });
            }
        }
    }
}

/// Routes of Traefik: what is matched is one text.
fn matches(number: usize, thing: &Thing, found: &mut Routes) {
    let spec = thing.body.get("spec");
    let class: Vec<&str> = spec.get("entryPoints").items().iter().filter_map(Value::text).collect();
    for rule in spec.get("routes").items() {
        let services = rule.get("services").items().iter();
        let to: Vec<String> = services.map(|of| service(thing, of.get("name").text(), of.get("port"))).collect();
        let route = (rule.get("match").text().unwrap_or_default().replace('`', "'"), String::new());
        let spot = Spot::Part(number, matched::steps(&["spec", "routes"]));
        let tls = !spec.get("tls").is_null();
        add(found, route, Target { to: super::some(&to), class: class.join(", "), tls, spot, number });
    }
}
