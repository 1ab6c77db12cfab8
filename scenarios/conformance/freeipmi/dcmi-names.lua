-- The asset tag and the controller's identifier are kept by the BMC whatever
-- their length, in blocks of sixteen. DCMI v1.5, 6.4.2, 6.4.6.
tags("client", "ipmi-dcmi")

local function dcmi(mc, words) return mc:freeipmi("ipmi-dcmi", words, { privilege = "admin" }) end

local text = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ"

test("the asset tag", function()
  local mc = bmc "server-1u"
  dcmi(mc, "--get-asset-tag"):ok():says("^AT%-0417$")
  for _, length in ipairs { 1, 16, 17, 63 } do
    dcmi(mc, { "--set-asset-tag=" .. text:sub(1, length) }):ok()
    local block = expect_cc(mc:cmd(0x2c, 0x06, { 0xdc, 0, math.min(length, 16) }))
    expect_eq(block.data:sub(2), string.char(length) .. text:sub(1, math.min(length, 16)))
    dcmi(mc, "--get-asset-tag"):ok():says("^" .. plain(text:sub(1, length)) .. "$")
  end
  dcmi(mc, { "--set-asset-tag=" .. text }):fails("asset tag invalid length")
end)

test("the controller's identifier", function()
  local mc = bmc "server-1u"
  for _, length in ipairs { 1, 15, 16, 17, 40, 63 } do
    dcmi(mc, { "--set-management-controller-identifier-string=" .. text:sub(1, length) }):ok()
    dcmi(mc, "--get-management-controller-identifier-string"):ok()
      :says("^" .. plain(text:sub(1, length)) .. "$")
  end
end)
