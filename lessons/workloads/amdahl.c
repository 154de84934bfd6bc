/* amdahl.c - a report: 50 ms of reading, which must be done first and by one, then 150 ms of
 * chapters.
 *
 * The reading is a quarter of the work. However many procs write chapters, it takes as long as
 * ever: the speedup is 1 / (0.25 + 0.75 / N), which is 1.6 for two procs, and below 4 for any
 * number of them. */
#include "workload.h"

#define READING_NS (50 * RT_MS)
#define CHAPTERS 256
#define CHAPTER_NS (150 * RT_MS / CHAPTERS)

static uint64_t read_all(void)
{
    return compute(1, READING_NS);
}

static uint64_t write_chapter(uint64_t notes, int chapter)
{
    return compute(notes + (uint64_t)chapter, CHAPTER_NS);
}

uint64_t sequential(void)
{
    uint64_t notes = read_all(), sum = 0;

    for (int chapter = 0; chapter < CHAPTERS; chapter++)
        sum += write_chapter(notes, chapter);
    return sum;
}

struct chapter {
    uint64_t notes, text;
    int number;
    rt_wait_group *chapters;
};

static void author(void *arg)
{
    struct chapter *mine = arg;

    mine->text = write_chapter(mine->notes, mine->number);
    rt_wait_group_done(mine->chapters);
}

uint64_t concurrent(void)
{
    struct chapter all[CHAPTERS];
    rt_wait_group chapters = {0};
    uint64_t notes = read_all(), sum = 0;

    rt_wait_group_add(&chapters, CHAPTERS);
    for (int i = 0; i < CHAPTERS; i++) {
        all[i] = (struct chapter){.notes = notes, .number = i, .chapters = &chapters};
        rt_go(author, &all[i]);
    }
    rt_wait_group_wait(&chapters);
    for (int i = 0; i < CHAPTERS; i++)
        sum += all[i].text;
    return sum;
}
