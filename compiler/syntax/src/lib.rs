//! Text to a syntax tree, and back to text: lexer, grammar, lossless tree, typed views and formatter.
//!
//! Knows nothing of meaning. Total: every text parses to a tree plus errors, and the tokens of the tree give the text back.
//!
//! Brackets, blocks and operators nest at most 200 deep and chains such as `a.b.c` and `a + b + c` have at most 400 links less
//! the depth at which they stand; what is deeper is one error. So no tree is deeper than about a thousand nodes, whatever the text.
//!
//! ```text
//! text -> lexer -> tokens -> grammar -> events -> build -> tree -> ast (typed views)
//!                                                               -> format
//! ```

pub mod ast;
mod build;
mod error;
mod format;
mod grammar;
mod habit;
mod kind;
mod lexer;
mod parse;
mod problem;
mod range;
mod recovery;
mod teach;
mod tokens;
mod toolkit;
mod tree;

pub use error::{Fix, SyntaxError};
pub use format::{format, format_tree};
pub use kind::SyntaxKind;
pub use parse::{Parse, parse};
pub use range::TextRange;
pub use tree::{Children, Element, Elements, Node, Token, Tree};
