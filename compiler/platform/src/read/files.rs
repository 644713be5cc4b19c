//! Files of configs and secrets that containers take: one that is mounted by its name, and one that they are started with.

use super::scalar::{long, said, text, truth};
use crate::Node;
use crate::model::{Entity, Long, Reference, References, Said, Text};

/// A volume whose files are the keys of a config or a secret.
struct Keys {
    volume: Text,
    kind: &'static str,
    name: Said<Text>,
    optional: bool,
}

/// Where a container has a volume.
struct Mount {
    path: Text,
    volume: Text,
    alone: Option<Said<Text>>,
}

/// Adds the keys that the containers of pods take as files.
pub fn files<N: Node>(pods: Option<N>, entity: &Entity, by: usize, found: &mut References) {
    let Some(pods) = pods else { return };
    let list = |of: N, field: &str| of.get(field).map(Node::items).unwrap_or_default();
    let volumes: Vec<Keys> = list(pods, "volumes").into_iter().filter_map(keys).collect();
    if volumes.is_empty() {
        return;
    }
    let mut add = |volume: &Keys, key: Said<Text>| {
        let (name, namespace) = (volume.name.clone(), entity.namespace);
        let (kind, optional) = (volume.kind, volume.optional);
        found.push(Reference { by, group: "", kind, namespace, name, key: Some(key), optional });
    };
    for container in ["containers", "initContainers"].into_iter().flat_map(|field| list(pods, field)) {
        let mounts: Vec<Mount> = list(container, "volumeMounts").into_iter().filter_map(mount).collect();
        let of = |mount: &Mount| volumes.iter().find(|volume| volume.volume == mount.volume);
        for mount in &mounts {
            if let Some((volume, key)) = of(mount).zip(mount.alone.clone()) {
                add(volume, key);
            }
        }
        let words = ["command", "args"].into_iter().flat_map(|field| list(container, field));
        for (word, written) in words.filter_map(|word| Some((word, long(word)?))) {
            let Some((mount, file)) = file(&written, &mounts) else { continue };
            if let Some(volume) = of(mount) {
                add(volume, Said { value: file.into(), at: word.place(), given: word.given() });
            }
        }
    }
}

/// A volume in which each key is a file, whichever keys there are.
fn keys<N: Node>(volume: N) -> Option<Keys> {
    let (kind, field, source) = [("ConfigMap", "name", "configMap"), ("Secret", "secretName", "secret")]
        .into_iter()
        .find_map(|(kind, field, source)| Some((kind, field, volume.get(source)?)))?;
    if source.get("items").is_some() {
        return None;
    }
    let optional = source.get("optional").and_then(truth).unwrap_or(false);
    Some(Keys { volume: volume.get("name").and_then(text)?, kind, name: said(source.get(field), text)?, optional })
}

fn mount<N: Node>(mount: N) -> Option<Mount> {
    let path = mount.get("mountPath").and_then(text)?;
    let alone = said(mount.get("subPath"), text).filter(|key| !key.contains("${"));
    // What a part of a volume is called may be known when the pod runs.
    let volume = mount.get("name").and_then(text).filter(|_| mount.get("subPathExpr").is_none())?;
    Some(Mount { path: path.trim_end_matches('/').into(), volume, alone })
}

/// The file that an argument names in a mount: `/scripts/watch.ts`, `--config.file=/etc/prometheus/prometheus.yml`.
fn file<'w, 'm>(word: &'w Long, mounts: &'m [Mount]) -> Option<(&'m Mount, &'w str)> {
    let path = if word.starts_with('/') { word } else { word.split_once('=')?.1 };
    let inside = |mount: &&Mount| path.strip_prefix(&*mount.path).is_some_and(|rest| rest.starts_with('/'));
    let mount = mounts.iter().filter(inside).max_by_key(|mount| mount.path.len())?;
    let file = path.get(mount.path.len() + 1..)?;
    // What has no end is as often a folder, or the beginning of a name.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let has_end = file.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && !end.is_empty());
    let exactly = !mounts.iter().any(|other| *other.path == *path);
    (mount.alone.is_none() && has_end && exactly && file.bytes().all(plain)).then_some((mount, file))
}
