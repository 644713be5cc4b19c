//! The catalog holds what the API has: counts by version, and facts that somebody would miss.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use schemas::{Catalog, Fact, Format, Presence, Scope, Shape, Type, TypeId};

fn types(catalog: &Catalog) -> impl Iterator<Item = Type> {
    (0..catalog.len() as u16).map(|id| catalog.type_(TypeId(id)))
}

fn type_(name: &str) -> Type {
    let catalog = Catalog::load();
    catalog.type_(catalog.find(name).unwrap_or_else(|| panic!("no type `{name}`")))
}

fn field(name: &str) -> schemas::Field {
    let (of, name) = name.rsplit_once('.').unwrap();
    type_(of).field(name, 37).unwrap_or_else(|| panic!("no field `{name}` in `{of}`")).clone()
}

#[test]
fn every_version_has_its_types_and_kinds() {
    let catalog = Catalog::load();
    let counts: Vec<_> = (33..=37)
        .map(|minor| {
            let types = types(&catalog).filter(|type_| type_.minors.contain(minor)).count();
            let kinds = catalog.kinds().iter().filter(|kind| kind.minors.contain(minor)).count();
            (minor, types, kinds)
        })
        .collect();
    assert_eq!(counts, [(33, 615, 96), (34, 636, 98), (35, 641, 98), (36, 672, 103), (37, 758, 108)]);
}

#[test]
fn types_are_found_by_name() {
    let catalog = Catalog::load();
    for id in 0..catalog.len() as u16 {
        assert_eq!(catalog.find(catalog.type_(TypeId(id)).name), Some(TypeId(id)));
    }
    assert_eq!(catalog.find("core.v1.Cat"), None);
    assert_eq!(catalog.find(""), None);
    assert!(catalog.has_prefix("core.v1.") && catalog.has_prefix("core.v1.Contai"));
    assert!(!catalog.has_prefix("core.v1.Cat") && !catalog.has_prefix("zoo."));
}

#[test]
fn every_object_that_a_shape_names_is_there_in_the_same_versions() {
    let catalog = Catalog::load();
    for type_ in types(&catalog) {
        for field in &type_.fields {
            for id in objects(&field.shape) {
                let of = catalog.type_(id).minors;
                assert!(
                    of.first <= field.minors.first && of.last >= field.minors.last,
                    "{}.{}",
                    type_.name,
                    field.name
                );
            }
        }
    }
}

