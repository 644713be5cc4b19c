//! Prints how big the tables are, and how long the first use of each of them takes in a fresh process.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    time::Instant,
};

use schemas::{Catalog, Shape, TypeId, served};

fn main() -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "shapes {} bytes", include_bytes!(concat!(env!("OUT_DIR"), "/shapes.bin")).len())?;
    writeln!(out, "prose  {} bytes", include_bytes!(concat!(env!("OUT_DIR"), "/prose.bin")).len())?;

    let start = Instant::now();
    let catalog = Catalog::load();
    writeln!(out, "load, {} kinds: {:?}", catalog.kinds().len(), start.elapsed())?;

    let start = Instant::now();
    let kind = catalog.preferred("apps", "Deployment", 37).map(|kind| kind.type_);
    writeln!(out, "one kind: {:?}", start.elapsed())?;

    let start = Instant::now();
    let mut seen = BTreeSet::new();
    kind.into_iter().for_each(|id| visit(&catalog, id, &mut seen));
    writeln!(out, "everything below it, {} types: {:?}", seen.len(), start.elapsed())?;

    let start = Instant::now();
    let standing = served("extensions", "v1beta1", "Ingress", 37);
    writeln!(
        out,
        "served: {:?}, {}",
        start.elapsed(),
        if standing == schemas::Standing::Unknown { "unknown" } else { "known" }
    )?;

    let start = Instant::now();
    let prose = kind.map(|id| catalog.prose(catalog.type_(id).prose)).unwrap_or_default();
    writeln!(out, "one documentation, {} bytes: {:?}", prose.len(), start.elapsed())?;

    let start = Instant::now();
    let fields: usize = (0..catalog.len() as u16).map(|id| catalog.type_(TypeId(id)).fields.len()).sum();
    writeln!(out, "all {} types, {fields} fields: {:?}", catalog.len(), start.elapsed())
}

fn visit(catalog: &Catalog, id: TypeId, seen: &mut BTreeSet<TypeId>) {
    if seen.insert(id) {
        for field in catalog.type_(id).fields {
            objects(catalog, &field.shape, seen);
        }
    }
}

fn objects(catalog: &Catalog, shape: &Shape, seen: &mut BTreeSet<TypeId>) {
    match shape {
        Shape::Object(id) => visit(catalog, *id, seen),
        Shape::List(element) | Shape::Map(element) => objects(catalog, element, seen),
        Shape::Either(choices) => choices.iter().for_each(|choice| objects(catalog, choice, seen)),
        _ => {}
    }
}
