-- A pattern comes before the extension, which is Perl's and Prolog's; where it says nothing, they decide as before.
vim.filetype.add({
  pattern = {
    ['.*%.pl'] = {
      function(path, buffer)
        return require('platc').filetype(path, buffer)
      end,
      { priority = 10 },
    },
  },
})
