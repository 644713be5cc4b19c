if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

vim.bo.commentstring = '// %s'
vim.bo.comments = '://!,:///,://'
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
-- A hyphen is part of a name.
vim.opt_local.iskeyword:append('-')
vim.bo.formatoptions = vim.bo.formatoptions:gsub('t', '') .. 'croql'

-- With a parser (`:TSInstall platc`, or one in `parser/`) the colours and folds come from the grammar, else from `syntax/platc.vim`.
if pcall(vim.treesitter.start) then
  vim.wo[0][0].foldmethod = 'expr'
  vim.wo[0][0].foldexpr = 'v:lua.vim.treesitter.foldexpr()'
  vim.wo[0][0].foldlevel = 99
end

vim.b.undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< iskeyword< formatoptions<'
  .. ' foldmethod< foldexpr< foldlevel<'
