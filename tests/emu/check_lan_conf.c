#include <stdio.h>

#include "emu/lan_conf.h"
#include "sim/ipmi/channel.h"
#include "sim/lan/lan_host.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

static const char machine[] =
    "mc_add 0x20 0 0 0 0 0 0x9f 0 0\nmc_enable 0x20\n";

static struct description **
load(const char *conf, size_t *n, const char **all)
{
    const struct file files[] = { { "m.conf", conf }, { "m.emu", machine }, { NULL, NULL } };

    return files_load(files, 2, n, all);
}

static struct description *
quiet(const char *conf, struct description ***all)
{
    size_t n;

    *all = load(conf, &n, NULL);
    ck_assert_uint_eq(n, 1);
    return (*all)[0];
}

static const struct machine_mc *
bmc_of(const struct description *d)
{
    return description_find_mc(d, 0x20);
}

START_TEST(has_a_sentence_and_a_handler_for_every_directive)
{
    size_t count;
    const struct conf_row *rows = conf_rows(&count);

    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(rows[i].handler);
        ck_assert_int_eq(rows[i].doc[strlen(rows[i].doc) - 1], '.');
        ck_assert_ptr_eq(conf_row_find(rows[i].name, strlen(rows[i].name), rows[i].scope),
                         &rows[i]);
    }
}
END_TEST

START_TEST(describes_a_lan_channel)
{
    struct description **all;
    struct description *d = quiet(
        "name \"site one\"\n"
        "set_working_mc 0x20\n"
        "  startlan 1\n"
        "    # where\n"
        "    addr localhost 9001\n"
        "    secondary_port 9002\n"
        "    priv_limit operator\n"
        "    allowed_auths_callback none\n"
        "    allowed_auths_user none md2\n"
        "    allowed_auths_operator md5 straight\n"
        "    allowed_auths_admin none md2 md5 straight\n"
        "    guid a123456789abcdefa123456789abcdef\n"
        "    bmc_key \"abcdefghijklmnopqrst\"\n"
        "    lan_config_program \"./control eth1\"\n"
        "    PEF_alerting false\n"
        "    per_msg_auth no\n"
        "    cipher_suite_0 on\n"
        "    max_sessions 4\n"
        "    ip 192.0.2.7\n"
        "    mask 255.255.255.0\n"
        "    gateway 192.0.2.1\n"
        "    mac 02:00:00:12:34:56\n"
        "    gateway_mac 02:00:00:00:00:01\n"
        "    ip_source dhcp\n"
        "  endlan\n", &all);
    const struct machine_lan *l = bmc_of(d)->lans;

    ck_assert_str_eq(d->name, "site one");
    ck_assert_uint_eq(bmc_of(d)->lan_count, 1);
    ck_assert_uint_eq(l->channel, 1);
    ck_assert(l->has_address);
    ck_assert_str_eq(l->host, "localhost");
    ck_assert_uint_eq(l->port, 9001);
    ck_assert(l->has_secondary);
    ck_assert_uint_eq(l->secondary_port, 9002);
    ck_assert_int_eq(l->limit, PRIV_OPERATOR);
    ck_assert(l->auth_given);
    ck_assert_uint_eq(l->auth_enables[0], AUTH_BIT_NONE);
    ck_assert_uint_eq(l->auth_enables[1], AUTH_BIT_NONE | AUTH_BIT_MD2);
    ck_assert_uint_eq(l->auth_enables[2], AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT);
    ck_assert_uint_eq(l->auth_enables[3], 0x17);
    ck_assert(l->guid_given && l->guid[0] == 0xa1 && l->guid[15] == 0xef);
    ck_assert(l->kg_set);
    ck_assert_mem_eq(l->kg, "abcdefghijklmnopqrst", 20);
    ck_assert_str_eq(l->config_program, "./control eth1");
    ck_assert(l->alerting_off && l->per_message_off && l->suite_0);
    ck_assert_uint_eq(l->sessions_max, 4);
    ck_assert_mem_eq(l->ip, "\xc0\0\2\7", 4);
    ck_assert_mem_eq(l->mask, "\xff\xff\xff\0", 4);
    ck_assert_mem_eq(l->gateway, "\xc0\0\2\1", 4);
    ck_assert_mem_eq(l->mac, "\2\0\0\x12\x34\x56", 6);
    ck_assert_mem_eq(l->gateway_mac, "\2\0\0\0\0\1", 6);
    ck_assert(l->ip_given && l->mask_given && l->gateway_given && l->mac_given);
    ck_assert_uint_eq(l->ip_source, 2);
    files_free(all, 1);
}
END_TEST

