/* The demo of the lesson. It gives figure("speedup", 2) and figure("tasks", 3). */
