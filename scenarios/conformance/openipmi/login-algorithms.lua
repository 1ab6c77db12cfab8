-- OpenIPMI's programs log in with the algorithms of RMCP+ that they are told.
tags("client", "session")

local function ask(mc, auth, integrity, confidentiality)
  local at = mc:login()
  local p = start { "openipmicmd", "-k", "0f 00 06 01", "lan", "-U", "ADMIN", "-P", "ADMIN",
                    "-p", at.port, "-A", "rmcp+", "-Ra", auth, "-Ri", integrity,
                    "-Rc", confidentiality, at.host }
  trace:wait({ "RAKP 4", direction = "from bmc" }, 10)
  return p
end

for _, way in ipairs { { "rakp_hmac_sha1", "hmac_sha1", "aes_cbc_128" },
                       { "rakp_hmac_sha1", "hmac_sha1", "none" },
                       { "rakp_hmac_sha1", "none", "none" },
                       { "rakp_hmac_md5", "md5", "none" } } do
  test(table.concat(way, ", "), function()
    ask(bmc "server-1u", table.unpack(way)):expect "0f 07 00 01 00 20 "
  end)
end

test("rakp_hmac_md5, hmac_md5, none", function()
  local p = ask(bmc "server-1u", "rakp_hmac_md5", "hmac_md5", "none")
  local wrong = trace:wait({ direction = "to bmc", fate = "ignored" }, 10)
  expect_match(wrong.why or "", "[Aa]uth")
  xfail "OpenIPMI keys HMAC-MD5-128 with the session integrity key instead of K1 (13.32)"
  p:expect("0f 07 00 01 00 20 ", 1)
end)
