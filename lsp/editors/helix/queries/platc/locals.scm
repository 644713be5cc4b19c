[
  (source_file)
  (body)
  (schema_body)
  (function)
  (lambda)
  (for)
  (for_element)
] @local.scope

(let
  name: (identifier) @local.definition)

(function
  name: (identifier) @local.definition)

(parameter
  name: (identifier) @local.definition)

(for
  variable: (identifier) @local.definition)

(for_element
  variable: (identifier) @local.definition)

(schema
  name: (identifier) @local.definition)

(type_declaration
  name: (identifier) @local.definition)

(field
  name: (identifier) @local.definition)

(import
  alias: (identifier) @local.definition)

(identifier) @local.reference
