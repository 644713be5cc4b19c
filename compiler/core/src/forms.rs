//! What single values of objects look like: names, addresses and amounts that Kubernetes refuses, and texts and lists that are too
//! long. By what is known of each field of the API.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use diagnostics::{Diagnostic, rules};
use domain::{Cidr, Ip};
use regex::Regex;
use rustc_hash::FxHashMap;
use schemas::{Fact, Field, Format, Shape, TypeId};

use crate::keys::{At, Db};
use crate::kubernetes;
use crate::model::is_given;
use crate::objects::Object;
use crate::served::object_in;
use crate::symbol::Symbol;
use crate::value::{Data, Item, Value};

/// What is asked of the fields of types, as far as somebody looked; nothing while that is being found out.
type Tables = FxHashMap<(TypeId, u8), Option<Arc<Asked>>>;

/// What a version of Kubernetes asks of the values in a type.
#[derive(Default)]
struct Asked {
    fields: Vec<(Symbol, Vec<Law>)>,
    /// The fields below which something is asked.
    below: Vec<(Symbol, Shape)>,
}

impl Asked {
    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.below.is_empty()
    }
}

/// What holds of a value. Of a list or a map it holds of the elements, but for how many they are.
enum Law {
    /// A text is of a form, or one of these.
    Form(Form, Vec<&'static str>),
    /// A text has at least and at most so many letters.
    Letters(i64, i64),
    /// A list or a map has at least and at most so many elements.
    Elements(i64, i64),
    /// A text is matched.
    Pattern(Regex, &'static str),
}

/// A form that texts have.
#[derive(Clone, Copy)]
struct Form {
    fits: fn(&str) -> bool,
    /// What such a text is, after "it is".
    is: &'static str,
}

/// Looks at the values of objects. What is asked of them is looked up once, for the types that objects are of.
pub struct Forms<'a> {
    db: &'a dyn Db,
    tables: MutexGuard<'static, Tables>,
    kinds: FxHashMap<(Symbol, Symbol), Option<TypeId>>,
}

/// One object, while it is looked at.
struct Look<'o, 'f> {
    object: &'o Object,
    minor: u8,
    found: &'f mut Vec<Diagnostic<At>>,
}

impl<'a> Forms<'a> {
    /// Takes the tables for a while.
    pub fn new(db: &'a dyn Db) -> Self {
        static TABLES: OnceLock<Mutex<Tables>> = OnceLock::new();
        let tables = TABLES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        Forms { db, tables, kinds: FxHashMap::default() }
    }

    /// Finds the values of an object that a version refuses.
    pub fn find(&mut self, object: &Object, minor: u8, found: &mut Vec<Diagnostic<At>>) {
        let find = || kubernetes::catalog().kind(object.group(), object.version(), &object.kind).map(|kind| kind.type_);
        if let Some(id) = *self.kinds.entry((object.api_version, object.kind)).or_insert_with(find) {
            self.within(id, &object.data, &mut Look { object, minor, found });
        }
    }

    fn within(&mut self, id: TypeId, data: &Data, look: &mut Look) {
        let Some(asked) = self.asked(id, look.minor).filter(|asked| !asked.is_empty()) else {
            return;
        };
        for (name, item) in &data.entries {
            if let Some((_, laws)) = asked.fields.iter().find(|(field, _)| field == name) {
                // Of what has not even the form it is not said how long it is.
                laws.iter().any(|law| self.is_broken(law, item, (id, *name), look));
            }
            if let Some((_, shape)) = asked.below.iter().find(|(field, _)| field == name) {
                self.below(shape, item, look);
            }
        }
    }

    /// Looks into the objects of a value: one, or those of a list or a map.
    fn below(&mut self, shape: &Shape, item: &Item, look: &mut Look) {
        match (shape, &item.value) {
            (Shape::Object(id), Value::Data(data)) => self.within(*id, data, look),
            (Shape::List(inner), Value::List(items)) => items.iter().for_each(|item| self.below(inner, item, look)),
            (Shape::List(inner) | Shape::Map(inner), Value::Data(data)) => {
                data.entries.iter().for_each(|(_, item)| self.below(inner, item, look));
            }
            _ => {}
        }
    }

