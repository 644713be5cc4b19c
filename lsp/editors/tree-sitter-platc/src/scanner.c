// Where a line ends a thing, and where the next line goes on with it.
//
// Knows what the first tokens of a line look like, and nothing of the grammar: the parser says where a `_newline` may stand, and
// everywhere else a line end is a blank. Keeps no state, so that a file can be parsed again from any place.

#include "tree_sitter/parser.h"

#include <string.h>

// `NEVER` stands in no rule. That the parser asks for it means that it looks for a place to go on after a mistake.
enum Token { NEWLINE, NEVER };

// The longest word that matters is `where`.
#define WORD 8

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; }

static bool starts_name(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static bool is_name(int32_t c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '-'; }

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

// Moves over a comment behind its first `/`; whether it was one.
static bool comment(TSLexer *lexer) {
  if (lexer->lookahead != '/') {
    return false;
  }
  while (lexer->lookahead != '\n' && !lexer->eof(lexer)) {
    advance(lexer);
  }
  return true;
}

// Whether `name` is followed by what makes it a key: `:` `.` `?` `=` `{`, and not by a longer token that begins like one.
static bool is_key(TSLexer *lexer, bool may_open) {
  while (is_blank(lexer->lookahead)) {
    advance(lexer);
  }
  int32_t first = lexer->lookahead;
  if (first == '{') {
    return !may_open;
  }
  if (first != ':' && first != '.' && first != '?' && first != '=') {
    return false;
  }
  advance(lexer);
  int32_t second = lexer->lookahead;
  switch (first) {
  case ':':
    return second != ':';
  case '.':
    return second != '.';
  case '?':
    return second != '.' && second != '?';
  default:
    return second != '=' && second != '>' && second != '~';
  }
}

// Whether a line that begins with a word goes on with the one before.
static bool word_continues(TSLexer *lexer) {
  static const char *const words[] = {"and", "or", "then", "else", "with", "is", "in", "where"};
  char word[WORD] = {0};
  unsigned length = 0;
  while (is_name(lexer->lookahead)) {
    if (length < WORD - 1) {
      word[length] = (char)lexer->lookahead;
    }
    length++;
    advance(lexer);
  }
  for (unsigned at = 0; at < sizeof words / sizeof words[0]; at++) {
    if (length == strlen(words[at]) && strcmp(word, words[at]) == 0) {
      bool may_open = strcmp(word, "with") == 0 || strcmp(word, "else") == 0;
      return !is_key(lexer, may_open);
    }
  }
  return false;
}

// Whether what comes next goes on with the line before, or closes what it stands in.
static bool continues(TSLexer *lexer) {
  int32_t first = lexer->lookahead;
  if (starts_name(first)) {
    return word_continues(lexer);
  }
  advance(lexer);
  int32_t second = lexer->lookahead;
  switch (first) {
  case '.':
    // `..` goes on, `...` is a statement.
    if (second == '.') {
      advance(lexer);
      return lexer->lookahead != '.';
    }
    return true;
  case '-':
    return second == '>';
  case ':':
    return second != ':';
  case '!':
    return second == '=';
  case '?': case '=': case '<': case '>': case '+': case '*': case '/': case '%': case '|':
  case ',': case ')': case ']': case '}':
    return true;
  default:
    return false;
  }
}

// Moves to the first token of a line that has one; whether there is one.
static bool next_token(TSLexer *lexer) {
  for (;;) {
    while (is_blank(lexer->lookahead) || lexer->lookahead == '\n') {
      advance(lexer);
    }
    if (lexer->eof(lexer)) {
      return false;
    }
    if (lexer->lookahead != '/') {
      return true;
    }
    advance(lexer);
    if (!comment(lexer)) {
      // A division, which goes on.
      return false;
    }
  }
}

void *tree_sitter_platc_external_scanner_create(void) { return NULL; }

void tree_sitter_platc_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_platc_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_platc_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_platc_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[NEWLINE]) {
    return false;
  }
  while (is_blank(lexer->lookahead)) {
    lexer->advance(lexer, true);
  }
  if (lexer->lookahead != '\n') {
    return false;
  }
  advance(lexer);
  lexer->mark_end(lexer);
  lexer->result_symbol = NEWLINE;
  return next_token(lexer) && !continues(lexer);
}
