-- lint.lua - what is wrong with a scenario that can be seen without playing it:
-- its grammar, names that nothing has made, and its outermost lines.

local use, core = ...
local suite = use "suite"
local M = {}

local keywords = {}
for word in ("and break do else elseif end false for function goto if in local nil not or " ..
             "repeat return then true until while"):gmatch("%a+") do
  keywords[word] = true
end

-- ---- tokens ----

local function place_of(text)
  local starts, from = { 1 }, 1
  for at in text:gmatch("()\n") do starts[#starts + 1] = at + 1 end
  return function(at)
    while starts[from + 1] and starts[from + 1] <= at do from = from + 1 end
    return from, at - starts[from] + 1
  end
end

-- The end of a long bracket that begins at a place, or nil.
local function long_end(text, at)
  local level = text:match("^%[(=*)%[", at)
  if not level then return nil end
  local _, last = text:find("]" .. level .. "]", at, true)
  return last or #text
end

local function string_end(text, at)
  local quote, i = text:sub(at, at), at + 1
  while i <= #text do
    local c = text:sub(i, i)
    if c == quote or c == "\n" then return i end
    i = i + (c == "\\" and 2 or 1)
  end
  return #text
end

-- What begins at a place: its kind ("name", "string", "number", "sign"; nil for
-- a comment) and its last octet.
local function token_at(text, at)
  local c = text:sub(at, at)
  if text:find("^%-%-", at) then
    return nil, long_end(text, at + 2) or (text:find("\n", at, true) or #text + 1) - 1
  end
  if c == '"' or c == "'" then return "string", string_end(text, at) end
  local last = long_end(text, at)
  if last then return "string", last end
  _, last = text:find("^[%a_][%w_]*", at)
  if last then return "name", last end
  _, last = text:find("^%.?%d[%w.]*", at)
  if last then return "number", last end
  for _, sign in ipairs { "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>" } do
    if text:sub(at, at + #sign - 1) == sign then return "sign", at + #sign - 1 end
  end
  return "sign", at
end

local function tokens_of(text)
  local list, place, at = {}, place_of(text), 1
  while true do
    at = text:find("%S", at)
    if not at then return list end
    local kind, last = token_at(text, at)
    if kind then
      local line, column = place(at)
      list[#list + 1] = { kind = kind, text = text:sub(at, last), line = line, column = column }
    end
    at = last + 1
  end
end

-- ---- names ----

local none = { kind = "sign", text = "" }

local function is_name(token) return token.kind == "name" and not keywords[token.text] end

-- Names behind "local" and "for", and what "(...)" of a function has: up to
-- whatever is no list of names. <const> is passed over.
local function take_names(tokens, i, made)
  while is_name(tokens[i] or none) do
    made[tokens[i].text] = true
    i = i + 1
    if (tokens[i] or none).text == "<" then i = i + 3 end
    if (tokens[i] or none).text ~= "," then return end
    i = i + 1
  end
end

local function take_function(tokens, i, made)
  if is_name(tokens[i] or none) then made[tokens[i].text] = true end
  while tokens[i] and tokens[i].text ~= "(" do
    if tokens[i].text == ":" then made.self = true end
    i = i + 1
  end
  take_names(tokens, i + 1, made)
end

-- Names that the file makes, anywhere. That is generous: whether the one meant
-- can be seen where it is used is not looked at.
local function names_made(tokens)
  local made = {}
  for i, token in ipairs(tokens) do
    if token.text == "function" then
      take_function(tokens, i + 1, made)
    elseif token.text == "local" or token.text == "for" then
      take_names(tokens, i + 1, made)
    elseif is_name(token) and (tokens[i + 1] or none).text == "=" then
      made[token.text] = true
    end
  end
  return made
end

-- True for a name that stands for a variable: no field, method, key or label.
local function is_variable(tokens, i)
  local before, after = tokens[i - 1] or none, tokens[i + 1] or none
  if not is_name(tokens[i]) then return false end
  return not (before.text == "." or before.text == ":" or before.text == "::"
              or before.text == "goto" or before.text == "<" and after.text == ">")
end

-- How many letters two words differ by; 3 stands for more than 2.
local function difference(a, b)
  if math.abs(#a - #b) > 2 then return 3 end
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local corner = row[0]
    row[0] = i
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j) and 0 or 1
      corner, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, corner + same)
    end
  end
  return math.min(row[#b], 3)
end

local function similar(name, ...)
  local best, distance = nil, math.min(3, #name)
  for _, names in ipairs { ... } do
    for known in use("sandbox").pairs(names) do
      local d = difference(name, known)
      if d < distance then best, distance = known, d end
    end
  end
  return best
end

local function look_at_names(tokens, found)
  local made, known, told = names_made(tokens), suite.environment(), {}
  for i, token in ipairs(tokens) do
    local name = token.text
    if is_variable(tokens, i) and not made[name] and known[name] == nil and not told[name]
       and name ~= "_ENV" then
      local meant = similar(name, made, known)
      told[name] = true
      found(token, ('found "%s"; expected %s'):format(name,
            meant and '"' .. meant .. '"?' or "a name of this file, or one of ipmilab-lua(3)"))
    end
  end
end

-- ---- grammar ----

-- The last token of a line that begins so.
local function token_on(tokens, line, text)
  local last = none
  for _, token in ipairs(tokens) do
    if token.line == line and token.text:sub(1, #text) == text then last = token end
  end
  return last
end

-- Lua says 'PATH:LINE: WHAT near TOKEN'.
local function look_at_grammar(tokens, path, text, found)
  local chunk, why = load(text, "@" .. path, "t", {})
  if chunk then return true end
  local line, what = why:sub(#path + 2):match("^(%d+): (.*)$")
  local words, near = what:match("^(.*) near (.*)$")
  local token = token_on(tokens, tonumber(line), (near or ""):match("^'(.*)'$") or "")
  local wanted, more = (words or what):match("^(.-) expected(.*)$")
  found({ line = tonumber(line), column = token.column or 1 },
        not near and what
        or ("found %s; %s"):format(near == "<eof>" and "the end of the file" or near,
                                   wanted and "expected " .. wanted .. more or words))
  return false
end

--- Look at a scenario file without playing its tests.
---@param path string for messages
---@param text string its text
---@return table[] a list of {line, column, message}, in the order of the file
function M.inspect(path, text)
  local list, tokens = {}, tokens_of(text)
  local function found(place, message)
    list[#list + 1] = { line = place.line, column = place.column, message = message }
  end
  if not look_at_grammar(tokens, path, text, found) then return list end
  look_at_names(tokens, found)
  if #list > 0 then return list end
  local tests, why = suite.collect(path, text)
  if not tests then
    found({ line = tonumber((why.where or ""):match(":(%d+)$")) or 0, column = 1 }, why.message)
  end
  return list
end

return M
