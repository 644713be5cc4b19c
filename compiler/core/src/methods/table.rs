//! All methods, and which of them a type has.
//!
//! Knows the tables and that earlier ones win: `[Version].sort` stands before `[T].sort`. Must not know what a method does.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::methods::{Method, Pattern, Run, Signature};
use crate::methods::{
    address, circle, collection, encoding, function, hostname, image, list, map, network, number, path, quantity,
    range, regex, sort, sum, text, transform, url, version,
};
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty};

/// A row of a table.
pub(super) struct Entry {
    signature: &'static str,
    docs: &'static str,
    example: &'static str,
    gives: &'static str,
    run: Run,
}

/// A row: its signature, its rule, an expression and what it gives, what it does.
pub(super) const fn entry(
    signature: &'static str,
    docs: &'static str,
    example: &'static str,
    gives: &'static str,
    run: Run,
) -> Entry {
    Entry { signature, docs, example, gives, run }
}

/// The chapters of the reference. Within a receiver, and where one type is within another, the first row that fits is
/// the method.
pub(super) const CHAPTERS: &[(&str, &[&[Entry]])] = &[
    ("Text", &[text::TABLE, regex::TABLE, encoding::TABLE]),
    ("Lists", &[list::TABLE, transform::TABLE, sort::TABLE, sum::TABLE, circle::TABLE]),
    ("Maps and records", &[map::TABLE]),
    ("Collections", &[collection::TABLE]),
    ("Numbers", &[number::TABLE]),
    ("Addresses", &[address::TABLE]),
    ("Networks", &[network::TABLE]),
    ("Ranges", &[range::TABLE]),
    ("Amounts", &[quantity::TABLE]),
    ("Versions", &[version::TABLE]),
    ("Images", &[image::TABLE]),
    ("Host names", &[hostname::TABLE]),
    ("Urls", &[url::TABLE]),
    ("Paths", &[path::TABLE]),
];

struct Table {
    methods: Vec<Method>,
    by_name: FxHashMap<&'static str, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let rows = CHAPTERS.iter().flat_map(|(_, tables)| tables.iter().copied().flatten());
    let mut methods: Vec<Method> = rows.filter_map(|row| method(row, Signature::parse)).collect();
    // More exact receivers come first, so that they win over the more general ones.
    methods.sort_by_key(|method| method.signature.receiver.breadth());
    let mut by_name: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
    for (index, method) in methods.iter().enumerate() {
        by_name.entry(method.signature.name.as_str()).or_default().push(index);
    }
    Table { methods, by_name }
});

/// The free functions.
pub static FUNCTIONS: LazyLock<Vec<Method>> =
    LazyLock::new(|| function::TABLE.iter().filter_map(|row| method(row, Signature::parse_function)).collect());

fn method(row: &Entry, parse: fn(&'static str) -> Result<Signature, String>) -> Option<Method> {
    // That every row can be read is proved by a test.
    let signature = parse(row.signature).ok()?;
    Some(Method { signature, docs: row.docs, example: row.example, gives: row.gives, run: row.run })
}

/// The method of this name that a type has. Aliases and refinements of the receiver, and of the elements of a list, are
/// to be looked through before. `Any` has no methods, what is wrong already has none either.
pub fn find(receiver: &Ty, name: &str) -> Option<&'static Method> {
    let candidates = TABLE.by_name.get(name)?;
    let first = |receiver: &Ty| {
        candidates.iter().filter_map(|index| TABLE.methods.get(*index)).find(|method| has(receiver, method))
    };
    match receiver {
        // An empty list could be a list of anything. It sums up to 0, not to no cpu at all.
        Ty::List(element) if **element == Ty::Never => first(&Ty::list(Scalar::Int.into())).or_else(|| first(receiver)),
        _ => first(receiver),
    }
}

/// The row of a method that is meant for arguments of these types: of several with one receiver, the one whose function
/// gives exactly this.
pub fn for_arguments(method: &'static Method, arguments: &[Ty]) -> &'static Method {
    let signature = &method.signature;
    let rows = TABLE.by_name.get(signature.name.as_str()).into_iter().flatten();
    let mut rows = rows.filter_map(|index| TABLE.methods.get(*index));
    let exact = rows.find(|row| {
        let params = row.signature.params.iter().map(|param| &param.pattern);
        row.signature.receiver == signature.receiver
            && params.zip(arguments).any(|(param, ty)| gives_exactly(param, ty))
    });
    exact.unwrap_or(method)
}

fn gives_exactly(param: &Pattern, ty: &Ty) -> bool {
    match (param, ty) {
        (Pattern::Function(_, result), Ty::Function(found)) => {
            matches!(**result, Pattern::Exact(_))
                && !matches!(found.result, Ty::Error | Ty::Never)
                && result.fits(&found.result)
        }
        _ => false,
    }
}

/// The methods that a type has, each name once.
pub fn of(receiver: &Ty) -> impl Iterator<Item = &'static Method> {
    let mut seen: Vec<Symbol> = Vec::new();
    all().filter(move |method| {
        let name = method.signature.name;
        let new = has(receiver, method) && !seen.contains(&name);
        if new {
            seen.push(name);
        }
        new
    })
}

