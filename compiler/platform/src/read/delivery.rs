//! How objects get into the cluster: what waits for what.

use super::blocks::named;
use super::references::{each, is};
use super::scalar::{said, text, truth};
use crate::Node;
use crate::model::{Application, Cluster, Directory, Entity, Project, Step, Substitution, Text, Tree, TreePart};

const KUSTOMIZATION: (&str, &str) = ("kustomize.toolkit.fluxcd.io", "Kustomization");
const APPLICATION: (&str, &str) = ("argoproj.io", "Application");
const RELEASE: (&str, &str) = ("helm.toolkit.fluxcd.io", "HelmRelease");

/// Adds a step of Flux.
pub fn step<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let says = |way: &str| {
        let mut found = false;
        each(node, way, &mut |end| found |= truth(end).unwrap_or(!end.items().is_empty()));
        found
    };
    let waits = match () {
        () if is(entity, KUSTOMIZATION) => {
            ["spec wait", "spec healthChecks", "spec healthCheckExprs"].iter().any(|way| says(way))
        }
        () if is(entity, RELEASE) => !says("spec install disableWait"),
        () => return,
    };
    if is(entity, KUSTOMIZATION) {
        cluster.substitutions.extend(substitution(node, entity, number));
        each(node, "spec decryption provider", &mut |_| cluster.decrypts = true);
    }
    let mut after = Vec::new();
    each(node, "spec dependsOn *", &mut |to| {
        let namespace: Text = to.get("namespace").and_then(text).unwrap_or(entity.namespace);
        // An expression says by itself when the other is ready.
        let judged = to.get("readyExpr").is_some();
        after.extend(said(to.get("name"), text).map(|name| (namespace, name, judged)));
    });
    cluster.steps.push(Step { entity: number, waits, after });
}

/// Adds the directory that an object delivers.
pub fn directory<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    if !is(entity, KUSTOMIZATION) && !is(entity, APPLICATION) {
        return;
    }
    let Some(spec) = node.get("spec") else { return };
    let mut add = |path: Option<N>, source: Option<Text>| {
        let source = source.unwrap_or_else(|| "".into());
        cluster.directories.extend(said(path, text).map(|path| Directory { by: number, path, source }));
    };
    if is(entity, KUSTOMIZATION) {
        let source = spec.get("sourceRef");
        let of = |field: &str| source.and_then(|source| source.get(field)).and_then(text);
        let namespace = of("namespace").unwrap_or(entity.namespace);
        let named = of("kind").zip(of("name")).map(|(kind, name)| git(&kind, &namespace, &name));
        add(spec.get("path"), named);
    } else {
        let sources = spec.get("sources").map(Node::items).unwrap_or_default();
        for source in sources.into_iter().chain(spec.get("source")) {
            add(source.get("path"), source.get("repoURL").and_then(text));
        }
    }
}

/// Adds a project of Argo CD, or what an application asks of one.
pub fn project<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    if *entity.group != *APPLICATION.0 {
        return;
    }
    let Some(spec) = node.get("spec") else { return };
    let list = |field: &str| spec.get(field).map(Node::items).unwrap_or_default();
    match &*entity.kind {
        "AppProject" => {
            let target = |to: N| Some((to.get("server").and_then(text), to.get("namespace").and_then(text)?));
            cluster.projects.push(Project {
                entity: number,
                sources: list("sourceRepos").into_iter().filter_map(text).collect(),
                targets: list("destinations").into_iter().filter_map(target).collect(),
            });
        }
        "Application" => {
            let sources = list("sources").into_iter().chain(spec.get("source"));
            let to = |field: &str| spec.get("destination").and_then(|to| to.get(field));
            cluster.applications.push(Application {
                entity: number,
                project: spec.get("project").and_then(text).unwrap_or_else(|| "default".into()),
                sources: sources.filter_map(|source| said(source.get("repoURL"), text)).collect(),
                server: to("server").and_then(text),
                namespace: said(to("namespace"), text),
            });
        }
        _ => {}
    }
}

/// A source of Flux in one word.
fn git(kind: &str, namespace: &str, name: &str) -> Text {
    format!("{kind} {namespace}/{name}").into()
}

/// The tree that a delivery lays out, where Flux or Argo CD look at it.
pub fn tree<N: Node>(delivery: N) -> Option<Tree> {
    let said = |field: &str| delivery.get(field).and_then(text);
    let path = said("path")?;
    let root: Text = match said("within").filter(|within| !within.is_empty()) {
        Some(within) => format!("{within}/{path}").into(),
        None => path,
    };
    let below = |way: &str| Text::from(format!("{root}/{way}"));
    let parts = delivery.get("part").map(Node::items).unwrap_or_default();
    let place = |part: N, around: (&str, &str)| {
        let directory = part.get("directory").and_then(text)?;
        let path = below(&format!("{}/{directory}{}", around.0, around.1));
        let of = ["component", "space"].iter().find_map(|field| part.get(field)).unwrap_or(delivery);
        Some(TreePart { name: named(part), at: of.place(), path })
    };
    let (source, own, around) = match &*said("layout")? {
        "flux" => (
            git("GitRepository", "flux-system", "flux-system"),
            vec![below("flux/cluster"), below("flux/meta"), below("apps")],
            ("apps", "/app"),
        ),
        "argocd" => (said("repository")?, vec![below("root")], ("parts", "")),
        _ => return None,
    };
    let parts = parts.into_iter().filter_map(|part| place(part, around)).collect();
    Some(Tree { at: delivery.place(), source, root, own, parts })
}

/// What a kustomization puts in the place of variables, if it does.
fn substitution<N: Node>(node: N, entity: &Entity, number: usize) -> Option<Substitution> {
    let build = node.get("spec")?.get("postBuild")?;
    let values = build.get("substitute").map(Node::entries).unwrap_or_default();
    let from = build.get("substituteFrom").map(Node::items).unwrap_or_default();
    let named = |of: N| Some((of.get("kind").and_then(text)?, entity.namespace, of.get("name").and_then(text)?));
    Some(Substitution {
        entity: number,
        values: values.into_iter().filter_map(|(name, value)| Some((name.into(), said(Some(value), text)?))).collect(),
        from: from.into_iter().filter_map(named).collect(),
    })
}
