/**
 * The grammar of platc for editors, after `spec/grammar.md` and `compiler/syntax`.
 *
 * It accepts everything that the compiler accepts, and a little more: what only the compiler can tell apart (two operators that do not
 * chain, a version without quotes) is the compiler's to report. Where lines end a thing and where they go on is decided by the scanner
 * in `src/scanner.c`, which gives a `_newline` only where the line that follows can not continue the one before.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

const POWER = {
  arrow: -1,
  branch: 0,
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  coalesce: 5,
  range: 6,
  sum: 7,
  product: 8,
  negate: 9,
  with: 10,
  postfix: 11,
};

// Words with a meaning in some places, and plain names everywhere else.

/** Those that may be a value or a type by themselves. */
const VALUE_WORDS = [
  'import', 'let', 'type', 'fn', 'schema', 'extend', 'test', 'assert', 'expect', 'error', 'each', 'emit', 'check',
];
/** Those that are a value of their own. */
const CONSTANT_WORDS = ['self', 'null', 'true', 'false', 'it'];
/** Those that only join values, so that they are names as keys alone. */
const JOINING_WORDS = [
  'as', 'is', 'in', 'if', 'then', 'else', 'for', 'match', 'with', 'where', 'and', 'or', 'not',
];

const hex = '[0-9a-fA-F]';
const ip4 = '[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+';
const groups = `${hex}+(:${hex}+)*`;
const eight = `${hex}+${`:${hex}+`.repeat(7)}`;
const ip6 = `(${hex}+(:${hex}+){0,8})?::(${groups}(:${ip4})?|${ip4})?|${eight}`;