START_TEST(is_careful_where_nothing_is_said)
{
    struct description **all, *d = quiet("name \"m\"\nstartlan 3\nendlan\n", &all);
    const struct machine_lan *l = bmc_of(d)->lans;

    ck_assert(!l->has_address && !l->has_secondary && !l->suite_0);
    ck_assert(!l->auth_given && !l->kg_set);
    ck_assert_uint_eq(l->port, 623);
    ck_assert_int_eq(l->limit, PRIV_ADMIN);
    ck_assert_uint_eq(bmc_of(d)->user_count, 0);
    files_free(all, 1);
}
END_TEST

START_TEST(describes_users)
{
    struct description **all;
    struct description *d = quiet(
        "name \"m\"\n"
        "user 1 true  \"\"        \"test\" user     10       none md2 md5 straight\n"
        "user 2 false \"operator-with-16\" \"a password of 20 ..\" operator 0\n"
        "user 3 yes 41420000000000000000000000000000 "
        "4141414141414141414141414141414142424242 admin 5\n"
        "user 3 on \"again\" \"sixteen octets !\" callback 1\n", &all);
    const struct machine_user *u = bmc_of(d)->users;

    ck_assert_uint_eq(bmc_of(d)->user_count, 3);
    ck_assert(u[0].id == 1 && u[0].enabled && u[0].name[0] == 0 && u[0].limit == PRIV_USER);
    ck_assert_mem_eq(u[0].password, "test\0", 5);
    ck_assert_uint_eq(u[0].max_sessions, 0);    /* no limit, whatever the line says */
    ck_assert(!u[1].enabled && u[1].password_is_20 && u[1].limit == PRIV_OPERATOR);
    ck_assert_mem_eq(u[1].name, "operator-with-16", 16);
    ck_assert_mem_eq(u[1].password, "a password of 20 ..", 20);
    ck_assert_mem_eq(u[2].name, "again\0", 6);
    ck_assert(!u[2].password_is_20 && u[2].limit == PRIV_CALLBACK);
    files_free(all, 1);
}
END_TEST

START_TEST(keeps_what_is_for_others)
{
    struct description **all;
    struct description *d = quiet(
        "name \"m\"\n"
        "guid \"a machine's own!\"\n"
        "chassis_control \"./control 0x20\"\n"
        "serial 15 localhost 9002 codec VM\n"
        "serial kcs-2 localhost 9003 connect codec TerminalMode oem Radisys attn 7,8 ipmb 0x20\n"
        "startcmd \"qemu -append 'x=y'\"\n"
        "startnow false\n"
        "poweroff_wait 5\n"
        "kill_wait 1\n"
        "sol \"telnet:localhost:9003\" 115200 history=4000,backupfile=/tmp/h historyfru=10\n"
        "console 0.0.0.0 9000\n"
        "ipmb 2 ipmb_dev_int /dev/ipmb-2\n"
        "loadlib \"x.so\" \"init\"\n", &all);
    const struct machine_mc *mc = bmc_of(d);

    ck_assert(mc->guid_given);
    ck_assert_mem_eq(mc->guid, "a machine's own!", 16);
    ck_assert_uint_eq(mc->word_count, 11);
    ck_assert_str_eq(mc->words[0].word, "chassis_control");
    ck_assert_str_eq(mc->words[0].rest, "\"./control 0x20\"");
    ck_assert_str_eq(mc->words[0].file, "m.conf");
    ck_assert_int_eq(mc->words[0].line, 3);
    ck_assert_str_eq(mc->words[2].rest,
                     "kcs-2 localhost 9003 connect codec TerminalMode oem Radisys attn 7,8 ipmb "
                     "0x20");
    ck_assert_str_eq(mc->words[10].word, "loadlib");
    files_free(all, 1);
}
END_TEST

