-- span.lua - spans of time: a number of seconds, or text with a unit.

local units = { ns = 1, us = 1e3, ms = 1e6, s = 1e9, m = 60e9, h = 3600e9, d = 86400e9 }

-- A span in whole nanoseconds: 1.5, "250ms", "1h 30m".
local function ns(span)
  if type(span) == "number" then
    if span ~= span or span < 0 or span > 9e9 then
      error(("a span of %s seconds; expected 0 and more"):format(span), 0)
    end
    return math.floor(span * 1e9 + 0.5)
  end
  if type(span) ~= "string" then
    error(("a span of time: found %s; expected seconds or text such as \"250ms\"")
      :format(type(span)), 0)
  end
  local total, rest = 0, span
  repeat
    local number, unit, more = rest:match("^%s*(%d+%.?%d*)%s*(%a+)%s*(.*)$")
    if not number or not units[unit] then
      error(("a span of time: found %q; expected a number with ns, us, ms, s, m, h or d")
        :format(span), 0)
    end
    total = total + tonumber(number) * units[unit]
    rest = more
  until rest == ""
  return math.floor(total + 0.5)
end

-- Nanoseconds for people: "1.25 s", "250 ms".
local function text(n)
  for _, unit in ipairs { { "s", 1e9 }, { "ms", 1e6 }, { "us", 1e3 } } do
    if n >= unit[2] then
      return (("%.6f"):format(n / unit[2]):gsub("%.?0+$", "")) .. " " .. unit[1]
    end
  end
  return n .. " ns"
end

return { ns = ns, text = text }
