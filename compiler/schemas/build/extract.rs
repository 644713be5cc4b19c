//! Reads the definitions and kinds of every version out of the source of `k8s-openapi`.
//!
//! Each file of it holds one type. Of what it implements, three traits matter: `JsonSchema`, which holds the definition as
//! the API publishes it, and `Resource` and `ListableResource`, which hold the names of a kind. Only these are parsed:
//! they are a tenth of the text. A text that several versions share is parsed once.

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    rc::Rc,
};

use syn::visit::Visit;

use crate::{
    format::Format,
    json::{self, Json},
    model::{Field, Kind, Minors, Presence, Scope, Shape, Type, Version},
};

pub fn versions(source: &Path, minors: RangeInclusive<u8>) -> Result<Vec<Version>, Box<dyn Error>> {
    let mut read = BTreeMap::new();
    minors.map(|minor| version(&source.join(format!("v1_{minor}")), minor, &mut read)).collect()
}

/// What one file holds, before the names of other files are known.
struct Draft {
    rust_name: String,
    schema_name: String,
    schema: Json,
    resource: Option<Resource>,
}

#[derive(Default)]
struct Resource {
    constants: BTreeMap<String, String>,
    scope: String,
}

fn version(root: &Path, minor: u8, read: &mut BTreeMap<String, Option<Rc<Draft>>>) -> Result<Version, Box<dyn Error>> {
    let mut drafts = BTreeMap::new();
    for file in files(root)? {
        let text = fs::read_to_string(&file)?;
        let draft = match read.get(&text) {
            Some(draft) => draft.clone(),
            None => {
                let draft = draft(&text).map_err(|problem| format!("{}: {problem}", file.display()))?.map(Rc::new);
                read.insert(text, draft.clone());
                draft
            }
        };
        if let Some(draft) = draft {
            drafts.insert(format!("{}::{}", module(root, &file), draft.rust_name), draft);
        }
    }
    finish(minor, &drafts).map_err(|problem| format!("version 1.{minor}: {problem}").into())
}

