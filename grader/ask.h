/* ask.h - asks for a line on the terminal, or takes it from a pipe. */
#ifndef BARISTA_ASK_H
#define BARISTA_ASK_H

/* Shows the prompt, and reads a line of standard input: without its end, and without blanks around
 * it. The caller owns it. NULL at the end of the input, which Ctrl-D is on a terminal. What comes
 * from a pipe is shown too, so that the page reads as if it had been typed. */
char *ask_line(const char *prompt);

#endif
