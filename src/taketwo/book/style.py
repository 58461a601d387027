"""How the book looks: on a wide screen, on a phone, by night, and on A4.

In print a scene, its facilitator's page and its tree begin on a page of their own, and running heads name the scene
where the browser knows them. No custom font, so nothing is fetched.
"""

from collections.abc import Iterable

from taketwo.book.chapter import Chapter
from taketwo.book.markup import css_string
from taketwo.graph.svg import style as drawings

_SCREEN = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1c1e21; --quiet: #55595f; --rule: #d8d4ca; --accent: #0b5cad; --tint: #f1eee6; }
@media screen and (prefers-color-scheme: dark) { :root {
  --paper: #15181e; --card: #1b2028; --ink: #e6e6e6; --quiet: #a4adba; --rule: #3a414d; --accent: #7cc4ff; --tint: #222833; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 1.25rem 6rem; max-width: 46rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
  overflow-wrap: break-word; hyphens: manual; }
h1, h2, h3, h4, th, dt, .over, .meta, .label, .quiet, .note, .who, figcaption, summary {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; break-after: avoid; }
h2 { font-size: 2rem; margin: 0 0 .4rem; letter-spacing: -.01em; }
h3 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; }
h4 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
p { margin: .5rem 0; text-wrap: pretty; orphans: 3; widows: 3; }
ul, ol { padding-left: 1.3rem; }
li { margin: .3rem 0; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.over { color: var(--accent); font-size: .85rem; font-weight: 600; letter-spacing: .02em; margin: 0 0 .3rem; }
.meta, .quiet, .note { color: var(--quiet); font-size: .875rem; }
.meta { margin: 0 0 .6rem; }
.label { font-size: .875rem; font-weight: 700; margin: 0 0 .3rem; }
.about { font-size: 1.2rem; line-height: 1.45; font-style: italic; }
.plain { list-style: none; padding: 0; }
dl { margin: .6rem 0; }
@media print, screen and (min-width: 34rem) {
  dl:not(.times) { display: grid; grid-template-columns: 7rem 1fr; gap: .35rem 1rem; align-items: baseline; }
  dl:not(.times) > dt { margin: 0; }
  .use dl { grid-template-columns: 11rem 1fr; } }
dt { font-size: .9rem; font-weight: 700; margin-top: .7rem; }
dd { margin: .1rem 0 0; }
.cover { min-height: min(92vh, 48rem); display: flex; flex-direction: column; justify-content: center; }
h1 { font-size: clamp(3.2rem, 14vw, 6.5rem); line-height: .95; margin: 0; letter-spacing: -.035em; }
.subtitle { font-size: clamp(1.4rem, 5vw, 2.1rem); margin: .6rem 0 2.2rem; font-style: italic; }
.contents li { margin: .55rem 0; }
.contents h3 { margin-top: 1.8rem; }
.contents a { font-weight: 600; }
.contents .quiet { display: block; }
.use, .coverage { margin-top: 5rem; }
.scene { margin-top: 6rem; padding-top: 3rem; border-top: 4px solid var(--ink); }
.also p { font-size: .95rem; margin: .3rem 0; }
.centre { border-left: 3px solid var(--accent); padding-left: 1rem; margin: .8rem 0 1.2rem; }
.play { list-style-position: outside; padding-left: 1.9rem; }
.play > li { margin: 1.3rem 0; break-inside: avoid; }
.play > li::marker { font-family: system-ui, sans-serif; font-size: .85rem; font-weight: 700; color: var(--quiet); }
.play p { margin: .25rem 0; }
.who { display: block; font-size: .8rem; font-weight: 700; color: var(--quiet); }
.said { border-left: 3px solid var(--accent); padding-left: .8rem; }
.said .who { color: var(--accent); }
.why, .answer, .note { padding-left: calc(.8rem + 3px); }
.why, .answer { font-style: italic; color: var(--quiet); }
.answer i { font-style: normal; }
.ended { border-top: 1px solid var(--rule); padding-top: .8rem; }
.facilitator {
  margin: 3rem 0; padding: 1.6rem 1.6rem 1.2rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
.facilitator h3 { margin: 0 0 .4rem; font-size: 1.5rem; }
.times { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 0; }
.times dt, .times dd { display: inline; margin: 0 .4rem 0 0; }
.questions > li { margin: 0 0 1.5rem; }
.questions > li::marker { font-family: system-ui, sans-serif; font-weight: 700; }
.ask { font-weight: 600; }
.facilitator .answer { font-size: .95rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem .45rem 0; border-bottom: 1px solid var(--rule); }
thead th { font-size: .8rem; color: var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 600; font-size: .85rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.endings td:nth-child(2) { white-space: nowrap; }
.endings td:last-child { width: 58%; min-width: 15rem; }
figure { margin: 0; }
.drawing { overflow-x: auto; border: 1px solid var(--rule); border-radius: 10px; background: var(--card); }
.drawing svg { display: block; margin: 0 auto; }
details { margin: 1rem 0; }
summary { cursor: pointer; font-size: .9rem; padding: .5rem 0; }
pre { overflow-x: auto; font: .78rem/1.45 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
@media screen and (min-width: 76rem) {
  .drawing { width: min(94vw, 80rem); margin-left: 50%; transform: translateX(-50%); } }
@media screen and (max-width: 30rem) {
  h2 { font-size: 1.7rem; }
  .facilitator { margin-inline: -.6rem; padding: 1.2rem 1rem; }
  .play, .questions { padding-left: 1.4rem; }
  .coverage :is(th, td):nth-child(2) { display: none; }
  .endings table, .endings tbody, .endings tr, .endings td, .endings th { display: block; border: 0; padding: 0; text-align: left; }
  .endings thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .endings tr { border-bottom: 1px solid var(--rule); padding: .8rem 0; }
  .endings td:last-child { width: auto; min-width: 0; margin-top: .3rem; }
  .endings td:not(:last-child) { display: inline; margin-right: .8rem; color: var(--quiet); font-size: .85rem; white-space: nowrap; }
  .endings td:nth-child(3)::before { content: "CSAT "; }
  .endings td:nth-child(4)::before { content: "passes: "; }
  .endings td:nth-child(5):not(:last-child)::before { content: "decent learner: "; } }
"""
_PRINT = """
@page {
  size: A4; margin: 20mm 20mm 22mm;
  @bottom-center { content: counter(page); font: 9pt system-ui, sans-serif; color: #55595f; } }
@page :first { @bottom-center { content: none; } @top-left { content: none; } }
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; font-size: 1rem; line-height: 1.4; background: none; }
  .meta { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  .cover { min-height: 220mm; }
  .contents, .use, .coverage, .scene { break-before: page; margin-top: 0; padding-top: 0; border: 0; }
  .facilitator { break-before: page; break-after: page; margin: 0; padding: 0; border: 0; background: none; font-size: .95rem; line-height: 1.32; }
  .facilitator p { margin: 1mm 0; } .facilitator h4 { margin: 3mm 0 1mm; font-size: 10pt; }
  .facilitator .answer { font-size: 9pt; } .facilitator ol { margin: 1mm 0; } .facilitator .who { display: inline; font-size: 8.5pt; }
  .tree { break-before: page; }
  .also p { margin: .6mm 0; } .also br { display: none; }
  h2 { font-size: 22pt; } h3 { font-size: 13pt; margin-top: 5.5mm; } .contents h3 { margin-top: 4mm; } .facilitator h3, .tree h3 { margin-top: 0; }
  .contents ul:not(:first-of-type) { columns: 2; column-gap: 10mm; }
  .contents li { margin: 0 0 2mm; break-inside: avoid; }
  .about { font-size: 12.5pt; }
  .questions > li { margin-bottom: 3mm; }
  table { font-size: 9pt; line-height: 1.3; } th, td { padding: 1.1mm 3mm 1.1mm 0; } tbody th { font-size: 8.5pt; }
  tr, .centre, .times { break-inside: avoid; }
  .drawing { border: 0; overflow: visible; background: none; }
  .drawing svg { width: 100%; height: auto; max-height: 226mm; }
  .wide, pre { overflow: visible; }
  pre { font-size: 7.5pt; white-space: pre-wrap; }
  details { display: none; } }
"""


def style(chapters: Iterable[Chapter]) -> str:
    """The whole style sheet, with a running head for each scene."""
    heads = "".join(_head(number, chapter) for number, chapter in enumerate(chapters, 1))
    return f"{_SCREEN}{drawings('drawing')}{_PRINT}{heads}"


def _head(number: int, chapter: Chapter) -> str:
    title = css_string(chapter.scenario.title)
    return (
        f"#{chapter.anchor} {{ page: scene{number}; }} @page scene{number} {{ @top-left {{ content: {title}; "
        f"font: 9pt system-ui, sans-serif; color: #55595f; }} }}\n"
    )
