//! Declarations and the members of schemas.

use crate::kind::SyntaxKind as K;
use crate::recovery::{Entries, entries};
use crate::toolkit::{
    In, Rule, ahead, at, close, expect, first_of, missing, next_kind, node, optional, place, required, rule, second,
    seq, token, when,
};

use super::statement::{self, Place, declared_key, default_tail, each, eat_emit, field_tail};
use super::{Rules, attributes, look, name, params, path, required_here, required_name};

/// A whole file.
pub(super) fn file(rules: &Rules) -> Rule {
    let spec = Entries { close: None, starts: look::starts_statement, expected: "a declaration or a statement" };
    entries(spec, item(rules))
}

fn item(rules: &Rules) -> Rule {
    let attributes = attributes(rules);
    let tail = declaration(rules);
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&attributes)?;
        inp.state().start = start;
        statement::finish(inp, start, &tail)
    })
}

fn declaration(rules: &Rules) -> Rule {
    let import = import(rules);
    let type_decl = seq![token(K::TypeWord), required_name(), expect(K::Equals, "`=`"), rules.types.ty.clone()];
    let function = function(rules);
    let headless = schema(rules);
    let schema = seq![token(K::SchemaWord), headless.clone()];
    let extend = seq![token(K::ExtendWord), extend_path(rules), rules.block.clone()];
    let test = seq![token(K::TestWord), rules.types.string.clone(), rules.block.clone()];
    let statement = statement::tail(rules, Place::Body);
    rule(move |inp| {
        let start = inp.state().start;
        let (kind, tail) = match next_kind(inp) {
            K::ImportWord if names_something(inp) => (K::Import, &import),
            K::TypeWord if look::is_word_and_name(inp) && !look::opens_entry(inp) => (K::TypeDecl, &type_decl),
            K::FnWord if look::is_word_and_name(inp) && !look::opens_entry(inp) => (K::Fn, &function),
            K::SchemaWord if look::is_word_and_name(inp) => (K::Schema, &schema),
            K::ExtendWord if look::is_word_and_name(inp) => (K::Extend, &extend),
            K::TestWord if second(inp).is_quote() => (K::Test, &test),
            K::Ident if lacks_schema_word(inp) => {
                missing(inp, "the word `schema`");
                (K::Schema, &headless)
            }
            _ => return inp.parse(&statement),
        };
        inp.parse(tail)?;
        close(inp, kind, start);
        Ok(())
    })
}

/// Whether `Name is Name` comes, which can only be a schema.
fn lacks_schema_word(inp: &mut In) -> bool {
    second(inp) == K::IsWord && ahead(inp, 2).is_some_and(|tok| tok.kind == K::Ident)
}

fn names_something(inp: &mut In) -> bool {
    let next = second(inp);
    next.is_name() || next.is_quote()
}

/// `import std/k3s as k: [Row]`
fn import(rules: &Rules) -> Rule {
    let next = required(bare_name(), "a name");
    let more = rule(move |inp| {
        while at(inp, K::Slash) {
            inp.skip();
            inp.parse(&next)?;
        }
        Ok(())
    });
    let module = seq![bare_name(), more];
    let path = node(K::ImportPath, first_of![module, rules.types.string.clone()]);
    let alias = when(|inp| crate::toolkit::at_same_line(inp, K::AsWord), seq![token(K::AsWord), required_name()]);
    let ty = seq![token(K::Colon), rules.types.ty.clone()];
    seq![token(K::ImportWord), path, optional(alias), optional(ty)]
}

/// A name without a node of its own.
fn bare_name() -> Rule {
    rule(|inp| {
        if !inp.peek().is_some_and(|tok| tok.kind.is_name() && !tok.first_on_line) {
            return crate::toolkit::refuse();
        }
        inp.skip();
        Ok(())
    })
}

/// `fn name(a: T = v) -> T = expr`
fn function(rules: &Rules) -> Rule {
    let params = required(when(|inp| at(inp, K::LeftParen), params(rules)), "`(` and the parameters");
    let result = seq![token(K::Arrow), rules.types.ty.clone()];
    seq![token(K::FnWord), name(), params, optional(result), expect(K::Equals, "`=`"), rules.types.value.clone()]
}

/// `Name is Base in word: Path { .. }`
fn schema(rules: &Rules) -> Rule {
    let path = || required_here(path(), "the name of a schema");
    let base = node(K::Base, seq![token(K::IsWord), path()]);
    let word = when(look::starts_field, seq![name(), token(K::Colon)]);
    let inside = node(K::Inside, seq![token(K::InWord), optional(word), path()]);
    let spec = Entries { close: Some(K::RightBrace), starts: look::starts_statement, expected: "a member of a schema" };
    let members = node(K::SchemaBody, when(look::starts_body, entries(spec, member(rules))));
    seq![name(), optional(base), optional(inside), super::block(members)]
}

fn member(rules: &Rules) -> Rule {
    let attributes = attributes(rules);
    let each = each(rules);
    let emitted = emitted(rules);
    let statement = statement::tail(rules, Place::Schema);
    let tail = rule(move |inp| {
        let start = inp.state().start;
        let is_emitted = eat_emit(inp);
        if at(inp, K::EachWord) && look::is_word_and_name(inp) {
            inp.parse(&each)?;
            close(inp, K::Each, start);
            return Ok(());
        }
        inp.state().start = start;
        if is_emitted { inp.parse(&emitted) } else { inp.parse(&statement) }
    });
    rule(move |inp| {
        let start = place(inp);
        inp.parse(&attributes)?;
        inp.state().start = start;
        statement::finish(inp, start, &tail)
    })
}

/// What follows `emit`: a field or a default.
fn emitted(rules: &Rules) -> Rule {
    let key = declared_key(rules);
    let field = field_tail(rules);
    let default = default_tail(rules);
    rule(move |inp| {
        let start = inp.state().start;
        inp.parse(&key)?;
        let (kind, tail) = if at(inp, K::Equals) { (K::Default, &default) } else { (K::Field, &field) };
        inp.parse(tail)?;
        close(inp, kind, start);
        Ok(())
    })
}

/// `a.b."c"`
fn extend_path(rules: &Rules) -> Rule {
    let key = super::key(rules.types.string.clone());
    let next = required(key.clone(), "a name");
    node(
        K::KeyPath,
        rule(move |inp| {
            inp.parse(&key)?;
            while at(inp, K::Dot) {
                inp.skip();
                inp.parse(&next)?;
            }
            Ok(())
        }),
    )
}
