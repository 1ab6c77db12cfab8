-- bytes.lua - octets: Lua strings, written and shown in hexadecimal.

local M = {}

-- hex("20 18 c8") or hex "2018C8": the octets. Spaces, commas and colons
-- between octets are skipped.
function M.hex(text)
  local digits = text:gsub("[%s,:]", "")
  if #digits % 2 == 1 or digits:find("[^%x]") then
    error(("found %q; expected pairs of hexadecimal digits"):format(text), 0)
  end
  return (digits:gsub("%x%x", function(pair) return string.char(tonumber(pair, 16)) end))
end

-- Octets in hexadecimal, with a space between two.
function M.show(octets)
  return (octets:gsub(".", function(c) return ("%02x "):format(c:byte()) end):gsub(" $", ""))
end

-- What a scenario may give where octets are wanted: a string of octets, a
-- table of numbers and strings, one number, or nil for none.
function M.of(value)
  if value == nil then return "" end
  if type(value) == "string" then return value end
  if type(value) == "number" then value = { value } end
  if type(value) ~= "table" then
    error(("octets: found a %s; expected a string or a table of numbers"):format(type(value)), 0)
  end
  local parts = {}
  for i, v in ipairs(value) do
    if type(v) == "string" then
      parts[i] = v
    elseif math.type(v) == "integer" and v >= 0 and v <= 255 then
      parts[i] = string.char(v)
    else
      error(("octet %d: found %s; expected a whole number, 0 to 255"):format(i, tostring(v)), 0)
    end
  end
  return table.concat(parts)
end

return M
