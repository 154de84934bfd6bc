/* Multiplies two matrices again and again, a task for each band of rows. All bands cost the same,
 * and after each multiplication all wait for the slowest. Outside: the three matrices are more than
 * the cache of a CPU, so that it is memory which decides. */
#include "program.h"

#define N 256
#define BANDS 8

static float a[N][N], b[N][N], c[N][N];
static rt_wait_group done;

static void band(void *arg)
{
    int first = (int)(intptr_t)arg;
    for (int i = first; i < first + N / BANDS; i++) {
        for (int j = 0; j < N; j++) {
            c[i][j] = 0;
        }
        for (int k = 0; k < N; k++) {
            for (int j = 0; j < N; j++) {
                c[i][j] += a[i][k] * b[k][j];
            }
        }
    }
    rt_wait_group_done(&done);
}

uint64_t program(int percent)
{
    double trace = 0;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
            a[i][j] = (float)(i * j % 7);
            b[i][j] = (float)((i + j) % 5);
        }
    }
    for (int round = 0; round < percent; round++) {
        rt_wait_group_add(&done, BANDS);
        for (int i = 0; i < BANDS; i++) {
            rt_go(band, (void *)(intptr_t)(i * N / BANDS));
        }
        rt_wait_group_wait(&done);
        for (int i = 0; i < N; i++) {
            trace += (double)c[i][i];
        }
    }
    return (uint64_t)trace;
}
