//! The types of modules, as their text says them: of the Kubernetes API and of the custom resources of the standard library.
//!
//! Knows the syntax of types and nothing of the checker, whose view of them is what is tried.

use std::collections::BTreeMap;

use schemas::{Catalog, Minors, Scope};
use syntax::ast::{Documented, Expr, File, Item, LiteralValue, RecordType, Type, TypeDecl, View};

/// A type.
#[derive(Clone, Debug)]
pub enum Ty {
    /// `String`, `Port`: by its name.
    Scalar(String),
    /// `k8s.core.v1.Pod`, `prometheus.Container`: by its full name.
    Named(String),
    /// `"Always"`, as it is written.
    Literal(String),
    /// `[T]`
    List(Box<Ty>),
    /// `[key: T]`
    Keyed(String, Box<Ty>),
    /// `{ a: T, String: U }`
    Record(Record),
    /// `A | B`
    Union(Vec<Ty>),
    /// `T where 1 <= it and it <= 5`
    Bounded(Box<Ty>, f64, f64),
}

/// The fields of a record.
#[derive(Clone, Debug)]
pub struct Record {
    /// Tells it from all others.
    pub number: usize,
    /// Name, whether it may be left out, type.
    pub fields: Vec<(String, bool, Ty)>,
    /// What stands under every other key.
    pub rest: Option<Box<Ty>>,
    /// The type of the API that it is, `core.v1.Container`.
    pub of: Option<String>,
}

/// A kind of objects.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The module to be imported; nothing for `k8s`.
    pub module: Option<String>,
    /// The full name of its type.
    pub name: String,
    /// `apps/v1`
    pub api_version: String,
    /// `Deployment`
    pub kind: String,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
    /// The first and the last minor version of Kubernetes that has it.
    pub minors: (u8, u8),
}

/// All types and all kinds.
#[derive(Default)]
pub struct Types {
    /// By full name.
    pub types: BTreeMap<String, Ty>,
    /// In the order in which they were read.
    pub kinds: Vec<Kind>,
    /// How many records there are.
    pub records: usize,
    /// The full names of short ones: `k8s.Deployment` is `k8s.apps.v1.Deployment`.
    short: BTreeMap<String, String>,
    /// The names that the module which is read declares.
    declared: Vec<String>,
}

impl Types {
    /// Reads the API and the standard library.
    pub fn read() -> Types {
        let catalog = Catalog::load();
        let mut types = Types { short: short_names(&catalog), ..Types::default() };
        for id in (0..catalog.len()).filter_map(|index| u16::try_from(index).ok()) {
            let name = catalog.name(schemas::TypeId(id));
            let path = format!("std:k8s/{}.pl", name.replace('.', "/"));
            let folder = name.rsplit_once('.').map_or("", |(folder, _)| folder);
            types.module(&compiler::kubernetes::text(&path), &format!("k8s.{folder}"), None);
        }
        for (path, text) in stdlib::modules() {
            let module = path.trim_start_matches("std:").trim_end_matches(".pl");
            if !["k8s", "prelude"].contains(&module) {
                types.module(text, module, Some(module));
            }
        }
        types
    }

