# sim/lan - rank 3: the LAN channel, sans-IO.

core_archives += sim/lan/liblan.la
sim_lan_liblan_la_SOURCES = \
	sim/lan/auth15.c \
	sim/lan/auth15.h \
	sim/lan/lan.c \
	sim/lan/lan15_session.c \
	sim/lan/lan_caps_cmds.c \
	sim/lan/lan_login_cmds.c \
	sim/lan/lan_message.c \
	sim/lan/lan_parts.h \
	sim/lan/lan_peek.c \
	sim/lan/lan_repeat.c \
	sim/lan/lan_session.c \
	sim/lan/lan_session_cmds.c \
	sim/lan/lan_users.c \
	sim/lan/protect.c \
	sim/lan/protect.h \
	sim/lan/rakp.c \
	sim/lan/rakp.h \
	sim/lan/rakp_setup.c \
	sim/lan/rmcpp_session.c \
	sim/lan/rmcpp_setup.c \
	sim/lan/seqwin.c \
	sim/lan/seqwin.h \
	sim/lan/session.c \
	sim/lan/session.h \
	sim/lan/solmux.c \
	sim/lan/solmux.h \
	sim/lan/suite.c \
	sim/lan/suite.h \
	sim/lan/crypto.h \
	sim/lan/crypto_openssl.c \
	sim/lan/lan.h \
	sim/lan/lan_host.h \
	sim/lan/md2.c \
	sim/lan/md2.h \
	sim/lan/rc4.c \
	sim/lan/remote.c \
	sim/lan/remote.h \
	sim/lan/remote15.c \
	sim/lan/remote_open.c \
	sim/lan/remote_priv.h \
	sim/lan/remote_rakp.c \
	sim/lan/remote_rmcpp.c \
	sim/lan/remote_sol.c \
	sim/lan/remote_sol.h

unit_tests += \
	tests/sim/lan/check_crypto \
	tests/sim/lan/check_lan_login_cmds \
	tests/sim/lan/check_md2 \
	tests/sim/lan/check_remote
fuzz_targets += tests/fuzz/fuzz_remote

unit_tests += \
	tests/sim/lan/check_auth15 \
	tests/sim/lan/check_lan \
	tests/sim/lan/check_lan15_session \
	tests/sim/lan/check_lan_caps_cmds \
	tests/sim/lan/check_lan_noise \
	tests/sim/lan/check_lan_repeat \
	tests/sim/lan/check_lan_session_cmds \
	tests/sim/lan/check_protect \
	tests/sim/lan/check_rakp \
	tests/sim/lan/check_rakp_setup \
	tests/sim/lan/check_rmcpp_session \
	tests/sim/lan/check_rmcpp_setup \
	tests/sim/lan/check_seqwin \
	tests/sim/lan/check_session \
	tests/sim/lan/check_solmux \
	tests/sim/lan/check_suite

fuzz_targets += tests/fuzz/fuzz_lan tests/fuzz/fuzz_sol
