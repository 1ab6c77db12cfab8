-- A session that is not used ends after a minute, give or take three seconds.
-- IPMI v2.0, 6.12.15.
tags("session", "slow", "waits")

for _, kind in ipairs { "RMCP+", "IPMI 1.5" } do
  local options = kind == "IPMI 1.5" and { lan15 = "md5" } or {}

  test(("a session of %s lives for 56 seconds without a word"):format(kind), function()
    local session = target():wire():session(options)
    for _ = 1, 3 do
      sleep(56)
      expect_cc(session:cmd(0x06, 0x01), 0x00, "each word begins a new minute")
    end
  end)

  test(("a session of %s ends after 64 seconds without a word"):format(kind), function()
    local session = target():wire():session(options)
    sleep(64)
    expect_silence(session:cmd(0x06, 0x01))
  end)
end
