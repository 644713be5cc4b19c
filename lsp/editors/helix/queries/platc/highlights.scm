; No two patterns match the same thing: which of two would win is not the same in every Helix.

; ---- names

(call
  function: (identifier) @function)

(call
  function: (field_access
    field: (identifier) @function.method))

(argument
  name: (identifier) @variable.parameter)

(parameter
  name: (identifier) @variable.parameter)

(let
  name: (identifier) @variable)

(function
  name: (identifier) @function)

(module
  (identifier) @namespace)

(import
  alias: (identifier) @namespace)

(attribute
  "@" @attribute
  name: (identifier) @attribute)

[
  (self)
  (it)
] @variable.builtin

; ---- keys and blocks

(write
  key: (key_path
    (identifier) @variable.other.member))

(field
  name: (identifier) @variable.other.member)

(default
  name: (identifier) @variable.other.member)

(each
  name: (identifier) @variable.other.member)

(type_entry
  name: (identifier) @variable.other.member)

(extend
  target: (key_path
    (identifier) @variable.other.member))

((block
  head: (key_path
    (identifier) @type))
  (#not-eq? @type "output"))

((entry
  head: (key_path
    (identifier) @type))
  (#not-eq? @type "output"))

((block
  head: (key_path
    (identifier) @keyword))
  (#eq? @keyword "output"))

((entry
  head: (key_path
    (identifier) @keyword))
  (#eq? @keyword "output"))

(block
  name: (identifier) @label)

(entry
  name: (identifier) @label)

; ---- types

(schema
  name: (identifier) @type)

(type_declaration
  name: (identifier) @type)

((path
  (identifier) @type)
  (#not-any-of? @type
    "Any" "Bool" "Bytes" "Cidr" "Cpu" "Duration" "Float" "Hostname" "Image" "Int" "IntRange" "Ip" "Ip4" "Ip6" "IpRange"
    "Mac" "Name" "Null" "Path" "Port" "PortRange" "Regex" "String" "Url" "Version"))

((path
  (identifier) @type.builtin)
  (#any-of? @type.builtin
    "Any" "Bool" "Bytes" "Cidr" "Cpu" "Duration" "Float" "Hostname" "Image" "Int" "IntRange" "Ip" "Ip4" "Ip6" "IpRange"
    "Mac" "Name" "Null" "Path" "Port" "PortRange" "Regex" "String" "Url" "Version"))

(instance
  type: (identifier) @type)

(instance
  type: (field_access
    field: (identifier) @type))

; ---- words

[
  "let"
  "type"
  "schema"
  "extend"
  "test"
] @keyword.storage.type

[
  "each"
  "emit"
] @keyword.storage.modifier

[
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
] @keyword.control.import

[
  "if"
  "then"
  "else"
  "match"
] @keyword.control.conditional

"for" @keyword.control.repeat

[
  "and"
  "or"
  "not"
  "in"
  "is"
] @keyword.operator

(null) @constant.builtin

[
  (true)
  (false)
] @constant.builtin.boolean

; ---- literals

(integer) @constant.numeric.integer

[
  (float)
  (quantity)
] @constant.numeric.float

[
  (address)
  (network)
  (mac)
] @constant

[
  "\""
  "\"\"\""
  "r\""
  "r\"\"\""
  (string_text)
] @string

(escape) @constant.character.escape

(interpolation
  "\\(" @punctuation.special)

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

(comment) @comment.line

(documentation) @comment.line.documentation
