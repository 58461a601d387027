"""Every reachable position of a scenario, solved exactly. Plain Python over `take.machine`; no file but the cache."""
