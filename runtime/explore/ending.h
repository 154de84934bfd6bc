/* ending.h - from how a run of the program ended to what is wrong with it: the oracles for all that
 * shows at the end. */
#ifndef RT_EXPLORE_ENDING_H
#define RT_EXPLORE_ENDING_H

#include "explore/program.h"

/* The run has ended; its tasks are still where they were. Tells found.h. */
void rt__ending_judge(const struct rt__ending *ending);

/* The answer of the first run that ended well, which those of others are compared with; NULL: none
 * did yet. */
const char *rt__ending_answer(void);

#endif
