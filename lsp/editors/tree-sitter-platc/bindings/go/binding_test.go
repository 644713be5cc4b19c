package tree_sitter_platc_test

import (
	"testing"

	tree_sitter "github.com/smacker/go-tree-sitter"
	"github.com/tree-sitter/tree-sitter-platc"
)

func TestCanLoadGrammar(t *testing.T) {
	language := tree_sitter.NewLanguage(tree_sitter_platc.Language())
	if language == nil {
		t.Errorf("Error loading Platc grammar")
	}
}
