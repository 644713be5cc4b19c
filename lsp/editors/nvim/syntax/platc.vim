" Colours for a Neovim (or Vim) that has no parser for platc; with one, they come from the grammar.

if exists('b:current_syntax')
  finish
endif

syntax iskeyword @,48-57,_,-
syntax case match

syntax keyword platcConditional if then else match
syntax keyword platcRepeat for
syntax keyword platcInclude import as
syntax keyword platcStructure let type fn schema extend test each emit output
syntax keyword platcStatement check assert expect error with where
syntax keyword platcOperatorWord and or not in is
syntax keyword platcConstant null true false
syntax keyword platcSpecial self it
syntax keyword platcBuiltin Any Bool Bytes Cidr Cpu Duration Float Hostname Image Int IntRange Ip Ip4 Ip6 IpRange Mac Name Null Path
syntax keyword platcBuiltin Port PortRange Regex String Url Version

syntax match platcNumber /\v<\d[0-9_]*(\.\d+)?([eE][+-]?\d+)?\a*>/
syntax match platcAddress /\v<\d+(\.\d+){3}(\/\d+)?>/
syntax match platcAddress /\v<\x\x(:\x\x){5}>/
syntax match platcAddress /\v(\x+(:\x+)*)?::(\x+(:\x+)*)?(\/\d+)?/
syntax match platcType /\v<\u\w*>/
" A word is a key before a colon, and has no meaning there.
syntax match platcKey /\v<\h[A-Za-z0-9_-]*(\.\h[A-Za-z0-9_-]*)*\ze\??\s*:(:)@!/
syntax match platcBlock /\v^\s*\zs\h[A-Za-z0-9_.-]*\ze(\s+\S+)?\s*\{/ contains=platcConditional,platcRepeat,platcStructure
syntax match platcAttribute /\v\@\h[A-Za-z0-9_-]*/
syntax match platcComment /\v\/\/.*$/ contains=@Spell
syntax match platcDocumentation /\v\/\/(\/|!).*$/ contains=@Spell

syntax match platcEscape contained /\v\\([ntr0\\"]|u\{\x{1,6}\})/
syntax region platcInterpolation contained matchgroup=platcDelimiter start=/\\(/ end=/)/ contains=TOP
syntax region platcString start=/"/ skip=/\\"/ end=/"/ oneline contains=platcEscape,platcInterpolation,@Spell
syntax region platcString start=/"""/ end=/"""/ contains=platcEscape,platcInterpolation,@Spell
syntax region platcRaw start=/\<r"/ end=/"/ oneline
syntax region platcRaw start=/\<r"""/ end=/"""/

highlight default link platcConditional Conditional
highlight default link platcRepeat Repeat
highlight default link platcInclude Include
highlight default link platcStructure Keyword
highlight default link platcStatement Statement
highlight default link platcOperatorWord Operator
highlight default link platcConstant Constant
highlight default link platcSpecial Special
highlight default link platcBuiltin Type
highlight default link platcType Type
highlight default link platcBlock Type
highlight default link platcKey Identifier
highlight default link platcNumber Number
highlight default link platcAddress Constant
highlight default link platcAttribute PreProc
highlight default link platcComment Comment
highlight default link platcDocumentation SpecialComment
highlight default link platcEscape SpecialChar
highlight default link platcDelimiter Delimiter
highlight default link platcString String
highlight default link platcRaw String

let b:current_syntax = 'platc'
