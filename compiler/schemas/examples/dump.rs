//! Prints the catalog as JSON, so that other programs can compare it with what they know of the API.

use std::io::{self, Write};

use schemas::{Catalog, Fact, Minors, Presence, Scope, Shape};
use serde_json::{Map, Value, json};

fn main() -> io::Result<()> {
    let catalog = Catalog::load();
    let types: Map<String, Value> = (0..catalog.len() as u16)
        .map(|id| catalog.type_(schemas::TypeId(id)))
        .map(|type_| {
            let fields = type_.fields.iter().map(|field| {
                json!({
                    "name": field.name,
                    "shape": shape(&catalog, &field.shape),
                    "required": field.presence == Presence::Required,
                    "minors": minors(field.minors),
                    "prose": catalog.prose(field.prose),
                    "facts": field.facts.iter().map(fact).collect::<Map<_, _>>(),
                })
            });
            (type_.name.to_string(), json!({ "minors": minors(type_.minors), "fields": fields.collect::<Vec<_>>() }))
        })
        .collect();
    let kinds: Vec<Value> = catalog
        .kinds()
        .iter()
        .map(|kind| {
            json!({
                "group": kind.group, "version": kind.version, "kind": kind.kind, "plural": kind.plural, "list": kind.list,
                "scope": match kind.scope {
                    Scope::Cluster => "cluster",
                    Scope::Namespaced => "namespaced",
                    Scope::Subresource => "subresource",
                },
                "type": catalog.type_(kind.type_).name, "minors": minors(kind.minors), "short": kind.short_names,
                "categories": kind.categories, "subresources": kind.subresources,
            })
        })
        .collect();
    writeln!(io::stdout(), "{}", json!({ "types": types, "kinds": kinds }))
}

fn minors(minors: Minors) -> Value {
    json!([minors.first, minors.last])
}

fn shape(catalog: &Catalog, of: &Shape) -> Value {
    match of {
        Shape::Object(id) => json!({ "object": catalog.type_(*id).name }),
        Shape::List(element) => json!({ "list": shape(catalog, element) }),
        Shape::Map(element) => json!({ "map": shape(catalog, element) }),
        Shape::Either(choices) => {
            json!({ "either": choices.iter().map(|choice| shape(catalog, choice)).collect::<Vec<_>>() })
        }
        other => json!(format!("{other:?}")),
    }
}

fn fact(fact: &Fact) -> (String, Value) {
    let values = |values: &[schemas::Value]| {
        json!(values.iter().map(|value| json!([value.text, minors(value.minors)])).collect::<Vec<_>>())
    };
    let (word, value) = match fact {
        Fact::Values(list) => ("values", values(list)),
        Fact::Suggested(list) => ("suggested", values(list)),
        Fact::Default(default) => ("default", json!(default)),
        Fact::Minimum(number) => ("minimum", json!(number)),
        Fact::Maximum(number) => ("maximum", json!(number)),
        Fact::MinLength(number) => ("min-length", json!(number)),
        Fact::MaxLength(number) => ("max-length", json!(number)),
        Fact::MinItems(number) => ("min-items", json!(number)),
        Fact::MaxItems(number) => ("max-items", json!(number)),
        Fact::Pattern(pattern) => ("pattern", json!(pattern)),
        Fact::Format(format) => ("format", json!(format.name())),
        Fact::Keys(keys) => ("keys", json!(keys)),
        Fact::Set => ("set", json!(true)),
        Fact::Atomic => ("atomic", json!(true)),
        Fact::Merge(key) => ("merge", json!(key)),
        Fact::Immutable => ("immutable", json!(true)),
        Fact::OneOf(group) => ("one-of", json!(group)),
    };
    (word.to_string(), value)
}
