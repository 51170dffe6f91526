/* Folding for search, as wic/query/fold.py does it: each character by a table, the dropped ones taken out. */

#include "compiled.h"

/* Entries of the table that are no characters, as wic/query/fold.py sets them. */
enum { UNKNOWN = 0xFFFE, DROPPED = 0xFFFF };

static int append(PyObject *list, Py_ssize_t number)
{
    PyObject *item = PyLong_FromSsize_t(number);
    int done = item == NULL ? -1 : PyList_Append(list, item);
    Py_XDECREF(item);
    return done;
}

/* Folds `points` into `units` of UTF-16, with the places at which characters are dropped in `gaps`; returns how many are
   left, -1 at a character that the table does not know, -2 where there is no memory. */
static Py_ssize_t folded(const uint32_t *points, Py_ssize_t size, const uint16_t *table, uint16_t *units,
                         PyObject *gaps)
{
    Py_ssize_t left = 0;
    int alone = 1; /* whether a dropped character here would belong to no letter */
    for (Py_ssize_t at = 0; at < size; at++) {
        uint32_t point = points[at];
        uint16_t meant = point > 0xFFFF ? UNKNOWN : table[point];
        if (meant == UNKNOWN)
            return -1;
        if (meant == DROPPED) {
            if (!alone) {
                if (append(gaps, left) < 0)
                    return -2;
                continue;
            }
            meant = (uint16_t)point;
        } else
            alone = point < 0x80;
        units[left++] = meant; /* no surrogate: the table knows none */
    }
    return left;
}

/* fold(text, table): the folded text and the places in it at which characters were dropped; None where the text has a
   character that the table does not know. */
PyObject *wic_fold(PyObject *self, PyObject *args)
{
    PyObject *text, *result = NULL;
    Py_buffer table;
    (void)self;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &table))
        return NULL;
    Py_ssize_t size = PyUnicode_GetLength(text);
    uint32_t *points = malloc(((size_t)size + 1) * sizeof *points);
    uint16_t *units = malloc(((size_t)size + 1) * sizeof *units);
    PyObject *gaps = PyList_New(0);
    if (points == NULL || units == NULL)
        PyErr_NoMemory();
    else if (table.len != 2 * 65536)
        PyErr_SetString(PyExc_ValueError, "a table must have 65536 entries of 16 bits");
    else if (gaps != NULL && PyUnicode_AsUCS4(text, points, size, 0) != NULL) {
        Py_ssize_t left = folded(points, size, table.buf, units, gaps);
        if (left == -1)
            result = Py_BuildValue("");
        else if (left >= 0) {
            int order = -1; /* of the bytes: little endian */
            PyObject *made = PyUnicode_DecodeUTF16((const char *)units, left * 2, NULL, &order);
            if (made != NULL)
                result = PyTuple_Pack(2, made, gaps);
            Py_XDECREF(made);
        }
    }
    free(points);
    free(units);
    Py_XDECREF(gaps);
    PyBuffer_Release(&table);
    return result;
}
