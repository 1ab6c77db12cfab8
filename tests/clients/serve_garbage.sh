#!/bin/sh
# serve_garbage.sh - random, cut and flipped datagrams beside an honest client.
. "$SRCDIR/tests/lib/clients.sh"
need ipmitool python3

cat >"$WORK/garbage.py" <<'PYTHON'
# garbage.py HOST PORT - send what no client would: noise, and real datagrams
# cut short, lengthened, with octets changed.
import random, socket, sys

real = [bytes.fromhex(h) for h in (
    "0600ff06000011be80000000",                                  # presence ping
    "0600ff07000000000000000000092018c88100388e04b5",            # Get Channel Auth Cap
    "0600ff0706100000000000000000200000000000a4a3a2a0"           # Open Session
    "000000080100000001000008010000000200000801000000",
    "0600ff07061200000000000000001c0000000000000000000001020304"  # RAKP 1
    "05060708090a0b0c0d0e0f1400000541444d494e",
    "0600ff0706c0a4a3a2a0010000002000" + "5a" * 32 + "ffff0207" + "00" * 12,
)]
chance = random.Random(1)
at = (sys.argv[1], int(sys.argv[2]))
to = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(20000):
    d = bytearray(chance.choice(real))
    if i % 4 == 0:
        d = bytearray(chance.randbytes(chance.randrange(600)))
    elif i % 4 == 1:
        d = d[:chance.randrange(len(d) + 1)]
    else:
        for _ in range(chance.randrange(1, 5)):
            d[chance.randrange(len(d))] = chance.randrange(256)
        d += chance.randbytes(chance.randrange(0, 40) // 20 * 7)
    to.sendto(bytes(d), at)
PYTHON

lab_start --count 2 --trace "$WORK/run.pcapng" "$MACHINES/server-1u.emu"

# A datagram may get lost when so many come at once; a client asks again.
it "goes on for who asks properly meanwhile"
python3 "$WORK/garbage.py" "$HOST" "$PORT" &
noise=$!
for _ in 1 2 3 4 5; do
    fine='no response'
    expect_answer '^Device ID' lanplus -C 3 mc info
    fine='no response'
    expect_answer '^System Power' lan15 chassis status
done
wait "$noise"
expect_same $? 0

it "goes on after it"
expect_answer '\| ok ' lanplus sdr elist
expect_answer '^active sessions +: [1-9]' lanplus session info active

it "has not troubled its neighbour"
PORT=$(lab_port 2)
expect_answer '^active sessions +: 1$' lanplus session info active
