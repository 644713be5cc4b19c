((comment) @injection.content
  (#set! injection.language "comment"))

((documentation) @injection.content
  (#set! injection.language "comment"))

; A text behind the name of a file: `"nginx.yaml": """ .. """`.
((write
  key: (key_path
    (string
      (string_text) @_name) .)
  value: (string
    (string_text) @injection.content))
  (#match? @_name "\\.sh$")
  (#set! injection.language "bash"))

((write
  key: (key_path
    (string
      (string_text) @_name) .)
  value: (string
    (string_text) @injection.content))
  (#match? @_name "\\.ya?ml$")
  (#set! injection.language "yaml"))

((write
  key: (key_path
    (string
      (string_text) @_name) .)
  value: (string
    (string_text) @injection.content))
  (#match? @_name "\\.toml$")
  (#set! injection.language "toml"))

((write
  key: (key_path
    (string
      (string_text) @_name) .)
  value: (string
    (string_text) @injection.content))
  (#match? @_name "\\.json$")
  (#set! injection.language "json"))

; Regular expressions.
((call
  function: (field_access
    field: (identifier) @_method)
  arguments: (arguments
    .
    (argument
      value: (string
        (string_text) @injection.content))))
  (#any-of? @_method "matches" "has-match" "find-all" "captures" "replace-matches")
  (#set! injection.language "regex"))
