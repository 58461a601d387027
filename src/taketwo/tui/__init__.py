"""The full screen. The only room that knows Textual."""
