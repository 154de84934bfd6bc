/* What the student's file must define. */
