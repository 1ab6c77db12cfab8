-- A sensor that is not there, does not scan, or has no reading yet has none to
-- show; the others are shown all the same. IPMI v2.0, 35.14.
tags("client", "ipmi-sensors")

local function reading(mc, words)
  local rows = mc:freeipmi("ipmi-sensors", "--quiet-cache --record-ids=4,5 " .. (words or ""))
                 :ok():table(true)
  return rows[1], rows[2]
end

local function only_inlet(mc, ...)
  local answer = { ... }
  mc:command(0x04, 0x2d, function(request)
    if request[1] == 1 then return table.unpack(answer) end
    return request.original()
  end)
end

for name, answer in pairs {
  ["not present"] = { 0xcb }, ["not in this state"] = { 0xd5 }, ["no answer from it"] = { 0xce },
  ["reading unavailable"] = { 0x00, hex "15 60 00" }, ["scanning is off"] = { 0x00, hex "15 00 00" },
} do
  test(name, function()
    local mc = bmc "server-1u"
    only_inlet(mc, table.unpack(answer))
    local inlet, exhaust = reading(mc)
    expect_eq({ inlet.Name, inlet.Reading, inlet.Event }, { "Inlet Temp", "N/A", "N/A" })
    expect_eq({ exhaust.Name, exhaust.Event }, { "Exhaust Temp", "'OK'" })
    expect_eq(reading(mc, "--ignore-not-available-sensors").Name, "Exhaust Temp")
  end)
end
