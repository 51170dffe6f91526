/* Folding for search, as wic/query/fold.py does it: each character by a table, the dropped ones taken out. */

#include "compiled.h"

/* Entries of the table that are no characters, as wic/query/fold.py sets them. */
enum { UNKNOWN = 0xFFFE, DROPPED = 0xFFFF };

/* The places of the characters that are left, and the end, as a list. */
static PyObject *places_of(const Py_ssize_t *places, Py_ssize_t size)
{
    PyObject *list = PyList_New(size);
    for (Py_ssize_t at = 0; list != NULL && at < size; at++) {
        PyObject *place = PyLong_FromSsize_t(places[at]);
        if (place == NULL || PyList_SetItem(list, at, place) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* Folds `points` in place; returns how many are left, with their places, or -1 at one that the table does not know. */
static Py_ssize_t folded(uint32_t *points, Py_ssize_t size, const uint16_t *table, Py_ssize_t *places)
{
    Py_ssize_t left = 0;
    int alone = 1; /* whether a dropped character here would belong to no letter */
    for (Py_ssize_t at = 0; at < size; at++) {
        uint32_t point = points[at];
        uint16_t meant = point > 0xFFFF ? UNKNOWN : table[point];
        if (meant == UNKNOWN)
            return -1;
        if (meant == DROPPED) {
            if (!alone)
                continue;
            meant = (uint16_t)point;
        } else
            alone = point < 0x80;
        points[left] = meant;
        places[left++] = at;
    }
    places[left] = size;
    return left;
}

/* fold(text, table): the folded text and the places of its characters, None for the places where nothing moved; None
   for all of it where the text has a character that the table does not know. */
PyObject *wic_fold(PyObject *self, PyObject *args)
{
    PyObject *text, *result = NULL;
    Py_buffer table;
    (void)self;
    if (!PyArg_ParseTuple(args, "Uy*", &text, &table))
        return NULL;
    Py_ssize_t size = PyUnicode_GetLength(text);
    uint32_t *points = malloc(((size_t)size + 1) * sizeof *points);
    Py_ssize_t *places = malloc(((size_t)size + 1) * sizeof *places);
    if (points == NULL || places == NULL)
        PyErr_NoMemory();
    else if (table.len != 2 * 65536)
        PyErr_SetString(PyExc_ValueError, "a table must have 65536 entries of 16 bits");
    else if (PyUnicode_AsUCS4(text, points, size, 0) != NULL) {
        Py_ssize_t left = folded(points, size, table.buf, places);
        if (left < 0)
            result = Py_BuildValue("");
        else {
            int order = -1; /* of the bytes: little endian */
            PyObject *made = PyUnicode_DecodeUTF32((const char *)points, left * 4, NULL, &order);
            PyObject *list = made == NULL ? NULL : left < size ? places_of(places, left + 1) : Py_BuildValue("");
            if (list != NULL)
                result = PyTuple_Pack(2, made, list);
            Py_XDECREF(made), Py_XDECREF(list);
        }
    }
    free(points), free(places);
    PyBuffer_Release(&table);
    return result;
}
