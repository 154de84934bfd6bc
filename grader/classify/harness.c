/* harness.c - calls the learner's function, once or often, and answers with what that took.
 *
 * Input: `copies`, how often the work is to be done; `calls`, how many calls make the work, 1
 * unless one is too short to be timed; `form`, how: 0 one copy after the other, 1 a task for each,
 * 2 a task for each that calls the function in an rt_blocking.
 *
 * The answer is what that took, as three numbers (spent.h). */
#include "exercise.h"
#include "rt.h"
#include "spent.h"

enum form { ONE_AFTER_THE_OTHER, TASKS, TASKS_THAT_BLOCK };

void classified(void); /* function.c */

static int64_t calls;
static enum form form;

static void work(void *unused)
{
    (void)unused;
    for (int64_t i = 0; i < calls; i++)
        classified();
}

static void copy(void *arg)
{
    rt_wait_group *copies = arg;

    if (form == TASKS_THAT_BLOCK)
        rt_blocking(work, NULL);
    else
        work(NULL);
    rt_wait_group_done(copies);
}

static void work_as_tasks(int count)
{
    rt_wait_group copies = {0};

    rt_wait_group_add(&copies, count);
    for (int i = 0; i < count; i++)
        rt_go(copy, &copies);
    rt_wait_group_wait(&copies);
}

void harness(void)
{
    int copies = (int)input_get("copies");

    calls = input_get("calls");
    form = (enum form)input_get("form");
    struct spent spent = spent_now();
    if (form == ONE_AFTER_THE_OTHER)
        for (int i = 0; i < copies; i++)
            work(NULL);
    else
        work_as_tasks(copies);
    spent = spent_since(&spent);
    answer_line("%lld %lld %lld", (long long)spent.clock_ns, (long long)spent.computed_ns,
                (long long)spent.queued_ns);
}
