[
  (body)
  (schema_body)
  (record_type)
  (match)
  (list)
  (arguments)
  (parameters)
  (string)
] @fold

; Comments and imports that follow each other fold as one.
(comment)+ @fold

(documentation)+ @fold

(import)+ @fold
