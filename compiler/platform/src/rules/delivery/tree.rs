//! `delivery/path`: a directory that is delivered, and that the tree does not have.
//! `delivery/left-out`: a part of the tree that nobody delivers.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashSet;

use super::owners::plain;
use crate::model::{Cluster, Directory, Entity, Text, Tree, TreePart};
use crate::rules::Findings;

/// What Flux and Argo CD look at is in the tree, and what is in the tree they look at.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let Some(tree) = &cluster.tree else { return };
    let own: Vec<&Directory> =
        cluster.directories.iter().filter(|directory| address(&directory.source) == address(&tree.source)).collect();
    let there = directories(tree);
    for directory in &own {
        let path = plain(&directory.path.value);
        let is_inside = path.strip_prefix(plain(&tree.root)).is_some_and(|rest| rest.starts_with('/'));
        if is_inside && !there.contains(path) {
            absent(cluster, tree, directory, path, found);
        }
    }
    let delivered: FxHashSet<&str> = own.iter().map(|directory| plain(&directory.path.value)).collect();
    // What is a chart alone has no files, and an application of its name.
    let of_apps = |object: &&Entity| &*object.kind == "Application" && &*object.group == "argoproj.io";
    let apps: FxHashSet<Text> = cluster.objects.iter().filter(of_apps).map(|object| object.name).collect();
    let is_left_out = |part: &&TreePart| !delivered.contains(plain(&part.path)) && !apps.contains(&part.name);
    for part in tree.parts.iter().filter(is_left_out) {
        let message = format!("nothing delivers the part `{}` of `{}`", part.name, cluster.name);
        found.push(
            Diagnostic::new(&rules::DELIVERY_LEFT_OUT, part.at, message)
                .label(format!("this stays in `{}` of the repository", plain(&part.path)))
                .help("leave what delivers it in, or take the part out of the platform"),
        );
    }
}

/// The directories of a tree, with those around them.
fn directories(tree: &Tree) -> FxHashSet<&str> {
    let mut there: FxHashSet<&str> = FxHashSet::default();
    for path in tree.own.iter().chain(tree.parts.iter().map(|part| &part.path)) {
        let path = plain(path);
        let around = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        there.extend(around.chain([path]));
    }
    there
}

fn absent(cluster: &Cluster, tree: &Tree, directory: &Directory, path: &str, found: &mut Findings) {
    let Some(by) = cluster.objects.get(directory.by) else { return };
    let message = format!("{} delivers `{path}`, which the tree of `{}` does not have", by.shown(), cluster.name);
    let at = if directory.path.given { directory.path.at } else { by.at };
    let finding = Diagnostic::new(&rules::DELIVERY_PATH, at, message).label("there is no such directory");
    let finding = finding.also(tree.at, "what lays out the tree");
    let near = nearest(path, tree.parts.iter().map(|part| plain(&part.path)));
    found.push(match near {
        Some(near) => finding.help(format!("write `./{near}`")),
        None => finding.help("name the directory of a part, or one outside of the tree"),
    });
}

/// An address of a repository, however it is written.
fn address(source: &str) -> &str {
    source.trim_end_matches('/').trim_end_matches(".git")
}
