//! Which tree a text makes, and what the typed views read from it.

#![allow(clippy::panic, reason = "a test that finds no tree fails")]

mod common;

use common::{errors, outline};
use syntax::ast::{Documented, Expr, File, Item, LiteralKind, Member, Piece, Statement, View};
use syntax::{SyntaxKind, parse};

/// The tree of a text without errors.
fn check(text: &str, expected: &str) {
    let parsed = parse(text);
    assert_eq!(errors(&parsed), Vec::<String>::new(), "{text}");
    assert_eq!(outline(parsed.tree.root()), expected, "{text}");
}

/// The tree of the value of `x: ..`, its names and literals as they are written.
fn check_expr(text: &str, expected: &str) {
    let parsed = parse(&format!("x: {text}"));
    assert_eq!(errors(&parsed), Vec::<String>::new(), "{text}");
    let file = File::of(&parsed.tree);
    let Some(Item::Statement(Statement::Write(write))) = file.items().next() else { panic!("{text} is no write") };
    let Some(value) = write.value() else { panic!("{text} has no value") };
    assert_eq!(brackets(value), expected, "{text}");
}

/// An expression with brackets around each operation.
fn brackets(expr: Expr<'_>) -> String {
    let shown = |expr: Option<Expr<'_>>| expr.map_or_else(|| "?".to_owned(), brackets);
    match expr {
        Expr::Binary(binary) => {
            let op = binary.op_token().map_or("?", |token| token.text());
            format!("({} {op} {})", shown(binary.left()), shown(binary.right()))
        }
        Expr::Unary(unary) => format!("({:?} {})", unary.op(), shown(unary.operand()))
            .replace("Some(Not)", "not")
            .replace("Some(Negate)", "-"),
        Expr::Is(is) => {
            let not = if is.is_negated() { "not " } else { "" };
            format!("({} is {not}{})", shown(is.value()), is.ty().map_or("?", |ty| ty.node().text()))
        }
        Expr::Field(access) => {
            let dot = if access.is_optional() { "?." } else { "." };
            let field = access.field().and_then(|key| key.text()).unwrap_or_default();
            format!("({}{dot}{field})", shown(access.base()))
        }
        Expr::Index(index) => format!("({}[{}])", shown(index.base()), shown(index.index())),
        Expr::Call(call) => {
            let args: Vec<String> = call.args().map(|arg| shown(arg.value())).collect();
            format!("({}({}))", shown(call.callee()), args.join(", "))
        }
        Expr::With(with) => format!("({} with)", shown(with.base())),
        Expr::If(choice) => {
            format!("(if {} {} {})", shown(choice.condition()), shown(choice.then()), shown(choice.otherwise()))
        }
        Expr::Lambda(lambda) => format!("(=> {})", shown(lambda.body())),
        Expr::Paren(paren) => shown(paren.inner()),
        _ => expr.node().text().to_owned(),
    }
}

#[test]
fn operators_bind_as_in_the_table() {
    check_expr("a or b and c", "(a or (b and c))");
    check_expr("not a == b", "(not (a == b))");
    check_expr("not a and b", "((not a) and b)");
    check_expr("a + b * c - d", "((a + (b * c)) - d)");
    check_expr("a - b - c", "((a - b) - c)");
    check_expr("a ?? b ?? c", "(a ?? (b ?? c))");
    check_expr("a ?? b == c", "((a ?? b) == c)");
    check_expr("1..n + 1", "(1 .. (n + 1))");
    check_expr("x in 1..5", "(x in (1 .. 5))");
    check_expr("-a * b", "((- a) * b)");
    check_expr("- -a", "(- (- a))");
    check_expr("-a.b", "(- (a.b))");
    check_expr("a is not B and c is [D]", "((a is not B) and (c is [D]))");
    check_expr("a == not b", "(a == (not b))");
    check_expr("a and not b or c", "((a and (not b)) or c)");
}

#[test]
fn what_stands_behind_a_value_binds_tightest() {
    check_expr("a.b?.c[d](e, f: g).\"h i\"", "(((((a.b)?.c)[d])(e, g)).h i)");
    check_expr("a with { b: 1 } with { }", "((a with) with)");
}

