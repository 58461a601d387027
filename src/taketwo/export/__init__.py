"""Takes for others: a page, a sheet, a table, a recording, statements, or the whole take to be taken in elsewhere.

Every writer gets the same `Taken`, in which sealed events are blank and, where that is asked, names are gone; so no
writer can let slip what another holds back. Nothing here knows a terminal or writes into the folder of takes, but
for `bring`, which takes in what `form` wrote.
"""
