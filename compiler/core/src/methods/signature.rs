//! How a method is called: `[T].map(f: (T) -> U) -> [U]`. Signatures are written as text in the tables and read once.
//!
//! Knows the notation; must not know which methods there are.

use crate::methods::pattern::Pattern;
use crate::symbol::Symbol;
use crate::ty::Scalar;

/// How a method is called and what it gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// What it is called on; `Any` for a function.
    pub receiver: Pattern,
    /// Its name.
    pub name: Symbol,
    /// What it takes, in the order in which arguments without a name are given.
    pub params: Vec<Parameter>,
    /// What it gives.
    pub result: Pattern,
    text: &'static str,
}

/// A parameter of a method.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What is taken.
    pub pattern: Pattern,
    /// Whether it may be left out; then the argument is absent or null.
    pub optional: bool,
}

impl Signature {
    /// The whole of it, as the reference shows it: `[T].map(f: (T) -> U) -> [U]`.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Reads a method's signature.
    pub fn parse(text: &'static str) -> Result<Signature, String> {
        let mut reader = Reader { text, rest: text };
        let receiver = reader.pattern()?;
        reader.expect(".")?;
        reader.call(receiver)
    }

    /// Reads a function's signature, which has no receiver.
    pub fn parse_function(text: &'static str) -> Result<Signature, String> {
        Reader { text, rest: text }.call(Pattern::Any)
    }
}

struct Reader {
    text: &'static str,
    rest: &'static str,
}

impl Reader {
    fn call(&mut self, receiver: Pattern) -> Result<Signature, String> {
        let name = self.word()?;
        self.expect("(")?;
        let mut params = Vec::new();
        while !self.take(")") {
            params.push(self.parameter()?);
            self.take(",");
        }
        self.expect("->")?;
        let result = self.pattern()?;
        if self.rest.is_empty() {
            let name = Symbol::new(name);
            Ok(Signature { receiver, name, params, result, text: self.text })
        } else {
            Err(format!("`{}` is left over in `{}`", self.rest, self.text))
        }
    }

    fn parameter(&mut self) -> Result<Parameter, String> {
        let name = self.word()?;
        let optional = self.take("?");
        self.expect(":")?;
        Ok(Parameter { name, pattern: self.pattern()?, optional })
    }

    fn pattern(&mut self) -> Result<Pattern, String> {
        let mut members = vec![self.optional()?];
        while self.take("|") {
            members.push(self.optional()?);
        }
        let first = members.remove(0);
        if members.is_empty() {
            return Ok(first);
        }
        members.insert(0, first);
        Ok(Pattern::Union(members))
    }

    fn optional(&mut self) -> Result<Pattern, String> {
        let pattern = self.atom()?;
        Ok(if self.take("?") { Pattern::Optional(Box::new(pattern)) } else { pattern })
    }

    fn atom(&mut self) -> Result<Pattern, String> {
        if self.take("[") {
            let element = self.pattern()?;
            self.expect("]")?;
            return Ok(Pattern::List(Box::new(element)));
        }
        if self.take("{") {
            return self.braces();
        }
        if self.take("(") {
            return self.function();
        }
        let word = self.word()?;
        match word.as_bytes() {
            b"each" => Ok(Pattern::Collection(Box::new(self.atom()?))),
            b"Any" => Ok(Pattern::Any),
            [letter @ b'A'..=b'Z'] => Ok(Pattern::Variable(letter - b'A')),
            _ => Scalar::named(word).map(Pattern::Exact).ok_or_else(|| format!("no type `{word}` in `{}`", self.text)),
        }
    }

    /// `{K: V}` if the first word is a type, else a record.
    fn braces(&mut self) -> Result<Pattern, String> {
        if self.rest.trim_start().starts_with(|first: char| first.is_ascii_uppercase()) {
            let key = self.pattern()?;
            self.expect(":")?;
            let value = self.pattern()?;
            self.expect("}")?;
            return Ok(Pattern::Map(Box::new(key), Box::new(value)));
        }
        let mut fields = Vec::new();
        while !self.take("}") {
            let name = self.word()?;
            self.expect(":")?;
            fields.push((Symbol::new(name), self.pattern()?));
            self.take(",");
        }
        Ok(Pattern::Record(fields))
    }

    fn function(&mut self) -> Result<Pattern, String> {
        let mut params = Vec::new();
        while !self.take(")") {
            params.push(self.pattern()?);
            self.take(",");
        }
        self.expect("->")?;
        Ok(Pattern::Function(params, Box::new(self.optional()?)))
    }

    fn word(&mut self) -> Result<&'static str, String> {
        let text = self.rest.trim_start();
        let end = text.find(|found: char| !(found.is_ascii_alphanumeric() || found == '-')).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        if word.is_empty() { Err(format!("a word is missing before `{rest}` in `{}`", self.text)) } else { Ok(word) }
    }

    fn take(&mut self, symbol: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(symbol);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, symbol: &str) -> Result<(), String> {
        if self.take(symbol) {
            Ok(())
        } else {
            Err(format!("`{symbol}` is missing before `{}` in `{}`", self.rest, self.text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::Bindings;
    use crate::ty::Ty;

    #[test]
    fn notation() -> Result<(), String> {
        let map = Signature::parse("[T].map(f: (T) -> U) -> [U]")?;
        assert_eq!((map.name.as_str(), map.params.len()), ("map", 1));
        assert_eq!(map.receiver, Pattern::List(Box::new(Pattern::Variable(19))));
        let slice = Signature::parse("String.slice(from: Int, to?: Int) -> String")?;
        assert_eq!(slice.params.iter().map(|parameter| parameter.optional).collect::<Vec<_>>(), [false, true]);
        let entries = Signature::parse("{K: V}.entries() -> [{ key: K, value: V }]")?;
        assert!(matches!(entries.result, Pattern::List(record) if matches!(*record, Pattern::Record(_))));
        let contains = Signature::parse("Cidr.contains(what: Ip | Cidr) -> Bool")?;
        assert!(matches!(&contains.params[0].pattern, Pattern::Union(members) if members.len() == 2));
        assert!(matches!(Signature::parse("each T.has(name: String) -> Bool")?.receiver, Pattern::Collection(_)));
        assert_eq!(Signature::parse_function("yaml(value: Any) -> String")?.params[0].pattern, Pattern::Any);
        Ok(())
    }

    #[test]
    fn mistakes_in_the_notation() {
        for text in ["[T].map", "[T.map() -> T", "Text.size() -> Int", "String.size() -> Int x", "String.() -> Int"] {
            assert!(Signature::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn how_a_checker_learns() -> Result<(), String> {
        let int = Ty::Scalar(Scalar::Int);
        let fold = Signature::parse("[T].fold(start: U, f: (U, T) -> U) -> U")?;
        let (start, function) = (&fold.params[0].pattern, &fold.params[1].pattern);
        let mut bindings = Bindings::default();
        fold.receiver.bind(&Ty::list(Ty::Scalar(Scalar::Cpu)), &mut bindings);
        assert_eq!(start.fill(&bindings), Ty::Never);
        start.bind(&int, &mut bindings);
        let Ty::Function(expected) = function.fill(&bindings) else {
            return Err("no function".into());
        };
        assert_eq!(expected.params, [int.clone(), Ty::Scalar(Scalar::Cpu)]);
        assert_eq!(expected.result, int);
        function.bind(&Ty::Function(expected), &mut bindings);
        assert_eq!(fold.result.fill(&bindings), int);
        Ok(())
    }
}