fn objects(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Object(id) => vec![*id],
        Shape::List(element) | Shape::Map(element) => objects(element),
        Shape::Either(choices) => choices.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn every_kind_begins_with_its_names() {
    let catalog = Catalog::load();
    for kind in catalog.kinds().iter().filter(|kind| kind.scope != Scope::Subresource) {
        let names: Vec<_> = catalog.type_(kind.type_).fields.iter().take(2).map(|field| field.name).collect();
        assert_eq!(names, ["apiVersion", "kind"], "{}", kind.kind);
    }
}

#[test]
fn fields_stand_in_the_order_of_the_api() {
    let names: Vec<_> = type_("core.v1.ContainerPort").fields.iter().map(|field| field.name).collect();
    assert_eq!(names, ["name", "hostPort", "containerPort", "protocol", "hostIP"]);
    let names: Vec<_> = type_("core.v1.Container").fields.iter().take(6).map(|field| field.name).collect();
    assert_eq!(names, ["name", "image", "command", "args", "workingDir", "ports"]);
}

#[test]
fn required_fields_are_those_of_the_api_server() {
    assert_eq!(field("apps.v1.DeploymentSpec.selector").presence, Presence::Required);
    assert_eq!(field("apps.v1.DeploymentSpec.replicas").presence, Presence::Optional);
    assert_eq!(field("apps.v1.Deployment.metadata").presence, Presence::Optional);
    assert_eq!(field("core.v1.Event.metadata").presence, Presence::Required);
    assert_eq!(field("core.v1.SecretKeySelector.name").presence, Presence::Optional);
}

#[test]
fn a_field_that_changed_stands_there_once_for_each_form() {
    let spec = type_("apps.v1.Deployment");
    assert_eq!(spec.field("spec", 36).map(|field| field.presence), Some(Presence::Optional));
    assert_eq!(spec.field("spec", 37).map(|field| field.presence), Some(Presence::Required));
    let policy = type_("networking.v1.NetworkPolicySpec");
    assert_eq!(policy.field("podSelector", 33).map(|field| field.presence), Some(Presence::Required));
    assert_eq!(policy.field("podSelector", 34).map(|field| field.presence), Some(Presence::Optional));
}

#[test]
fn no_field_stands_twice_in_one_version() {
    let catalog = Catalog::load();
    for type_ in types(&catalog) {
        for minor in 33..=37 {
            let mut names: Vec<_> = type_.fields.iter().filter(|field| field.minors.contain(minor)).collect();
            names.sort_by_key(|field| field.name);
            assert!(names.windows(2).all(|pair| pair[0].name != pair[1].name), "{} in 1.{minor}", type_.name);
        }
    }
}

#[test]
fn lists_know_their_keys() {
    assert_eq!(field("core.v1.Container.ports").keys(), ["containerPort", "protocol"]);
    assert_eq!(field("core.v1.ServiceSpec.ports").keys(), ["port", "protocol"]);
    assert_eq!(field("core.v1.Container.env").keys(), ["name"]);
    assert_eq!(field("core.v1.PodSpec.containers").keys(), ["name"]);
    assert!(field("core.v1.Container.args").facts.contains(&Fact::Atomic));
    assert!(field("meta.v1.ObjectMeta.finalizers").facts.contains(&Fact::Set));
    assert!(field("core.v1.ServiceSpec.ports").facts.contains(&Fact::Merge("port")));
}

#[test]
fn keys_are_fields_of_the_element() {
    let catalog = Catalog::load();
    for type_ in types(&catalog) {
        for field in &type_.fields {
            let (Shape::List(element), [_, ..]) = (&field.shape, field.keys()) else { continue };
            let Shape::Object(id) = **element else {
                panic!("{}.{} has no elements with keys", type_.name, field.name)
            };
            for key in field.keys() {
                assert!(
                    catalog.type_(id).field(key, field.minors.last).is_some(),
                    "{}.{}: {key}",
                    type_.name,
                    field.name
                );
            }
        }
    }
}

#[test]
fn enumerations_are_complete_and_grow() {
    assert_eq!(field("core.v1.PodSpec.restartPolicy").values(37), Some(vec!["Always", "OnFailure", "Never"]));
    let operators = field("core.v1.Toleration.operator");
    assert_eq!(operators.values(34), Some(vec!["Exists", "Equal"]));
    assert_eq!(operators.values(35), Some(vec!["Exists", "Equal", "Lt", "Gt"]));
    let usages = field("certificates.v1.CertificateSigningRequestSpec.usages").values(37).unwrap();
    assert!(usages.contains(&"digital signature") && usages.len() == 23, "{usages:?}");
    assert_eq!(field("core.v1.ConfigMap.data").values(37), None);
}

#[test]
fn defaults_are_values_of_their_enumeration() {
    let catalog = Catalog::load();
    for type_ in types(&catalog) {
        for field in &type_.fields {
            let (Some(default), Some(values)) = (field.default(), field.values(field.minors.last)) else { continue };
            let default: serde_json::Value = serde_json::from_str(default).unwrap();
            let Some(default) = default.as_str() else { continue };
            assert!(values.contains(&default), "{}.{}: {default} is none of {values:?}", type_.name, field.name);
        }
    }
}

#[test]
fn facts_fit_the_shape_that_they_speak_of() {
    let catalog = Catalog::load();
    for type_ in types(&catalog) {
        for field in &type_.fields {
            for fact in &field.facts {
                assert!(fits(&field.shape, fact), "{}.{}: {fact:?} of {:?}", type_.name, field.name, field.shape);
            }
        }
    }
}

fn fits(shape: &Shape, fact: &Fact) -> bool {
    let mut element = shape;
    while let Shape::List(inner) | Shape::Map(inner) = element {
        element = inner;
    }
    let is_text = matches!(element, Shape::Text | Shape::Base64);
    let is_number = matches!(element, Shape::Int32 | Shape::Int64 | Shape::IntOrString | Shape::Quantity);
    match fact {
        Fact::Values(_) | Fact::Pattern(_) => is_text,
        Fact::Suggested(_) => is_text || matches!(shape, Shape::Map(_)),
        Fact::MinLength(_) | Fact::MaxLength(_) => is_text || matches!(shape, Shape::Any),
        Fact::Minimum(_) | Fact::Maximum(_) => is_number,
        Fact::MinItems(_) | Fact::MaxItems(_) => matches!(shape, Shape::List(_) | Shape::Map(_)),
        Fact::Keys(_) | Fact::Set | Fact::Merge(_) => matches!(shape, Shape::List(_)),
        Fact::Atomic => matches!(shape, Shape::List(_) | Shape::Map(_) | Shape::Object(_) | Shape::Any),
        Fact::Default(json) => match serde_json::from_str::<serde_json::Value>(json) {
            Ok(serde_json::Value::String(_)) => matches!(shape, Shape::Text | Shape::IntOrString),
            Ok(serde_json::Value::Number(_)) => is_number && !matches!(shape, Shape::List(_)),
            Ok(serde_json::Value::Bool(_)) => *shape == Shape::Boolean,
            Ok(serde_json::Value::Array(_)) => matches!(shape, Shape::List(_)),
            Ok(serde_json::Value::Object(_)) => matches!(shape, Shape::Object(_)),
            _ => false,
        },
        Fact::Format(format) => match format {
            Format::Cpu | Format::Bytes => matches!(element, Shape::Quantity),
            Format::Resources => *shape == Shape::Map(Box::new(Shape::Quantity)),
            Format::Port => matches!(element, Shape::Int32 | Shape::IntOrString),
            Format::NumberOrPercent => *element == Shape::IntOrString,
            Format::Seconds | Format::FileMode | Format::UserId | Format::Percent => {
                matches!(element, Shape::Int32 | Shape::Int64)
            }
            _ => is_text,
        },
        Fact::Immutable | Fact::OneOf(_) => true,
    }
}

#[test]
fn shapes_are_those_of_the_api() {
    assert_eq!(field("core.v1.ServicePort.targetPort").shape, Shape::IntOrString);
    assert_eq!(field("core.v1.ResourceRequirements.limits").shape, Shape::Map(Box::new(Shape::Quantity)));
    assert_eq!(field("core.v1.Secret.data").shape, Shape::Map(Box::new(Shape::Base64)));
    assert_eq!(field("core.v1.EmptyDirVolumeSource.sizeLimit").shape, Shape::Quantity);
    assert_eq!(field("meta.v1.ObjectMeta.creationTimestamp").shape, Shape::Time);
    assert_eq!(field("coordination.v1.LeaseSpec.renewTime").shape, Shape::MicroTime);
    assert!(
        matches!(field("apiextensions.v1.JSONSchemaProps.items").shape, Shape::Either(choices) if choices.len() == 2)
    );
    assert_eq!(field("apiextensions.v1.JSONSchemaProps.default").shape, Shape::Any);
}

#[test]
fn numbers_have_bounds() {
    assert_eq!(field("core.v1.ContainerPort.containerPort").range(), (Some(1), Some(65535)));
    assert_eq!(field("apps.v1.DeploymentSpec.replicas").range(), (Some(0), None));
    assert_eq!(field("scheduling.v1.PriorityClass.value").range(), (None, Some(1_000_000_000)));
    assert_eq!(field("core.v1.SecretVolumeSource.defaultMode").range(), (Some(0), Some(0o777)));
}

#[test]
fn documentation_is_there() {
    let catalog = Catalog::load();
    let mut missing = Vec::new();
    for type_ in types(&catalog) {
        if catalog.prose(type_.prose).is_empty() {
            missing.push(type_.name);
        }
    }
    // The source itself has none for it.
    assert_eq!(missing, ["admissionregistration.v1alpha1.MatchCondition"]);
    let prose = catalog.prose(field("core.v1.Container.image").prose);
    assert!(prose.starts_with("Container image name"), "{prose}");
}

#[test]
fn kinds_have_the_names_that_kubectl_knows() {
    let catalog = Catalog::load();
    let deployment = catalog.kind("apps", "v1", "Deployment").unwrap();
    assert_eq!(deployment.plural, "deployments");
    assert_eq!(deployment.short_names, ["deploy"]);
    assert_eq!(deployment.subresources, ["scale", "status"]);
    assert_eq!(deployment.scope, Scope::Namespaced);
    assert_eq!(deployment.api_version(), "apps/v1");
    let claim = catalog.kind("", "v1", "PersistentVolumeClaim").unwrap();
    assert_eq!((claim.plural, claim.api_version().as_str()), ("persistentvolumeclaims", "v1"));
    let namespace = catalog.kind("", "v1", "Namespace").unwrap();
    assert_eq!((namespace.scope, namespace.name), (Scope::Cluster, Format::ShortName));
    assert_eq!(catalog.kind("", "v1", "Status").unwrap().scope, Scope::Subresource);
    assert_eq!(catalog.named("Event").map(|kind| kind.group).collect::<Vec<_>>(), ["", "events.k8s.io"]);
}

#[test]
fn the_most_mature_version_is_preferred() {
    let catalog = Catalog::load();
    let preferred = |group, kind, minor| catalog.preferred(group, kind, minor).map(|kind| kind.version);
    assert_eq!(preferred("autoscaling", "HorizontalPodAutoscaler", 37), Some("v2"));
    assert_eq!(preferred("resource.k8s.io", "ResourceClaim", 33), Some("v1beta2"));
    assert_eq!(preferred("resource.k8s.io", "ResourceClaim", 34), Some("v1"));
    assert_eq!(preferred("policy", "PodSecurityPolicy", 37), None);
}
