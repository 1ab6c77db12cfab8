#include "capture/pcapng_source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/wr.h"
#include "tests/lib/run.h"

/* A file in memory, its numbers in one of both orders. */
struct made {
    uint8_t octets[4096];
    struct wr w;
    bool big;
    uint8_t *length;
    size_t began;
};

static struct made made;
static struct pcapng_source *source;
static FILE *file;
static struct packet packet;

static void
put16(unsigned v)
{
    (made.big ? wr_be16 : wr_le16)(&made.w, v);
}

static void
put32(uint32_t v)
{
    (made.big ? wr_be32 : wr_le32)(&made.w, v);
}

static void
put64(uint64_t v)
{
    uint32_t high = (uint32_t)(v >> 32), low = (uint32_t)v;

    put32(made.big ? high : low);
    put32(made.big ? low : high);
}

static void
begin(bool big)
{
    memset(&made, 0, sizeof made);
    made.w = wr_of(made.octets, sizeof made.octets);
    made.big = big;
}

static void
block(uint32_t type)
{
    made.began = wr_len(&made.w);
    put32(type);
    made.length = wr_hole(&made.w, 4);
}

static void
pad(void)
{
    wr_fill(&made.w, 0, (4 - wr_len(&made.w) % 4) % 4);
}

static void
end(void)
{
    uint32_t len = (uint32_t)(wr_len(&made.w) - made.began + 4);
    struct wr at = wr_of(made.length, 4);

    put32(len);
    (made.big ? wr_be32 : wr_le32)(&at, len);
}

static void
option(unsigned code, const void *value, size_t len)
{
    put16(code);
    put16((unsigned)len);
    wr_bytes(&made.w, value, len);
    pad();
}

static void
section(const char *comment)
{
    block(0x0a0d0d0a);
    put32(0x1a2b3c4d);
    put16(1);
    put16(0);
    put64(UINT64_MAX);
    if (comment != NULL)
        option(1, comment, strlen(comment));
    end();
}

/* resolution 0: no option, which is microseconds. */
static void
interface(unsigned link_type, const char *name, unsigned resolution)
{
    uint8_t octet = (uint8_t)resolution;

    block(1);
    put16(link_type);
    put16(0);
    put32(0);
    if (name != NULL)
        option(2, name, strlen(name));
    if (resolution)
        option(9, &octet, 1);
    end();
}

static void
enhanced(uint32_t number, uint64_t stamp, const char *octets, const char *comment)
{
    uint32_t len = (uint32_t)strlen(octets);

    block(6);
    put32(number);
    put32((uint32_t)(stamp >> 32));
    put32((uint32_t)stamp);
    put32(len);
    put32(len + 100);
    wr_bytes(&made.w, octets, len);
    pad();
    if (comment != NULL)
        option(1, comment, strlen(comment));
    put16(2);
    put16(4);
    put32(PCAPNG_DIR_OUT);
    end();
}

