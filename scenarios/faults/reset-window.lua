-- While it starts, a BMC is silent: a console that keeps trying gets in as soon as
-- it is back, and the tries before left nothing. (reboot-midsession)
tags "reset"

test("a log-in that began in the silence ends well after it", function()
  local b = bmc "server-1u"
  b:pull_out()
  at(now() + 8, function() b:put_back() end)
  local c, tries = b:console { timeout = 1 }, 0
  repeat tries = tries + 1 until c:try_open() or tries > 10
  expect_eq(c:state(), "open")
  expect(tries >= 2, "it took a second try")
  expect(now() >= 8 and now() < 20, "soon after the BMC was back")
  expect_eq(b:lan():stats().sessions, 1)
end)
