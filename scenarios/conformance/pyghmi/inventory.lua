-- pyghmi reads the inventories of the system and its parts.
tags("client", "fru")

test("the system's", function()
  local r = bmc "server-1u":pyghmi("print(bmc.get_inventory_of_component('System'))"):ok()
  r:says "SN1U000417"
  r:says "Example Systems"
end)

test("a power supply's", function()
  local r = bmc "server-1u":pyghmi("print(dict(bmc.get_inventory()))"):ok()
  r:says "PWS%-750P"
end)
