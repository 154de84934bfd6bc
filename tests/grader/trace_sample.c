#include "trace_sample.h"

#include <check.h>
#include <stdlib.h>

#include "text.h"

#define TASK "{\"ph\":\"X\",\"pid\":1,\"name\":\"task "
#define INSTANT "{\"ph\":\"i\",\"s\":\"t\",\"pid\":1,\"tid\":0,\"ts\":"

const char trace_sample_format[] =
    "{\"traceEvents\":[\n"
    "{\"ph\":\"M\",\"pid\":1,\"tid\":0,\"name\":\"thread_name\",\"args\":{\"name\":\"proc 0\"}},\n"
    "{\"ph\":\"M\",\"pid\":1,\"tid\":1,\"name\":\"thread_name\",\"args\":{\"name\":\"proc "
    "1\"}},\n" INSTANT
    "1.000,\"name\":\"spawn\",\"args\":{\"id\":2,\"task\":\"task 2 nap\"}},\n" INSTANT
    "2.000,\"name\":\"spawn\",\"args\":{\"id\":3,\"task\":\"task 3 count\"}},\n" TASK
    "1 main\",\"tid\":0,\"ts\":0.000,\"dur\":3.000,\"args\":{\"id\":1,\"then\":\"wait group at "
    "m.c:9\","
    "\"wait\":\"wait group\",\"object\":\"done\",\"at\":\"src/m.c:9\",\"outside\":false}},\n" TASK
    "2 %s\",\"tid\":0,\"ts\":4.000,\"dur\":1.000,\"args\":{\"id\":2,\"then\":\"sleep at m.c:3\","
    "\"wait\":\"sleep\",\"object\":\"\",\"at\":\"m.c:3\",\"outside\":true}},\n" INSTANT
    "60.000,\"name\":\"ready\",\"args\":{\"id\":2,\"task\":\"task 2 nap\"}},\n" TASK
    "2 %s\",\"tid\":0,\"ts\":70.000,\"dur\":10.000,\"args\":{\"id\":2,\"then\":\"ends\"}},\n"
    "{\"ph\":\"i\",\"s\":\"t\",\"pid\":1,\"tid\":1,\"ts\":9.500,\"name\":\"steal\",\"args\":{"
    "\"id\":3,"
    "\"task\":\"task 3 count\"}},\n" TASK
    "3 count\",\"tid\":1,\"ts\":10.000,\"dur\":40.000,\"args\":{\"id\":3,\"then\":\"is stopped "
    "after a time "
    "slice\"}},\n" TASK
    "3 count\",\"tid\":1,\"ts\":60.000,\"dur\":40.000,\"args\":{\"id\":3,\"then\":\"goes on\"}}\n"
    "],\"ledger\":{\"procs\":2,\"time_us\":100.000,\"user_us\":94.000,\"scheduler_us\":1.000,"
    "\"search_us\":0.000,\"os_us\":5.000,\"idle_latency_us\":0.000,\"idle_lock_us\":0.000,"
    "\"idle_wait_us\":60.000,\"idle_little_us\":40.000},"
    "\"displayTimeUnit\":\"ns\",\"endUs\":100.000,\"droppedEvents\":0}\n";

struct trace trace_sample(const char *name)
{
    struct trace trace;
    char *text = string_format(trace_sample_format, name, name);
    ck_assert(trace_read(text, &trace));
    free(text);
    return trace;
}