    /// Judges a value, or all that is in it; whether something is wrong.
    fn is_broken(&self, law: &Law, item: &Item, of: (TypeId, Symbol), look: &mut Look) -> bool {
        if let Law::Elements(least, most) = law {
            let count = match &item.value {
                Value::List(items) => items.len(),
                Value::Data(data) => data.entries.len(),
                _ => return false,
            };
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let bound = match (count < *least, count > *most) {
                (true, _) => format!("at least {least}"),
                (_, true) => format!("at most {most}"),
                _ => return false,
            };
            self.tell(item.at, format!("{} has {bound} elements, and this has {count}", shown(of)), look);
            return true;
        }
        // Each of them is told.
        let mut all = |items: &mut dyn Iterator<Item = &Item>| {
            let broken = items.filter(|item| self.is_broken(law, item, of, look)).count();
            broken > 0
        };
        match &item.value {
            Value::List(items) => all(&mut items.iter()),
            Value::Data(data) => all(&mut data.entries.iter().map(|(_, item)| item)),
            Value::Text(text) => match wrong(law, text, of) {
                Some(message) => {
                    self.tell(item.at, message, look);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    fn tell(&self, at: At, message: String, look: &mut Look) {
        let at = if is_given(self.db, at) { at } else { look.object.at };
        look.found.push(Diagnostic::new(&rules::OBJECT_REFUSED, at, message).label("Kubernetes refuses this"));
    }

    /// What is asked of a type and of what stands below it; nothing while that is being found out.
    fn asked(&mut self, id: TypeId, minor: u8) -> Option<Arc<Asked>> {
        if let Some(known) = self.tables.get(&(id, minor)) {
            return known.clone();
        }
        self.tables.insert((id, minor), None);
        let type_ = kubernetes::catalog().type_(id);
        // Of names and labels of objects others tell, who know what is named.
        let is_told = type_.name.ends_with(".ObjectMeta") || type_.name.ends_with("Status");
        let mut asked = Asked::default();
        for field in type_.fields.iter().filter(|_| !is_told) {
            let name = Symbol::new(field.name);
            if type_.field(field.name, minor) != Some(field) {
                continue;
            }
            // The rule about names tells of the names of ports, with better ones.
            let is_told = type_.name.ends_with(".ContainerPort") && field.name == "name";
            let laws = if is_told { Vec::new() } else { laws(field) };
            if !laws.is_empty() {
                asked.fields.push((name, laws));
            }
            if let Some(inner) = object_in(&field.shape)
                && self.asked(inner, minor).is_none_or(|asked| !asked.is_empty())
            {
                asked.below.push((name, field.shape.clone()));
            }
        }
        let asked = Arc::new(asked);
        self.tables.insert((id, minor), Some(asked.clone()));
        Some(asked)
    }
}

/// What is said of a field: "`name` of a `Container`".
fn shown((id, field): (TypeId, Symbol)) -> String {
    let name = kubernetes::catalog().name(id);
    format!("`{field}` of `{}`", name.rsplit('.').next().unwrap_or(name))
}

/// What is wrong with a text. What Flux puts in later is not known.
fn wrong(law: &Law, text: &str, of: (TypeId, Symbol)) -> Option<String> {
    if text.is_empty() || text.contains("${") {
        return None;
    }
    match law {
        Law::Form(form, others) if !(form.fits)(text) && !others.contains(&text) => {
            Some(format!("{text:?} can not stand in {}: it is {}", shown(of), form.is))
        }
        Law::Letters(least, most) => {
            let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
            let bound = match (count < *least, count > *most) {
                (true, _) => format!("at least {least}"),
                (_, true) => format!("at most {most}"),
                _ => return None,
            };
            Some(format!("{} has {bound} letters, and this has {count}", shown(of)))
        }
        Law::Pattern(pattern, written) if !pattern.is_match(text) => {
            Some(format!("{text:?} can not stand in {}: it is matched by `{written}`", shown(of)))
        }
        _ => None,
    }
}

fn laws(field: &Field) -> Vec<Law> {
    let mut laws = Vec::new();
    let mut suggested = Vec::new();
    let (mut letters, mut elements) = ((0, i64::MAX), (0, i64::MAX));
    for fact in &field.facts {
        match fact {
            Fact::Suggested(values) => suggested.extend(values.iter().map(|value| value.text)),
            Fact::MinLength(least) => letters.0 = *least,
            Fact::MaxLength(most) => letters.1 = *most,
            Fact::MinItems(least) => elements.0 = *least,
            Fact::MaxItems(most) => elements.1 = *most,
            Fact::Pattern(pattern) => {
                laws.extend(Regex::new(&format!("^(?:{pattern})$")).ok().map(|regex| Law::Pattern(regex, pattern)));
            }
            _ => {}
        }
    }
    let is_amount = matches!(leaf(&field.shape), Shape::Quantity);
    let form = if is_amount { Some(AMOUNT) } else { field.format().and_then(form) };
    laws.extend(form.map(|form| Law::Form(form, suggested)));
    laws.extend((letters != (0, i64::MAX)).then_some(Law::Letters(letters.0, letters.1)));
    laws.extend((elements != (0, i64::MAX)).then_some(Law::Elements(elements.0, elements.1)));
    laws
}

/// What lists and maps hold in the end.
fn leaf(shape: &Shape) -> &Shape {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => leaf(inner),
        other => other,
    }
}

const AMOUNT: Form = Form { fits: is_amount, is: "an amount such as `500m`, `2` or `1Gi`" };

/// The form of what stands for something, where Kubernetes itself holds texts to one.
fn form(format: Format) -> Option<Form> {
    let (fits, is): (fn(&str) -> bool, _) = match format {
        Format::Address => (|text| Ip::parse(text).is_ok(), "an address such as `10.0.0.1`"),
        Format::AddressOrHost => (|text| Ip::parse(text).is_ok() || is_long(text), "an address or the name of a host"),
        Format::Network => (|text| Cidr::parse(text).is_ok(), "a network such as `10.0.0.0/8`"),
        Format::Port | Format::PortName => {
            (is_port_name, "the name of a port: at most 15 of `a-z`, `0-9` and `-`, one of them a letter")
        }
        Format::Hostname => (is_long, "the name of a host: `a-z`, `0-9` and `-`, with dots between"),
        Format::WildcardHostname => {
            (|text| is_long(text.strip_prefix("*.").unwrap_or(text)), "the name of a host, perhaps with `*.` before it")
        }
        Format::ShortName | Format::ServiceName => (is_short, "at most 63 of `a-z`, `0-9` and `-`, no `-` at the ends"),
        Format::LongName => (is_long, "`a-z`, `0-9` and `-`, with dots between, at most 253"),
        Format::PathSegment => (is_segment, "a name without `/` and `%`"),
        Format::QualifiedName => (is_qualified, "a name such as `app` or `example.com/app`"),
        Format::LabelValue => {
            (is_word, "at most 63 letters, digits, `-`, `_` and `.`, a letter or a digit at the ends")
        }
        Format::DataKey => (is_key, "letters, digits, `-`, `_` and `.`"),
        Format::RelativePath => (is_below, "a path that stays below where it starts"),
        Format::NumberOrPercent => (is_share, "a number, or a share such as `25%`"),
        Format::Cpu | Format::Bytes => return Some(AMOUNT),
        _ => return None,
    };
    Some(Form { fits, is })
}

fn is_short(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.len() <= 63 && text.bytes().all(is_inner) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_long(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_short)
}

fn is_port_name(text: &str) -> bool {
    is_short(text) && text.len() <= 15 && !text.contains("--") && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

fn is_segment(text: &str) -> bool {
    !matches!(text, "." | "..") && !text.contains(['/', '%'])
}

fn is_word(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    text.len() <= 63 && text.bytes().all(is_inner) && is_end(text.bytes().next()) && is_end(text.bytes().next_back())
}

fn is_qualified(text: &str) -> bool {
    match text.split_once('/') {
        Some((prefix, name)) => is_long(prefix) && is_word(name),
        None => is_word(text),
    }
}

fn is_key(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= 253 && text.bytes().all(is_inner) && text != "." && !text.starts_with("..")
}

fn is_below(text: &str) -> bool {
    !text.starts_with('/') && text.split('/').all(|part| part != "..")
}

fn is_share(text: &str) -> bool {
    let digits = text.strip_suffix('%').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1.5`, `500m`, `2Gi`, `1e3`.
fn is_amount(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches('.').count() <= 1;
    let is_exponent = || {
        let power = unit.strip_prefix(['e', 'E']).map(|power| power.strip_prefix(['+', '-']).unwrap_or(power));
        power.is_some_and(|power| !power.is_empty() && power.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let units = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    is_number && (units.contains(&unit) || is_exponent())
}

#[cfg(test)]
mod tests {
    use super::{is_amount, is_port_name, is_qualified, is_share};

    #[test]
    fn knows_amounts() {
        for text in ["1", "1.5", ".5", "500m", "2Gi", "1e3", "1E-3", "-1", "+2k", "1E", "12Ei"] {
            assert!(is_amount(text), "{text}");
        }
        for text in ["", ".", "1.2.3", "1 Gi", "1GB", "1Kb", "e3", "1e", "0x10", "1gi"] {
            assert!(!is_amount(text), "{text}");
        }
    }

    #[test]
    fn knows_names() {
        assert!(is_port_name("http") && is_port_name("h2") && !is_port_name("8080") && !is_port_name("a--b"));
        assert!(!is_port_name("a-name-of-sixteen") && !is_port_name("-a") && !is_port_name("Http"));
        assert!(
            is_qualified("app") && is_qualified("example.com/App_1") && !is_qualified("a/b/c") && !is_qualified("/a")
        );
        assert!(is_share("25%") && is_share("3") && !is_share("%") && !is_share("a%"));
    }
}
