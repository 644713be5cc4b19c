//! What somebody asks about: `Deployment`, `apps/v1.Deployment.spec`, `metallb.IPAddressPool`, `k8s.Container.image`.

/// A type and a way into it, as somebody wrote it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject {
    /// What narrows the name down.
    pub within: Within,
    /// The name of a kind or a type.
    pub name: String,
    /// The fields on the way.
    pub fields: Vec<String>,
}

/// Where a name is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Within {
    /// Everywhere.
    All,
    /// In a version of a group: `apps/v1`, `v1`.
    Version(String),
    /// In a module: `k8s`, `k8s.apps.v1`, `metallb`, `std/metallb`.
    Module(String),
}

/// Reads a subject. A group has dots of its own, and all of them stand before the slash.
pub fn parse(text: &str, is_module: impl Fn(&str) -> bool) -> Subject {
    let text = text.strip_prefix("std/").unwrap_or(text);
    if let Some((group, rest)) = text.split_once('/') {
        let (version, rest) = rest.split_once('.').unwrap_or((rest, ""));
        return named(Within::Version(format!("{group}/{version}")), rest);
    }
    let (first, rest) = text.split_once('.').unwrap_or((text, ""));
    if is_version(first) {
        return named(Within::Version(first.to_owned()), rest);
    }
    if !is_module(first) {
        return named(Within::All, text);
    }
    // `k8s.apps.v1.Deployment`: in the module, groups and versions are words before the name.
    let mut module = first.to_owned();
    let mut rest = rest;
    let mut steps = rest.split('.');
    if let (Some(group), Some(version)) = (steps.next(), steps.next())
        && is_version(version)
    {
        module = format!("{module}.{group}.{version}");
        rest = rest.get(group.len() + version.len() + 2..).unwrap_or_default();
    }
    named(Within::Module(module), rest)
}

fn named(within: Within, text: &str) -> Subject {
    let mut steps = text.split('.').map(str::to_owned);
    let name = steps.next().unwrap_or_default();
    // `containers[web]` and `containers[]` are `containers`, as a path in an output is written.
    let field = |step: String| step.split('[').next().unwrap_or_default().to_owned();
    Subject { within, name, fields: steps.map(field).filter(|step| !step.is_empty()).collect() }
}

/// `v1`, `v2beta1`.
fn is_version(text: &str) -> bool {
    let digits = text.strip_prefix('v').unwrap_or_default();
    digits.starts_with(|first: char| first.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let Subject { within, name, fields } = parse(text, |word| word == "k8s" || word == "metallb");
        let within = match within {
            Within::All => "all".to_owned(),
            Within::Version(version) => format!("version {version}"),
            Within::Module(module) => format!("module {module}"),
        };
        assert_eq!(format!("{within}; {name}; {}", fields.join(" ")), expected);
    }

    #[test]
    fn subjects_are_read() {
        check("Deployment", "all; Deployment; ");
        check("deploy.spec.template", "all; deploy; spec template");
        check("pod.spec.containers[web].image", "all; pod; spec containers image");
        check("apps/v1.Deployment.spec", "version apps/v1; Deployment; spec");
        check("networking.k8s.io/v1.Ingress", "version networking.k8s.io/v1; Ingress; ");
        check("v1.Pod", "version v1; Pod; ");
        check("metallb.IPAddressPool.spec", "module metallb; IPAddressPool; spec");
        check("std/metallb.IPAddressPool", "module metallb; IPAddressPool; ");
        check("k8s.Container.image", "module k8s; Container; image");
        check("k8s.apps.v1.Deployment.spec", "module k8s.apps.v1; Deployment; spec");
    }
}