fn files(directory: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries: Vec<_> =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// `crate::api::core::v1` of `api/core/v1/container.rs`.
fn module(root: &Path, file: &Path) -> String {
    let parent = file.parent().and_then(|parent| parent.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    let mut module = String::from("crate");
    for part in parent.components() {
        module.push_str("::");
        module.push_str(&part.as_os_str().to_string_lossy());
    }
    module
}

fn draft(text: &str) -> Result<Option<Draft>, String> {
    let Some(schema) = implementation(text, "crate::schemars::JsonSchema")? else { return Ok(None) };
    let mut found = Found::default();
    found.visit_item_impl(&schema);
    let (Some(schema_name), Some(tokens)) = (found.name, found.schema) else { return Ok(None) };

    let resource = match implementation(text, "crate::Resource")? {
        Some(item) => {
            let mut resource = Resource::default();
            resource.visit_item_impl(&item);
            if let Some(list) = implementation(text, "crate::ListableResource")? {
                resource.visit_item_impl(&list);
            }
            Some(resource)
        }
        None => None,
    };
    Ok(Some(Draft { rust_name: self_name(&schema), schema_name, schema: json::parse(tokens)?, resource }))
}

/// The text of `impl TRAIT for ..`, which ends with the first brace that starts a line, parsed.
fn implementation(text: &str, name: &str) -> Result<Option<syn::ItemImpl>, String> {
    let start = format!("\nimpl {name} for ");
    let Some(start) = text.find(&start) else { return Ok(None) };
    let rest = &text[start..];
    let end = rest.find("\n}").ok_or("an implementation without an end")?;
    syn::parse_str(&rest[..end + 2]).map(Some).map_err(|problem| problem.to_string())
}

fn self_name(item: &syn::ItemImpl) -> String {
    match &*item.self_ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

#[derive(Default)]
struct Found {
    name: Option<String>,
    schema: Option<proc_macro2::TokenStream>,
}

impl<'ast> Visit<'ast> for Found {
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.sig.ident == "schema_name" {
            let mut texts = Texts(Vec::new());
            texts.visit_block(&function.block);
            self.name = texts.0.pop();
        } else {
            syn::visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.segments.last().is_some_and(|last| last.ident == "json_schema") {
            self.schema = Some(call.tokens.clone());
        }
    }
}

impl<'ast> Visit<'ast> for Resource {
    fn visit_impl_item_const(&mut self, constant: &'ast syn::ImplItemConst) {
        let mut texts = Texts(Vec::new());
        texts.visit_expr(&constant.expr);
        self.constants.insert(constant.ident.to_string(), texts.0.pop().unwrap_or_default());
    }

    fn visit_impl_item_type(&mut self, item: &'ast syn::ImplItemType) {
        if let syn::Type::Path(path) = &item.ty {
            self.scope = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        }
    }
}

struct Texts(Vec<String>);

impl<'ast> Visit<'ast> for Texts {
    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.0.push(text.value());
    }
}

fn finish(minor: u8, drafts: &BTreeMap<String, Rc<Draft>>) -> Result<Version, String> {
    let minors = Minors { first: minor, last: minor };
    let mut version = Version { minor, types: Vec::new(), kinds: Vec::new() };
    for draft in drafts.values() {
        let name = short_name(&draft.schema_name);
        if alias(draft, drafts)?.is_none() {
            let doc = draft.schema.text("description").unwrap_or_default().to_string();
            version.types.push(Type { name: name.clone(), doc, fields: fields(draft, drafts, minors)?, minors });
        }
        if let Some(resource) = &draft.resource {
            version.kinds.push(kind(resource, name, minors)?);
        }
    }
    Ok(version)
}

fn fields(draft: &Draft, drafts: &BTreeMap<String, Rc<Draft>>, minors: Minors) -> Result<Vec<Field>, String> {
    let required = match draft.schema.get("required") {
        Some(Json::Array(names)) => names
            .iter()
            .filter_map(|name| if let Json::Text(text) = name { Some(text.as_str()) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    let Some(Json::Object(properties)) = draft.schema.get("properties") else { return Ok(Vec::new()) };
    let mut fields = Vec::new();
    for (name, schema) in properties {
        let doc = match schema {
            Json::Reference { doc, .. } => doc,
            schema => schema.text("description").unwrap_or_default(),
        };
        fields.push(Field {
            name: name.clone(),
            doc: doc.to_string(),
            shape: shape(schema, drafts).map_err(|problem| format!("{}.{name}: {problem}", draft.schema_name))?,
            presence: presence(draft, &required, name),
            minors,
            facts: Vec::new(),
        });
    }
    Ok(fields)
}

/// The crate wants the metadata of every kind; the API does not.
fn presence(draft: &Draft, required: &[&str], field: &str) -> Presence {
    let is_metadata = draft.resource.is_some() && field == "metadata";
    if required.contains(&field) && !is_metadata { Presence::Required } else { Presence::Optional }
}

/// What a definition stands for that the schema says too little about: it calls both an amount and a port `int-or-string`,
/// and a value that may be anything, an object with any fields, and an object without fields an `object`.
fn known(name: &str) -> Option<Shape> {
    let is = |ends: &str| name.ends_with(ends);
    match () {
        () if is("resource.Quantity") => Some(Shape::Quantity),
        () if is("intstr.IntOrString") => Some(Shape::IntOrString),
        () if is("v1.MicroTime") => Some(Shape::MicroTime),
        () if is("v1.JSON") => Some(Shape::Any),
        () if is("v1.FieldsV1") || is("runtime.RawExtension") => Some(Shape::Map(Box::new(Shape::Any))),
        () => None,
    }
}

/// What a definition stands for, if it is not an object of its own.
fn alias(draft: &Draft, drafts: &BTreeMap<String, Rc<Draft>>) -> Result<Option<Shape>, String> {
    if let Some(shape) = known(&draft.schema_name) {
        return Ok(Some(shape));
    }
    let is_object = draft.schema.text("type") == Some("object") && draft.schema.get("additionalProperties").is_none();
    if is_object { Ok(None) } else { shape(&draft.schema, drafts).map(Some) }
}

fn shape(schema: &Json, drafts: &BTreeMap<String, Rc<Draft>>) -> Result<Shape, String> {
    if let Json::Reference { path, .. } = schema {
        let draft = drafts.get(path).ok_or_else(|| format!("no such type: {path}"))?;
        return Ok(alias(draft, drafts)?.unwrap_or_else(|| Shape::Object(short_name(&draft.schema_name))));
    }
    if let Some(Json::Array(choices)) = schema.get("oneOf") {
        return choices.iter().map(|choice| shape(choice, drafts)).collect::<Result<_, _>>().map(Shape::Either);
    }
    match (schema.text("type"), schema.text("format")) {
        (Some("boolean"), None) => Ok(Shape::Boolean),
        (Some("integer"), Some("int32")) => Ok(Shape::Int32),
        (Some("integer"), Some("int64")) => Ok(Shape::Int64),
        (Some("number"), Some("double")) => Ok(Shape::Double),
        (Some("string"), None) => Ok(Shape::Text),
        (Some("string"), Some("byte")) => Ok(Shape::Base64),
        (Some("string"), Some("date-time")) => Ok(Shape::Time),
        (Some("array"), None) => {
            let items = schema.get("items").ok_or("a list without items")?;
            Ok(Shape::List(Box::new(shape(items, drafts)?)))
        }
        (Some("object"), None) => match schema.get("additionalProperties") {
            Some(values) => Ok(Shape::Map(Box::new(shape(values, drafts)?))),
            None => Ok(Shape::Any),
        },
        (None, None) => Ok(Shape::Any),
        other => Err(format!("an unknown shape: {other:?}")),
    }
}

/// `core.v1.Container` of `io.k8s.api.core.v1.Container`.
fn short_name(name: &str) -> String {
    let parts: Vec<&str> = name.rsplitn(4, '.').take(3).collect();
    parts.into_iter().rev().collect::<Vec<_>>().join(".")
}

fn kind(resource: &Resource, type_: String, minors: Minors) -> Result<Kind, String> {
    let constant = |name: &str| resource.constants.get(name).cloned().unwrap_or_default();
    let scope = match resource.scope.as_str() {
        // What a server answers with is nothing that anybody creates, whatever scope the source gives it.
        _ if type_.starts_with("meta.") => Scope::Subresource,
        "ClusterResourceScope" => Scope::Cluster,
        "NamespaceResourceScope" => Scope::Namespaced,
        "SubResourceScope" => Scope::Subresource,
        other => return Err(format!("an unknown scope: {other}")),
    };
    Ok(Kind {
        group: constant("GROUP"),
        version: constant("VERSION"),
        kind: constant("KIND"),
        plural: constant("URL_PATH_SEGMENT"),
        list: constant("LIST_KIND"),
        scope,
        type_,
        minors,
        short_names: Vec::new(),
        categories: Vec::new(),
        subresources: Vec::new(),
        name: Format::LongName as u8,
    })
}
