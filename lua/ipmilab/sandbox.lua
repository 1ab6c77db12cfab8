-- sandbox.lua - what a scenario sees of Lua: all that is deterministic.
--
-- The order of pairs() is that of the keys, sort() is stable, tostring() gives
-- no addresses, and chance and the clock are the lab's.

local use, core = ...
local M = {}

local rank = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
  local ta, tb = rank[type(a)], rank[type(b)]
  if ta ~= tb then return ta < tb end
  if ta == 3 then return not a and b end
  return a < b
end

-- A stable merge sort; less must not fail on equal elements.
local function sort(list, less)
  less = less or function(a, b) return a < b end
  local n, from, to = #list, list, {}
  local width = 1
  while width < n do
    for left = 1, n, 2 * width do
      local middle, right = math.min(left + width, n + 1), math.min(left + 2 * width, n + 1)
      local i, j = left, middle
      for k = left, right - 1 do
        if i < middle and (j >= right or not less(from[j], from[i])) then
          to[k], i = from[i], i + 1
        else
          to[k], j = from[j], j + 1
        end
      end
    end
    from, to = to, from == list and {} or from
    width = 2 * width
  end
  if from ~= list then
    for i = 1, n do list[i] = from[i] end
  end
end

local function sorted_keys(t)
  local keys = {}
  for k in next, t do
    if not rank[type(k)] then
      error(("pairs(): keys that are a %s have no order; keep such things in a list"):format(type(k)), 0)
    end
    keys[#keys + 1] = k
  end
  table.sort(keys, before)
  return keys
end

local function ordered_next(t, key)
  local keys = sorted_keys(t)
  if key == nil then return keys[1], t[keys[1]] end
  for i, k in ipairs(keys) do
    if k == key then return keys[i + 1], keys[i + 1] ~= nil and t[keys[i + 1]] or nil end
  end
  error("next(): no such key", 0)
end

local function ordered_pairs(t)
  local own = getmetatable(t)
  if own and own.__pairs then return own.__pairs(t) end
  local keys, i = sorted_keys(t), 0
  return function()
    local key, value
    repeat
      i = i + 1
      key = keys[i]
      if key == nil then return nil end
      value = t[key]
    until value ~= nil
    return key, value
  end, t, nil
end

local nameless = { table = true, ["function"] = true, thread = true, userdata = true }

-- What is shown by a text, or by a name, of its own.
local function has_name(v)
  local meta = getmetatable(v)
  return type(meta) == "table" and (meta.__tostring or meta.__name) ~= nil
end

local function plain_tostring(v)
  if not nameless[type(v)] then return tostring(v) end
  if not has_name(v) then return type(v) end
  local meta = getmetatable(v)
  return meta.__tostring and tostring(v) or tostring(meta.__name)
end

local function plain_format(format, ...)
  local args = table.pack(...)
  if type(format) == "string" and format:find("%%%-?%d*p") then
    error("format(): %p would show an address, which differs from run to run", 0)
  end
  for i = 1, args.n do
    if nameless[type(args[i])] then args[i] = plain_tostring(args[i]) end
  end
  return string.format(format, table.unpack(args, 1, args.n))
end

local function chance(from, to)
  if from == nil then return core.chance(1 << 53) / (1 << 53) end
  if to == nil then from, to = 1, from end
  if to < from then error("math.random(): the range is empty", 0) end
  return from + core.chance(to - from + 1)
end

local function copy(t, without)
  local new = {}
  for k, v in next, t do
    if not (without and without[k]) then new[k] = v end
  end
  return new
end

local function plain_setmetatable(t, meta)
  if type(meta) == "table" and rawget(meta, "__gc") ~= nil then
    error("__gc: when memory is collected is not determined; close things yourself", 0)
  end
  return setmetatable(t, meta)
end

local epoch = 1767225600    -- 2026-01-01T00:00:00Z, as the lab's

-- A fresh environment; say(text) takes what print() prints.
function M.environment(say)
  local env = {}
  for _, name in ipairs { "assert", "error", "getmetatable", "ipairs", "pcall", "rawequal",
                          "rawget", "rawlen", "rawset", "select", "tonumber", "type", "xpcall" } do
    env[name] = _G[name]
  end
  env._G = env
  env._VERSION = _VERSION
  env.next = ordered_next
  env.pairs = ordered_pairs
  env.tostring = plain_tostring
  env.setmetatable = plain_setmetatable
  env.print = function(...)
    local args = table.pack(...)
    for i = 1, args.n do
      args[i] = type(args[i]) == "string" and args[i] or use "show"(args[i])
    end
    say(table.concat(args, "\t"))
  end
  env.load = function(text, name, _, own)
    return load(text, name, "t", own or env)
  end
  env.coroutine = copy(coroutine)
  env.string = copy(string, { dump = true })
  env.string.format = plain_format
  env.table = copy(table)
  env.table.sort = sort
  env.math = copy(math, { randomseed = true })
  env.math.random = chance
  env.utf8 = copy(utf8)
  env.os = {
    time = function() return epoch + core.now() // 1000000000 end,
    clock = function() return core.now() / 1e9 end,
    date = function(format) return os.date("!" .. (format or "%c"):gsub("^!", ""), epoch + core.now() // 1000000000) end,
  }
  return env
end

-- Methods of strings are the sandbox's as well: ("%s"):format(t).
getmetatable("").__index = setmetatable({ format = plain_format }, { __index = string })

M.sort = sort
M.pairs = ordered_pairs
M.tostring = plain_tostring
M.has_name = has_name
return M
