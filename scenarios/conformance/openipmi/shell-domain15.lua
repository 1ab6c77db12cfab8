-- openipmish speaks IPMI 1.5 as well.
tags("client", "domain")

for _, kind in ipairs { "md5", "straight" } do
  test("with " .. kind, function()
    local mc = bmc "server-1u"
    mc:openipmi({ "mc info d(0.20)", "product_id: 0x101" }, { lan15 = kind }):ok()
    trace:none "RAKP 1"
  end)
end