/// All methods.
pub fn all() -> impl Iterator<Item = &'static Method> {
    TABLE.methods.iter()
}

/// The free function of this name.
pub fn find_function(name: &str) -> Option<&'static Method> {
    FUNCTIONS.iter().find(|function| function.signature.name.as_str() == name)
}

/// The methods of a table, in its order.
#[cfg(test)]
pub(super) fn of_rows(rows: &'static [Entry]) -> impl Iterator<Item = &'static Method> {
    rows.iter().filter_map(|row| all().find(|method| method.signature.text() == row.signature))
}

fn has(receiver: &Ty, method: &Method) -> bool {
    !matches!(receiver, Ty::Any | Ty::Error | Ty::Never | Ty::Null) && method.signature.receiver.fits(receiver)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signature_can_be_read() {
        let rows = CHAPTERS.iter().flat_map(|(_, tables)| tables.iter().copied().flatten());
        for row in rows {
            assert_eq!(Signature::parse(row.signature).map(|signature| signature.text()), Ok(row.signature));
        }
        for row in function::TABLE {
            assert_eq!(Signature::parse_function(row.signature).map(|signature| signature.text()), Ok(row.signature));
        }
    }

    #[test]
    fn no_row_hides_another() {
        // Two rows of one receiver take different functions.
        for method in all() {
            let same = all().filter(|other| other.signature.name == method.signature.name);
            let same = same.filter(|other| other.signature.receiver == method.signature.receiver);
            let equal = same.filter(|other| other.signature.params == method.signature.params);
            assert_eq!(equal.count(), 1, "{method:?} is there twice");
        }
    }

    #[test]
    fn every_row_tells_its_rule_and_calls_itself() {
        for method in all() {
            let call = format!(".{}(", method.signature.name);
            assert!(method.example.contains(&call), "the example of {method:?}");
            assert!(method.docs.ends_with('.') && method.docs.len() > 8, "the rule of {method:?}");
        }
    }

    fn check(receiver: Ty, name: &str, signature: &str) {
        let found = find(&receiver, name).map(|method| method.signature.text());
        assert_eq!(found, Some(signature), "`{name}` of {receiver:?}");
    }

    #[test]
    fn the_most_exact_receiver_wins() {
        check(Scalar::Int.into(), "abs", "Int.abs() -> Int");
        check(Scalar::Port.into(), "abs", "Int.abs() -> Int");
        check(Scalar::Float.into(), "abs", "Float.abs() -> Float");
        check(Scalar::Int.into(), "round", "Float.round() -> Int");
        check(Scalar::Name.into(), "upper", "String.upper() -> String");
        check(Scalar::IntRange.into(), "size", "IntRange.size() -> Int");
        check(Scalar::IntRange.into(), "map", "[T].map(f: (T) -> U) -> [U]");
        check(Ty::list(Scalar::Cpu.into()), "sum", "[Cpu].sum() -> Cpu");
        check(Ty::list(Scalar::Port.into()), "sum", "[Int].sum() -> Int");
        check(Ty::list(Scalar::Version.into()), "sort", "[Version].sort() -> [Version]");
        check(Ty::list(Ty::Any), "sort", "[T].sort() -> [T]");
        check(Ty::list(Ty::Never), "sort", "[T].sort() -> [T]");
        check(Ty::list(Ty::Never), "sum", "[Int].sum() -> Int");
        check(Ty::list(Ty::Never), "sort-naturally", "[String].sort-naturally() -> [String]");
        check(Ty::Collection(Ty::Any.into()), "names", "each T.names() -> [Name]");
        check(Ty::Collection(Ty::Any.into()), "map", "[T].map(f: (T) -> U) -> [U]");
        check(Ty::Collection(Ty::Any.into()), "size", "[T].size() -> Int");
    }

    #[test]
    fn what_a_type_does_not_have() {
        assert!(find(&Scalar::Int.into(), "upper").is_none());
        assert!(find(&Ty::list(Scalar::String.into()), "sum").is_none());
        assert!(find(&Ty::Any, "size").is_none());
        assert!(find(&Ty::from(Scalar::String).optional(), "size").is_none());
        assert!(find(&Ty::list(Scalar::String.into()), "names").is_none());
        assert!(find_function("json").is_some() && find_function("size").is_none());
    }

    #[test]
    fn each_name_is_offered_once() {
        let mut names: Vec<_> = of(&Scalar::Int.into()).map(|method| method.signature.name.as_str()).collect();
        assert!(names.contains(&"pow") && names.contains(&"round") && !names.contains(&"upper"));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