    /// The kind whose type has a full name.
    pub fn kind(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    fn module(&mut self, text: &str, prefix: &str, module: Option<&str>) {
        let tree = syntax::parse(text).tree;
        let of_types = |item| if let Item::TypeDecl(decl) = item { Some(decl) } else { None };
        let declarations: Vec<TypeDecl<'_>> = File::of(&tree).items().filter_map(of_types).collect();
        self.declared = declarations.iter().map(|decl| decl.name().unwrap().text().to_owned()).collect();
        let needed = if module.is_some() { of_kinds(&declarations) } else { self.declared.clone() };
        for decl in
            declarations.into_iter().filter(|decl| needed.iter().any(|name| *name == decl.name().unwrap().text()))
        {
            self.declaration(decl, prefix, module);
        }
    }

    fn declaration(&mut self, decl: TypeDecl<'_>, prefix: &str, module: Option<&str>) {
        let name = format!("{prefix}.{}", decl.name().unwrap().text());
        let attributes = decl.attributes();
        let kubernetes = attributes.iter().find(|it| it.name().unwrap().text() == "kubernetes");
        let mut ty = self.ty(decl.ty().unwrap(), prefix);
        if let (None, Ty::Record(record)) = (module, &mut ty) {
            record.of = name.strip_prefix("k8s.").map(str::to_owned);
        }
        if let Some(attribute) = kubernetes {
            let words: Vec<String> = attribute.args().map(|arg| word(arg.value().unwrap())).collect();
            let [api_version, kind, scope @ ..] = &words[..] else { panic!("{name} says no kind") };
            let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
            let catalog = Catalog::load();
            let minors = catalog.kind(group, version, kind).map_or(Minors::READ, |kind| kind.minors);
            self.kinds.push(Kind {
                minors: (minors.first, minors.last),
                module: module.map(str::to_owned),
                name: name.clone(),
                api_version: api_version.clone(),
                kind: kind.clone(),
                namespaced: scope.is_empty(),
            });
            self.as_object(&mut ty, module);
        }
        if let (true, Ty::Record(record)) = (name == self.short["ObjectMeta"], &mut ty) {
            // What tells objects apart is the test's own.
            record.fields.retain(|field| !["name", "namespace", "generateName"].contains(&field.0.as_str()));
        }
        self.types.insert(name, ty);
    }

    /// What is filled in is not written, and every object has metadata. Of the status of a custom resource nothing is known.
    fn as_object(&self, ty: &mut Ty, module: Option<&str>) {
        let Ty::Record(record) = ty else { return };
        let is_left =
            |name: &str| ["apiVersion", "kind", "metadata"].contains(&name) || name == "status" && module.is_some();
        record.fields.retain(|field| !is_left(&field.0));
        record.fields.insert(0, ("metadata".into(), true, Ty::Named(self.short["ObjectMeta"].clone())));
    }

    fn ty(&mut self, ty: Type<'_>, prefix: &str) -> Ty {
        match ty {
            Type::Named(named) => self.named(&named.path().unwrap().text(), prefix),
            Type::Literal(literal) => Ty::Literal(match literal.value() {
                Some(LiteralValue::String(text)) => serde_json::to_string(&text.plain().unwrap()).unwrap(),
                _ => literal.node().text().trim().to_owned(),
            }),
            Type::List(list) => {
                let element = Box::new(self.ty(list.element().unwrap(), prefix));
                match list.key() {
                    Some(key) => Ty::Keyed(key.text().to_owned(), element),
                    None => Ty::List(element),
                }
            }
            Type::Paren(paren) => self.ty(paren.inner().unwrap(), prefix),
            Type::Record(record) => self.record(record, prefix),
            Type::Union(union) => Ty::Union(union.members().map(|member| self.ty(member, prefix)).collect()),
            Type::Where(bounded) => {
                let (least, most) = bounds(bounded.predicate().unwrap().node().text());
                Ty::Bounded(Box::new(self.ty(bounded.inner().unwrap(), prefix)), least, most)
            }
            Type::Optional(optional) => self.ty(optional.inner().unwrap(), prefix),
            Type::Function(_) => panic!("nobody writes a function"),
        }
    }

    fn named(&self, name: &str, prefix: &str) -> Ty {
        if let Some(name) = name.strip_prefix("k8s.") {
            return Ty::Named(self.short.get(name).cloned().unwrap_or_else(|| format!("k8s.{name}")));
        }
        // A module may call a type of its own `Image`.
        let is_declared = self.declared.iter().any(|declared| declared == name);
        if is_declared { Ty::Named(format!("{prefix}.{name}")) } else { Ty::Scalar(name.into()) }
    }

    fn record(&mut self, record: RecordType<'_>, prefix: &str) -> Ty {
        self.records += 1;
        let mut found = Record { number: self.records, fields: Vec::new(), rest: None, of: None };
        for entry in record.entries() {
            let ty = self.ty(entry.ty().unwrap(), prefix);
            match entry.key_type() {
                Some(_) => found.rest = Some(Box::new(ty)),
                None => found.fields.push((entry.key().unwrap().text().unwrap(), entry.is_optional(), ty)),
            }
        }
        Ty::Record(found)
    }
}

/// The types that are kinds, and those that they name: a module has others, which no object is made of.
fn of_kinds(declarations: &[TypeDecl<'_>]) -> Vec<String> {
    let is_kind = |decl: &&TypeDecl<'_>| decl.attributes().iter().any(|it| it.name().unwrap().text() == "kubernetes");
    let name = |decl: &TypeDecl<'_>| decl.name().unwrap().text().to_owned();
    let mut needed: Vec<String> = declarations.iter().filter(is_kind).map(name).collect();
    let mut read = 0;
    while let Some(next) = needed.get(read).cloned() {
        read += 1;
        let text = declarations.iter().find(|decl| name(decl) == next).unwrap().node().text();
        for word in text.split(|letter: char| !letter.is_alphanumeric() && letter != '-') {
            if declarations.iter().any(|decl| name(decl) == word) && !needed.iter().any(|known| known == word) {
                needed.push(word.to_owned());
            }
        }
    }
    needed
}

fn word(expr: Expr<'_>) -> String {
    match expr {
        Expr::String(text) => text.plain().unwrap(),
        other => panic!("{} is no text", other.node().text()),
    }
}

/// `0 <= it and it <= 5`, `it >= 1`, `it <= 3`: another form stops the test, so that nobody forgets it.
fn bounds(predicate: &str) -> (f64, f64) {
    let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
    for part in predicate.trim().split(" and ") {
        match part.split(' ').collect::<Vec<_>>()[..] {
            [number, "<=", "it"] | ["it", ">=", number] => least = number.parse().unwrap(),
            ["it", "<=", number] => most = number.parse().unwrap(),
            _ => panic!("what values has `{part}`?"),
        }
    }
    (least, most)
}

/// As the specification has it: the one that is a kind, then the most mature and newest version, then the usual group.
fn short_names(catalog: &Catalog) -> BTreeMap<String, String> {
    let usual = ["core", "apps", "batch", "networking", "rbac", "meta"];
    let kinds: Vec<_> = catalog.kinds().iter().filter(|kind| kind.scope != Scope::Subresource).collect();
    let mut best = BTreeMap::new();
    for id in (0..catalog.len()).filter_map(|index| u16::try_from(index).ok()).map(schemas::TypeId) {
        let name = catalog.name(id);
        let [group, version, last] = name.split('.').collect::<Vec<_>>()[..] else { panic!("{name} has other parts") };
        let place = usual.iter().position(|known| *known == group).unwrap_or(usual.len());
        let rank = (kinds.iter().any(|kind| kind.type_ == id), schemas::rank(version), usize::MAX - place);
        let entry = best.entry(last.to_owned()).or_insert_with(|| (rank, format!("k8s.{name}")));
        if rank > entry.0 {
            *entry = (rank, format!("k8s.{name}"));
        }
    }
    best.into_iter().map(|(last, (_, name))| (last, name)).collect()
}
