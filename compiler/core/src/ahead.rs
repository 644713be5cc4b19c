//! Computing ahead, by several hands: what a check is about to ask is asked before, in no particular order.
//!
//! Nothing is decided here: every result is that of a query, which is the same whoever asks first, and the check that
//! comes after asks all of them again in its own order. What depends on who asks, namely how deep one question leads
//! into others, is given up here long before it could be noticed, and left to the check.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::eval::{attempt, instance};
use crate::keys::{self, Db, Decl, Home, SourceFile};
use crate::{check, decl, findings, import, scope};

/// How many questions a hand takes at a time. Hands stay close together, so that what reads its neighbours finds them.
const HANDFUL: usize = 16;

/// From how many questions on it pays to call others.
const WORTHWHILE: usize = 64;

/// Checks declarations and makes instances with so many hands; false when some of it was given up.
pub fn ahead<D: Db + Clone + Send>(db: &D, hands: usize) -> bool {
    if hands < 2 {
        return true;
    }
    let library = |file: &&SourceFile| file.path(db).as_str().starts_with(import::STD);
    let files = scope::all_files(db).iter().filter(|file| !library(file));
    let decls: Vec<Decl> = files.flat_map(|file| decl::decls(db, *file)).collect();
    let findings = |db: &D, decl: Decl| {
        check::checked(db, decl);
        findings::decl_findings(db, decl);
    };
    if !share(db, hands, &decls, findings) {
        return false;
    }
    let mut level = vec![keys::root(db)];
    while !level.is_empty() {
        if !share(db, hands, &level, |db, home| _ = instance(db, home)) {
            return false;
        }
        level = below(db, &level);
    }
    true
}

/// The homes right below these.
fn below(db: &dyn Db, homes: &[Home]) -> Vec<Home> {
    let instances = homes.iter().filter_map(|home| instance(db, *home).as_ref());
    instances.flat_map(|instance| instance.children.iter().copied()).collect()
}

/// Asks the same of many, unless they are few; false when it was given up.
fn share<D: Db + Clone + Send, T: Copy + Sync>(db: &D, hands: usize, of: &[T], ask: impl Fn(&D, T) + Sync) -> bool {
    if of.len() < WORTHWHILE {
        return of.len() < 2 || of.iter().all(|one| attempt(db.budget(), || ask(db, *one)));
    }
    let next = AtomicUsize::new(0);
    let work = |db: &D| {
        loop {
            let start = next.fetch_add(HANDFUL, Ordering::Relaxed);
            let handful = of.get(start..).unwrap_or_default();
            if handful.is_empty() {
                return true;
            }
            if !handful.iter().take(HANDFUL).all(|one| attempt(db.budget(), || ask(db, *one))) {
                // The others find nothing left to do.
                next.store(of.len(), Ordering::Relaxed);
                return false;
            }
        }
    };
    thread::scope(|scope| {
        let work = &work;
        // Where there is no thread to be had, fewer hands do it all.
        let hand = |db: D| thread::Builder::new().spawn_scoped(scope, move || work(&db));
        let others: Vec<_> = (1..hands).filter_map(|_| hand(db.clone()).ok()).collect();
        let done = work(db);
        others.into_iter().fold(done, |done, other| other.join().unwrap_or(false) && done)
    })
}
