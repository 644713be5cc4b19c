-- What the block under the cursor becomes, in a window beside it: written anew as the cursor moves and the text changes. A line on one
-- side lights up what belongs to it on the other, and `<CR>` in the preview leads to the source.

local platc = require('platc')

local M = {}

local space = vim.api.nvim_create_namespace('platc.preview')
local group = vim.api.nvim_create_augroup('platc.preview', { clear = true })
local PAUSE = 120

-- The one preview: its buffer, the buffer that it shows something of, and what it shows.
local preview, source, shown
local timer

local function window_of(buffer)
  return buffer and vim.fn.win_findbuf(buffer)[1]
end

local function mark(buffer, lines)
  vim.api.nvim_buf_clear_namespace(buffer, space, 0, -1)
  for _, line in ipairs(lines) do
    if line < vim.api.nvim_buf_line_count(buffer) then
      vim.api.nvim_buf_set_extmark(buffer, space, line, 0, { line_hl_group = 'CursorLine', hl_eol = true, priority = 50 })
    end
  end
end

local function reveal(buffer, line)
  local window = window_of(buffer)
  if window and line < vim.api.nvim_buf_line_count(buffer) then
    vim.api.nvim_win_set_cursor(window, { line + 1, 0 })
  end
end

--- Lights up, in the preview, what comes from the line of the cursor in the source.
local function link()
  local window = window_of(source)
  if not (window and window_of(preview) and shown) then
    return
  end
  local line = vim.api.nvim_win_get_cursor(window)[1] - 1
  local uri = vim.uri_from_bufnr(source)
  local lines = {}
  for _, one in ipairs(shown.lines) do
    if one.uri == uri and one.sourceLine == line then
      lines[#lines + 1] = one.line
    end
  end
  table.sort(lines)
  mark(source, {})
  mark(preview, lines)
  if lines[1] then
    reveal(preview, lines[1])
  end
end

--- Where the line of the cursor in the preview comes from, or the nearest line above it that has a place.
local function origin()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local found
  for _, one in ipairs(shown and shown.lines or {}) do
    if one.line <= line and (not found or one.line > found.line) then
      found = one
    end
  end
  return found
end

--- Lights up, in the source, where the line of the cursor in the preview comes from.
local function link_back()
  mark(preview, {})
  local found = origin()
  local buffer = found and vim.uri_to_bufnr(found.uri)
  if found and vim.api.nvim_buf_is_loaded(buffer) then
    mark(buffer, { found.sourceLine })
    reveal(buffer, found.sourceLine)
  end
end

local function go()
  local found = origin()
  if not found then
    return
  end
  local buffer = vim.uri_to_bufnr(found.uri)
  local window = window_of(buffer) or window_of(source)
  if window then
    vim.api.nvim_set_current_win(window)
  end
  vim.cmd("normal! m'")
  vim.bo[buffer].buflisted = true
  vim.api.nvim_win_set_buf(0, buffer)
  vim.api.nvim_win_set_cursor(0, { found.sourceLine + 1, 0 })
end

local function write(answer)
  shown = answer or { title = 'nothing comes of what is under the cursor', language = 'text', text = '', lines = {} }
  vim.bo[preview].modifiable = true
  vim.api.nvim_buf_set_lines(preview, 0, -1, false, vim.split((shown.text:gsub('\n$', '')), '\n', { plain = true }))
  vim.bo[preview].modifiable = false
  local filetype = ({ shellscript = 'bash', plaintext = 'text' })[shown.language] or shown.language
  if vim.bo[preview].filetype ~= filetype then
    vim.bo[preview].filetype = filetype
  end
  local window = window_of(preview)
  if window then
    vim.wo[window].winbar = (shown.title:gsub('%%', '%%%%'))
  end
  link()
end

local function refresh()
  local window = window_of(source)
  local client = source and platc.client(source)
  if not (window and window_of(preview) and client) then
    return
  end
  local question = vim.lsp.util.make_position_params(window, client.offset_encoding)
  platc.ask(client, 'platc/preview', question, source, function(answer)
    if window_of(preview) then
      write(answer)
    end
  end)
end

local function soon()
  timer = timer or vim.uv.new_timer()
  timer:start(PAUSE, 0, vim.schedule_wrap(refresh))
end

--- Opens the preview of the block under the cursor.
function M.open()
  if vim.bo.filetype ~= 'platc' then
    return vim.notify('a preview needs a platc file in front of you, with the cursor in a block', vim.log.levels.WARN)
  end
  if not platc.client(0) then
    return vim.notify('the server of platc is not running: see :checkhealth vim.lsp', vim.log.levels.WARN)
  end
  source = vim.api.nvim_get_current_buf()
  local window = vim.api.nvim_get_current_win()
  if not (preview and vim.api.nvim_buf_is_valid(preview)) then
    preview = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(preview, 'platc-preview:')
    vim.bo[preview].modifiable = false
    vim.keymap.set('n', '<CR>', go, { buffer = preview, desc = 'Go to the source of this line' })
    vim.keymap.set('n', 'gd', go, { buffer = preview, desc = 'Go to the source of this line' })
    vim.api.nvim_create_autocmd('CursorMoved', { group = group, buffer = preview, callback = link_back })
  end
  if not window_of(preview) then
    vim.cmd('botright vsplit')
    vim.api.nvim_win_set_buf(0, preview)
    vim.api.nvim_set_current_win(window)
  end
  vim.api.nvim_clear_autocmds({ group = group, event = { 'CursorMoved', 'CursorMovedI', 'TextChanged', 'TextChangedI' }, pattern = '*.pl' })
  vim.api.nvim_create_autocmd({ 'CursorMoved', 'CursorMovedI', 'TextChanged', 'TextChangedI' }, {
    group = group,
    pattern = '*.pl',
    callback = function(event)
      if vim.bo[event.buf].filetype == 'platc' and vim.bo[event.buf].buftype == '' and window_of(preview) then
        source = event.buf
        link()
        soon()
      end
    end,
  })
  refresh()
end

return M
