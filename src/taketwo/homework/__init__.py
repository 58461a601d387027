"""Homework: a trainer sends one file out and gets one file back."""
