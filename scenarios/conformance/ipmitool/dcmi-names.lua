-- "dcmi asset_tag" and "mc_id_string" are kept, long ones in parts. DCMI v1.5, 6.4.2
-- to 6.4.5.
tags("client", "dcmi")

-- A text of DCMI as the BMC has it, 16 octets at a time.
local function kept(mc, cmd)
  local text, total = "", 1
  while #text < total do
    local left = math.min(16, total - #text)
    local r = expect_cc(mc:cmd(0x2c, cmd, { 0xdc, #text, left }))
    total = r[2]
    text = text .. r.data:sub(3)
  end
  return text
end

test("an asset tag", function()
  local mc = bmc "server-1u"
  mc:ipmitool("dcmi asset_tag"):ok():says "Asset tag: AT%-0417"
  for _, tag in ipairs { "T1", "a-very-long-asset-tag-of-more-than-sixteen-bytes-000063" } do
    mc:ipmitool("dcmi set_asset_tag " .. tag):ok()
    expect_eq(kept(mc, 0x06), tag)
    mc:ipmitool("dcmi asset_tag"):ok():says("Asset tag: " .. plain(tag))
  end
  mc:ipmitool("dcmi set_asset_tag " .. ("x"):rep(65)):fails()
end)

test("a controller's name", function()
  local mc = bmc "server-1u"
  mc:ipmitool("dcmi get_mc_id_string"):ok():says "DCMI02005E001101"
  mc:ipmitool("dcmi set_mc_id_string rack-7-node-3"):ok()
  expect_match(kept(mc, 0x09), "^rack%-7%-node%-3%z?$")
  mc:ipmitool("dcmi get_mc_id_string"):ok():says "rack%-7%-node%-3"
end)
