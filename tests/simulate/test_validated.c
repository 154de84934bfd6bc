/* A short form of the validation (README.md): some of the programs, a tenth of each. Nothing here
 * depends on how fast or how busy the machine is: really they must only give the same results as in
 * virtual time, and there the speedups must be what the programs' shapes say. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct program {
    const char *name;
    double least, most; /* speedup on two procs, in virtual time */
} programs[] = {
    {"downloads", 0.99, 1.01},   {"four_at_a_time", 0.98, 1.02}, {"sign_pool", 1.85, 2.0},
    {"amdahl_half", 1.30, 1.34}, {"amdahl_quarter", 1.55, 1.61}, {"three_thirds", 1.4, 1.51},
    {"lock_all", 0.9, 1.05},     {"lock_third", 1.6, 2.0},       {"ping_pong", 0.5, 0.95},
    {"bottleneck", 1.15, 1.26},  {"stages", 1.7, 2.0},           {"kitchen", 1.6, 2.0},
    {"spawn_storm", 1.1, 1.9},   {"hybrid_few", 1.0, 2.0},       {"once", 1.35, 1.6},
};

/* What a run prints: check=... ns=... and so on; with what it wrote as RT_SIM_RESULT. */
static void run(const char *kind, const char *name, int procs, char output[65536])
{
    char command[512];
    snprintf(command, sizeof command,
             "RT_PROCS=%d RT_SIM_COSTS= RT_SIM_RESULT=/dev/stdout build/simulate/%s/%s 10", procs,
             kind, name);
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    output[fread(output, 1, 65535, pipe)] = '\0';
    ck_assert_msg(pclose(pipe) == 0, "%s failed", command);
    char *cpu = strstr(output, " cpu_ns="); /* the only thing in it that was really measured */
    ck_assert_ptr_nonnull(cpu);
    *cpu = '\0';
}

static const char *field(const char *output, const char *name)
{
    const char *at = strstr(output, name);
    ck_assert_msg(at != NULL, "no %s in: %s", name, output);
    return at + strlen(name);
}

static double simulated_ps(const char *output)
{
    return atof(field(output, "\"time_ps\": "));
}

START_TEST(a_program_gives_the_same_result_really_and_in_virtual_time)
{
    char really[65536], simulated[65536];
    for (int procs = 1; procs <= 2; procs++) {
        run("real", programs[_i].name, procs, really);
        run("virtual", programs[_i].name, procs, simulated);
        const char *one = field(really, "check="), *other = field(simulated, "check=");
        ck_assert_int_eq(strncmp(one, other, strcspn(one, " ") + 1), 0);
    }
}
END_TEST

START_TEST(a_simulation_is_the_same_again_and_its_speedup_follows_from_the_shape)
{
    static char one[65536], two[65536], again[65536];
    const struct program *program = &programs[_i];
    run("virtual", program->name, 1, one);
    run("virtual", program->name, 2, two);
    run("virtual", program->name, 2, again);
    ck_assert_str_eq(two, again);
    double speedup = simulated_ps(one) / simulated_ps(two);
    ck_assert_msg(speedup >= program->least && speedup <= program->most,
                  "%s: the simulated speedup is %.3f, but %.2f to %.2f would be right",
                  program->name, speedup, program->least, program->most);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("validation of virtual time");
    TCase *tests = tcase_create("programs");
    int count = sizeof programs / sizeof *programs;
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_program_gives_the_same_result_really_and_in_virtual_time, 0,
                        count);
    tcase_add_loop_test(
        tests, a_simulation_is_the_same_again_and_its_speedup_follows_from_the_shape, 0, count);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
