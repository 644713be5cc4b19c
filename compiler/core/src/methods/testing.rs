//! What the unit tests of the methods are written with: a host that knows functions by number, and short names for
//! values.

use crate::ir::{DataKind, Shape};
use crate::keys::{At, SourceFile, decl};
use crate::methods::{Host, Problem, find};
use crate::session::Database;
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty};
use crate::value::{Data, Item, Value};

/// What a function value of these tests does.
pub type Function = fn(&[Value]) -> Value;

/// A function value is the number of the function; numbers are equal across types, everything else as it is.
#[derive(Default)]
pub struct TestHost {
    functions: Vec<Function>,
    /// The steps that were taken.
    pub steps: u64,
}

impl Host for TestHost {
    fn call(&mut self, function: &Value, args: &[Value]) -> Value {
        let Value::Int(number) = function else {
            return Value::Error;
        };
        let function = usize::try_from(*number).ok().and_then(|number| self.functions.get(number));
        function.map_or(Value::Error, |function| function(args))
    }

    fn entries(&mut self, _: &Value) -> Vec<(Symbol, Value)> {
        vec![(Symbol::new("a-2"), Value::Int(2)), (Symbol::new("a-10"), Value::Int(10))]
    }

    fn equal(&mut self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Int(one), Value::Float(other)) | (Value::Float(other), Value::Int(one)) => *one as f64 == other.0,
            _ => one == other,
        }
    }

    fn spend(&mut self, steps: u64) -> Result<(), Problem> {
        self.steps = self.steps.saturating_add(steps);
        Ok(())
    }

    fn text(&mut self, value: &Value) -> Result<String, Problem> {
        match value {
            Value::Text(text) => Ok(text.to_string()),
            other => Ok(format!("{other:?}")),
        }
    }

    fn data_text(&mut self, value: &Value, yaml: bool) -> Result<String, Problem> {
        Ok(format!("{} {value:?}", if yaml { "yaml" } else { "json" }))
    }
}

/// A place; it means nothing.
pub fn at() -> At {
    thread_local! {
        static PLACE: At = {
            let db = Database::default();
            let file = SourceFile::new(&db, Symbol::new("main.pl"), 0, "".into(), Default::default());
            At { decl: decl(&db, file, None, Symbol::new(""), 0), node: 0 }
        };
    }
    PLACE.with(|place| *place)
}

/// A whole number.
pub fn int(number: i64) -> Value {
    Value::Int(number)
}

/// A text.
pub fn text(text: &str) -> Value {
    Value::text(text)
}

/// Null.
pub fn nothing() -> Value {
    Value::Null
}

/// A list of whole numbers.
pub fn ints(numbers: impl IntoIterator<Item = i64>) -> Value {
    Value::list(numbers.into_iter().map(Value::Int), at())
}

/// A list of texts.
pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Value {
    Value::list(texts.into_iter().map(Value::text), at())
}

/// A record or map.
pub fn data<const N: usize>(kind: DataKind, entries: [(&str, Value); N]) -> Value {
    let entries = entries.map(|(key, value)| (Symbol::new(key), Item { value, at: at() }));
    Value::Data(Data::new(Shape::of(kind), entries.into()).into())
}

/// The type that a checker would give to a value of these tests.
fn ty(value: &Value) -> Ty {
    match value {
        Value::Null => Ty::Null,
        Value::Bool(_) => Scalar::Bool.into(),
        Value::Int(_) => Scalar::Int.into(),
        Value::Float(_) => Scalar::Float.into(),
        Value::Text(_) => Scalar::String.into(),
        Value::Ip(_) => Scalar::Ip.into(),
        Value::Cidr(_) => Scalar::Cidr.into(),
        Value::IpRange(_) => Scalar::IpRange.into(),
        Value::IntRange(..) => Scalar::IntRange.into(),
        Value::Mac(_) => Scalar::Mac.into(),
        Value::PortRange(_) => Scalar::PortRange.into(),
        Value::Cpu(_) => Scalar::Cpu.into(),
        Value::Bytes(_) => Scalar::Bytes.into(),
        Value::Duration(_) => Scalar::Duration.into(),
        Value::List(items) => Ty::list(Ty::union(items.iter().map(|item| ty(&item.value)))),
        Value::Data(data) => Ty::map(Ty::union(data.entries.iter().map(|entry| ty(&entry.1.value)))),
        Value::Collection(..) => Ty::Collection(Ty::Any.into()),
        Value::Error => Ty::Never,
        Value::Instance(_) | Value::Function(_) => Ty::Error,
    }
}

/// Calls a method with values.
pub fn call<const N: usize>(receiver: Value, name: &str, args: [Value; N]) -> Result<Value, Problem> {
    call_on(&ty(&receiver), receiver, name, &args, &[])
}

/// Calls a method with functions.
pub fn call_with(receiver: Value, name: &str, functions: &[Function]) -> Result<Value, Problem> {
    let args: Vec<Value> = (0..functions.len() as i64).map(Value::Int).collect();
    call_on(&ty(&receiver), receiver, name, &args, functions)
}

/// Calls a method of a type that its value alone does not tell.
pub fn call_on(ty: &Ty, receiver: Value, name: &str, args: &[Value], functions: &[Function]) -> Result<Value, Problem> {
    let Some(method) = find(ty, name) else {
        return Err(Problem::new(format!("no method `{name}` of {ty:?}")));
    };
    let mut host = TestHost { functions: functions.to_vec(), steps: 0 };
    method.call(&mut host, &receiver, args, at())
}

/// A method gives this.
#[track_caller]
pub fn check<const N: usize>(receiver: Value, name: &str, args: [Value; N], gives: Value) {
    assert_eq!(call(receiver, name, args), Ok(gives), "`{name}`");
}

/// A method of a textual type gives this.
#[track_caller]
pub fn check_on<const N: usize>(scalar: Scalar, receiver: &str, name: &str, args: [Value; N], gives: Value) {
    let found = call_on(&scalar.into(), text(receiver), name, &args, &[]);
    assert_eq!(found, Ok(gives), "`{name}` of `{receiver}`");
}

/// A method is a problem whose message contains `reason`.
#[track_caller]
pub fn fails<const N: usize>(receiver: Value, name: &str, args: [Value; N], reason: &str) {
    match call(receiver, name, args) {
        Ok(value) => assert_eq!(format!("{value:?}"), format!("a problem that says: {reason}")),
        Err(problem) => assert!(problem.message.contains(reason), "expected `{reason}` in: {}", problem.message),
    }
}
