-- ipmiconsole says why there is no console.
tags("client", "ipmiconsole", "errors")

local function says(words, options, prepare)
  test(words, function()
    local mc = bmc "server-1u"
    if prepare then prepare(mc) end
    mc:ipmiconsole("", options):expect(plain(words), 20)
  end)
end

says("username invalid", { user = "nobody" })
says("password invalid", { password = "wrong" })
says("k_g invalid", { kg = "not asked for" })
says("cipher suite id unavailable", { suite = 0 })
says("privilege level cannot be obtained for this user",
     { user = "monitor", password = "monitor", privilege = "admin" })
says("SOL unavailable", {}, function(mc) expect_cc(mc:cmd(0x0c, 0x21, { 1, 1, 0 })) end)
says("BMC Error", {}, function(mc) mc:answer(0x06, 0x48, { cc = 0xff }) end)
