-- nvim --headless -c 'luafile test/server.lua', with the plugin in `runtimepath` and `platc` in `PATH`: the server starts by itself, a block
-- has its preview, and the standard library can be read. `REPOSITORY` is this repository.

local function fail(what)
  io.stderr:write(what .. '\n')
  vim.cmd('cquit')
end

local function wait(what, holds)
  if not vim.wait(120000, holds, 50) then
    fail('never: ' .. what)
  end
end

local function check(what, wanted, got)
  if not vim.deep_equal(wanted, got) then
    fail(what .. ': wanted ' .. vim.inspect(wanted) .. ', got ' .. vim.inspect(got))
  end
end

local function preview()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    local buffer = vim.api.nvim_win_get_buf(window)
    if vim.api.nvim_buf_get_name(buffer):find('platc%-preview:') then
      return buffer, window
    end
  end
end

local function marked(buffer)
  local space = vim.api.nvim_get_namespaces()['platc.preview']
  return vim.tbl_map(function(mark)
    return mark[2] + 1
  end, vim.api.nvim_buf_get_extmarks(buffer, space, 0, -1, {}))
end

local path = vim.env.REPOSITORY .. '/examples/guestbook/main.pl'
vim.cmd.edit(path)
local source = vim.api.nvim_get_current_buf()
wait('a server', function()
  local client = vim.lsp.get_clients({ bufnr = source })[1]
  return client and client.initialized
end)

-- `replicas: 2` of a deployment.
vim.api.nvim_win_set_cursor(0, { 53, 9 })
vim.cmd('PlatcPreview')
wait('a preview', function()
  local buffer = preview()
  return buffer and vim.api.nvim_buf_line_count(buffer) > 10
end)
local buffer, window = preview()
check('the language of the preview', 'yaml', vim.bo[buffer].filetype)
check('its first line', 'apiVersion: apps/v1', vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1])
check('what comes of the line', { 7 }, marked(buffer))
check('that it can be seen', 7, vim.api.nvim_win_get_cursor(window)[1])

-- The image, which a function gives.
vim.api.nvim_set_current_win(window)
vim.api.nvim_win_set_cursor(window, { 20, 3 })
vim.cmd('doautocmd CursorMoved')
check('where a line comes from', { 16 }, marked(source))
vim.api.nvim_feedkeys(vim.keycode('<CR>'), 'x', false)
check('the way there', { path, 16 }, { vim.api.nvim_buf_get_name(0), vim.api.nvim_win_get_cursor(0)[1] })

-- What is typed shows.
vim.api.nvim_win_set_cursor(0, { 53, 9 })
vim.api.nvim_buf_set_lines(source, 52, 53, false, { '        replicas: 3' })
vim.cmd('doautocmd TextChanged')
wait('a preview of what was typed', function()
  return vim.api.nvim_buf_get_lines(buffer, 6, 7, false)[1] == '  replicas: 3'
end)

-- `std/metallb`.
vim.api.nvim_win_set_cursor(0, { 3, 12 })
vim.lsp.buf.definition()
wait('a definition', function()
  return vim.api.nvim_buf_get_name(0) == 'platc:/std/metallb.pl'
end)
check('a document of the library', { 'platc', false }, { vim.bo.filetype, vim.bo.modifiable })
check('its text', true, vim.api.nvim_buf_line_count(0) > 100)

io.stdout:write('nvim with the server: ok\n')
vim.cmd('qa!')
