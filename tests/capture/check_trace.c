#include <pcap/pcap.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capture/trace.h"
#include "tests/lib/run.h"

static char path[64];

static void
name_file(const char *ending)
{
    snprintf(path, sizeof path, "check_trace-%ld.%s", (long)getpid(), ending);
}

static struct tap_event
event(enum tap_link link, instant at, const char *octets)
{
    return (struct tap_event){
        .at = at,
        .link = link,
        .dir = TAP_TO_BMC,
        .local = { .addr = { 192, 0, 2, 1 }, .port = 623, .family = PEER_IPV4 },
        .remote = { .addr = { 127, 0, 0, 1 }, .port = 40000, .family = PEER_IPV4 },
        .bytes = bytes_of(octets, strlen(octets)),
    };
}

/* Write one datagram, the receiver's word on it, a frame and a note. */
static void
record(struct trace *t)
{
    struct tap_event lan = event(TAP_LAN, SPAN_MS(1500), "datagram");
    struct tap_event word = event(TAP_NOTE, SPAN_MS(1500), "");
    struct tap_event ipmb = event(TAP_IPMB, SPAN_MS(1600), "\x20\x18\xc8\x81\x04\x01\x7a");
    struct tap_event note = event(TAP_NOTE, SPAN_MS(1700), "");

    word.fate = FATE_IGNORED;
    word.why = "bad checksum";
    note.why = "power on";
    tap_emit(trace_tap(t), &lan);
    tap_emit(trace_tap(t), &word);
    tap_emit(trace_tap(t), &ipmb);
    tap_emit(trace_tap(t), &note);
}

static void
make(const char *ending)
{
    struct trace *t;

    name_file(ending);
    ck_assert(trace_open(path, 1000, &t) == ST_OK);
    record(t);
    ck_assert(trace_close(t) == ST_OK);
}

static size_t
contents(uint8_t *to, size_t size)
{
    FILE *f = fopen(path, "rb");
    size_t n;

    ck_assert_ptr_nonnull(f);
    n = fread(to, 1, size, f);
    fclose(f);
    unlink(path);
    return n;
}

START_TEST(writes_lan_datagrams_that_libpcap_reads)
{
    char error[PCAP_ERRBUF_SIZE];
    struct pcap_pkthdr *h;
    const u_char *bytes;
    pcap_t *p;

    make("pcap");
    p = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, error);
    ck_assert_msg(p != NULL, "%s", error);
    ck_assert_int_eq(pcap_datalink(p), DLT_RAW);
    ck_assert_int_eq(pcap_next_ex(p, &h, &bytes), 1);
    ck_assert_int_eq(h->ts.tv_sec, 1001);
    ck_assert_int_eq(h->ts.tv_usec, 500000000);
    ck_assert_uint_eq(h->len, 28 + 8);
    ck_assert_mem_eq(bytes + 28, "datagram", 8);
    ck_assert_int_eq(pcap_next_ex(p, &h, &bytes), PCAP_ERROR_BREAK);
    pcap_close(p);
    unlink(path);
}
END_TEST

START_TEST(writes_the_same_octets_twice)
{
    static uint8_t a[4096], b[4096];
    size_t len;

    make("pcapng");
    len = contents(a, sizeof a);
    make("pcapng");
    ck_assert_uint_eq(contents(b, sizeof b), len);
    ck_assert_mem_eq(a, b, len);
}
END_TEST

START_TEST(puts_the_receivers_word_into_the_packets_comment)
{
    static uint8_t all[4096];
    size_t len;

    make("pcapng");
    len = contents(all, sizeof all);
    ck_assert_ptr_nonnull(memmem(all, len, "ignored: bad checksum", 21));
    ck_assert_ptr_nonnull(memmem(all, len, "lan0-clear", 10));
    ck_assert_ptr_nonnull(memmem(all, len, "chassis 0: power on", 19));
    ck_assert_uint_eq(len % 4, 0);
}
END_TEST

/* A datagram may be empty; it was on the wire all the same. */
START_TEST(keeps_an_empty_datagram)
{
    static uint8_t all[4096];
    struct tap_event empty = event(TAP_LAN, SPAN_MS(1), "");
    struct trace *t;
    size_t bare, with;

    name_file("pcapng");
    ck_assert(trace_open(path, 1000, &t) == ST_OK);
    ck_assert(trace_close(t) == ST_OK);
    bare = contents(all, sizeof all);
    ck_assert(trace_open(path, 1000, &t) == ST_OK);
    tap_emit(trace_tap(t), &empty);
    ck_assert(trace_close(t) == ST_OK);
    with = contents(all, sizeof all);
    ck_assert_uint_eq(with - bare, 32 + 28 + 12);    /* block, IP and UDP, flags */
    ck_assert_uint_eq(all[bare], 6);
    ck_assert_uint_eq(all[bare + 8], 0);             /* lan0 */
}
END_TEST

/* HPM.2: a record of IPMB frames, second and millisecond, then the frame. */
START_TEST(puts_each_bus_on_an_interface_of_its_own)
{
    static const uint8_t record[] = { 0x00, 0xe9, 0x03, 0, 0, 0x58, 0x02, 0x01, 0, 0, 7, 0x20 };
    static uint8_t all[4096];
    struct tap_event ev = event(TAP_IPMB, SPAN_MS(1600), "\x20\x18\xc8\x81\x04\x01\x7a");
    struct trace *t;
    size_t len;

    name_file("pcapng");
    ck_assert(trace_open(path, 1000, &t) == ST_OK);
    ck_assert(trace_name(t, 2, "shelf-3") == ST_OK);
    ev.dir = TAP_ON_BUS;
    for (ev.chassis = 0; ev.chassis < 4; ev.chassis++)
        tap_emit(trace_tap(t), &ev);
    ev = event(TAP_ICMB, SPAN_MS(1600), "\x01\x02");
    tap_emit(trace_tap(t), &ev);
    ck_assert(trace_close(t) == ST_OK);
    len = contents(all, sizeof all);
    ck_assert_ptr_nonnull(memmem(all, len, record, sizeof record));
    ck_assert_ptr_nonnull(memmem(all, len, "chassis1/ipmb0", 14));
    ck_assert_ptr_nonnull(memmem(all, len, "shelf-3/ipmb0", 13));
    ck_assert_ptr_nonnull(memmem(all, len, "chassis3/ipmb0", 14));
    ck_assert_ptr_nonnull(memmem(all, len, "icmb0", 5));
}
END_TEST

START_TEST(says_when_a_file_cannot_be_made)
{
    struct trace *t;

    ck_assert(trace_open("/nonexistent/x.pcap", 0, &t) == ST_IO);
    ck_assert(trace_open("/nonexistent/x.pcapng", 0, &t) == ST_IO);
}
END_TEST

static Suite *
trace_suite(void)
{
    Suite *s = suite_create("trace");
    TCase *t = tcase_create("trace");

    tcase_add_test(t, writes_lan_datagrams_that_libpcap_reads);
    tcase_add_test(t, writes_the_same_octets_twice);
    tcase_add_test(t, puts_the_receivers_word_into_the_packets_comment);
    tcase_add_test(t, keeps_an_empty_datagram);
    tcase_add_test(t, puts_each_bus_on_an_interface_of_its_own);
    tcase_add_test(t, says_when_a_file_cannot_be_made);
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    return run_suite(trace_suite());
}
