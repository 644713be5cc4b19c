//! Which version of Kubernetes serves which kind in which version of its group.

/// TODO
pub struct Served;
/// TODO
pub struct Release;
/// TODO
pub struct Standing;
/// TODO
pub fn served() {}

/// How mature and how new a version of a group is: `v1` before `v1beta1`, `v2` before `v1`.
pub fn rank(version: &str) -> (u8, u32, u32) {
    let rest = version.strip_prefix('v').unwrap_or(version);
    let split = |word: &str| rest.split_once(word).and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    match (split("alpha"), split("beta")) {
        (Some((major, minor)), _) => (0, major, minor),
        (_, Some((major, minor))) => (1, major, minor),
        _ => (2, rest.parse().unwrap_or(0), 0),
    }
}
