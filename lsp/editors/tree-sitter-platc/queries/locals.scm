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
  name: (identifier) @local.definition.var)

(function
  name: (identifier) @local.definition.function)

(parameter
  name: (identifier) @local.definition.parameter)

(for
  variable: (identifier) @local.definition.var)

(for_element
  variable: (identifier) @local.definition.var)

(schema
  name: (identifier) @local.definition.type)

(type_declaration
  name: (identifier) @local.definition.type)

(field
  name: (identifier) @local.definition.field)

(import
  alias: (identifier) @local.definition.import)

(identifier) @local.reference
