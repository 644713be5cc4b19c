-- nvim --headless -c 'luafile test/run.lua', with the plugin in `runtimepath`: whose files are, how they are indented, and that the
-- queries fit the grammar. `REPOSITORY` is this repository, `GRAMMAR` the folder of a compiled parser.

local failures = 0

local function check(what, wanted, got)
  if not vim.deep_equal(wanted, got) then
    failures = failures + 1
    io.stderr:write(what .. ': wanted ' .. vim.inspect(wanted) .. ', got ' .. vim.inspect(got) .. '\n')
  end
end

local repository = vim.env.REPOSITORY
vim.opt.runtimepath:prepend(vim.env.GRAMMAR)
local folder = vim.fn.tempname()
vim.fn.mkdir(folder .. '/platform/apps', 'p')

local function filetype(name, text)
  local path = folder .. '/' .. name
  vim.fn.writefile(vim.split(text, '\n'), path)
  vim.cmd.edit(path)
  return vim.bo.filetype
end

check('a script of Perl', 'perl', filetype('script.pl', '#!/usr/bin/perl\nuse strict;'))
check('another one', 'perl', filetype('module.pl', '# platc\nuse strict;'))
check('a file that documents itself', 'platc', filetype('documented.pl', '//! A platform.'))
check('a file that says so', 'platc', filetype('says.pl', '// platc\na: 1'))
check('a file that says something else', 'perl', filetype('else.pl', '// platcform\nmy $x;'))
vim.fn.writefile({}, folder .. '/platform/platc.toml')
check('a file of a platform', 'platc', filetype('platform/apps/web.pl', 'a: 1'))

-- What the formatter of platc wrote stays as it is.
local examples = vim.fn.glob(repository .. '/examples/*/*.pl', false, true)
check('there are examples', true, #examples > 10)
for _, path in ipairs(examples) do
  vim.cmd.edit(path)
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  vim.cmd('silent normal! gg=G')
  check('the indentation of ' .. path, before, vim.api.nvim_buf_get_lines(0, 0, -1, false))
  vim.cmd('edit!')
end

vim.cmd.edit(examples[1])
check('the grammar colours', true, vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil)
check('the grammar folds', 'v:lua.vim.treesitter.foldexpr()', vim.wo.foldexpr)
for _, name in ipairs({ 'highlights', 'folds', 'indents', 'locals', 'injections' }) do
  local fits, query = pcall(vim.treesitter.query.get, 'platc', name)
  check('the query ' .. name, { true, true }, { fits, query ~= nil })
end

vim.fn.delete(folder, 'rf')
io.stdout:write('nvim: ' .. (failures == 0 and 'ok' or failures .. ' failures') .. '\n')
vim.cmd(failures == 0 and 'qa!' or 'cquit')
