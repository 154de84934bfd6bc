/* spread.h - the median of measurements, and how far it can be trusted. */
#ifndef BARISTA_SPREAD_H
#define BARISTA_SPREAD_H

struct spread {
    double median;
    double low,
        high; /* an interval that covers the true median in 95% of cases, if there are enough
                         measurements; fewer than 6 give all their range, which covers it less often */
};

/* Of `count` values (sorted in place); all zero when there are none. Assumes nothing about how the
 * values are distributed. */
struct spread spread_of(double *values, int count);

#endif
