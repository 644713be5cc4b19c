//! The argument of `json_schema!`: JSON with calls in between, as tokens of Rust.

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

pub type Problem = String;

#[derive(Debug)]
pub enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    Text(String),
    Boolean,
    /// `gen.subschema_for::<PATH>()`, and the description that the field gives to it.
    Reference {
        path: String,
        doc: String,
    },
}

impl Json {
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Json::Text(text)) => Some(text),
            _ => None,
        }
    }
}

pub fn parse(tokens: TokenStream) -> Result<Json, Problem> {
    let mut tokens = tokens.into_iter().peekable();
    value(&mut tokens)
}

type Tokens = std::iter::Peekable<proc_macro2::token_stream::IntoIter>;

fn value(tokens: &mut Tokens) -> Result<Json, Problem> {
    match tokens.next() {
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Brace => object(&group),
            Delimiter::Bracket => array(&group),
            _ => reference(group.stream()),
        },
        Some(TokenTree::Literal(literal)) => Ok(Json::Text(text(&literal)?)),
        Some(TokenTree::Ident(word)) if word == "true" => Ok(Json::Boolean),
        Some(TokenTree::Ident(_)) => {
            let mut call = Vec::new();
            while let Some(token) =
                tokens.next_if(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
            {
                call.push(token);
            }
            reference(call.into_iter().collect())
        }
        other => Err(format!("not a value: {other:?}")),
    }
}

fn object(group: &Group) -> Result<Json, Problem> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut entries = Vec::new();
    while let Some(key) = tokens.next() {
        let TokenTree::Literal(key) = key else { return Err(format!("not a key: {key}")) };
        tokens.next(); // the colon
        entries.push((text(&key)?, value(&mut tokens)?));
        tokens.next(); // the comma
    }
    Ok(Json::Object(entries))
}

fn array(group: &Group) -> Result<Json, Problem> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut items = Vec::new();
    while tokens.peek().is_some() {
        items.push(value(&mut tokens)?);
        tokens.next(); // the comma
    }
    Ok(Json::Array(items))
}

/// Either the call alone, or a block that inserts a description into what the call gives.
fn reference(tokens: TokenStream) -> Result<Json, Problem> {
    let tokens = flat(tokens);
    let call = position(&tokens, "subschema_for").ok_or("not a reference")?;
    let path: String = tokens[call + 1..].iter().map(ToString::to_string).collect();
    let path = path.strip_prefix("::<").and_then(|rest| rest.split_once('>')).map(|(path, _)| path.to_string());
    let path = path.ok_or("a reference without a type")?;

    let doc = match position(&tokens, "insert") {
        Some(insert) => tokens[insert..].iter().filter_map(literal).nth(1).transpose()?.unwrap_or_default(),
        None => String::new(),
    };
    Ok(Json::Reference { path, doc })
}

/// All tokens, those of groups in their place and without what encloses them.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => flat(group.stream()),
            token => vec![token],
        })
        .collect()
}

fn position(tokens: &[TokenTree], word: &str) -> Option<usize> {
    tokens.iter().position(|token| matches!(token, TokenTree::Ident(ident) if ident == word))
}

fn literal(token: &TokenTree) -> Option<Result<String, Problem>> {
    match token {
        TokenTree::Literal(literal) => Some(text(literal)),
        _ => None,
    }
}

fn text(literal: &Literal) -> Result<String, Problem> {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Ok(text.value()),
        _ => Err(format!("not a text: {literal}")),
    }
}
