/* result.h - the result of a simulated run, as one line of JSON. */
#ifndef RT_SIM_RESULT_H
#define RT_SIM_RESULT_H

#include "sim/virtual.h"

/* Appends the line to the file that RT_SIM_RESULT names, or to the open descriptor whose number it
 * is; does nothing if it is not set. What can't be written ends the program with a message. */
void rt__result_write(const struct rt__virtual_result *result);

#endif
