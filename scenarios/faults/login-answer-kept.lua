-- A set-up message that comes again is answered as before, octet for octet: a
-- new random number would cost the console its log-in. IPMI v2.0, 13.20 to 13.23.
tags "login"

for _, names in ipairs { { "rakp 1", "RAKP 2" }, { "rakp 3", "RAKP 4" },
                         { "open session request", "Open Session Response" } } do
  test(names[1] .. ", doubled, is answered twice alike", function()
    local b = bmc "server-1u"
    b:fault { on = "lan", effect = "delay", direction = "from bmc", span = "50ms" }
    b:fault { on = "lan", effect = "duplicate", payload = names[1], count = 2, span = "10ms" }
    b:connect()
    sleep(1)
    local answers = trace:frames { names[2] }
    expect_eq(#answers, 3, "three came, three were answered")
    expect_eq(answers[2].bytes, answers[1].bytes, "the second answer is the first")
    expect_eq(answers[3].bytes, answers[1].bytes, "and the third as well")
    expect_eq(b:lan():stats().sessions, 1, "there is one session")
  end)
end
