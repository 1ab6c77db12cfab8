#include "sim/cmd/target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/io/folder.h"
#include "sim/io/stage_loop.h"

#define RMCP_PORT 623

static bool
read_port(const char *text, uint16_t *port)
{
    char *end;
    unsigned long v = strtoul(text, &end, 10);

    if (end == text || *end != '\0' || text[0] < '0' || text[0] > '9' || v < 1 || v > 65535)
        return false;
    *port = (uint16_t)v;
    return true;
}

bool
target_parse(const char *text, char **host, uint16_t *port)
{
    const char *colon = strrchr(text, ':');
    size_t len = strlen(text);

    *port = RMCP_PORT;
    if (text[0] == '[') {
        const char *end = strchr(text, ']');

        if (end == NULL || (end[1] != '\0' && (end[1] != ':' || !read_port(end + 2, port))))
            return false;
        text++;
        len = (size_t)(end - text);
    } else if (colon != NULL && strchr(text, ':') == colon) {
        if (!read_port(colon + 1, port))
            return false;
        len = (size_t)(colon - text);
    }
    *host = len == 0 ? NULL : strndup(text, len);
    return *host != NULL;
}

static int
complain(const char *option, const char *found, const char *expected)
{
    fprintf(stderr, "ipmilab: --%s: \"%s\": expected %s\n", option, found, expected);
    return EXIT_USAGE;
}

static int
check_lan15(const char *word)
{
    static const char *const words[] = { "none", "md2", "md5", "straight" };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (word == NULL || strcmp(word, words[i]) == 0)
            return -1;
    return complain("lan15", word, "none, md2, md5 or straight");
}

int
target_open(const struct target_opts *opts, struct target *out)
{
    int code = check_lan15(opts->lan15);

    *out = (struct target){
        .setup = { .ops = &stage_loop_ops },
        .bmc = { .user = opts->user, .password = opts->password, .lan15 = opts->lan15,
                 .suite = (unsigned)opts->suite, .writes = opts->writes,
                 .start = opts->start },
    };
    if (code >= 0)
        return code;
    if (opts->target != NULL) {
        if (!target_parse(opts->target, &out->host, &out->bmc.port))
            return complain("target", opts->target, "HOST, HOST:PORT or [ADDRESS]:PORT");
        out->bmc.host = out->host;
        out->setup.target = &out->bmc;
    }
    out->folder = folder_name();
    out->setup.folder = out->folder;
    return out->folder == NULL ? EXIT_LAB : -1;
}

void
target_close(struct target *t)
{
    folder_remove(t->folder);
    free(t->folder);
    free(t->host);
    *t = (struct target){ 0 };
}
