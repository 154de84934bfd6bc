# Prints the table of README.md; see medians.awk for what it is made from.

# Half of the way from the lower to the upper quartile, in percent of the median.
function spread(numbers) {
    return 50 * (quantile(numbers, 0.75) - quantile(numbers, 0.25)) / median(numbers)
}

function magnitude(x) {
    return x < 0 ? -x : x
}

# Two CPUs may share a core, a cache, the way to memory. By how much longer a program takes beside a second one like
# it is what this machine, not the program, takes from a speedup: while both procs compute, which is at least the
# time by which computing on both exceeds the run, both are slower by that.
function here(name,    slower, both) {
    slower = median(twice[name]) / median(real[name, 1])
    both = user[name, 2] - virtual[name, 2]
    return virtual[name, 2] + (slower > 1 && both > 0 ? (slower - 1) * both : 0)
}

function head() {
    print "| program | real T1 ms | | T2 ms | | speedup | simulated T1 | T2 | speedup | error % | two at once | error here % |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
}

function row(name,    one, two, speedup, simulated) {
    one = real[name, 1]
    two = real[name, 2]
    error = error_here = ""
    if (one == "" || two == "" || twice[name] == "") {
        printf "| %s | never undisturbed |\n", name
        wrong = 1
        return
    }
    speedup = median(one) / median(two)
    simulated = virtual[name, 1] / virtual[name, 2]
    error = 100 * (simulated / speedup - 1)
    error_here = 100 * (virtual[name, 1] / here(name) / speedup - 1)
    printf "| %s | %.1f | ±%.0f%% | %.1f | ±%.0f%% | %.2f | %.1f | %.1f | %.2f | %+.1f | %.2f | %+.1f |\n", name,
        median(one), spread(one), median(two), spread(two), speedup, virtual[name, 1], virtual[name, 2],
        simulated, error, median(twice[name]) / median(one), error_here
}

# `outside` names the programs that virtual time does not claim to know.
END {
    head()
    for (i = 1; i <= names_count; i++) {
        if (index(outside, " " names[i] " ") > 0) {
            continue
        }
        row(names[i])
        count++
        if (error != "") {
            errors = errors " " magnitude(error)
            errors_here = errors_here " " magnitude(error_here)
        }
    }
    middle = median(errors_here)
    worst = quantile(errors_here, 1)
    printf "\n%d programs, error of the speedup: median %.1f%%, worst %.1f%%\n", count, median(errors), quantile(errors, 1)
    printf "with what this machine takes from two at once: median %.1f%% (at most 5), worst %.1f%% (at most 15)\n",
        middle, worst
    if (count < names_count) {
        print "\nOutside of what virtual time knows:\n"
        head()
        for (i = 1; i <= names_count; i++) {
            if (index(outside, " " names[i] " ") > 0) {
                row(names[i])
            }
        }
    }
    exit wrong || middle > 5 || worst > 15
}
