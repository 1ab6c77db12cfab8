-- ipmi-fru prints each inventory that a record tells of, area by area; and says
-- when there is none of a number. IPMI v2.0, 34; FRU information storage v1.0.
tags("client", "ipmi-fru")

local function print_fru(mc, words, options)
  return mc:freeipmi("ipmi-fru", "--quiet-cache " .. (words or ""), options)
end

test("all of them", function()
  local r = print_fru(bmc "server-1u"):ok()
  r:says("^FRU Inventory Device: Default FRU Device %(ID 00h%)$")
  r:says("^FRU Inventory Device: PSU1 FRU %(ID 01h%)$")
  r:says("^FRU Inventory Device: DIMM A1 FRU %(ID 02h%)$")
end)

test("chassis, board and product", function()
  local r = print_fru(bmc "server-1u", "-e 0"):ok()
  r:says("^  FRU Chassis Type: Rack Mount Chassis$")
  r:says("^  FRU Board Manufacturing Date/Time: 03/14/25 %- 09:30:00$")
  r:says("^  FRU Board Part Number: S1U%-MB1%-R02$")
  r:says("^  FRU Product Serial Number: SN1U000417$")
  r:says("^  FRU Management Access System Name: server%-1u$")
  r:lacks("PSU1")
end)

test("what a power supply can give", function()
  local r = print_fru(bmc "server-1u", "-e 1 -v"):ok()
  r:says("^  FRU Power Supply Overall Capacity: 750 Watts$")
  r:says("^  FRU Power Supply High End Input Voltage 2: 264000 mV$")
  r:says("^  FRU DC Output Maximum Current Draw: 62500 mA$")
end)

test("by IPMI 1.5", function()
  print_fru(bmc "server-1u", "-e 2", { lan15 = "md5" }):ok():says("FRU Board Product Name: DDR5 16GB$")
end)

test("without the records, the first alone", function()
  local r = bmc "server-1u":freeipmi("ipmi-fru", "--ignore-sdr-cache"):ok()
  r:says("FRU Product Name: Server 1U$")
  trace:none { "Get SDR" }
end)

test("a number that no record has", function()
  print_fru(bmc "server-1u", "-e 9"):says("device id not found")
end)