START_TEST(gives_each_controller_its_own)
{
    struct description **all;
    struct description *d = quiet(
        "name \"m\"\n"
        "startlan 1\naddr ::1 9001\nendlan\nstartlan 2\nendlan\n"
        "set_working_mc 0x30\nstartlan 1\naddr ::1 9002\nendlan\n"
        "user 2 true \"x\" \"y\" admin 1\n"
        "set_working_mc 0x20\nuser 2 true \"z\" \"y\" admin 1\n", &all);
    const struct machine_mc *other = description_find_mc(d, 0x30);

    ck_assert_uint_eq(bmc_of(d)->lan_count, 2);
    ck_assert_uint_eq(other->lan_count, 1);
    ck_assert_uint_eq(other->lans[0].port, 9002);
    ck_assert(!other->added);
    ck_assert_uint_eq(other->users[0].name[0], 'x');
    ck_assert_uint_eq(bmc_of(d)->users[0].name[0], 'z');
    files_free(all, 1);
}
END_TEST

START_TEST(shares_its_variables_with_the_commands)
{
    const struct file files[] = {
        { "m.conf", "define N \"m\"\ndefine A \"0x20\"\nname $N\"1\"\n" },
        { "m.emu", "mc_add $A 0 0 0 0 0 0 0 0\nmc_enable $A\n" }, { NULL, NULL },
    };
    size_t n;
    struct description **all = files_load(files, 2, &n, NULL);

    ck_assert_str_eq(all[0]->name, "m1");
    ck_assert(all[0]->mcs[0]->enabled);
    files_free(all, n);
}
END_TEST

