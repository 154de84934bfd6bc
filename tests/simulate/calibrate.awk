# Prints what a basic block of each program costs, as "NAME block=PICOSECONDS": the CPU time that it took on one
# proc, less what the runtime took of it in virtual time, for what it computed there. Programs that hardly
# compute stay with the usual cost.

END {
    for (i = 1; i <= names_count; i++) {
        name = names[i]
        took = median(cpu[name, 1]) - runtime[name, 1]
        if (user[name, 1] < 0.2 * virtual[name, 1] || took < 0.2 * median(real[name, 1])) {
            continue
        }
        used = block[name] > 0 ? block[name] : 1650
        printf "%s block=%d\n", name, used * took / user[name, 1]
    }
}
