# Judges the series of a file with R's surveillance, and prints what it took.
# Rscript against_r.R counts.csv first_week: a column a series, a row a week.
suppressMessages(library(surveillance))
given <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(given[1]))
from <- as.integer(given[2])
series <- lapply(seq_len(ncol(counts)), function(at) {
  sts(observed = counts[, at, drop = FALSE], start = c(2015, 1), frequency = 52)
})
weeks <- from:nrow(counts)
quiet <- list(range = weeks, b = 5, w = 3, verbose = FALSE, glmWarnings = FALSE)
paper <- modifyList(quiet, list(noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1,
                                thresholdMethod = "nbPlugin"))
timed <- function(name, judge, n) {
  invisible(judge(series[[1]]))  # loads and compiles
  took <- system.time(alarms <- vapply(series, function(one) sum(alarms(judge(one)), na.rm = TRUE), 0))
  cat(name, ncol(counts) * n, took[["elapsed"]], took[["user.self"]] + took[["sys.self"]],
      sum(alarms), "\n")
}
timed("farrington_flexible", function(one) suppressWarnings(farringtonFlexible(one, control = quiet)), length(weeks))
timed("farrington_flexible*", function(one) suppressWarnings(farringtonFlexible(one, control = paper)), length(weeks))
for (method in c("C1", "C2", "C3")) {
  control <- list(method = method, range = 12:nrow(counts))
  timed(paste0("ears_", tolower(method)), function(one) earsC(one, control = control), nrow(counts) - 11)
}
