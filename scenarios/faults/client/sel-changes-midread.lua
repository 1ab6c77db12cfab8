-- The log grows, or is cleared, while a client reads it: what was there is shown,
-- and a record that is gone (CBh) is an end like any. (sel-change-midread)
tags("client", "sel")

local function with_ten(at_fifth)
  local b, n = bmc "server-1u", 0
  for i = 1, 10 do b:sel_add(packet.sel_event { sensor = 0x30 + i }) end
  b:command(0x0a, 0x43, function(request)
    n = n + 1
    if n == 5 then spawn(function() at_fifth(b) end) end
    return request.original()
  end)
  return b
end

local function grow(b) b:sel_add(packet.sel_event { sensor = 0x77 }) end
local function clear(b) b:sel_clear() end

test("ipmitool: it grows", function()
  with_ten(grow):ipmitool("sel list"):ok():says("#0x77")
end)

test("FreeIPMI: it grows", function()
  with_ten(grow):freeipmi("ipmi-sel", "--quiet-cache"):ok():says("#119")
end)

test("ipmitool: it is cleared", function()
  with_ten(clear):ipmitool("sel list", { timeout = 5 }):ok()
end)

test("FreeIPMI: it is cleared", function()
  local b = with_ten(clear)
  local r = b:freeipmi("ipmi-sel", "--quiet-cache")
  trace:expect { "Get SEL Entry", cc = 0xcb }
  xfail "ipmi-sel ends with an internal IPMI error when the record it wants next is gone"
  r:ok()
end)
