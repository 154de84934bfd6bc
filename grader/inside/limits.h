/* limits.h - which CPUs a program may use, and how much of what. */
#ifndef BARISTA_INSIDE_LIMITS_H
#define BARISTA_INSIDE_LIMITS_H

#include <stdbool.h>

#include "order.h"

/* Each sets what the order says, for this process, and returns false with errno set. */
bool limits_set(const struct order *order);
bool limits_pin(const struct order *order);

#endif
