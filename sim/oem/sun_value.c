/*
 * A property's value by name: asked for and then fetched, or set in pieces.
 * What is asked for is ready at once.
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/sun.h"

#define VALUE_TEXT  79u   /* of a message of Get Value */
#define PIECE       56u   /* of one of Set Value */

enum { CODE_ASK = 1, CODE_FETCH = 2, CODE_SET = 3, CODE_STATUS = 4 };
enum { STATUS_TAKEN = 1, STATUS_FAILED = 2, STATUS_READY = 3, STATUS_NOT_READY = 4,
       STATUS_NOT_FOUND = 5 };
enum { PIECE_OF_NAME, PIECE_OF_VALUE };

/* ---- get ---- */

static void
answer_value(struct wr *rs, uint8_t status, const char *text)
{
    size_t len = strlen(text) < VALUE_TEXT ? strlen(text) : VALUE_TEXT - 1;

    wr_u8(rs, status);
    wr_bytes(rs, text, len);
    wr_fill(rs, 0, VALUE_TEXT - len);
}

static enum ipmi_cc
fetch(struct mc *mc, struct sun_asked *asked, const struct ipmi_req *rq, struct wr *rs)
{
    char value[SUN_VALUE];

    if (!asked->waits || asked->session != rq->from.session)
        return CC_STATE;
    if (sun_get(mc, asked->path, value))
        answer_value(rs, STATUS_READY, value);
    else
        answer_value(rs, STATUS_NOT_FOUND, "");
    return CC_OK;
}

enum ipmi_cc
sun_cmd_get_value(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sun_asked *asked = &sun_of(mc)->asked;
    uint8_t code = rd_u8(&rq->data);
    char path[VALUE_TEXT + 1] = "";

    rd_copy(&rq->data, path, VALUE_TEXT);
    if (code == CODE_FETCH)
        return fetch(mc, asked, rq, rs);
    if (code != CODE_ASK)
        return CC_INVALID_FIELD;
    asked->waits = true;
    asked->session = rq->from.session;
    memcpy(asked->path, path, sizeof path);
    answer_value(rs, STATUS_TAKEN, "");
    return CC_OK;
}

/* ---- set ---- */

static void
append(struct sun_setting *s, char *to, size_t size, const char *piece)
{
    size_t have = strlen(to), more = strlen(piece);

    if (more >= size - have) {
        s->too_long = true;
        return;
    }
    memcpy(to + have, piece, more + 1);
}

static void
begin_setting(struct sun *sun)
{
    sun->last_tid = sun->last_tid == UINT8_MAX ? 1 : (uint8_t)(sun->last_tid + 1);
    sun->setting = (struct sun_setting){ .tid = sun->last_tid };
}

/* One piece of the name or the value, which may be the last. */
static uint8_t
take_piece(struct mc *mc, const struct ipmi_req *rq, uint8_t type, uint8_t last,
           const char *piece)
{
    struct sun_setting *s = &sun_of(mc)->setting;

    if (s->complete || (type == PIECE_OF_NAME && s->value[0] != '\0'))
        return STATUS_FAILED;
    if (type == PIECE_OF_NAME)
        append(s, s->path, sizeof s->path, piece);
    else
        append(s, s->value, sizeof s->value, piece);
    if (type == PIECE_OF_VALUE && last) {
        s->complete = true;
        s->result = s->too_long ? SUN_BAD_VALUE
                                : (uint8_t)sun_set(mc, rq, s->path, s->value);
    }
    return STATUS_TAKEN;
}

static uint8_t
status_of(const struct sun_setting *s)
{
    if (!s->complete)
        return STATUS_NOT_READY;
    if (s->result == SUN_DONE)
        return STATUS_READY;
    return s->result == SUN_NOT_FOUND ? STATUS_NOT_FOUND : STATUS_FAILED;
}

enum ipmi_cc
sun_cmd_set_value(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sun *sun = sun_of(mc);
    uint8_t code = rd_u8(&rq->data);
    uint8_t type = rd_u8(&rq->data);
    uint8_t tid = rd_u8(&rq->data);
    uint8_t last = rd_u8(&rq->data);
    char piece[PIECE + 1] = "";

    rd_copy(&rq->data, piece, PIECE);
    if ((code != CODE_SET && code != CODE_STATUS) || (code == CODE_SET && type > PIECE_OF_VALUE))
        return CC_INVALID_FIELD;
    if (code == CODE_SET && type == PIECE_OF_NAME && tid == 0) {
        begin_setting(sun);
        tid = sun->setting.tid;
    }
    if (tid == 0 || tid != sun->setting.tid)
        wr_u8(rs, STATUS_FAILED);
    else if (code == CODE_SET)
        wr_u8(rs, take_piece(mc, rq, type, last, piece));
    else
        wr_u8(rs, status_of(&sun->setting));
    wr_u8(rs, tid);
    return CC_OK;
}
