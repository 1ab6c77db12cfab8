-- A BMC whose next record id leads back: a correct client ends at an id that it
-- has seen. What the installed ones do stands in client/. (sel-wrap)
tags "sel"

-- All records, each once, and whether the list came to an end of its own.
local function walk(console)
  local seen, list, id = {}, {}, 0
  repeat
    local r = expect_cc(console:cmd(0x0a, 0x43, string.pack("<I2I2BB", 0, id, 0, 0xff)))
    local this = r:le(3, 2)
    if seen[this] then return list, false end
    seen[this] = true
    list[#list + 1], id = this, r:le(1, 2)
  until id == 0xffff
  return list, true
end

local circles = {
  ["to the record itself"] = function(data) return data:sub(3, 4) .. data:sub(3) end,
  ["to the first record"] = function(data) return "\0\0" .. data:sub(3) end,
}

for where, bend in pairs(circles) do
  test("the last record leads back " .. where, function()
    local b = bmc "server-1u"
    for i = 1, 5 do b:sel_add(packet.sel_event { sensor = i }) end
    local count = #b:sel()
    b:command(0x0a, 0x43, function(request)
      local r = request.original()
      if r.cc == 0 and r.data:sub(1, 2) == "\xff\xff" then return 0, bend(r.data) end
      return r
    end)
    local list, ended = walk(b:connect())
    expect_eq({ #list, ended }, { count, false }, "each record once, and then it stops")
  end)
end
