; Later patterns win over earlier ones, as in Neovim and in Emacs.

; ---- names

(identifier) @variable

(field_access
  field: (identifier) @variable.member)

(call
  function: (identifier) @function.call)

(call
  function: (field_access
    field: (identifier) @function.method.call))

(argument
  name: (identifier) @variable.parameter)

(parameter
  name: (identifier) @variable.parameter)

(let
  name: (identifier) @variable)

(function
  name: (identifier) @function)

(module
  (identifier) @module)

(import
  alias: (identifier) @module)

(attribute
  "@" @attribute
  name: (identifier) @attribute)

; ---- keys and blocks

(write
  key: (key_path
    (identifier) @property))

(field
  name: (identifier) @property)

(default
  name: (identifier) @property)

(each
  name: (identifier) @property)

(type_entry
  name: (identifier) @property)

(extend
  target: (key_path
    (identifier) @property))

(block
  head: (key_path
    (identifier) @type))

(entry
  head: (key_path
    (identifier) @type))

(block
  name: (identifier) @label)

(entry
  name: (identifier) @label)

; What a platform gives out.
(block
  head: (key_path
    .
    (identifier) @keyword
    .)
  (#eq? @keyword "output"))

(entry
  head: (key_path
    .
    (identifier) @keyword
    .)
  (#eq? @keyword "output"))

; ---- types

(schema
  name: (identifier) @type)

(type_declaration
  name: (identifier) @type)

(path
  (identifier) @type)

(list_type
  key: (identifier) @variable.parameter)

(instance
  type: (identifier) @type)

(instance
  type: (field_access
    field: (identifier) @type))

((path
  .
  (identifier) @type.builtin
  .)
  (#any-of? @type.builtin
    "Any" "Bool" "Bytes" "Cidr" "Cpu" "Duration" "Float" "Hostname" "Image" "Int" "IntRange" "Ip" "Ip4" "Ip6" "IpRange" "Mac" "Name"
    "Null" "Path" "Port" "PortRange" "Regex" "String" "Url" "Version"))

; ---- words

[
  "let"
  "type"
  "schema"
  "extend"
  "test"
  "each"
  "emit"
  "with"
  "where"
  "check"
  "assert"
  "expect"
  "error"
] @keyword

"fn" @keyword.function

[
  "import"
  "as"
] @keyword.import

[
  "if"
  "then"
  "else"
  "match"
] @keyword.conditional

"for" @keyword.repeat

[
  "and"
  "or"
  "not"
  "in"
  "is"
] @keyword.operator

[
  (self)
  (it)
] @variable.builtin

(null) @constant.builtin

[
  (true)
  (false)
] @boolean

; ---- literals

(integer) @number

[
  (float)
  (quantity)
] @number.float

[
  (address)
  (network)
  (mac)
] @constant

(string) @string

(escape) @string.escape

(interpolation
  "\\(" @punctuation.special
  ")" @punctuation.special) @none

; ---- punctuation

[
  "="
  "=="
  "!="
  "<"
  "<="
  ">"
  ">="
  "+"
  "-"
  "*"
  "/"
  "%"
  ".."
  "..."
  "?"
  "??"
  "|"
  "=>"
  "->"
] @operator

[
  ","
  ":"
  "."
  "?."
] @punctuation.delimiter

[
  "{"
  "}"
  "["
  "]"
  "("
  ")"
] @punctuation.bracket

; ---- comments

(comment) @comment

(documentation) @comment.documentation
