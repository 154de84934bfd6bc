/* A task for each payment, but no more at a time than there are sessions: a channel holds those that are free, and
 * whoever starts a task takes one from there first. That bounds the tasks as well. */
#include <stdlib.h>

#include "signer.h"

struct bank {
    rt_chan *free_sessions;
    rt_wait_group jobs;
};

struct job {
    struct bank *bank;
    struct session *session; /* the job's until it gives it back */
    const struct payment *payment;
    struct signature *signature;
};

static void open_one(void *arg)
{
    struct bank *bank = arg;
    struct session *session = session_open();

    rt_chan_send(bank->free_sessions, &session);
}

/* Sending comes last: then another task may be started, and there are never more than `workers`. */
static void sign_one(void *arg)
{
    struct job *job = arg;
    struct bank *bank = job->bank;

    session_sign(job->session, job->payment, job->signature);
    rt_chan_send(bank->free_sessions, &job->session);
    rt_wait_group_done(&bank->jobs);
}

static void close_all(struct bank *bank, int sessions)
{
    struct session *session;

    for (int i = 0; i < sessions; i++) {
        rt_chan_recv(bank->free_sessions, &session);
        session_close(session);
    }
    rt_chan_free(bank->free_sessions);
}

void sign_all(const struct payment *payments, struct signature *signatures, int count, int workers)
{
    struct bank bank = {.free_sessions = rt_chan_new(sizeof(struct session *), (size_t)workers)};
    struct job *jobs = calloc((size_t)count, sizeof *jobs);

    for (int i = 0; i < workers; i++)
        rt_go(open_one, &bank);
    rt_wait_group_add(&bank.jobs, count);
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){&bank, NULL, &payments[i], &signatures[i]};
        rt_chan_recv(bank.free_sessions, &jobs[i].session);
        rt_go(sign_one, &jobs[i]);
    }
    rt_wait_group_wait(&bank.jobs);
    close_all(&bank, workers);
    free(jobs);
}
