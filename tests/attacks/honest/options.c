/* options.c - takes its own command line apart. */
#include <errno.h>
#include <error.h>
#include <getopt.h>

#include "honest.h"

int main(void)
{
    char *words[] = {"program", "-v", "-n", "5", "rest", NULL};
    int letter, number = 0, verbose = 0;
    while ((letter = getopt(5, words, "vn:")) != -1) {
        verbose += letter == 'v';
        number = letter == 'n' ? atoi(optarg) : number;
    }
    must(verbose == 1 && number == 5 && optind == 4, "getopt");
    error(0, 0, "called as %s", program_invocation_short_name);
    return 0;
}
