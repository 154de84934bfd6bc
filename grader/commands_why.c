/* commands_why.c - `barista why`: where the speedup of a submission went. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "investigate.h"
#include "json.h"
#include "result.h"

static int show(const struct simulation *simulation, const struct why_report *report,
                const struct arguments *arguments)
{
    bool json_to_stdout = arguments->json && strcmp(arguments->json, "-") == 0;
    show_why(simulation, report, json_to_stdout ? stderr : stdout);
    bool ok = !arguments->json || json_deliver(json_why(simulation, report), arguments->json);
    return ok ? BARISTA_PASS : BARISTA_INFRA;
}

/* A real build beside the simulated one; a submission that simulates compiles plainly too. */
static int explain_and_show(const struct simulation *simulation,
                            const struct submission *submission, const struct arguments *arguments)
{
    int procs = arguments->procs > 0 ? arguments->procs : INVESTIGATE_PROCS;
    struct why_report report;
    struct build real;
    struct run bad;
    if (!build_make(simulation->sandbox, simulation->lesson, submission, BUILD_REAL, &real, stderr))
        return BARISTA_INFRA;
    int status = BARISTA_FAIL;
    if (investigate(simulation, real.ok ? &real : NULL, procs, submission, &report, &bad, stderr)) {
        status = show(simulation, &report, arguments);
        run_release(&bad);
        why_report_release(&report);
    } else {
        status = command_bad_end(&bad, procs);
    }
    build_release(&real);
    return status;
}

int command_why(const struct arguments *arguments)
{
    if (arguments->procs == 1) {
        fprintf(stderr, "barista: --procs is 1; a speedup is explained on 2 procs or more\n");
        return BARISTA_USAGE;
    }
    return command_simulation(arguments, explain_and_show);
}
