-- Drives a second Neovim with keys, as a person would, and looks at what it shows.

local project, platc = vim.env.PROJECT, vim.env.PLATC
local checks = 0

local function fail(what)
  io.stderr:write('nvim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local child = vim.fn.jobstart({ vim.v.progpath, '--embed', '--headless', '--clean' }, { rpc = true })
vim.fn.rpcrequest(child, 'nvim_ui_attach', 120, 40, {})

local function lua(code, ...)
  return vim.fn.rpcrequest(child, 'nvim_exec_lua', code, { ... })
end

local function keys(text)
  vim.fn.rpcrequest(child, 'nvim_input', text)
end

-- Waits until a piece of Lua gives something true, and gives that.
local function see(what, code, ...)
  local arguments, seen = { ... }, nil
  local ok = vim.wait(120000, function()
    seen = lua(code, unpack(arguments))
    return seen ~= vim.NIL and seen ~= nil and seen ~= false
  end, 50)
  if not ok then
    fail(what .. ' is not seen\n' .. lua('return vim.inspect({ vim.api.nvim_buf_get_lines(0, 0, -1, false), vim.diagnostic.get(0) })'))
  end
  checks = checks + 1
  return seen
end

-- What is on the screen.
local SCREEN = [[
  vim.cmd('redraw')
  local lines = {}
  for row = 1, vim.o.lines do
    local line = {}
    for column = 1, vim.o.columns do line[column] = vim.fn.screenstring(row, column) end
    lines[row] = table.concat(line)
  end
  return table.concat(lines, '\n'):find(..., 1, true) ~= nil
]]
local function shown(text)
  see('on the screen: ' .. text, SCREEN, text)
end

local LINE = [[return vim.api.nvim_get_current_line() == ...]]
local TEXT = [[return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find(..., 1, true) ~= nil]]
local CLEAN = [[return vim.g.was_attached == 1 and #vim.diagnostic.get(0) == 0]]

-- A person opens a file of a project.
lua([[
  local platc, project = ...
  vim.o.hidden = true
  vim.cmd('edit ' .. project .. '/main.pl')
  vim.bo.filetype = 'platc'
  local config = {
    name = 'platc', cmd = { platc, 'lsp' }, root_dir = project,
    on_attach = function(_, buffer)
      vim.g.was_attached = 1
      vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
    end,
  }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    local id = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, id)
    vim.api.nvim_create_autocmd('BufEnter', { pattern = '*.pl', callback = function(event) vim.lsp.buf_attach_client(event.buf, id) end })
  end
]], platc, project)
see('the server', CLEAN)

-- A mistake is shown beside its line, and gone when it is undone.
keys('/cpu: 4<CR>Ccpu: "many"<Esc>')
see('one diagnostic', [[return #vim.diagnostic.get(0) == 1]])
shown('this must be a `Cpu`')
keys('u')
see('no diagnostic', CLEAN)

-- Fields are offered, and the one that is picked is written.
keys('/service music<CR>orepl<C-x><C-o>')
see('a menu', [[return vim.fn.pumvisible() == 1 or vim.api.nvim_get_current_line():find('replicas') ~= nil]])
keys('<C-y><Esc>')
see('the field that was picked', [[return vim.api.nvim_get_current_line():find('replicas') ~= nil]])
keys('u')

-- A word leads to where it stands, in this file and in another one.
keys('gg/(domain)<CR>l')
see('the use', [[return vim.api.nvim_get_current_line():find('photos', 1, true) ~= nil]])
lua('vim.lsp.buf.definition()')
see('the definition', LINE, 'let domain: Hostname = "home.example.net"')
keys('/k3s.Cluster<CR>wl')
see('the output', [[return vim.api.nvim_get_current_line():find('output home', 1, true) ~= nil]])
lua('vim.lsp.buf.definition()')
see('another file', [[return vim.api.nvim_buf_get_name(0):sub(-7) == '/k3s.pl']])
see('the schema', [[return vim.api.nvim_get_current_line():find('schema Cluster', 1, true) ~= nil]])
keys('<C-o>')
see('the way back', [[return vim.api.nvim_buf_get_name(0):sub(-8) == '/main.pl']])

-- What the pointer rests on is explained.
keys('gg/pool:<CR>')
see('the pool', [[return vim.api.nvim_get_current_line():find('pool:', 1, true) ~= nil]])
lua('vim.lsp.buf.hover()')
see('21 addresses in a window beside it', [[
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    local text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    if vim.api.nvim_win_get_config(window).relative ~= '' and text:find('21 addresses', 1, true) then return true end
  end
]])
keys('<Esc>gg')

-- Another name, everywhere at once.
keys('gg/domain:<CR>')
see('the declaration', [[return vim.api.nvim_get_current_line():find('let domain', 1, true) ~= nil]])
lua([[vim.lsp.buf.rename('zone')]])
see('the new name', TEXT, 'let zone: Hostname')
see('the new name where it is used', TEXT, 'photos.\\(zone)')
see('nothing of the old name', [[return not table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('domain', 1, true)]])
see('no diagnostic after it', CLEAN)

-- The one style.
keys('gg/let zone<CR>Clet zone:Hostname   =   "home.example.net"<Esc>')
see('the line as it was typed', TEXT, 'zone:Hostname')
-- Asked again where an older Neovim tells of its last edit behind the request, which calls that off.
see('the formatted line', [[
  if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync(nil, 10000) end
  return vim.fn.search('^let zone: Hostname = "home.example.net"$', 'n') > 0
]])

-- An emoji before an edit, and the same columns on both sides.
keys('gg/let zone<CR>O// 🦀 e\204\129 🦀<Esc>0f🦀x')
keys('/cpu: 4<CR>A + missing<Esc>')
see('the unknown name', [[
  local found = vim.diagnostic.get(0)
  return #found == 1 and vim.api.nvim_buf_get_lines(0, found[1].lnum, found[1].lnum + 1, false)[1]:sub(found[1].col + 1, found[1].end_col) == 'missing'
]])

-- It leaves in order.
lua('vim.lsp.stop_client(vim.lsp.get_active_clients and vim.lsp.get_active_clients() or vim.lsp.get_clients())')
see('no server', [[return #(vim.lsp.get_active_clients and vim.lsp.get_active_clients() or vim.lsp.get_clients()) == 0]])
print('nvim: ' .. checks .. ' sights\n')
vim.fn.jobstop(child)
vim.cmd('qall!')
