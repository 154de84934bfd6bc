# Prints the table of README.md; see medians.awk for what it is made from.

# Half of the way from the lower to the upper quartile, in percent of the median.
function spread(numbers) {
    return 50 * (quantile(numbers, 0.75) - quantile(numbers, 0.25)) / median(numbers)
}

function magnitude(x) {
    return x < 0 ? -x : x
}

END {
    print "| program | real T1 ms | | T2 ms | | speedup | simulated T1 | T2 | speedup | error % |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= names_count; i++) {
        name = names[i]
        one = real[name, 1]
        two = real[name, 2]
        if (one == "" || two == "") {
            printf "| %s | never undisturbed |\n", name
            wrong = 1
            continue
        }
        speedup = median(one) / median(two)
        simulated = virtual[name, 1] / virtual[name, 2]
        error = 100 * (simulated / speedup - 1)
        errors = errors " " magnitude(error)
        printf "| %s | %.1f | ±%.0f%% | %.1f | ±%.0f%% | %.2f | %.1f | %.1f | %.2f | %+.1f |\n", name,
            median(one), spread(one), median(two), spread(two), speedup,
            virtual[name, 1], virtual[name, 2], simulated, error
    }
    middle = median(errors)
    worst = quantile(errors, 1)
    printf "\n%d programs, error of the speedup: median %.1f%% (at most 5), worst %.1f%% (at most 15)\n",
        names_count, middle, worst
    exit wrong || middle > 5 || worst > 15
}
