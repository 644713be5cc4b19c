-- What happens by itself: the server starts with the first platform, `platc:` names can be read, and there are two commands.

if vim.g.loaded_platc then
  return
end
vim.g.loaded_platc = true

local group = vim.api.nvim_create_augroup('platc', { clear = true })

if vim.g.platc_enable ~= false then
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = 'platc',
    callback = function(event)
      if vim.bo[event.buf].buftype == '' then
        return require('platc').start(event.buf)
      end
    end,
  })
end

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  -- With a slash, the pattern is held to the whole name.
  pattern = 'platc:/*',
  callback = function(event)
    require('platc.library').read(event.buf)
  end,
})

vim.api.nvim_create_user_command('PlatcPreview', function()
  require('platc.preview').open()
end, { desc = 'Show what the block under the cursor becomes' })

vim.api.nvim_create_user_command('PlatcGraph', function(command)
  require('platc.graph').open(command.args ~= '' and command.args or nil)
end, {
  desc = "Show the platform's graph in the browser",
  nargs = '?',
  complete = function()
    return { 'network', 'access', 'dependencies' }
  end,
})
