"""Wiring and schedules: each DAG calls the steps of `pipelines.stages` and passes keys and counts, never articles."""
