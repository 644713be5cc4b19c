//! Whatever a schema says, its types are text that parses and checks clean; so are the modules of custom resources.

#![allow(clippy::expect_used, reason = "tests fail by it")]

use std::collections::BTreeMap;

use compiler::{LoadError, Loader, Session};
use proptest::prelude::*;

/// Files by their paths.
struct Files(BTreeMap<String, String>);

impl Loader for Files {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no {path}") };
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

/// A name of a property: plain, a word of the language, or anything.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,4}",
        prop_oneof![Just("type"), Just("if"), Just("String"), Just("null"), Just("self"), Just("a.b/c")]
            .prop_map(str::to_string),
        "\\PC{0,3}",
        any::<String>().prop_map(|text| text.chars().take(3).collect()),
    ]
}

fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for letter in value.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if letter < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A plain value, as a constant or of an enumeration.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (-1e9..1e9_f64).prop_map(|number| format!("{number:?}")),
        Just("null".to_string()),
        any::<bool>().prop_map(|truth| truth.to_string()),
        any::<String>().prop_map(|value| text(&value)),
        Just("[1]".to_string()),
    ]
}

fn leaf() -> impl Strategy<Value = String> {
    let bounds = (any::<Option<i32>>(), any::<Option<i32>>(), any::<bool>());
    let number = bounds.prop_map(|(least, most, exclusive)| {
        let least =
            least.map_or(String::new(), |least| format!(r#","minimum":{least},"exclusiveMinimum":{exclusive}"#));
        let most = most.map_or(String::new(), |most| format!(r#","exclusiveMaximum":{most}"#));
        format!(r#"{{"type":"integer"{least}{most}}}"#)
    });
    let kinds = prop::sample::select(vec![
        "{}",
        "true",
        "false",
        "3",
        r#"{"type":"boolean"}"#,
        r#"{"type":"number","minimum":0.5}"#,
        r#"{"type":["string","null"],"nullable":true}"#,
        r#"{"type":"string","format":"ipv4"}"#,
        r#"{"type":"string","format":"duration"}"#,
        r#"{"type":["array","object","integer"]}"#,
        r#"{"type":[]}"#,
        r#"{"type":{}}"#,
        r#"{"x-kubernetes-int-or-string":true}"#,
        r#"{"type":"object","x-kubernetes-preserve-unknown-fields":true}"#,
        r##"{"$ref":"#"}"##,
        r##"{"$ref":"#/definitions/a"}"##,
        r##"{"$ref":"#/definitions/b"}"##,
        r##"{"$ref":"#/definitions/nowhere"}"##,
        r#"{"$ref":"https://example.com/x.json"}"#,
        r#"{"$ref":"x#/definitions/io.k8s.api.core.v1.Container"}"#,
    ]);
    prop_oneof![
        number,
        kinds.prop_map(str::to_string),
        value().prop_map(|value| format!(r#"{{"const":{value}}}"#)),
        prop::collection::vec(value(), 0..4).prop_map(|values| format!(r#"{{"enum":[{}]}}"#, values.join(","))),
    ]
}

fn schema() -> impl Strategy<Value = String> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let fields = prop::collection::btree_map(name(), inner.clone(), 0..4);
        let several = prop::collection::vec(inner.clone(), 0..3);
        let rest = prop_oneof![Just("true".to_string()), Just("false".to_string()), inner.clone()];
        let object = (fields, prop::option::of(rest), prop::option::of(several.clone()), any::<bool>());
        prop_oneof![
            object.prop_map(|(fields, rest, parts, embedded)| {
                let required: Vec<String> = fields.keys().take(1).map(|name| text(name)).collect();
                let fields: Vec<String> =
                    fields.iter().map(|(name, schema)| format!("{}:{schema}", text(name))).collect();
                let rest = rest.map_or(String::new(), |rest| format!(r#","additionalProperties":{rest}"#));
                let parts = parts.map_or(String::new(), |parts| format!(r#","oneOf":[{}]"#, parts.join(",")));
                let (fields, required) = (fields.join(","), required.join(","));
                format!(
                    r#"{{"properties":{{{fields}}},"required":[{required}],"x-kubernetes-embedded-resource":{embedded}{rest}{parts}}}"#
                )
            }),
            inner.clone().prop_map(|items| format!(
                r#"{{"type":"array","items":{items},"x-kubernetes-list-map-keys":["type"]}}"#
            )),
            (prop::sample::select(vec!["anyOf", "oneOf", "allOf"]), several)
                .prop_map(|(word, parts)| format!(r#"{{"{word}":[{}]}}"#, parts.join(","))),
            inner.prop_map(|inner| format!(r#"{{"not":{inner}}}"#)),
        ]
    })
}

fn named() -> impl Strategy<Value = String> {
    (schema(), schema(), schema()).prop_map(|(root, a, b)| {
        format!(r#"{{"allOf":[{root}],"definitions":{{"a":{a},"b":{b},"a.b":{{}},"Int":{a},"":{b}}}}}"#)
    })
}

fn types_of(path: &str, schema: &str) -> compiler::published::Module {
    let format = data::Format::of_path(path).expect("a format");
    let documents = data::read(format, schema, data::Limits::default()).expect("what was made is JSON");
    let documents: Vec<data::Datum> = documents.into_iter().map(|document| document.root).collect();
    compiler::published::module(path, &documents).expect("it holds schemas")
}

fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let files = files.iter().map(|(path, text)| (path.to_string(), text.to_string()));
    let (session, _) = Session::open(&Files(files.collect()), &["main.pl"]);
    session.check().into_iter().map(|finding| format!("{}: {}", finding.rule.code, finding.message)).collect()
}

fn checks_clean(module: &compiler::published::Module) {
    let text = compiler::published::source(&module.types);
    let errors = syntax::parse(&text).errors.len();
    assert_eq!(errors, 0, "does not parse:\n{text}");
    let text = format!("{text}\noutput ok: true\n");
    let found = findings(&[("main.pl", &text)]);
    assert!(found.is_empty(), "{found:#?}\n{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_schema_gives_types_that_check_clean(schema in named()) {
        checks_clean(&types_of("x.schema.json", &schema));
    }

    #[test]
    fn any_definition_gives_a_kind_that_checks_clean(schema in schema(), cluster in any::<bool>()) {
        let scope = if cluster { "Cluster" } else { "Namespaced" };
        let text = format!(
            r#"{{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","spec":{{"group":"example.com",
            "scope":"{scope}","names":{{"kind":"Thing"}},"versions":[
            {{"name":"v1","schema":{{"openAPIV3Schema":{schema}}}}},{{"name":"v2","schema":{{"openAPIV3Schema":{schema}}}}}]}}}}"#
        );
        checks_clean(&types_of("x.json", &text));
    }
}

#[test]
fn modules_of_the_standard_library_check_clean() {
    let modules = stdlib::modules().filter(|(path, _)| !matches!(*path, "std:prelude.pl" | "std:k8s.pl"));
    for (path, text) in modules {
        assert_eq!(syntax::format(text).as_deref(), Some(text), "{path} is not formatted");
        let found = findings(&[("main.pl", &format!("{text}\noutput ok: true\n"))]);
        assert!(found.is_empty(), "{path}: {found:#?}");
    }
}

#[test]
fn the_prelude_checks_clean() {
    let text = stdlib::find("std:prelude.pl").unwrap_or_default();
    assert_eq!(syntax::format(text).as_deref(), Some(text), "the prelude is not formatted");
    let files = Files(BTreeMap::from([("main.pl".to_string(), "output ok: true\n".to_string())]));
    let (session, _) = Session::open(&files, &["main.pl"]);
    let found = session.check_library();
    assert!(found.is_empty(), "{found:#?}");
}
