#include "capture/packet_source.h"

#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#include "capture/pcapng_source.h"

#define NS_PER_S 1000000000u

struct packet_source {
    char *path;
    FILE *file;                    /* pcapng; libpcap owns its own */
    struct pcapng_source *ng;
    pcap_t *pcap;
    struct packet_lane lane;       /* of a classic pcap */
    uint64_t packets;
    char error[400];
};

/* Link types that libpcap numbers otherwise in memory than in files. */
static uint16_t
link_type_of(int dlt)
{
    return dlt == DLT_RAW ? LINKTYPE_RAW : (uint16_t)dlt;
}

static bool
is_pcapng(FILE *file)
{
    static const uint8_t head[] = { 0x0a, 0x0d, 0x0d, 0x0a };
    uint8_t octets[sizeof head];
    bool yes = fread(octets, 1, sizeof octets, file) == sizeof octets &&
               memcmp(octets, head, sizeof head) == 0;

    rewind(file);
    return yes;
}

/* A file that libpcap does not take is reported with the first packet. */
static void
open_pcap(struct packet_source *s)
{
    char why[PCAP_ERRBUF_SIZE];

    s->pcap = pcap_fopen_offline_with_tstamp_precision(s->file, PCAP_TSTAMP_PRECISION_NANO,
                                                       why);
    if (s->pcap == NULL) {
        snprintf(s->error, sizeof s->error, "%s: %s", s->path, why);
        return;
    }
    s->file = NULL;
    s->lane = (struct packet_lane){ .link_type = link_type_of(pcap_datalink(s->pcap)),
                                    .name = "", .description = "" };
}

enum status
packet_source_open(const char *path, struct packet_source **out)
{
    struct packet_source *s = calloc(1, sizeof *s);
    enum status st = ST_NOMEM;

    if (s == NULL)
        return st;
    s->path = strdup(path);
    if (s->path == NULL)
        goto free_source;
    s->file = fopen(path, "rb");
    if (s->file == NULL) {
        st = ST_IO;
        goto free_source;
    }
    if (!is_pcapng(s->file))
        open_pcap(s);
    else if (pcapng_source_new(s->file, &s->ng) != ST_OK)
        goto free_source;
    *out = s;
    return ST_OK;

free_source:
    packet_source_close(s);
    return st;
}

void
packet_source_close(struct packet_source *s)
{
    if (s == NULL)
        return;
    if (s->pcap != NULL)
        pcap_close(s->pcap);
    pcapng_source_free(s->ng);
    if (s->file != NULL)
        fclose(s->file);
    free(s->path);
    free(s);
}

static enum packet_result
next_of_pcap(struct packet_source *s, struct packet *out)
{
    struct pcap_pkthdr *h;
    const u_char *octets;
    int n = pcap_next_ex(s->pcap, &h, &octets);

    if (n == PCAP_ERROR_BREAK)
        return PACKET_END;
    if (n != 1) {
        snprintf(s->error, sizeof s->error, "%s: at octet %ld: %s", s->path,
                 ftell(pcap_file(s->pcap)), pcap_geterr(s->pcap));
        return PACKET_BAD;
    }
    *out = (struct packet){
        .number = ++s->packets, .lane = &s->lane, .timed = true, .comment = "",
        .time_ns = (uint64_t)h->ts.tv_sec * NS_PER_S + (uint64_t)h->ts.tv_usec,
        .bytes = bytes_of(octets, h->caplen), .whole = h->len,
    };
    return PACKET_NEXT;
}

enum packet_result
packet_source_next(struct packet_source *s, struct packet *out)
{
    enum packet_result result;

    if (s->error[0])
        return PACKET_BAD;
    if (s->pcap != NULL)
        return next_of_pcap(s, out);
    result = pcapng_source_next(s->ng, out);
    if (result == PACKET_BAD)
        snprintf(s->error, sizeof s->error, "%s: %s", s->path, pcapng_source_error(s->ng));
    return result;
}

const char *
packet_source_error(const struct packet_source *s)
{
    return s->error;
}

const char *
packet_source_path(const struct packet_source *s)
{
    return s->path;
}

const struct packet_lane *
packet_source_lane(const struct packet_source *s, uint32_t n)
{
    if (s->ng != NULL)
        return pcapng_source_lane(s->ng, n);
    return n == 0 && s->pcap != NULL ? &s->lane : NULL;
}

const char *
packet_source_comment(const struct packet_source *s, size_t n, size_t *len)
{
    return s->ng != NULL ? pcapng_source_comment(s->ng, n, len) : NULL;
}
