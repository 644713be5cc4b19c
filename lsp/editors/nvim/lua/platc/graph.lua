-- The platform's graph, as a page in the browser.

local platc = require('platc')

local M = {}

function M.open(view)
  local buffer = vim.api.nvim_get_current_buf()
  local client = platc.client(buffer)
  if not client then
    return vim.notify('the server of platc is not running: see :checkhealth vim.lsp', vim.log.levels.WARN)
  end
  local question = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, view = view or 'network' }
  platc.ask(client, 'platc/graph', question, buffer, function(answer)
    if not answer then
      return vim.notify('there is nothing to draw: this file is no part of a platform that can be evaluated', vim.log.levels.WARN)
    end
    local path = vim.fn.tempname() .. '.html'
    vim.fn.writefile(vim.split(answer.html, '\n', { plain = true }), path)
    vim.ui.open(path)
  end)
end

return M
