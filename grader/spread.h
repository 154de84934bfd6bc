/* spread.h - the median of measurements, and how far it can be trusted. */
#ifndef BARISTA_SPREAD_H
#define BARISTA_SPREAD_H

struct spread {
    double median;
    double low, high; /* see below */
};

/* Of `count` values, which are sorted in place; all zero when there are none. From low to high
 * is an interval that covers the true median in 95% of cases, however the values are
 * distributed. Fewer than 6 values are too few for that: then it is all their range. */
struct spread spread_of(double *values, int count);

#endif
