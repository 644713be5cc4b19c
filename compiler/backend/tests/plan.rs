//! Laws of a plan, over random trees, lists and directories.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use backend::{Artifact, Disk, Entry, Hash, Listing, MANIFEST, Manifest, Mode, Plan, Tree, directories, fold, plan};
use proptest::prelude::*;

/// Few names, so that everything meets everything; `X` and `x` are one to some file systems.
const PATHS: [&str; 9] = ["a", "a/x", "a/X", "a/y/z", "b", "b/x", "c", "c/d/e", "Ä"];

/// What is on disk: whose file it is, or what else.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Thing {
    File(Vec<u8>),
    Link,
}

type Files = BTreeMap<String, Thing>;

/// A directory in which platc has built `old`, and then a user has done `edits`: the text of the list, and what is there.
#[derive(Clone, Debug)]
struct Scene {
    old: Tree,
    new: Tree,
    files: Files,
}

fn tree() -> impl Strategy<Value = Tree> {
    prop::collection::vec((0..PATHS.len(), 0..3_u8), 0..6).prop_map(|files| {
        let artifact = |(path, content): (usize, u8)| Artifact {
            path: PATHS[path].to_owned(),
            content: vec![content],
            mode: Mode::Plain,
            origin: (),
        };
        Tree::new(files.into_iter().map(artifact).collect()).0
    })
}

fn thing() -> impl Strategy<Value = Option<Thing>> {
    let bytes = prop::collection::vec(0..3_u8, 1..2);
    prop_oneof![
        2 => bytes.prop_map(|bytes| Some(Thing::File(bytes))),
        1 => Just(Some(Thing::Link)),
        1 => Just(None),
    ]
}

fn scene() -> impl Strategy<Value = Scene> {
    let edits = prop::collection::vec((0..PATHS.len(), thing()), 0..5);
    (tree(), tree(), edits).prop_map(|(old, new, edits)| {
        let mut files: Files =
            old.files().iter().map(|(path, bytes)| (path.clone(), Thing::File(bytes.clone()))).collect();
        for (path, thing) in edits {
            let path = PATHS[path].to_owned();
            // A path is one thing: what was below it, or above it, is gone.
            files.retain(|other, _| {
                !other.starts_with(&format!("{path}/")) && !directories(&path).any(|above| above == other.as_str())
            });
            match thing {
                Some(thing) => files.insert(path, thing),
                None => files.remove(&path),
            };
        }
        Scene { old, new, files }
    })
}

fn disk(files: &Files) -> Disk {
    let mut disk = Disk::new();
    for (path, thing) in files {
        for above in directories(path) {
            disk.insert(above.to_owned(), Entry::Directory);
        }
        let entry = match thing {
            Thing::File(bytes) => Entry::File(Hash::of(bytes), Mode::Plain),
            Thing::Link => Entry::Other,
        };
        disk.insert(path.clone(), entry);
    }
    disk
}

/// What becomes of the files when the plan is carried out.
fn carry_out(plan: &Plan, scene: &Scene) -> Files {
    let mut files = scene.files.clone();
    plan.remove.iter().for_each(|path| {
        files.remove(path);
    });
    for path in &plan.write {
        files.insert(path.clone(), Thing::File(scene.new.files()[path].clone()));
    }
    files
}

fn list(tree: &Tree) -> String {
    Manifest::of(tree).text()
}