#[test]
fn ifs_and_lambdas_take_all_that_follows() {
    check_expr("if a then b else c + 1", "(if a b (c + 1))");
    check_expr("if a then b else if c then d else e", "(if a b (if c d e))");
    check_expr("(a, b) => a + b", "(=> (a + b))");
    check_expr("() => 1", "(=> 1)");
    check_expr("(a) == b", "(a == b)");
    check_expr("1 + if a then b else c", "(1 + (if a b c))");
}

#[test]
fn lines_continue_where_they_can_only_continue() {
    check_expr("a\n  .b\n  + c\n  and d", "(((a.b) + c) and d)");
    check_expr("a +\n  b", "(a + b)");
    check_expr("(a\n  - b)", "(a - b)");
    check("x: a\ny: [b]", "(Write (KeyPath x) (NameExpr a)) (Write (KeyPath y) (List (NameExpr b)))");
    check("x: a\nelse: b", "(Write (KeyPath x) (NameExpr a)) (Write (KeyPath else) (NameExpr b))");
    check(
        "x: a\nin: b\nwith.y: 1",
        "(Write (KeyPath x) (NameExpr a)) (Write (KeyPath in) (NameExpr b)) (Write (KeyPath with.y) (Literal 1))",
    );
}

#[test]
fn keywords_are_names_where_only_a_name_can_stand() {
    check(
        "type: 1\nif: 2\nfor.in: 3",
        "(Write (KeyPath type) (Literal 1)) (Write (KeyPath if) (Literal 2)) (Write (KeyPath for.in) (Literal 3))",
    );
    check("test { let: 1 }", "(Block (KeyPath test) (Body (Write (KeyPath let) (Literal 1))))");
    check("service import { }", "(Block (KeyPath service) (EntryName import) (Body { }))");
    check("type http: 80", "(Entry (KeyPath type) (EntryName http) (Literal 80))");
    check("check daily { }", "(Block (KeyPath check) (EntryName daily) (Body { }))");
    check_expr("a.match.null", "((a.match).null)");
    check_expr("test + type", "(test + type)");
}

#[test]
fn statements_have_their_forms() {
    check("a.\"b\" c: d", "(Entry (KeyPath (String \"b\")) (EntryName c) (NameExpr d))");
    check("n.C \"x-\\(y)\" { }", "(Block (KeyPath n.C) (EntryName (String (Interpolation (NameExpr y)))) (Body { }))");
    check("if a { } else if b { } else { }", "(If (NameExpr a) (Body { }) (If (NameExpr b) (Body { }) (Body { })))");
    check("for k, v in xs if k { }", "(For (Name k) (Name v) (NameExpr xs) (NameExpr k) (Body { }))");
    check(
        "x: { a: 1, ...b }",
        "(Write (KeyPath x) (Record (Body (Write (KeyPath a) (Literal 1)) (Spread (NameExpr b)))))",
    );
    check("x: A.B { }", "(Write (KeyPath x) (Instance (Path A.B) (Body { })))");
}

#[test]
fn heads_leave_the_brace_to_the_body() {
    check("if a == B { }", "(If (Binary (NameExpr a) (NameExpr B)) (Body { }))");
    check(
        "for a in (B { c: 1 }).d { }",
        "(For (Name a) (FieldAccess (Paren (Instance (Path B) (Body (Write (KeyPath c) (Literal 1)))))) (Body { }))",
    );
    check(
        "x: match a { 1 => B { } }",
        "(Write (KeyPath x) (Match (NameExpr a) (Arm (LiteralType (Literal 1)) (Instance (Path B) (Body { })))))",
    );
}

#[test]
fn elements_tell_their_forms_apart() {
    check(
        "x: [if (a) => b, if (a) then b else c]",
        "(Write (KeyPath x) (List (IfElement (Paren (NameExpr a)) (NameExpr b)) (IfExpr (Paren (NameExpr a)) (NameExpr b) (NameExpr c))))",
    );
    check(
        "x: [for a in b => for c in d if e => ...f]",
        "(Write (KeyPath x) (List (ForElement (Name a) (NameExpr b) (ForElement (Name c) (NameExpr d) (NameExpr e) (SpreadElement (NameExpr f))))))",
    );
    check("x: [1\n-2]", "(Write (KeyPath x) (List (Literal 1) (Unary (Literal 2))))");
}

