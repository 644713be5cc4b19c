//! Which version of Kubernetes serves what, and that the table of it agrees with the types that were read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use schemas::{Catalog, Scope, Standing, releases, served};

fn check(name: &str, minor: u8, expected: &str) {
    let mut parts = name.rsplit('/');
    let (kind, version, group) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap_or_default());
    let (word, release) = match served(group, version, kind, minor) {
        Standing::Unknown => return assert_eq!("unknown", expected),
        Standing::Ahead(release) => ("ahead", release),
        Standing::Served(release) => ("served", release),
        Standing::Deprecated(release) => ("deprecated", release),
        Standing::Removed(release) => ("removed", release),
    };
    let replacement = match release.replacement {
        Some(name) => format!(", use {}/{}/{}", name.group, name.version, name.kind),
        None => String::new(),
    };
    assert_eq!(format!("{word}{replacement}"), expected, "{name} in 1.{minor}");
}

#[test]
fn kinds_come_and_go() {
    check("extensions/v1beta1/Ingress", 13, "served, use networking.k8s.io/v1/Ingress");
    check("extensions/v1beta1/Ingress", 21, "deprecated, use networking.k8s.io/v1/Ingress");
    check("extensions/v1beta1/Ingress", 22, "removed, use networking.k8s.io/v1/Ingress");
    check("networking.k8s.io/v1/Ingress", 18, "ahead");
    check("networking.k8s.io/v1/Ingress", 37, "served");
    check("batch/v1beta1/CronJob", 25, "removed, use batch/v1/CronJob");
    check("autoscaling/v2beta2/HorizontalPodAutoscaler", 33, "removed, use autoscaling/v2/HorizontalPodAutoscaler");
    check("v1/Pod", 37, "served");
    check("example.com/v1/Cat", 37, "unknown");
}

#[test]
fn a_replacement_is_one_that_the_version_serves() {
    check(
        "flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema",
        30,
        "removed, use flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema",
    );
    check(
        "flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema",
        33,
        "removed, use flowcontrol.apiserver.k8s.io/v1/FlowSchema",
    );
    check("extensions/v1beta1/PodSecurityPolicy", 20, "removed, use policy/v1beta1/PodSecurityPolicy");
}

#[test]
fn what_is_young_is_off_by_default() {
    let off = |name: &str| {
        let is_meant = |release: &schemas::Release| format!("{}/{}", release.name.version, release.name.kind) == name;
        releases().find(is_meant).unwrap().is_off_by_default()
    };
    assert!(off("v1alpha1/MutatingAdmissionPolicy"));
    assert!(off("v1beta1/MutatingAdmissionPolicy"));
    assert!(!off("v1/MutatingAdmissionPolicy"));
    assert!(!off("v1beta1/CronJob"));
    assert!(!off("v1beta3/FlowSchema"));
}

/// The types come from what each version published, the table from when somebody said that it would.
#[test]
fn the_table_agrees_with_the_types() {
    let catalog = Catalog::load();
    for kind in catalog.kinds().iter().filter(|kind| kind.scope != Scope::Subresource && !kind.list.is_empty()) {
        for minor in 33..=37 {
            let standing = served(kind.group, kind.version, kind.kind, minor);
            let is_served = matches!(standing, Standing::Served(_) | Standing::Deprecated(_));
            assert_eq!(is_served, kind.minors.contain(minor), "{}/{} in 1.{minor}", kind.api_version(), kind.kind);
        }
    }
}

#[test]
fn everything_in_the_table_that_is_still_served_has_types() {
    let catalog = Catalog::load();
    for release in releases().filter(|release| release.name.group != "audit.k8s.io") {
        let name = release.name;
        if release.removed.is_none_or(|removed| removed > 37) {
            assert!(catalog.kind(name.group, name.version, name.kind).is_some(), "{name:?}");
        }
    }
}

#[test]
fn every_line_of_the_table_is_read_once() {
    let text = include_str!("../facts/served.txt");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    assert_eq!(releases().count(), lines);
    let mut names: Vec<_> = releases().map(|release| format!("{:?}", release.name)).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), lines);
}

#[test]
fn a_kind_comes_before_it_is_deprecated_and_that_before_it_goes() {
    for release in releases() {
        let times = [Some(release.introduced), release.deprecated, release.removed];
        let times: Vec<_> = times.into_iter().flatten().collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{release:?}");
    }
}