fn config() -> ProptestConfig {
    // No memory of failures beside the test; and half of all scenes have something in the way.
    ProptestConfig { cases: 4096, max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// After a plan that nothing is against, the tree is there, what was foreign is there, and nothing else is.
    #[test]
    fn the_tree_and_what_is_foreign(scene in scene()) {
        let old = list(&scene.old);
        let plan = plan(&scene.new, Some(&old), &disk(&scene.files));
        prop_assume!(plan.in_the_way.is_empty());
        let after = carry_out(&plan, &scene);
        for (path, bytes) in scene.new.files() {
            prop_assert_eq!(after.get(path), Some(&Thing::File(bytes.clone())));
        }
        for (path, thing) in &scene.files {
            let is_ours = scene.old.files().contains_key(path) && matches!(thing, Thing::File(_));
            if !is_ours {
                prop_assert_eq!(after.get(path), Some(thing), "{} was foreign", path);
            }
        }
        for path in after.keys() {
            prop_assert!(scene.new.files().contains_key(path) || scene.files.contains_key(path));
            // A path is one thing.
            prop_assert!(!directories(path).any(|above| after.contains_key(above)), "{} is below a file", path);
        }
    }

    /// Whatever stands in the way is foreign, and named; no foreign file is written or removed even then.
    #[test]
    fn nothing_foreign_is_ever_touched(scene in scene()) {
        let old = list(&scene.old);
        let plan = plan(&scene.new, Some(&old), &disk(&scene.files));
        let foreign: BTreeSet<&String> = scene.files.iter()
            .filter(|(path, thing)| !scene.old.files().contains_key(*path) || **thing == Thing::Link)
            .map(|(path, _)| path)
            .collect();
        prop_assert!(plan.remove.iter().all(|path| !foreign.contains(path)));
        prop_assert!(plan.write.iter().all(|path| !foreign.contains(path) || plan.in_the_way.contains(path)));
        for path in &plan.in_the_way {
            let below = format!("{path}/");
            prop_assert!(foreign.iter().any(|other| *other == path || other.starts_with(&below)), "{}", path);
            let like = |other: &str| fold(other) == fold(path);
            let is_met = scene.new.files().keys().any(|new| like(new) || directories(new).any(like));
            prop_assert!(is_met, "{}", path);

        }
    }

    /// A file that platc wrote and that has other bytes now is named, if it would be written or removed.
    #[test]
    fn edits_are_named(scene in scene()) {
        let old = list(&scene.old);
        let plan = plan(&scene.new, Some(&old), &disk(&scene.files));
        for path in plan.write.iter().chain(&plan.remove) {
            let edited = match (scene.old.files().get(path), scene.files.get(path)) {
                (Some(wrote), Some(Thing::File(now))) => wrote != now,
                _ => false,
            };
            prop_assert_eq!(plan.edited.contains(path), edited, "{}", path);
        }
    }

    /// What is carried out needs nothing more, and is the same from wherever it began.
    #[test]
    fn a_second_time_there_is_nothing_to_do(scene in scene()) {
        let old = list(&scene.old);
        let first = plan(&scene.new, Some(&old), &disk(&scene.files));
        prop_assume!(first.in_the_way.is_empty());
        let after = carry_out(&first, &scene);
        let new = list(&scene.new);
        prop_assert_eq!(plan(&scene.new, Some(&new), &disk(&after)), Plan::default());
    }

    /// Without a list, every file on disk is foreign, but for those with the bytes of the tree.
    #[test]
    fn without_a_list_nothing_is_removed(scene in scene()) {
        let plan = plan(&scene.new, None, &disk(&scene.files));
        prop_assert!(plan.remove.is_empty() && plan.edited.is_empty());
        prop_assert_eq!(plan.list, Listing::Outdated);
        for path in &plan.write {
            prop_assert!(!scene.files.contains_key(path) || plan.in_the_way.contains(path));
        }
    }

    /// The list names the files, and reads as it was written.
    #[test]
    fn a_list_is_read_as_written(tree in tree()) {
        let text = list(&tree);
        prop_assert_eq!(Manifest::parse(&text), Manifest::of(&tree));
        prop_assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), tree.files().len());
    }
}

#[test]
fn a_damaged_list_and_one_that_is_none() {
    let (tree, _) = Tree::new(vec![Artifact { path: "a".to_owned(), content: vec![1], mode: Mode::Plain, origin: () }]);
    let hash = Hash::of(&[1]);
    let text = format!("<<<<<<< ours\n{hash}  a\n=======\n>>>>>>> theirs\n");
    let found = Disk::from([
        ("a".to_owned(), Entry::File(hash, Mode::Plain)),
        (MANIFEST.to_owned(), Entry::File(hash, Mode::Plain)),
    ]);
    let damaged = plan(&tree, Some(&text), &found);
    assert_eq!((damaged.edited.as_slice(), damaged.list), ([MANIFEST.to_owned()].as_slice(), Listing::Outdated));
    let found = Disk::from([(MANIFEST.to_owned(), Entry::Other)]);
    assert_eq!(plan(&tree, None, &found).in_the_way, [MANIFEST]);
    let found = Disk::from([(".Platc-Tree".to_owned(), Entry::Other)]);
    assert_eq!(plan(&tree, None, &found).in_the_way, [".Platc-Tree"]);
}

#[test]
fn a_file_that_shall_be_run_is_written_where_it_can_not_be() {
    let tree = |mode| Tree::new(vec![Artifact { path: "a".to_owned(), content: vec![1], mode, origin: () }]).0;
    let list = list(&tree(Mode::Plain));
    let check = |wanted, found, write: &[&str]| {
        let disk = Disk::from([
            ("a".to_owned(), Entry::File(Hash::of(&[1]), found)),
            (MANIFEST.to_owned(), Entry::File(Hash::of(list.as_bytes()), Mode::Plain)),
        ]);
        let expected = Plan { write: write.iter().map(|path| (*path).to_owned()).collect(), ..Plan::default() };
        assert_eq!(plan(&tree(wanted), Some(&list), &disk), expected);
    };
    check(Mode::Executable, Mode::Plain, &["a"]);
    check(Mode::Executable, Mode::Executable, &[]);
    check(Mode::Plain, Mode::Plain, &[]);
    // What somebody may run besides is theirs.
    check(Mode::Plain, Mode::Executable, &[]);
}