#[test]
fn types_have_their_forms() {
    check(
        "type T = A.B? | [C] where it > 0",
        "(TypeDecl (Name T) (WhereType (UnionType (OptionalType (NamedType (Path A.B))) (ListType (NamedType (Path C)))) (Binary (It it) (Literal 0))))",
    );
    check(
        "type T = (A, B) -> C",
        "(TypeDecl (Name T) (FunctionType (Params (NamedType (Path A)) (NamedType (Path B))) (NamedType (Path C))))",
    );
    check(
        "type T = (A | -1)",
        "(TypeDecl (Name T) (ParenType (UnionType (NamedType (Path A)) (LiteralType (Literal 1)))))",
    );
    check(
        "type T = { a?: B, String: C }",
        "(TypeDecl (Name T) (RecordType (TypeEntry (Name a) (NamedType (Path B))) (TypeEntry (Name String) (NamedType (Path C)))))",
    );
}

#[test]
fn literals_take_the_longest_match() {
    let kinds = [
        ("42", LiteralKind::Int),
        ("1_000", LiteralKind::Int),
        ("0x1f", LiteralKind::Int),
        ("0o600", LiteralKind::Int),
        ("0b1", LiteralKind::Int),
        ("0.5", LiteralKind::Float),
        ("1e9", LiteralKind::Float),
        ("1.5e-3", LiteralKind::Float),
        ("250m", LiteralKind::Quantity),
        ("32GiB", LiteralKind::Quantity),
        ("1h30m", LiteralKind::Quantity),
        ("0.5Gi", LiteralKind::Quantity),
        ("192.168.1.98", LiteralKind::Ip4),
        ("999.1.1.1", LiteralKind::Ip4),
        ("10.44.0.0/16", LiteralKind::Cidr4),
        ("fd00::1", LiteralKind::Ip6),
        ("::", LiteralKind::Ip6),
        ("::1", LiteralKind::Ip6),
        ("::ffff:10.0.0.1", LiteralKind::Ip6),
        ("1:2:3:4:5:6:7:8", LiteralKind::Ip6),
        ("fd00::/64", LiteralKind::Cidr6),
        ("2001:db8:0:0:0:0:0:0/32", LiteralKind::Cidr6),
        ("52:54:00:aa:bb:cc", LiteralKind::Mac),
        ("aa:bb:cc:dd:ee:ff", LiteralKind::Mac),
    ];
    for (text, kind) in kinds {
        let source = format!("x: {text}");
        let parsed = parse(&source);
        assert_eq!(errors(&parsed), Vec::<String>::new(), "{text}");
        let literals: Vec<_> = parsed.tree.nodes().filter_map(syntax::ast::Literal::cast).collect();
        let found: Vec<_> = literals.iter().map(|literal| (literal.text(), literal.kind())).collect();
        assert_eq!(found, [(text, kind)]);
    }
    check_expr("192.168.1.200..192.168.1.250", "(192.168.1.200 .. 192.168.1.250)");
    check_expr("1..5", "(1 .. 5)");
    check_expr("fd00::1..fd00::5", "(fd00::1 .. fd00::5)");
    check("dead: beef\nfe:cafe", "(Write (KeyPath dead) (NameExpr beef)) (Write (KeyPath fe) (NameExpr cafe))");
}

/// The pieces of the string in `x: ..`; interpolations are shown as `<text>`.
fn check_string(text: &str, expected: &[&str]) {
    let source = format!("x: {text}");
    let parsed = parse(&source);
    assert_eq!(errors(&parsed), Vec::<String>::new(), "{text}");
    let Some(string) = parsed.tree.nodes().find_map(syntax::ast::StringLit::cast) else {
        panic!("no string in {text}")
    };
    let pieces: Vec<String> = string
        .pieces()
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text, _) => text,
            Piece::Interpolation(expr) => {
                format!("<{}>", expr.map_or("", |expr| expr.node().text()))
            }
        })
        .collect();
    assert_eq!(pieces, expected, "{text}");
}

