-- show.lua - values for people: octets in hexadecimal, tables with their
-- fields, and nothing that differs from run to run.

local use = ...
local bytes = use "bytes"
local sandbox = use "sandbox"

local DEPTH_MAX = 5      -- of tables in tables
local ordered = { number = true, string = true, boolean = true }

local show

local function show_text(s)
  if s:find("[^%g \n\t]") then return bytes.show(s) .. " (octets)" end
  return (("%q"):format(s):gsub("\\\n", "\\n"):gsub("\\9", "\\t"))
end

-- The fields behind the list's, in their order; those whose keys have none are
-- counted.
local function show_fields(t, n, above, parts)
  local fields, others = {}, 0
  for k, value in next, t do
    if not ordered[type(k)] then others = others + 1
    elseif not (math.type(k) == "integer" and k >= 1 and k <= n) then fields[k] = value end
  end
  for k, value in sandbox.pairs(fields) do
    parts[#parts + 1] = ("%s = %s"):format(tostring(k), show(value, above))
  end
  if others > 0 then parts[#parts + 1] = ("and %d with other keys"):format(others) end
end

-- Any value; tables of the library by what they call themselves. above: the
-- tables that this one is in, and how many.
function show(v, above)
  if type(v) == "string" then return show_text(v) end
  if type(v) ~= "table" or sandbox.has_name(v) then return sandbox.tostring(v) end
  above = above or { depth = 0 }
  if above[v] or above.depth == DEPTH_MAX then return "{...}" end
  above[v], above.depth = true, above.depth + 1
  local parts, n = {}, #v
  for i = 1, n do parts[i] = show(rawget(v, i), above) end
  show_fields(v, n, above, parts)
  above[v], above.depth = nil, above.depth - 1
  if #parts == 0 then return "{}" end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

return show
