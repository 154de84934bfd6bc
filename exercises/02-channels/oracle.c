/* oracle.c - exercise 02 done plainly: one person takes an order, serves it, takes the next one. It
 * gives the expected answer, and the time that a program without overlap takes. */
#include "shop.h"

void run_shop(void)
{
    struct order order;
    while (take_order(&order))
        serve(&order);
}
