-- A line stands two blanks deeper for each bracket that the line before leaves open, and less for each that it closes first.

if vim.b.did_indent then
  return
end
vim.b.did_indent = true

--- How many brackets a line leaves open, brackets in strings and comments not counted.
local function opened(line)
  local code = line:gsub('\\%b()', ''):gsub('\\.', ''):gsub('"[^"]*"', ''):gsub('//.*', '')
  local open = 0
  for bracket in code:gmatch('[%[%](){}]') do
    open = open + (bracket:find('[%[({]') and 1 or -1)
  end
  -- What the line closes at its start was counted when it was indented itself.
  local closed = #(code:match('^%s*([%])}]*)') or '')
  return open + closed
end

function _G.platc_indent()
  local before = vim.fn.prevnonblank(vim.v.lnum - 1)
  if before == 0 then
    return 0
  end
  local width = vim.fn.shiftwidth()
  local steps = math.max(-1, math.min(1, opened(vim.fn.getline(before))))
  local closing = vim.fn.getline(vim.v.lnum):find('^%s*[%])}]') and 1 or 0
  return math.max(0, vim.fn.indent(before) + (steps - closing) * width)
end

vim.bo.indentexpr = 'v:lua.platc_indent()'
vim.bo.indentkeys = '0{,0},0),0],!^F,o,O'
vim.b.undo_indent = 'setlocal indentexpr< indentkeys<'
