//! What is wrong: in the code of a file, whatever uses it, and in the platform that all files together are.
//!
//! Of ten thousand blocks an edit changes one. So what is found in many is kept by the handful: what no edit touched is
//! one result and not a hundred.

use diagnostics::{Diagnostic, Level, Span, rules};

use crate::decl::code;
use crate::keys::{self, At, Db, Decl, HANDFUL, Handful, Home, SourceFile, Whose};
use crate::standing::{self, Standing};
use crate::symbol::Symbol;
use crate::{check, decl, eval, import, scope};

/// By what a platform is judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rules {
    /// By the language and its types.
    OfLanguage,
    /// By these, and by the rules over the whole platform, which so many hands follow.
    All(usize),
}

/// What is wrong in the code of a file, whatever uses it.
pub fn file_diagnostics(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<Span>> {
    let syntax = decl::syntax_diagnostics(db, file);
    let place = |diagnostic: &Diagnostic<At>| diagnostic.clone().map_place(|at| decl::span(db, at));
    let mut found: Vec<Diagnostic<Span>> = Vec::new();
    found.extend(import::import_diagnostics(db, file).iter().map(place));
    found.extend(scope::names(db, file).diagnostics.iter().map(place));
    found.extend(crate::lint::unused_imports(db, file).iter().map(place));
    found.extend(crate::lint::duplicate_tests(db, file).iter().map(place));
    let mut within = Vec::new();
    findings_within(db, keys::file_decl(db, file), &mut within);
    found.extend(within.iter().map(place));
    crate::following::hold_back(db, file, &syntax, &mut found);
    found.extend(syntax);
    found
}

/// What is wrong in the meaning of a declaration and of those in it.
fn findings_within(db: &dyn Db, decl: Decl, found: &mut Vec<Diagnostic<At>>) {
    found.extend(decl_findings(db, decl).iter().cloned());
    let inner = code(db, decl).map_or(&[][..], |code| &code.inner);
    if inner.len() <= HANDFUL {
        return inner.iter().for_each(|inner| findings_within(db, *inner, found));
    }
    for handful in Handful::all(db, Whose::Decl(decl), inner.len()) {
        found.extend(findings_of(db, handful).iter().cloned());
    }
}

/// What is wrong in some of the declarations in another.
#[salsa::tracked]
fn findings_of(db: &dyn Db, handful: Handful) -> Vec<Diagnostic<At>> {
    let mut found = Vec::new();
    if let Whose::Decl(decl) = handful.whose(db)
        && let Some(code) = code(db, decl)
    {
        handful.of(db, &code.inner).iter().for_each(|decl| findings_within(db, *decl, &mut found));
    }
    found
}

/// What is wrong in the meaning of a declaration, those in it left out.
#[salsa::tracked]
pub fn decl_findings(db: &dyn Db, decl: Decl) -> Vec<Diagnostic<At>> {
    if in_test(db, decl) {
        return Vec::new();
    }
    let mut found = check::checked(db, decl).diagnostics.clone();
    let at_top = decl.parent(db).is_some_and(|parent| parent.parent(db).is_none());
    if at_top && decl.head(db).as_str().starts_with("let ") {
        // A long ring is told once; who looks for all of its ways looks for very long.
        let told = check::ring::ring_of(db, decl).is_some_and(|ring| ring.members > LONG_RING && ring.first != decl);
        if !told && eval::loops(db, decl) {
            let known = check::let_loop(db, decl).clone();
            let named = check::loop_of(db, decl);
            let other = || eval::global_loop(db, decl).unwrap_or_else(|| check::needs_itself(db, decl));
            found.extend(known.or_else(|| named.is_empty().then(other)));
        }
        found.extend(eval::global(db, decl).diagnostics.iter().cloned());
    }
    found.extend(eval::too_much(db, decl));
    found.extend(crate::lint::unused_names(db, decl).iter().cloned());
    found
}

/// From how many `let`s on a ring is one of its ways enough.
const LONG_RING: usize = 100;

/// Whether a declaration stands inside of a test: what is wrong there may be what the test expects.
fn in_test(db: &dyn Db, decl: Decl) -> bool {
    let around = std::iter::successors(decl.parent(db), |decl| decl.parent(db));
    around.into_iter().any(|decl| decl.head(db).as_str().starts_with("test "))
}

/// A value that could not be made although nothing else is wrong: it needs itself, in a way that nobody named.
fn unexplained(db: &dyn Db, home: Home, (name, at): (Symbol, At)) -> Diagnostic<At> {
    let path = keys::path_text(db, home);
    if let Some(scope::Named::Block(_, block)) = scope::lookup(db, at.decl.file(db), name)
        && let Some(known) = check::name_loop(db, block, at)
    {
        return known;
    }
    let message = match path.as_str() {
        "the platform" => format!("`{name}` depends on itself"),
        path => format!("`{path}.{name}` depends on itself"),
    };
    Diagnostic::new(&rules::EVAL_CYCLE, at, message)
        .help("give one of the values on the way a value that does not need the others")
}

/// How far a platform was judged.
pub struct Verdict {
    /// The first value that is an error although nothing is wrong.
    pub unexplained: Option<Diagnostic<At>>,
    /// Whether the rules were asked.
    pub is_whole: bool,
}

/// What is wrong with the instances of a platform.
pub fn platform_diagnostics(db: &dyn Db, root: Home, rules: Rules, found: &mut Vec<Diagnostic<At>>) -> Verdict {
    let Standing { found: wrong, error, emitters, is_open, over, .. } = standing::standing(db, root);
    found.extend(wrong);
    if over {
        return Verdict { unexplained: None, is_whole: false };
    }
    let silent = error.map(|(home, error)| unexplained(db, home, error));
    let objects = crate::objects::objects(db, &emitters);
    found.extend(crate::objects::findings(db, &objects));
    if is_open {
        // What is not chosen yet is an error that nobody made.
        return Verdict { unexplained: None, is_whole: false };
    }
    // A platform of which a part is not known would be judged wrongly.
    let Rules::All(hands) = rules else {
        return Verdict { unexplained: silent, is_whole: false };
    };
    let is_whole = silent.is_none() && !found.iter().any(|finding| finding.rule.level == Level::Error);
    if is_whole {
        let judged = crate::model::findings(db, root, &crate::objects::known(db, &emitters), hands);
        // A law of one kind knows better what to say than the form of a field.
        let told: Vec<At> = judged.iter().filter(|one| *one.rule == rules::OBJECT_REFUSED).map(|one| one.at).collect();
        found.extend(crate::objects::refused(db, &objects).into_iter().filter(|one| !told.contains(&one.at)));
        found.extend(judged);
    }
    Verdict { unexplained: silent, is_whole }
}

/// The instances of a platform that may emit something, and what is wrong with any.
pub fn instances_of(db: &dyn Db, root: Home, found: &mut Vec<Diagnostic<At>>) -> Vec<Home> {
    let Standing { found: wrong, error, emitters, is_open, over, .. } = standing::standing(db, root);
    found.extend(wrong);
    found.extend(error.filter(|_| !is_open && !over).map(|(home, error)| unexplained(db, home, error)));
    if over { Vec::new() } else { emitters }
}
