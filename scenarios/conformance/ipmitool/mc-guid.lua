-- "mc guid" shows the system's GUID, whose octets are written in the order that the
-- user names. IPMI v2.0, 20.8, 22.14.
tags("client", "device")

-- Groups of octets, "-" between; -4 is a group of four written last octet first.
local function text(octets, ...)
  local parts, at = {}, 1
  for i, size in ipairs { ... } do
    local group = octets:sub(at, at + math.abs(size) - 1)
    if size < 0 then group = group:reverse() end
    parts[i] = group:gsub(".", function(c) return ("%02x"):format(c:byte()) end)
    at = at + math.abs(size)
  end
  return table.concat(parts, "-")
end

local function shown(mc, how)
  return mc:ipmitool("mc guid " .. how):ok():fields()["System GUID"]
end

test("as IPMI, SMBIOS and RFC 4122 have it", function()
  local mc = bmc "server-1u"
  local guid = mc:system_guid()
  expect_eq(shown(mc, "ipmi"), text(guid:reverse(), 4, 2, 2, 2, 6))
  expect_eq(shown(mc, "smbios"), text(guid, -4, -2, -2, 2, 6))
  expect_eq(shown(mc, "rfc"), text(guid, 4, 2, 2, 2, 6))
end)

test("it finds out by itself how it is written", function()
  local mc = bmc "server-1u"
  local random = hex "66 55 44 33 22 11 ff 9e dd 4c bb aa 99 88 77 a6"   -- version 4
  mc:answer(0x06, 0x37, { data = random })
  local r = mc:ipmitool("mc guid"):ok()
  r:says "^System GUID   : a6778899%-aabb%-4cdd%-9eff%-112233445566$"
  r:says "^GUID Encoding : IPMI"
  r:says "^GUID Version  : Random"
  mc:answer(0x06, 0x37, { data = random:reverse() })
  mc:ipmitool("mc guid"):ok():says "^GUID Encoding : RFC4122"
end)

test("\"rfc4122\" is the same as \"rfc\"", { xfail = "ipmitool lists rfc4122 among its words, "
     .. "but knows only rfc; the other one goes by unnoticed, as auto" }, function()
  local mc = bmc "server-1u"
  local found = shown(mc, "rfc4122")
  expect_eq(trace:expect { "Get System GUID", answer = true, link = "clear" }.cc, 0)
  expect_eq(found, shown(mc, "rfc"))
end)
