// How the platform runs: what the tenant has used of its quotas, which partners are shut off for
// failing, and how well the platform keeps what it promises.

import {screen} from "./screen.js";

export const limits = screen({
  id: "limits",
  list: "LimitService_ListUsages",
  items: "usages",
  columns: ["name", "used", "limit", "resetTime"],
});

export const breakers = screen({
  id: "breakers",
  list: "BreakerService_ListBreakers",
  items: "breakers",
  columns: [
    "name", "partner", "documentUri", "operation", "state", "stateTime", "nextProbeTime",
    "successes", "refusals",
    "failures", "timeouts", "rejections", "process"],
  actions: [{
    id: "resetBreaker", operation: "BreakerService_ResetBreaker",
    when: (breaker) => breaker.state !== "CLOSED",
  }],
});

export const objectives = screen({
  id: "objectives",
  list: "ObjectiveService_ListObjectives",
  items: "objectives",
  columns: [
    "name", "kind", "target", "threshold", "goodCount", "totalCount", "budgetRemaining",
    "burnRates", "window"],
});
