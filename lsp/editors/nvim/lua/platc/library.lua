-- The standard library and the Kubernetes API, as buffers that can be read and not written: names that begin with `platc:`.

local platc = require('platc')

local M = {}

--- Fills the buffer of a `platc:` name with the text that the server has for it.
function M.read(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  local client = platc.client()
  local answer = client and platc.ask_now(client, 'platc/text', { uri = name }, buffer)
  local text = answer and answer.text or ('// There is no ' .. name .. ' in this platc, or its server is not running.')
  vim.bo[buffer].modifiable = true
  vim.bo[buffer].readonly = false
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split((text:gsub('\n$', '')), '\n', { plain = true }))
  vim.bo[buffer].modified = false
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].readonly = true
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = 'platc'
  if client then
    vim.lsp.buf_attach_client(buffer, client.id)
  end
end

return M
