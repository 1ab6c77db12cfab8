-- Every cipher suite of RMCP+ that ipmitool has. IPMI v2.0, 13.28, table 22-20.
tags("client", "session")

-- Algorithms of Open Session: authentication, integrity, confidentiality.
local suites = { [1] = "1 0 0", [2] = "1 1 0", [3] = "1 1 1", [6] = "2 0 0", [7] = "2 2 0",
                 [8] = "2 2 1", [15] = "3 0 0", [16] = "3 4 0", [17] = "3 4 1" }

for suite, algorithms in pairs(suites) do
  test("suite " .. suite, function()
    local mc = bmc "server-1u"
    mc:ipmitool("mc info", { suite = suite }):ok():says "^IPMI Version +: 2%.0$"
    local answer = trace:expect { payload = "open session response" }
    local r = packet.parse_open_response(answer.data)
    expect_eq(("%d %d %d"):format(r.auth, r.integrity, r.confidentiality), algorithms)
  end)
end
