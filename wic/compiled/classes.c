/* How many characters of a text are of each class, in a table that is filled as characters are met. */

#include "compiled.h"

enum { CLASSES = 256, POINTS = 0x110000 };

/* Asks for the class of a character, and keeps it; -1 with an exception. */
static int ask(PyObject *missing, uint32_t point, uint8_t *table)
{
    PyObject *character = PyUnicode_FromOrdinal((int)point);
    PyObject *answer = character == NULL ? NULL : PyObject_CallFunctionObjArgs(missing, character, NULL);
    Py_XDECREF(character);
    if (answer == NULL)
        return -1;
    long number = PyLong_AsLong(answer);
    Py_DECREF(answer);
    if (number == -1 && PyErr_Occurred())
        return -1;
    if (number <= 0 || number >= CLASSES) {
        PyErr_SetString(PyExc_ValueError, "a class is a number from 1 to 255");
        return -1;
    }
    return table[point] = (uint8_t)number;
}

/* Counts into `times`, and lists the classes in the order in which they were first met; how many there are, or -1. */
static int count(const uint32_t *points, size_t size, uint8_t *table, PyObject *missing, size_t *times, uint8_t *order)
{
    int met = 0;
    for (size_t at = 0; at < size; at++) {
        int class = table[points[at]];
        if (class == 0 && (class = ask(missing, points[at], table)) < 0)
            return -1;
        if (times[class]++ == 0)
            order[met++] = (uint8_t)class;
    }
    return met;
}

static PyObject *as_dict(const size_t *times, const uint8_t *order, int met)
{
    PyObject *dict = PyDict_New();
    for (int at = 0; dict != NULL && at < met; at++) {
        PyObject *class = PyLong_FromLong(order[at]);
        PyObject *number = PyLong_FromSize_t(times[order[at]]);
        if (class == NULL || number == NULL || PyDict_SetItem(dict, class, number) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(class);
        Py_XDECREF(number);
    }
    return dict;
}

/* classed(text, table, missing): how many characters of the text are of each class, by class, those met first coming first.
   The table has a byte for each code point, 0 where the class is not known yet: then `missing` is asked. */
PyObject *wic_classed(PyObject *self, PyObject *args)
{
    PyObject *text, *missing, *result = NULL;
    Py_buffer table;
    size_t times[CLASSES] = {0};
    uint8_t order[CLASSES];
    (void)self;
    if (!PyArg_ParseTuple(args, "Uw*O", &text, &table, &missing))
        return NULL;
    size_t size = (size_t)PyUnicode_GetLength(text);
    uint32_t *points = malloc((size + 1) * sizeof *points);
    if (points == NULL)
        PyErr_NoMemory();
    else if (table.len < POINTS)
        PyErr_SetString(PyExc_ValueError, "the table needs a byte for each code point");
    else if (PyUnicode_AsUCS4(text, points, (Py_ssize_t)size, 0) != NULL) {
        int met = count(points, size, table.buf, missing, times, order);
        result = met < 0 ? NULL : as_dict(times, order, met);
    }
    free(points);
    PyBuffer_Release(&table);
    return result;
}
