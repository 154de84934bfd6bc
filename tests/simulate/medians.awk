# Reads the lines of tests/simulate/validate: real[name, procs] and cpu[name, procs] hold the measured times,
# blank between them, in milliseconds, and twice[name] those of two at once; virtual[name, procs] the simulated one, user[...] and runtime[...] what
# all procs spent on computing and on the runtime.

function field(name, text) {
    text = $0
    if (!sub(".*[ {]\"?" name "\"?[=:] ?", "", text)) {
        return ""
    }
    sub(/[^0-9a-f].*/, "", text)
    return text
}

{
    run = $2 SUBSEP $3
    if (check[$2] == "") {
        check[$2] = field("check")
    } else if (check[$2] != field("check")) {
        print $2 ": its results differ from run to run"
        wrong = 1
    }
}

$1 == "real" {
    real[run] = real[run] " " field("ns") / 1e6
    cpu[run] = cpu[run] " " field("cpu_ns") / 1e6
}

$1 == "twice" {
    twice[$2] = twice[$2] " " field("ns") / 1e6
}

$1 == "virtual" {
    if ($3 == 1) {
        names[++names_count] = $2
    }
    virtual[run] = field("time_ps") / 1e9
    user[run] = field("user") / 1e9
    runtime[run] = (field("scheduler") + field("search")) / 1e9
    block[$2] = field("block") == "" ? 0 : field("block")
}

# Where `part` of the numbers are smaller, as 0.5 for the median.
function quantile(numbers, part,    sorted, count, i, j, number) {
    count = split(numbers, sorted, " ")
    for (i = 2; i <= count; i++) {
        number = sorted[i] + 0
        for (j = i - 1; j > 0 && sorted[j] + 0 > number; j--) {
            sorted[j + 1] = sorted[j]
        }
        sorted[j + 1] = number
    }
    i = 1 + part * (count - 1)
    j = int(i)
    return count == 0 ? 0 : sorted[j] + (i > j ? (i - j) * (sorted[j + 1] - sorted[j]) : 0)
}

function median(numbers) {
    return quantile(numbers, 0.5)
}
