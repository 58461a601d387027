"""Rating a take by a QA form, beside what the engine scored; and comparing raters of one take."""
