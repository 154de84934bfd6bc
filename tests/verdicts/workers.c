/* workers.c - a pipe is the queue: the numbers of all jobs are in it before the first worker starts,
 * and a read of one number takes it away from the others, since reads and writes of a few bytes are
 * never divided (pipe(7)). The tallies come back through a second pipe in the same way. */
#include "workers.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void tally_add(struct tally *sum, const struct tally *tally)
{
    sum->passed += tally->passed;
    sum->failed += tally->failed;
    sum->open += tally->open;
    sum->trouble += tally->trouble;
}

static void must(bool ok, const char *what)
{
    if (!ok) {
        perror(what);
        exit(EXIT_FAILURE);
    }
}

static _Noreturn void work(const struct team *team, int worker, int queue, int tallies)
{
    struct tally tally = {0};
    if (team->begin(team->context, worker)) {
        for (int job; read(queue, &job, sizeof job) == (ssize_t)sizeof job;)
            team->job(team->context, job, &tally);
        team->end(team->context);
    }
    must(write(tallies, &tally, sizeof tally) == (ssize_t)sizeof tally, "write");
    exit(EXIT_SUCCESS);
}

void workers_run(const struct team *team, struct tally *tally)
{
    int queue[2], tallies[2];
    must(pipe2(queue, O_CLOEXEC) == 0 && pipe2(tallies, O_CLOEXEC) == 0, "pipe");
    for (int job = 0; job < team->jobs; job++)
        must(write(queue[1], &job, sizeof job) == (ssize_t)sizeof job, "write");
    close(queue[1]);
    fflush(NULL); /* or each worker would print it once more */
    for (int worker = 0; worker < team->workers; worker++) {
        pid_t child = fork();
        must(child >= 0, "fork");
        if (child == 0)
            work(team, worker, queue[0], tallies[1]);
    }
    close(queue[0]);
    close(tallies[1]);
    for (struct tally its; read(tallies[0], &its, sizeof its) == (ssize_t)sizeof its;)
        tally_add(tally, &its);
    close(tallies[0]);
    while (wait(NULL) > 0) {
    }
}
