(function
  value: (_) @function.inside) @function.around

(lambda
  value: (_) @function.inside) @function.around

(schema
  body: (schema_body) @class.inside) @class.around

(block
  body: (body) @class.inside) @class.around

(test
  body: (body) @test.inside) @test.around

(parameter) @parameter.inside

(argument) @parameter.inside

(write) @entry.around

(write
  value: (_) @entry.inside)

(comment)+ @comment.around

(documentation)+ @comment.around
