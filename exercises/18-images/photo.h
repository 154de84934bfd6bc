/* photo.h - the exercise of lesson 18: take the grain out of a photo, in several passes.
 *
 * You read this file and complete photo.c. A photo that was taken in the dark is full of specks.
 * The median filter removes them: each pixel becomes the middle one of itself and its eight
 * neighbours, sorted by brightness. It does so in several passes, each of which takes the picture
 * that the pass before has made.
 *
 * The harness runs smooth() once, in the main task. You may take every allocation, rt_chan_new and
 * rt_go to succeed. */
#ifndef PHOTO_H
#define PHOTO_H

#include "rt.h"

/* A grey picture. The pixel in column x of row y is pixels[y * width + x], 0 is black. */
struct image {
    int width, height;
    unsigned char *pixels;
};

/* One row of one pass. Given: it lies in harness.c. It reads the rows y - 1, y and y + 1 of `from`
 * (beyond the upper and lower edge there is nothing, and it knows that) and writes row y of `to`.
 * `from` and `to` must be two different images.
 *
 * It computes and never waits. Where nine pixels are equal there is nothing to sort, so the rows of
 * a clear sky take next to no time, and those of a dark street take long. Any number of tasks may
 * call it at the same time, as long as nobody writes what another one reads or writes. */
void smooth_row(const struct image *from, struct image *to, int y);

/* Smoothes the picture in `image` `passes` times. Yours to write. Each pass goes from one of the
 * two images to the other: the first from `image` to `spare`, the second from `spare` to `image`,
 * and so on. Returns the one that the last pass has written, and leaves no task when it returns.
 *
 * It shares each pass among tasks such that `workers` procs are busy. How many tasks you start is
 * up to you.
 *
 * Both images have the same size; the contents of `spare` don't matter at first. `passes` and
 * `workers` are at least 1. The height is any number: equal parts may not be possible. */
const struct image *smooth(struct image *image, struct image *spare, int passes, int workers);

#endif
