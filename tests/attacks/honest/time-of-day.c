/* time-of-day.c - asks what time it is, and prints a date. */
#include <sys/time.h>
#include <time.h>

#include "honest.h"

static void main_task(void *unused)
{
    (void)unused;
    time_t now = time(NULL);
    char date[64];
    struct timeval day;
    struct tm parts;
    must(now > 1700000000, "time");
    must(localtime_r(&now, &parts) != NULL, "localtime");
    must(strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S %Z", &parts) > 0, "strftime");
    must(gettimeofday(&day, NULL) == 0 && day.tv_sec >= now, "gettimeofday");
    must(mktime(&parts) == now && gmtime(&now) != NULL && ctime(&now) != NULL, "mktime");
    puts(date);
}

int main(void)
{
    return run_as_task(main_task);
}
