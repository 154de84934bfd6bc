/* privileges.h - makes sure that a process, and what it starts, can never gain any. */
#ifndef BARISTA_INSIDE_PRIVILEGES_H
#define BARISTA_INSIDE_PRIVILEGES_H

#include <stdbool.h>

/* Gives up what root may do. A process of root becomes one of another user, unless it is to read
 * sources that only their owner may read (`stay_root`): then it keeps the right to read them, and
 * no other. Returns false with errno set. */
bool privileges_drop(bool stay_root);

#endif
