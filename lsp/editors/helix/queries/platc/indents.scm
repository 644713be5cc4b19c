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
] @indent

[
  "}"
  "]"
  ")"
] @outdent
