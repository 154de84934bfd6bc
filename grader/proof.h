/* proof.h - the command that proves the answer of a quiz question. */
#ifndef BARISTA_PROOF_H
#define BARISTA_PROOF_H

/* What is wrong with a command such as `make why LESSON=06
 * SUBMISSION=tests/submissions/06-grain/solution.c`, and what is allowed instead; the caller owns
 * it. NULL: it is one command of make, with a target and a lesson that exist, and a submission that
 * exists. */
char *proof_mistake(const char *command);

#endif
