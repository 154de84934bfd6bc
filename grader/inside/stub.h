/* stub.h - the trusted process that stands beside the program in the sandbox. */
#ifndef BARISTA_INSIDE_STUB_H
#define BARISTA_INSIDE_STUB_H

/* Runs programs as it is ordered to, one after the other, in the inner layers, and reports on them,
 * as protocol.h has it. Returns the stub's exit status. */
int stub_serve(void);

#endif