#[test]
fn strings_are_decoded() {
    check_string(r#""""#, &[]);
    check_string(r#""a\n\t\r\0\\\"\u{1F600}b""#, &["a\n\t\r\0\\\"\u{1F600}b"]);
    check_string(r#""a\(b)c\(d.e)""#, &["a", "<b>", "c", "<d.e>"]);
    check_string(r#""\(if a then "x \(y)" else ")")""#, &[r#"<if a then "x \(y)" else ")">"#]);
    check_string(r#""\(f((a)))""#, &["<f((a))>"]);
    check_string(r#"r"C:\n\(x)""#, &[r"C:\n\(x)"]);
}

#[test]
fn blocks_lose_their_indentation() {
    check_string("\"\"\"\n    a\n      b\n\n    c\n    \"\"\"", &["a\n  b\n\nc"]);
    check_string("\"\"\"\n    a\n  \"\"\"", &["  a"]);
    check_string("\"\"\"\n  a\n  b\"\"\"", &["a\nb"]);
    check_string("\"\"\"\n  \"\"\"", &[]);
    check_string("\"\"\"\n\n  \"\"\"", &[]);
    check_string("\"\"\"\n  a\n\n  \"\"\"", &["a\n"]);
    check_string("\"\"\"\r\n  a\r\n  b\r\n  \"\"\"", &["a\nb"]);
    check_string("\"\"\"\n  \\(a)\n    b\\(c)\n  \"\"\"", &["<a>", "\n  b", "<c>"]);
    check_string("\"\"\"\n  a \"\" \"b\"\n  \\\"\"\" \\t\n  \"\"\"", &["a \"\" \"b\"\n\"\"\" \t"]);
    check_string("r\"\"\"\n  \\(a)\n    \\n\n  \"\"\"", &["\\(a)\n  \\n"]);
    check_string("\"\"\"\n\ta\n\t\tb\n\t\"\"\"", &["a\n\tb"]);
}

#[test]
fn documentation_belongs_to_what_follows() {
    let parsed = parse(
        "//! file\n//! two\n\n/// one\n///  two\n///\n@a(1, b: 2)\n// plain\nschema S { /// nothing\n  /// field\n  a: Int\n}\n",
    );
    let file = File::of(&parsed.tree);
    assert_eq!(file.docs().as_deref(), Some("file\ntwo"));
    let Some(item @ Item::Schema(schema)) = file.items().next() else { panic!("no schema") };
    assert_eq!(item.docs().as_deref(), Some("one\n two\n"));
    assert_eq!(item.attributes().len(), 1);
    let member = schema.members().next();
    assert_eq!(member.and_then(Documented::docs).as_deref(), Some("field"));
}

#[test]
fn members_have_their_parts() {
    let text = "schema S is A.B in n: N {\n emit a?: T = 1\n b = 2\n emit each c: C\n d { }\n e.f: 3\n check a else \"b\"\n \"g h\": Int\n}";
    let parsed = parse(text);
    assert_eq!(errors(&parsed), Vec::<String>::new());
    let Some(Item::Schema(schema)) = File::of(&parsed.tree).items().next() else { panic!("no schema") };
    assert_eq!(schema.base().map(|path| path.text()).as_deref(), Some("A.B"));
    assert_eq!(schema.inside().and_then(|inside| inside.word()).map(|name| name.text()), Some("n"));
    let members: Vec<Member<'_>> = schema.members().collect();
    let kinds: Vec<SyntaxKind> = members.iter().map(|member| member.node().kind()).collect();
    use SyntaxKind::{Block, Check, Default, Each, Field, Write};
    assert_eq!(kinds, [Field, Default, Each, Block, Write, Check, Field]);
    let [Member::Field(field), ..] = members[..] else { panic!("no field") };
    assert!(field.is_emitted() && field.is_optional());
    assert_eq!(field.value().map(|value| value.node().text()), Some("1"));
}

#[test]
fn places_lead_back_to_the_tree() {
    let parsed = parse("a: b + 1\n");
    let tree = &parsed.tree;
    assert_eq!(tree.token_at(3).map(|token| token.text()), Some("b"));
    assert_eq!(tree.node_at(3).kind(), SyntaxKind::NameExpr);
    assert_eq!(tree.node_at(5).kind(), SyntaxKind::Binary);
    assert_eq!(tree.token_at(99).map(|token| token.text()), Some("\n"));
    assert_eq!(parse("").tree.token_at(0), None);
}
