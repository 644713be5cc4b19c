//! The kinds of tokens and nodes, and sets of token kinds.
//!
//! Knows how a token looks (the patterns for logos) and nothing of how tokens combine.

use logos::Logos;

/// What a token or a node is.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "each name says what the kind is; the patterns beside them say the rest")]
pub enum SyntaxKind {
    // ---- trivia: the grammar never sees these
    #[regex(r"[ \t\r\x0c]+")]
    Space,
    #[regex(r"[ \t\r\x0c]*\n[ \t\r\x0c\n]*")]
    Newline,
    #[regex(r"//[^\n]*", allow_greedy = true)]
    Comment,
    /// `///`, told from a comment by the lexer.
    Doc,
    /// `//!`, told from a comment by the lexer.
    FileDoc,
    #[token("\u{feff}")]
    Bom,
    /// `#` and what follows: a comment of another language.
    #[regex(r"#[^\n]*", allow_greedy = true)]
    HashComment,
    /// `/* .. */`: a comment of other languages.
    #[regex(r"/\*([^*]|\*+[^*/])*\*+/")]
    BlockComment,
    BadCharacter,

    // ---- names and keywords; keywords are names wherever only a name can stand
    #[regex(r"[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*")]
    Ident,
    #[token("import")]
    ImportWord,
    #[token("as")]
    AsWord,
    #[token("let")]
    LetWord,
    #[token("type")]
    TypeWord,
    #[token("fn")]
    FnWord,
    #[token("schema")]
    SchemaWord,
    #[token("is")]
    IsWord,
    #[token("in")]
    InWord,
    #[token("extend")]
    ExtendWord,
    #[token("test")]
    TestWord,
    #[token("assert")]
    AssertWord,
    #[token("expect")]
    ExpectWord,
    #[token("error")]
    ErrorWord,
    #[token("each")]
    EachWord,
    #[token("emit")]
    EmitWord,
    #[token("check")]
    CheckWord,
    #[token("if")]
    IfWord,
    #[token("then")]
    ThenWord,
    #[token("else")]
    ElseWord,
    /// A name that other languages write for `else if`.
    #[token("elif")]
    #[token("elsif")]
    #[token("elseif")]
    ElifWord,
    #[token("for")]
    ForWord,
    #[token("match")]
    MatchWord,
    #[token("with")]
    WithWord,
    #[token("where")]
    WhereWord,
    #[token("and")]
    AndWord,
    #[token("or")]
    OrWord,
    #[token("not")]
    NotWord,
    #[token("self")]
    SelfWord,
    #[token("null")]
    NullWord,
    #[token("true")]
    TrueWord,
    #[token("false")]
    FalseWord,
    #[token("it")]
    ItWord,

    // ---- literals
    #[regex(r"[0-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+", priority = 20)]
    Int,
    #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*([eE][+-]?[0-9]+)?", priority = 20)]
    #[regex(r"[0-9][0-9_]*[eE][+-]?[0-9]+", priority = 20)]
    Float,
    /// A number directly followed by letters: `250m`, `1h30m`, `0.5Gi`.
    #[regex(r"[0-9][0-9_]*(\.[0-9]+)?[A-Za-z][A-Za-z0-9_]*", priority = 10)]
    Quantity,
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+")]
    Ip4,
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/[0-9]+")]
    Cidr4,
    #[regex(r"([0-9a-fA-F]+(:[0-9a-fA-F]+){0,8})?::([0-9a-fA-F]+(:[0-9a-fA-F]+)*(:[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)?|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)?", priority = 30)]
    #[regex(r"[0-9a-fA-F]+(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)", priority = 30)]
    Ip6,
    #[regex(r"([0-9a-fA-F]+(:[0-9a-fA-F]+){0,8})?::([0-9a-fA-F]+(:[0-9a-fA-F]+)*)?/[0-9]+", priority = 30)]
    #[regex(r"[0-9a-fA-F]+(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)(:[0-9a-fA-F]+)/[0-9]+", priority = 30)]
    Cidr6,
    #[regex(r"[0-9a-fA-F][0-9a-fA-F]:[0-9a-fA-F][0-9a-fA-F]:[0-9a-fA-F][0-9a-fA-F]:[0-9a-fA-F][0-9a-fA-F]:[0-9a-fA-F][0-9a-fA-F]:[0-9a-fA-F][0-9a-fA-F]", priority = 40)]
    Mac,
    /// `192.168.1.200-250`: a range written with a hyphen.
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+-[0-9]+(\.[0-9]+)*")]
    BadRange,
    /// `1.2.3`: a version without quotes.
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+([-+][A-Za-z0-9.+-]*[A-Za-z0-9])?")]
    BadVersion,
    /// `1.2.3.4.5`: too many groups for anything.
    #[regex(r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+(\.[0-9]+)+")]
    BadLiteral,
    /// Text in single quotes or backticks.
    #[regex(r"'[^'\n]*'|`[^`\n]*`")]
    BadQuotes,

    // ---- strings: an opening quote, pieces, a closing quote
    #[token("\"")]
    Quote,
    #[token("\"\"\"")]
    BlockQuote,
    #[token("r\"")]
    RawQuote,
    #[token("r\"\"\"")]
    RawBlockQuote,
    StringText,
    StringEscape,
    /// An escape that does not exist; its text stands for itself.
    BadEscape,
    InterpolationOpen,
    InterpolationClose,
    CloseQuote,