/* After "name" in line 1. */
static const struct {
    const char *text, *said;
} wrongs[] = {
    { "usr 1\n", "m.conf:2:1: found \"usr\"; expected a directive (user?)\n" },
    { "  frobnicate yes\n", "m.conf:2:3: found \"frobnicate\"; expected a directive\n" },
    { "addr ::1 623\n",
      "m.conf:2:1: found \"addr\"; expected it between startlan and endlan\n" },
    { "startlan 1\nuser 1 true \"\" \"\" user 1\nendlan\n",
      "m.conf:3:1: found \"user\"; expected it after endlan\n" },
    { "startlan 1\n",
      "m.conf:2:1: found startlan without end; expected endlan\n" },
    { "startlan 16\nendlan\n",
      "m.conf:2:10: found \"16\"; expected the channel, 0 to 15\n"
      "m.conf:3:1: found \"endlan\"; expected it between startlan and endlan\n" },
    { "startlan 1\nendlan\nstartlan 1\nendlan\n",
      "m.conf:4:10: found channel 1 a second time; expected it once\n" },
    { "startlan 1\naddr a 1\naddr b 2\nendlan\n",
      "m.conf:4:1: found a second addr; expected one in a channel\n" },
    { "startlan 1\naddr a 70000\nendlan\n",
      "m.conf:3:8: found port 70000; expected 0 to 65535\n" },
    { "startlan 1\nsecondary_port 70000\nendlan\n",
      "m.conf:3:16: found port 70000; expected 0 to 65535\n" },
    { "startlan 1\npriv_limit root\nallowed_auths_user md5 oem md6\nendlan\n",
      "m.conf:3:12: found \"root\"; expected the privilege limit: callback, user, operator, "
      "admin\n"
      "m.conf:4:24: found \"oem\"; expected the authentication type: none, md2, md5, straight\n"
      "m.conf:4:28: found \"md6\"; expected the authentication type: none, md2, md5, "
      "straight\n" },
    { "startlan 1\nguid 123\nmax_sessions 0\nip 1.2.3\nendlan\n",
      "m.conf:3:6: found \"123\"; expected the GUID, \"text\" or 32 hexadecimal digits\n"
      "m.conf:4:14: found 0; expected 1 to 64 sessions\n"
      "m.conf:5:4: found \"1.2.3\"; expected the address, as in 192.0.2.1\n" },
    { "user 0 true \"\" \"\" user 1\n",
      "m.conf:2:6: found user 0; expected the user's number, 1 to 63\n" },
    { "user 64 maybe x \"y\" boss 1\n",
      "m.conf:2:6: found \"64\"; expected the user's number, 0 to 63\n"
      "m.conf:2:9: found \"maybe\"; expected the enable, true or false\n"
      "m.conf:2:15: found \"x\"; expected the user's name, \"text\" or 32 hexadecimal digits\n"
      "m.conf:2:21: found \"boss\"; expected the privilege limit: callback, user, operator, "
      "admin\n" },
    { "user 1 true \"root\" \"y\" admin 1\n",
      "m.conf:2:13: warning: found a name; expected \"\": user 1 has none\n" },
    { "user 2 true \"a-name-of-seventeen\" \"y\" admin 1\n",
      "m.conf:2:13: warning: found \"a-name-of-seventeen\"; expected at most 16 characters for "
      "the user's name; the rest is cut off\n" },
    { "serial 16 localhost 9002 codec Morse\n",
      "m.conf:2:8: found \"16\"; expected a channel: 0 to 15, kcs, bt, smic or ssif\n"
      "m.conf:2:32: found \"Morse\"; expected the codec: TerminalMode, Direct, RadisysAscii, "
      "VM\n" },
    { "serial kcs localhost 9002 slowly\n",
      "m.conf:2:27: warning: found \"slowly\"; expected connect, codec, oem, attn or ipmb\n"
      "m.conf:2:33: found the end of the line; expected codec, with TerminalMode, Direct, "
      "RadisysAscii or VM\n" },
    { "sol \"/dev/ttyS0\" 1200\n",
      "m.conf:2:18: found 1200; expected the baud rate: 9600, 19200, 38400, 57600 or 115200\n" },
    { "sol \"/dev/ttyS0\" 9600 loud\n",
      "m.conf:2:23: warning: found \"loud\"; expected history=N, historyfru=N, nortscts or "
      "readclear\n" },
    { "startcmd qemu\n",
      "m.conf:2:10: found \"qemu\"; expected the command in quotes\n" },
    { "nvram_file \"x\"\nclear_sel_event true\n",
      "m.conf:2:1: warning: found nvram_file; expected a directive: this one is a fork's and is "
      "not carried out\n"
      "m.conf:3:1: warning: found clear_sel_event; expected a directive: this one is a fork's "
      "and is not carried out\n" },
    { "kill_wait soon\n",
      "m.conf:2:11: found \"soon\"; expected the seconds, 0 to 4294967295\n" },
    { "kill_wait 5 or so\n",
      "m.conf:2:13: warning: found \"or\"; expected the end of the line\n" },
    { "kill_wait 5 # or so\n", "" },
    { "console localhost\n",
      "m.conf:2:18: found the end of the line; expected the port, 0 to 4294967295\n" },
    { "define X\n",
      "m.conf:2:9: found the end of the line; expected the variable's value in quotes\n" },
    { "$NONE\n", "m.conf:2:1: found the undefined variable \"$NONE\"; expected a directive\n" },
    { "name \"two\" \\\n",
      "m.conf:2:12: warning: found \"\\\"; expected the end of the line\n" },
};

START_TEST(says_what_is_wrong_and_where)
{
    struct description **all;
    const char *got;
    char text[4096];
    size_t n;

    snprintf(text, sizeof text, "name \"m\"\n%s", wrongs[_i].text);
    all = load(text, &n, &got);
    ck_assert_msg(strcmp(got, wrongs[_i].said) == 0, "%s\nwas said:\n%s\nexpected:\n%s",
                  wrongs[_i].text, got, wrongs[_i].said);
    files_free(all, n);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
lan_conf_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/lan_conf", &c);

    tcase_add_test(c, has_a_sentence_and_a_handler_for_every_directive);
    tcase_add_test(c, describes_a_lan_channel);
    tcase_add_test(c, is_careful_where_nothing_is_said);
    tcase_add_test(c, describes_users);
    tcase_add_test(c, keeps_what_is_for_others);
    tcase_add_test(c, gives_each_controller_its_own);
    tcase_add_test(c, shares_its_variables_with_the_commands);
    tcase_add_loop_test(c, says_what_is_wrong_and_where, 0, ROWS(wrongs));
    return s;
}

int
main(void)
{
    return run_suite(lan_conf_suite());
}
