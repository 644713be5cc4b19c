-- Whose a `.pl` file is, what a platform's root is, and which server is run.

local M = {}

M.markers = { 'platc.toml', 'platc.lock' }

--- Whether a first line says that a file is platc's: `//!`, which documents a file, or a comment that begins with `platc`.
function M.says_so(line)
  line = line:gsub('^\239\187\191', '')
  return line:find('^//!') ~= nil or line:find('^//%s*platc%f[^%w_]') ~= nil
end

--- The language of the `.pl` file at `path`: `platc`, or nil where others decide.
function M.filetype(path, buffer)
  if path:find('^platc:') or M.says_so(vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1] or '') then
    return 'platc'
  end
  local found = vim.fs.find(M.markers, { upward = true, path = vim.fs.dirname(vim.fs.normalize(path)), limit = 1 })
  return found[1] and 'platc' or nil
end

--- The server, as `vim.lsp.config` (0.11) and `vim.lsp.start` (0.10) want it.
function M.server()
  return {
    name = 'platc',
    cmd = { vim.g.platc_path or 'platc', 'lsp' },
    cmd_cwd = vim.env.HOME,
    filetypes = { 'platc' },
    root_markers = { 'platc.toml', 'platc.lock', '.git' },
    init_options = { rules = vim.g.platc_rules },
    settings = { platc = { rules = vim.g.platc_rules } },
  }
end

--- Starts the server for a buffer, and says once where there is none; the result is true where nothing is left to do for others.
function M.start(buffer)
  local server = M.server()
  if vim.fn.executable(server.cmd[1]) == 0 then
    local message = 'platc was not found: there is no `' .. server.cmd[1] .. '`; vim.g.platc_path can name it'
    vim.schedule(function()
      vim.notify_once(message, vim.log.levels.WARN)
    end)
    return
  end
  if vim.lsp.enable then
    vim.lsp.enable('platc')
    -- From here on Neovim starts it by itself.
    return true
  end
  server.root_dir = vim.fs.root(buffer, server.root_markers)
  vim.lsp.start(server, { bufnr = buffer })
end

--- The client of a buffer, or of any buffer where it has none.
function M.client(buffer)
  return vim.lsp.get_clients({ bufnr = buffer, name = 'platc' })[1] or vim.lsp.get_clients({ name = 'platc' })[1]
end

--- What a server answers when a document changed while it was read.
local CONTENT_MODIFIED = -32801

--- Asks the server, again where what it read changed meanwhile; `answered` gets the answer, or nil.
function M.ask(client, method, question, buffer, answered)
  local function done(problem, answer)
    if problem and problem.code == CONTENT_MODIFIED and vim.api.nvim_buf_is_valid(buffer) then
      return M.ask(client, method, question, buffer, answered)
    end
    answered(answer ~= vim.NIL and answer or nil)
  end
  if vim.fn.has('nvim-0.11') == 1 then
    return client:request(method, question, done, buffer)
  end
  return client.request(method, question, done, buffer)
end

--- Asks the server and waits.
function M.ask_now(client, method, question, buffer)
  local asked
  if vim.fn.has('nvim-0.11') == 1 then
    asked = client:request_sync(method, question, 5000, buffer)
  else
    asked = client.request_sync(method, question, 5000, buffer)
  end
  local answer = asked and asked.result
  return answer ~= vim.NIL and answer or nil
end

return M
