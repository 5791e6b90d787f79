-- Cites each item of standard input (JSON: a list of {csl, locator}) twice under the style named as argument, and writes
-- for each {first, second, entry}, all lists of {text, italic}. Each item by itself, since a list is disambiguated.

local style = arg[1]

local function runs_of(inlines)
  local runs = {}
  local function add(text, italic) table.insert(runs, {text = text, italic = italic}) end
  local function walk(list, italic)
    for _, one in ipairs(list) do
      if one.t == 'Str' then add(one.text, italic)
      elseif one.t == 'Space' or one.t == 'SoftBreak' then add(' ', italic)
      elseif one.t == 'Emph' then walk(one.content, not italic)
      elseif one.t == 'Quoted' then
        local double = one.quotetype == 'DoubleQuote'
        add(double and '“' or '‘', italic)
        walk(one.content, italic)
        add(double and '”' or '’', italic)
      elseif one.t == 'Note' then walk(pandoc.utils.blocks_to_inlines(one.content), italic)
      elseif one.content then walk(one.content, italic)
      elseif one.text then add(one.text, italic) end
    end
  end
  walk(inlines, false)
  return runs
end

local function inlines_of(locator)
  local inlines = pandoc.Inlines{pandoc.Str ','}
  for word in locator:gmatch('%S+') do
    inlines:insert(pandoc.Space())
    inlines:insert(pandoc.Str(word))
  end
  return locator == '' and pandoc.Inlines{} or inlines
end

local results = {}
local path = os.tmpname() .. '.json'

-- By a file, since what pandoc reads into metadata loses dates in words.
local function write(text)
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
  return path
end

for _, case in ipairs(pandoc.json.decode(io.read('a'), false)) do
  local document = pandoc.Pandoc{}
  document.meta.bibliography = write(pandoc.json.encode({case.csl}))
  local function cited()
    local citation = pandoc.Citation(case.csl.id, 'NormalCitation', {}, inlines_of(case.locator))
    return pandoc.Para{pandoc.Cite({pandoc.Str '?'}, {citation})}
  end
  document.blocks = {cited(), cited()}
  document.meta.csl = style
  document.meta.lang = 'en-US'
  local blocks = pandoc.utils.citeproc(document).blocks
  table.insert(results, {
    first = runs_of(blocks[1].content),
    second = runs_of(blocks[2].content),
    entry = runs_of(pandoc.utils.blocks_to_inlines(blocks[3].content[1].content)),
  })
end
os.remove(path)
io.write(pandoc.json.encode(results))
