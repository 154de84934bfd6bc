/* touched.h - which proc used each object last. See touched.c. */
#ifndef RT_SIM_TOUCHED_H
#define RT_SIM_TOUCHED_H

/* Forgets all objects. */
void rt__touched_release(void);

#endif
