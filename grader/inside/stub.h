/* stub.h - the trusted process that stands beside the program in the sandbox. */
#ifndef BARISTA_INSIDE_STUB_H
#define BARISTA_INSIDE_STUB_H

/* Sets up the inner layers, runs the program and reports on it, as protocol.h has it. Takes the words
 * after `hold`, and returns the stub's exit status. */
int stub_hold(char **words);

#endif
