/* Two things are each made once, and each may be made by way of the other. Two tasks that begin at different ends wait
 * for each other's rt_once. */
/* expect: deadlock */
#include <stdlib.h>

#include "rt.h"

static int fonts, screen;
static rt_once fonts_once, screen_once;
static rt_wait_group done;

static void make_fonts(void *arg)
{
    (void)arg;
    fonts = 1;
}

static void make_screen(void *arg)
{
    (void)arg;
    screen = 1;
}

static void make_fonts_for_screen(void *arg)
{
    rt_once_do(&screen_once, make_screen, NULL);
    make_fonts(arg);
}

static void make_screen_with_fonts(void *arg)
{
    rt_once_do(&fonts_once, make_fonts, NULL);
    make_screen(arg);
}

static void need_fonts(void *arg)
{
    (void)arg;
    rt_once_do(&fonts_once, make_fonts_for_screen, NULL);
    rt_wait_group_done(&done);
}

static void need_screen(void *arg)
{
    (void)arg;
    rt_once_do(&screen_once, make_screen_with_fonts, NULL);
    rt_wait_group_done(&done);
}

static void main_task(void *arg)
{
    (void)arg;
    rt_wait_group_add(&done, 2);
    rt_go(need_fonts, NULL);
    rt_go(need_screen, NULL);
    rt_wait_group_wait(&done);
    if (fonts + screen != 2)
        abort();
}

int main(void)
{
    return rt_run(main_task, NULL) == RT_OK ? 0 : 1;
}
