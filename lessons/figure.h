/* figure.h - the figures of a demo, by name, for the questions that a lesson asks before it.
 *
 * A lesson asks "how many times as fast is that?" before it shows anything. The answer is no number
 * in a file: it is what the demo measures on the learner's machine. So a demo, next to printing
 * what people read, says
 *
 *     figure("halves_speedup_1", loop_ns / halves_ns);
 *
 * and `make predict LESSON=06`, which asks the questions of lessons/06-grain/questions.yaml, takes
 * its answers from there. Nobody sees these figures when the demo is run by itself. */
#ifndef FIGURE_H
#define FIGURE_H

/* The file to which the figures are appended, as lines "name value". Unset: figures go nowhere. */
#define FIGURES_VARIABLE "DEMO_FIGURES"

/* Gives one figure. `name` has lower-case letters, digits and `_`; each name is given once in a
 * run. Called by one task at a time. A figure that cannot be written ends the program with a
 * message, since a question without an answer is of no use. */
void figure(const char *name, double value);

#endif
