-- A hundred BMCs of one machine are a hundred machines: each has a GUID, a MAC address and serial
-- numbers of its own, as tools that keep an inventory expect.
tags "fleet"

test("a hundred BMCs are told apart by GUID, MAC address and serial number", function()
  local seen = {}
  local function new(what, value)
    expect(not seen[what .. value], what .. " occurs twice")
    seen[what .. value] = true
  end
  for _, b in ipairs(fleet("server-1u", 100)) do
    new("GUID", b:system_guid())
    new("MAC address", b:lan_parameter(5))
    new("board serial number", expect_match(b:fru(0), "(MB1U%d+)"))
    new("product serial number", expect_match(b:fru(0), "(SN1U%d+)"))
  end
end)

test("what is of the model is the same in all", function()
  local first, model, records
  for _, b in ipairs(fleet("server-1u", 20)) do
    local id = b:device_id()
    first, model = first or id, model or expect_match(b:fru(0), "Server 1U")
    expect_eq(id, first)
    expect_match(b:fru(0), model)
    records = records or #b:sdrs()
    expect_eq(#b:sdrs(), records)
  end
end)
