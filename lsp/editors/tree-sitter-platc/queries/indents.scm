[
  (body)
  (schema_body)
  (record_type)
  (match)
  (list)
  (list_type)
  (arguments)
  (parameters)
  (parenthesized)
] @indent.begin

[
  "}"
  "]"
  ")"
] @indent.end @indent.branch

; Text means what it says: no line of it is moved.
(string) @indent.ignore

[
  (comment)
  (documentation)
] @indent.ignore

(ERROR
  [
    "{"
    "["
    "("
  ]) @indent.begin