module.exports = grammar({
  name: 'platc',

  word: $ => $.identifier,

  extras: $ => [/[ \t\r\n\f]/, $.comment, $.documentation],

  externals: $ => [$._newline, $._never],

  supertypes: $ => [$._statement, $._expression, $._type],

  conflicts: $ => [
    // `if shop { .. }`: the body of the `if`, or an instance of `shop`.
    [$._expression, $.instance],
    // `(a)`: a value, or the parameter of what follows.
    [$._value_name, $._name],
    // `let x`, `check x`, `for x`: a keyword, or the head of a block.
    [$.let, $._name],
    [$.for, $._name],
    [$.check, $._name],
    [$.assert, $._name],
    [$.if, $._name],
    [$.expect_error, $._name],
    [$.type_declaration, $._name],
    [$.function, $._name],
    [$.schema, $._name],
    [$.extend, $._name],
    [$.test, $._name],
    [$.import, $._name],
    [$.each, $._name],
    [$.each, $.field, $.default, $._name],
    [$.self, $._name],
    [$.it, $._name],
    [$.null, $._name],
    [$.true, $._name],
    [$.false, $._name],
    [$.field, $.key_path],
    [$.field, $.default, $._name],
  ],

  rules: {
    source_file: $ => entries($, $._item),

    _item: $ => seq(repeat($.attribute), choice(
      $.import,
      $.type_declaration,
      $.function,
      $.schema,
      $.extend,
      $.test,
      $._statement,
    )),

    attribute: $ => prec.right(seq('@', field('name', $._name), optional($.arguments))),

    // ---- declarations

    import: $ => prec.dynamic(2, prec.right(seq(
      'import',
      field('path', choice($.module, $.string)),
      optional(seq('as', field('alias', $._name))),
      optional(seq(':', field('type', $._some_type))),
    ))),

    module: $ => prec.right(seq($._name, repeat(seq('/', $._name)))),

    let: $ => prec.dynamic(2, seq(
      'let',
      field('name', $._name),
      optional(seq(':', field('type', $._some_type))),
      '=',
      field('value', $._expression),
    )),

    type_declaration: $ => prec.dynamic(2, seq('type', field('name', $._name), '=', field('type', $._some_type))),

    function: $ => prec.dynamic(2, seq(
      'fn',
      field('name', $._name),
      field('parameters', $.parameters),
      optional(seq('->', field('result', $._some_type))),
      '=',
      field('value', $._expression),
    )),

    parameters: $ => seq('(', entries($, $.parameter), ')'),

    parameter: $ => seq(
      field('name', $._name),
      optional(seq(':', field('type', $._some_type))),
      optional(seq('=', field('default', $._expression))),
    ),

    schema: $ => prec.dynamic(2, seq(
      'schema',
      field('name', $._name),
      optional($.base),
      optional($.inside),
      field('body', $.schema_body),
    )),

    base: $ => seq('is', $.path),

    inside: $ => seq('in', optional(seq(field('name', $._name), ':')), $.path),

    schema_body: $ => seq('{', entries($, $._member), '}'),

    _member: $ => seq(repeat($.attribute), choice($.field, $.default, $.each, $._statement)),

    field: $ => prec.dynamic(1, seq(
      optional('emit'),
      field('name', $._key),
      optional('?'),
      ':',
      field('type', $._some_type),
      optional(seq('=', field('default', $._expression))),
    )),

    default: $ => prec.dynamic(1, seq(optional('emit'), field('name', $._key), '=', field('value', $._expression))),

    each: $ => prec.dynamic(1, seq(
      optional('emit'), 'each', field('name', $._name), ':', field('type', $._some_type),
    )),

    extend: $ => prec.dynamic(2, seq('extend', field('target', $.key_path), field('body', $.body))),

    test: $ => prec.dynamic(2, seq('test', field('name', $.string), field('body', $.body))),

    // ---- statements

    body: $ => seq('{', entries($, $._attributed), '}'),

    _attributed: $ => seq(repeat($.attribute), $._statement),

    _statement: $ => choice(
      $.write,
      $.block,
      $.entry,
      $.let,
      $.if,
      $.for,
      $.spread,
      $.check,
      $.assert,
      $.expect_error,
    ),

    write: $ => seq(field('key', $.key_path), ':', field('value', $._expression)),

    block: $ => seq(field('head', $.key_path), optional(field('name', $._key)), field('body', $.body)),

    entry: $ => seq(field('head', $.key_path), field('name', $._key), ':', field('value', $._expression)),

    key_path: $ => seq($._key, repeat(seq('.', $._key))),

    _key: $ => choice($._name, $.string),

    if: $ => prec.dynamic(2, prec.right(seq(
      'if',
      field('condition', $._expression),
      field('then', $.body),
      optional(seq('else', field('else', choice($.body, $.if)))),
    ))),

    for: $ => prec.dynamic(2, seq(
      'for',
      variables($),
      'in',
      field('value', $._expression),
      optional(seq('if', field('condition', $._expression))),
      field('body', $.body),
    )),

    spread: $ => seq('...', $._expression),

    check: $ => prec.dynamic(1, seq(
      'check', field('condition', $._expression), 'else', field('message', $._expression),
    )),

    assert: $ => prec.dynamic(-1, seq('assert', field('condition', $._expression))),

    expect_error: $ => prec.dynamic(2, seq('expect', 'error', field('code', $.string), 'in', field('body', $.body))),

    // ---- expressions

    _expression: $ => choice(
      $.conditional,
      $.lambda,
      $.match,
      $.binary,
      $.unary,
      $.type_test,
      $.with,
      $.field_access,
      $.index,
      $.call,
      $.instance,
      $.record,
      $.list,
      $.parenthesized,
      $.string,
      $._literal,
      $._value_name,
      $.self,
      $.it,
      $.null,
      $.true,
      $.false,
    ),

    conditional: $ => prec.right(POWER.branch, seq(
      'if', field('condition', $._expression),
      'then', field('then', $._expression),
      'else', field('else', $._expression),
    )),

    lambda: $ => prec.right(POWER.arrow, seq(field('parameters', $.parameters), '=>', field('value', $._expression))),

    match: $ => seq('match', field('value', $._expression), '{', entries($, $.arm), '}'),

    arm: $ => seq(field('pattern', $._type), '=>', field('value', $._expression)),

    binary: $ => choice(
      ...[
        ['or', POWER.or],
        ['and', POWER.and],
        [choice('==', '!=', '<', '<=', '>', '>=', 'in'), POWER.compare],
        ['..', POWER.range],
        [choice('+', '-'), POWER.sum],
        [choice('*', '/', '%'), POWER.product],
      ].map(([operator, power]) => prec.left(/** @type {number} */ (power), seq(
        field('left', $._expression),
        field('operator', /** @type {any} */ (operator)),
        field('right', $._expression),
      ))),
      prec.right(POWER.coalesce, seq(
        field('left', $._expression), field('operator', '??'), field('right', $._expression),
      )),
    ),

    unary: $ => choice(
      prec(POWER.not, seq(field('operator', 'not'), field('value', $._expression))),
      prec(POWER.negate, seq(field('operator', '-'), field('value', $._expression))),
    ),

    type_test: $ => prec.left(POWER.compare, seq(
      field('value', $._expression), 'is', optional('not'), field('type', $._type),
    )),

    with: $ => prec.left(POWER.with, seq(field('value', $._expression), 'with', field('body', $.body))),

    field_access: $ => prec.left(POWER.postfix, seq(
      field('value', $._expression), choice('.', '?.'), field('field', $._key),
    )),

    index: $ => prec.left(POWER.postfix, seq(field('value', $._expression), '[', field('index', $._expression), ']')),

    call: $ => prec.left(POWER.postfix, seq(field('function', $._expression), field('arguments', $.arguments))),

    arguments: $ => seq('(', entries($, $.argument), ')'),

    argument: $ => seq(optional(seq(field('name', $._name), ':')), field('value', $._expression)),

    // In the head of a block the body is the block's.
    instance: $ => prec.dynamic(-1, seq(
      field('type', choice($._value_name, $.field_access)),
      field('body', $.body),
    )),

    record: $ => $.body,

    list: $ => seq('[', entries($, $._element), ']'),

    _element: $ => choice($._expression, $.spread, $.if_element, $.for_element),

    if_element: $ => prec.right(seq(
      'if', field('condition', $._expression), '=>', field('then', $._element),
      optional(seq('else', field('else', $._element))),
    )),

    for_element: $ => prec.right(seq(
      'for', variables($), 'in', field('value', $._expression),
      optional(seq('if', field('condition', $._expression))),
      '=>', field('element', $._element),
    )),

    parenthesized: $ => seq('(', $._expression, ')'),

    self: _ => 'self',
    it: _ => 'it',
    null: _ => 'null',
    true: _ => 'true',
    false: _ => 'false',

    // ---- types

    _some_type: $ => choice($._type, $.where_type),

    where_type: $ => prec.right(seq(field('type', $._type), 'where', field('condition', $._expression))),

    _type: $ => choice(
      $.union_type,
      $.optional_type,
      $.named_type,
      $.list_type,
      $.function_type,
      $.parenthesized_type,
      $.record_type,
      $.literal_type,
    ),

    union_type: $ => choice(
      prec.left(1, seq($._type, '|', $._type)),
      prec.left(1, seq('|', $._type)),
    ),

    optional_type: $ => prec(2, seq($._type, choice('?', '??'))),

    named_type: $ => $.path,

    path: $ => prec.right(seq(
      $._value_name,
      repeat(seq('.', $._name)),
    )),

    list_type: $ => seq('[', optional(seq(field('key', $._name), ':')), field('element', $._some_type), ']'),

    function_type: $ => prec.right(seq(
      '(', entries($, $._some_type), ')', '->', field('result', $._type),
    )),

    parenthesized_type: $ => seq('(', $._some_type, ')'),

    record_type: $ => seq('{', entries($, $.type_entry), '}'),

    type_entry: $ => seq(field('name', $._key), optional('?'), ':', field('type', $._some_type)),

    literal_type: $ => choice($._literal, $.string, seq('-', $._literal), $.true, $.false, $.null),

    // ---- names and literals

    _name: $ => choice(
      $.identifier,
      alias(choice(...VALUE_WORDS, ...CONSTANT_WORDS, ...JOINING_WORDS), $.identifier),
    ),

    _value_name: $ => choice($.identifier, alias(choice(...VALUE_WORDS), $.identifier)),

    identifier: _ => /[A-Za-z_][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*/,

    _literal: $ => choice($.integer, $.float, $.quantity, $.address, $.network, $.mac),

    integer: _ => /0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+/,
    float: _ => /[0-9][0-9_]*\.[0-9][0-9_]*([eE][+-]?[0-9]+)?|[0-9][0-9_]*[eE][+-]?[0-9]+/,
    quantity: _ => /[0-9][0-9_]*(\.[0-9]+)?[A-Za-z][A-Za-z0-9_]*/,
    mac: _ => new RegExp(`${hex}{2}${`:${hex}{2}`.repeat(5)}`),
    address: _ => new RegExp(`${ip4}|${ip6}`),
    network: _ => new RegExp(`(${ip4}|${ip6})/[0-9]+`),

    // ---- strings

    string: $ => choice(
      seq('"', repeat(choice(alias($._line_text, $.string_text), $.escape, $.interpolation)), token.immediate('"')),
      seq('"""', repeat(choice(alias($._block_text, $.string_text), $.escape, $.interpolation)),
        token.immediate('"""')),
      seq('r"', optional(alias($._raw_text, $.string_text)), token.immediate('"')),
      seq('r"""', optional(alias($._raw_block_text, $.string_text)), token.immediate('"""')),
    ),

    _line_text: _ => token.immediate(prec(1, /[^"\\\n]+/)),
    _block_text: _ => prec.right(repeat1(choice(token.immediate(prec(1, /[^"\\]+/)), token.immediate('"')))),
    _raw_text: _ => token.immediate(prec(1, /[^"\n]+/)),
    _raw_block_text: _ => prec.right(repeat1(choice(token.immediate(prec(1, /[^"]+/)), token.immediate('"')))),

    escape: _ => token.immediate(/\\([ntr0\\"]|u\{[0-9a-fA-F]{1,6}\})/),

    interpolation: $ => seq(token.immediate('\\('), $._expression, ')'),

    // ---- comments

    documentation: _ => token(choice(/\/\/\/([^\/\n][^\n]*)?/, /\/\/![^\n]*/)),
    comment: _ => token(/\/\/[^\n]*/),
  },
});

/** Things on lines of their own, or with commas between them. */
function entries($, entry) {
  return optional(seq(entry, repeat(seq(choice(',', $._newline), entry)), optional(',')));
}

/** `x` or `key, value`, of a `for`. */
function variables($) {
  return seq(field('variable', $._name), optional(seq(',', field('variable', $._name))));
}
