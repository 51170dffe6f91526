/* How much of a text fits into some cells of a terminal, as wic/query/concordance.py cuts its columns. */

#include "compiled.h"

/* What a character adds: nothing yet known of it, no cell (a mark), one, two, one that stays with the letter before it
   (Thai and Lao AM), or what only its neighbours can tell. */
enum { UNKNOWN, MARK, NARROW, WIDE, AM, HARD };

static const int CELLS[] = {0, 0, 1, 2, 1, 0};

/* fit(text, room, kinds, backwards): how many characters of the text fit into `room` cells, from its beginning or from
   its end, and the cells that they take; a mark does not stay without its letter. `kinds` has a byte for each code
   point. (-1, code point) where that is unknown, (-2, code point) where a character is hard. */
PyObject *wic_fit(PyObject *self, PyObject *args)
{
    PyObject *text;
    Py_buffer kinds;
    Py_ssize_t room;
    int backwards;
    (void)self;
    if (!PyArg_ParseTuple(args, "Uny*p", &text, &room, &kinds, &backwards))
        return NULL;
    const uint8_t *table = kinds.buf;
    Py_ssize_t size = PyUnicode_GetLength(text), taken = 0, cells = 0;
    Py_ssize_t sure = 0, sure_cells = 0; /* up to the last place that does not part a mark from its letter */
    Py_ssize_t trouble = 0;
    uint32_t point = 0;
    while (taken < size) {
        point = PyUnicode_ReadChar(text, backwards ? size - 1 - taken : taken);
        uint8_t kind = (Py_ssize_t)point < kinds.len ? table[point] : HARD;
        if (kind == UNKNOWN || kind >= HARD) {
            trouble = kind == UNKNOWN ? -1 : -2;
            break;
        }
        int glued = kind == MARK || kind == AM;
        if (!glued && !backwards)
            sure = taken, sure_cells = cells;
        if (cells + CELLS[kind] > room)
            break;
        taken++;
        cells += CELLS[kind];
        if (!glued && backwards)
            sure = taken, sure_cells = cells;
    }
    PyBuffer_Release(&kinds);
    if (trouble)
        return Py_BuildValue("nI", trouble, point);
    if (taken < size)
        taken = sure, cells = sure_cells;
    return Py_BuildValue("nn", taken, cells);
}