static void
reopen(size_t len)
{
    file = fmemopen(made.octets, len ? len : 1, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert(pcapng_source_new(file, &source) == ST_OK);
}

static enum packet_result
next(void)
{
    return pcapng_source_next(source, &packet);
}

static void
done(void)
{
    pcapng_source_free(source);
    fclose(file);
}

/* ---- good files ---- */

START_TEST(reads_either_byte_order)
{
    begin(_i);
    section("hello");
    interface(101, "lan0", 9);
    enhanced(0, 1234567890123456789u, "octets", "lost");
    enhanced(0, 1234567890123456790u, "more", NULL);
    reopen(wr_len(&made.w));
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_uint_eq(packet.number, 1);
    ck_assert_uint_eq(packet.time_ns, 1234567890123456789u);
    ck_assert_str_eq(packet.lane->name, "lan0");
    ck_assert_uint_eq(packet.lane->link_type, LINKTYPE_RAW);
    ck_assert_int_eq(packet.dir, PCAPNG_DIR_OUT);
    ck_assert_str_eq(packet.comment, "lost");
    ck_assert_uint_eq(packet.bytes.len, 6);
    ck_assert_uint_eq(packet.whole, 106);
    ck_assert_mem_eq(packet.bytes.at, "octets", 6);
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_str_eq(packet.comment, "");
    ck_assert_int_eq(next(), PACKET_END);
    done();
}
END_TEST

static const struct {
    unsigned resolution;
    uint64_t stamp, ns;
} stamps[] = {
    { 0, 1500000, 1500000000 },
    { 3, 1500, 1500000000 },
    { 9, 1500000000, 1500000000 },
    { 12, 1500000000999u, 1500000000 },
    { 0x80 | 1, 3, 1500000000 },
    { 0x80 | 32, 0x180000000u, 1500000000 },
    { 0x80 | 63, 0xc000000000000000u, 1500000000 },
};

START_TEST(counts_in_any_resolution)
{
    begin(false);
    section(NULL);
    interface(1, NULL, stamps[_i].resolution);
    enhanced(0, stamps[_i].stamp, "", NULL);
    reopen(wr_len(&made.w));
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_uint_eq(packet.time_ns, stamps[_i].ns);
    done();
}
END_TEST

/* Two files joined are one file: interfaces begin anew in each section. */
START_TEST(reads_section_after_section)
{
    size_t len;
    const char *comment;

    begin(false);
    section("one");
    interface(1, "first", 0);
    enhanced(0, 1, "a", NULL);
    made.big = true;
    section("two");
    interface(101, "second", 0);
    enhanced(0, 2, "b", NULL);
    reopen(wr_len(&made.w));
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_str_eq(packet.lane->name, "first");
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_str_eq(packet.lane->name, "second");
    ck_assert_uint_eq(packet.lane->number, 1);
    ck_assert_uint_eq(pcapng_source_lanes(source), 2);
    comment = pcapng_source_comment(source, 1, &len);
    ck_assert_str_eq(comment, "two");
    ck_assert_ptr_null(pcapng_source_comment(source, 2, &len));
    done();
}
END_TEST

START_TEST(reads_simple_and_obsolete_packets)
{
    begin(false);
    section(NULL);
    interface(1, NULL, 0);
    block(3);
    put32(3);
    wr_bytes(&made.w, "abc", 3);
    pad();
    end();
    block(2);
    put16(0);
    put16(0);
    put64(0);
    put32(2);
    put32(2);
    wr_bytes(&made.w, "de", 2);
    pad();
    end();
    block(0x0bad);              /* of a kind that nobody knows */
    put32(7);
    end();
    reopen(wr_len(&made.w));
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert(!packet.timed);
    ck_assert_uint_eq(packet.bytes.len, 3);
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert(packet.timed);
    ck_assert_mem_eq(packet.bytes.at, "de", 2);
    ck_assert_int_eq(next(), PACKET_END);
    done();
}
END_TEST

/* ---- damaged ones ---- */

/* Octet offsets of a file made of a section header (28 octets), an interface
 * (28) and a packet (44). */
#define INTERFACE_AT 28
#define PACKET_AT 56
#define SMALL_LEN (PACKET_AT + 44)

static void
make_small(void)
{
    begin(false);
    section(NULL);
    interface(1, NULL, 9);
    enhanced(0, 5, "oct", NULL);
    ck_assert_uint_eq(wr_len(&made.w), SMALL_LEN);
}

static const struct {
    const char *why;
    size_t at;
    uint8_t octet;
    const char *says;
} damages[] = {
    { "no section header", 0, 0x0b, "at octet 0: found 0a0d0d0b; expected a section header" },
    { "a strange magic", 8, 0x4c, "at octet 8: found 1a2b3c4c" },
    { "a later version", 12, 2, "at octet 12: found version 2.0; expected 1.0" },
    { "a length that is odd", INTERFACE_AT + 4, 33, "at octet 32: found a block length of 33" },
    { "a length too small", INTERFACE_AT + 4, 8, "at octet 32: found a block length of 8" },
    { "lengths that differ", SMALL_LEN - 4, 48, "as the length at the block's end" },
    { "an interface that is not there", PACKET_AT + 8, 1,
      "at octet 64: found interface 1; expected one of the 1" },
    { "a packet longer than its block", PACKET_AT + 20, 200,
      "at octet 84: found a packet of 200 octets" },
    { "an option longer than its block", PACKET_AT + 34, 200,
      "at octet 88: found an option of 200 octets" },
    { "flags of another length", PACKET_AT + 34, 3, "expected flags of four octets" },
    { "a resolution beyond 64 bits", INTERFACE_AT + 20, 20, "expected a time resolution" },
};

START_TEST(tells_damage_with_its_place)
{
    enum packet_result result;

    make_small();
    made.octets[damages[_i].at] = damages[_i].octet;
    reopen(wr_len(&made.w));
    while ((result = next()) == PACKET_NEXT)
        ;
    ck_assert_msg(result == PACKET_BAD, "%s", damages[_i].why);
    ck_assert_msg(strstr(pcapng_source_error(source), damages[_i].says) != NULL, "%s: %s",
                  damages[_i].why, pcapng_source_error(source));
    ck_assert_int_eq(next(), PACKET_BAD);
    done();
}
END_TEST

/* A file cut anywhere is damaged, except between blocks. */
START_TEST(tells_where_a_file_was_cut)
{
    make_small();
    for (size_t len = 1; len < wr_len(&made.w); len++) {
        enum packet_result result;

        reopen(len);
        while ((result = next()) == PACKET_NEXT)
            ;
        ck_assert_int_eq(result, len == INTERFACE_AT || len == PACKET_AT ? PACKET_END
                                                                         : PACKET_BAD);
        done();
    }
}
END_TEST

/* ---- our own writer ---- */

START_TEST(reads_what_we_write)
{
    static char long_comment[PCAPNG_SECTION_COMMENT_MAX];
    const struct bytes comments[] = { { (const uint8_t *)"x", 1 },
                                      { (const uint8_t *)long_comment, sizeof long_comment } };
    char path[] = "check_pcapng_source-XXXXXX";
    int fd = mkstemp(path);
    struct pcapng_out out;
    const char *comment;
    size_t len;

    ck_assert_int_ge(fd, 0);
    close(fd);
    memset(long_comment, 'y', sizeof long_comment);
    ck_assert(pcapng_create(path, "test", comments, 2, &out) == ST_OK);
    ck_assert(out.interface(out.ctx, LINKTYPE_USER0, "inputs", "what") == ST_OK);
    ck_assert(out.packet(out.ctx, &(struct pcapng_packet){
        .time_ns = 77, .comment = "fate", .bytes = bytes_of("abcde", 5) }) == ST_OK);
    ck_assert(out.close(out.ctx) == ST_OK);
    file = fopen(path, "rb");
    unlink(path);
    ck_assert(pcapng_source_new(file, &source) == ST_OK);
    ck_assert_int_eq(next(), PACKET_NEXT);
    ck_assert_uint_eq(packet.time_ns, 77);
    ck_assert_str_eq(packet.lane->description, "what");
    ck_assert_str_eq(packet.comment, "fate");
    comment = pcapng_source_comment(source, 1, &len);
    ck_assert_uint_eq(len, sizeof long_comment);
    ck_assert_mem_eq(comment, long_comment, len);
    ck_assert_int_eq(next(), PACKET_END);
    done();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("pcapng_source", &t);

    tcase_add_loop_test(t, reads_either_byte_order, 0, 2);
    tcase_add_loop_test(t, counts_in_any_resolution, 0, sizeof stamps / sizeof stamps[0]);
    tcase_add_test(t, reads_section_after_section);
    tcase_add_test(t, reads_simple_and_obsolete_packets);
    tcase_add_loop_test(t, tells_damage_with_its_place, 0, sizeof damages / sizeof damages[0]);
    tcase_add_test(t, tells_where_a_file_was_cut);
    tcase_add_test(t, reads_what_we_write);
    return run_suite(s);
}
