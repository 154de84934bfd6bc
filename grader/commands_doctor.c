/* commands_doctor.c - `barista doctor`: which sandbox this machine offers, and what is missing. */
#include <stdio.h>

#include "commands.h"
#include "result.h"
#include "sandbox.h"

static const char *const meanings[] = {
    [TIER_A] = "everything",
    [TIER_B] = "everything but a control group, whose limits the grader watches over itself",
    [TIER_C] = "no namespaces: what submissions may not touch is there, but out of their reach",
    [TIER_D] = "resource limits only: for programs that you would run anyway; no official grades",
};

static void print_layer(const struct sandbox *sandbox, enum layer layer)
{
    if (sandbox->active[layer]) {
        printf("  active   %s\n", layer_name(layer));
        return;
    }
    printf("  missing  %s\n", layer_name(layer));
    if (sandbox->why[layer])
        printf("             why: %s\n", sandbox->why[layer]);
    printf("             to get it: %s\n", layer_remedy(layer));
}

/* Those that got out are named: each was held back by a layer that is missing. */
static void print_canaries(const struct sandbox *sandbox)
{
    printf("%d of %d attempts to get out of it failed, just now.\n", sandbox->canaries,
           CANARIES_COUNT);
    for (int i = 0; i < CANARIES_COUNT; i++)
        if (!sandbox->held[i])
            printf("  a program in it can %s\n", canary_text((enum canary)i));
}

int command_doctor(const struct arguments *arguments)
{
    (void)arguments;
    struct sandbox sandbox;
    bool chosen = sandbox_choose(&(struct sandbox_wish){.memory_mb = 256}, &sandbox, stderr);
    if (chosen) {
        printf("Sandbox: tier %c of A to D: %s.\n", tier_letter(sandbox.tier),
               meanings[sandbox.tier]);
        for (int i = 0; i < LAYERS_COUNT; i++)
            print_layer(&sandbox, (enum layer)i);
        if (sandbox.landlock_abi > 0)
            printf("Landlock is of version %d.\n", sandbox.landlock_abi);
        print_canaries(&sandbox);
    }
    sandbox_release(&sandbox);
    return chosen ? BARISTA_PASS : BARISTA_INFRA;
}
