-- Neovim 0.11 and later read this for `vim.lsp.enable('platc')`.
return require('platc').server()