    // ---- punctuation
    #[token("{")]
    LeftBrace,
    #[token("}")]
    RightBrace,
    #[token("[")]
    LeftBracket,
    #[token("]")]
    RightBracket,
    #[token("(")]
    LeftParen,
    #[token(")")]
    RightParen,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(":")]
    Colon,
    #[token(".")]
    Dot,
    #[token("?.")]
    QuestionDot,
    #[token("..")]
    DotDot,
    #[token("...")]
    DotDotDot,
    #[token("=")]
    Equals,
    #[token("==")]
    EqualsEquals,
    #[token("!=")]
    NotEquals,
    #[token("<")]
    Less,
    #[token("<=")]
    LessEquals,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterEquals,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("%")]
    Percent,
    #[token("?")]
    Question,
    #[token("??")]
    QuestionQuestion,
    #[token("|")]
    Pipe,
    #[token("=>")]
    FatArrow,
    #[token("->")]
    Arrow,
    #[token("@")]
    At,
    /// `&&` (and `&`), `||`, `!`: operators of other languages, read as `and`, `or`, `not`.
    #[token("&&")]
    #[token("&")]
    AmpersandAmpersand,
    #[token("||")]
    PipePipe,
    #[token("!")]
    Exclamation,
    /// An operator that this language does not have.
    #[token("<>")]
    #[token("===")]
    #[token("!==")]
    #[token("=~")]
    #[token("<=>")]
    #[token("**")]
    #[token("^")]
    #[token("|>")]
    #[token(":=")]
    #[token("++")]
    #[token("+=")]
    #[token("-=")]
    #[token("*=")]
    #[token("/=")]
    ForeignOperator,

    // ---- nodes: declarations
    File,
    Attribute,
    Import,
    ImportPath,
    Let,
    TypeDecl,
    Fn,
    Params,
    Param,
    Schema,
    Base,
    Inside,
    SchemaBody,
    Field,
    Default,
    Each,
    Extend,
    Test,
    Name,
    Path,

    // ---- nodes: statements
    Body,
    Write,
    Block,
    Entry,
    If,
    For,
    Spread,
    Check,
    Assert,
    ExpectError,
    KeyPath,
    EntryName,

    // ---- nodes: expressions
    Literal,
    String,
    Interpolation,
    NameExpr,
    SelfRef,
    It,
    Null,
    True,
    False,
    List,
    Record,
    Instance,
    Paren,
    FieldAccess,
    Index,
    Call,
    Args,
    Arg,
    Unary,
    Binary,
    Is,
    IfExpr,
    Match,
    Arm,
    Lambda,
    With,
    SpreadElement,
    IfElement,
    ForElement,

    // ---- nodes: types
    NamedType,
    LiteralType,
    ListType,
    ParenType,
    FunctionType,
    RecordType,
    TypeEntry,
    OptionalType,
    UnionType,
    WhereType,

    /// Tokens that fit nowhere; an error names them.
    Garbage,
}

use SyntaxKind as K;

impl SyntaxKind {
    /// Whether the grammar skips this token.
    #[must_use]
    pub const fn is_trivia(self) -> bool {
        (self as u8) <= (K::BadCharacter as u8)
    }

    /// Whether this token can stand where a name is due: an identifier or a keyword.
    #[must_use]
    pub const fn is_name(self) -> bool {
        K::Ident as u8 <= self as u8 && self as u8 <= K::ItWord as u8
    }

    /// Whether this token is a keyword.
    #[must_use]
    pub const fn is_keyword(self) -> bool {
        !matches!(self, K::Ident | K::ElifWord) && self.is_name()
    }

    /// Whether this token is a literal of one token (not a string), broken ones included.
    #[must_use]
    pub const fn is_literal(self) -> bool {
        K::Int as u8 <= self as u8 && self as u8 <= K::BadQuotes as u8
    }

    /// Whether this token is a mistake by itself.
    #[must_use]
    pub const fn is_mistake(self) -> bool {
        matches!(
            self,
            K::BadRange
                | K::BadVersion
                | K::BadLiteral
                | K::BadQuotes
                | K::BadCharacter
                | K::HashComment
                | K::BlockComment
                | K::Semicolon
                | K::AmpersandAmpersand
                | K::PipePipe
                | K::Exclamation
                | K::ForeignOperator
        )
    }

    /// Whether this token opens a string.
    #[must_use]
    pub const fn is_quote(self) -> bool {
        K::Quote as u8 <= self as u8 && self as u8 <= K::RawBlockQuote as u8
    }
}

/// A set of token kinds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KindSet(u128);

impl KindSet {
    pub(crate) const fn of(kinds: &[SyntaxKind]) -> KindSet {
        let mut bits = 0;
        let mut at = 0;
        while at < kinds.len() {
            bits |= 1u128 << kinds[at] as u8;
            at += 1;
        }
        KindSet(bits)
    }

    pub(crate) const fn has(self, kind: SyntaxKind) -> bool {
        (kind as u8) < 128 && self.0 & (1u128 << kind as u8) != 0
    }
}
