/* The student's file. */
