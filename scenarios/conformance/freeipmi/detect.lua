-- ipmidetectd pings BMCs all the time, and ipmidetect tells which of them are there.
tags("client", "ping")

-- BMCs with addresses of their own: it wants no address twice.
local function at_addresses(...)
  local words = "ipmiping_period 50\\n"
  for i, mc in ipairs { ... } do
    for n = 1, 200 do
      local address = ("127.62.%d.%d"):format(20 + i, n)
      local ok, host, port = pcall(mc.listen, mc, { host = address, port = 9701 })
      if ok then
        words = words .. ("host %s:%d\\n"):format(host, port)
        break
      end
    end
  end
  return words
end

-- The daemon at a port that is free.
local function daemon(words)
  for port = 29225, 29425 do
    run({ "sh", "-c", ("printf '%sipmidetectd_server_port %d\\n' >detect.conf")
                        :format(words, port) }):ok()
    local p = start { "ipmidetectd", "-d", "-c", "detect.conf" }
    sleep("500ms")
    if p:running() then return p, port end
  end
end

test("one answers, and one does not", function()
  need("ipmidetectd", "ipmidetect")
  local here, gone = bmc "server-1u", bmc "server-1u"
  gone:fault { on = "lan", effect = "lose" }
  local _, port = daemon(at_addresses(here, gone))
  local function detect(word)
    return run({ "ipmidetect", "-h", "127.0.0.1", "-p", port, word, "--newline" }).stdout
  end
  wait_until(function() return detect("--detected"):find("127%.62%.21") end, 5)
  expect(not detect("--detected"):find("127%.62%.22"), "the other is not there")
  expect_match(detect("--undetected"), "127%.62%.22")
end)
