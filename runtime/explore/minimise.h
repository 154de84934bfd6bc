/* minimise.h - from the schedule that showed a finding to the fewest switches that do. */
#ifndef RT_EXPLORE_MINIMISE_H
#define RT_EXPLORE_MINIMISE_H

#include "explore/found.h"

/* Runs the program by these switches alone. The details of the finding if it shows it, to be freed;
 * else NULL. */
char *rt__shows(const struct rt__finding *finding, const struct rt__plan *plan,
                const struct rt__switches *switches);

/* Leaves out of the finding's schedule what it doesn't need. False if that schedule does not even
 * show it a second time: the program depends on something else than its schedule. */
bool rt__minimise(struct rt__finding *finding);

#endif
