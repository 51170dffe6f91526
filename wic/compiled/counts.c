/* How often a text has each character, as collections.Counter tells, many times faster. */

#include "compiled.h"

enum { SMALLEST = 10 }; /* the logarithm of the places of the smallest table */

/* A hash table with open addressing that is at most half full. A place holds the number of the character in `found`, from 1
   on, or 0. */
typedef struct {
    uint32_t *places;
    int log;
    uint32_t *found; /* the different characters, in the order in which they were first met */
    size_t *times;
    size_t size;
} Counts;

/* The place of the character, or the empty one where it belongs. */
static uint32_t *place_of(const Counts *counts, uint32_t point)
{
    size_t mask = ((size_t)1 << counts->log) - 1;
    size_t at = (uint32_t)(point * 2654435769u) >> (32 - counts->log); /* Knuth's multiplicative hashing */
    while (counts->places[at] && counts->found[counts->places[at] - 1] != point)
        at = (at + 1) & mask;
    return &counts->places[at];
}

/* Makes the table twice as large, or the smallest; -1 where there is no memory. */
static int grow(Counts *counts)
{
    int log = counts->places == NULL ? SMALLEST : counts->log + 1;
    size_t half = (size_t)1 << (log - 1);
    uint32_t *places = calloc(2 * half, sizeof *places);
    uint32_t *found = realloc(counts->found, half * sizeof *found);
    size_t *times = realloc(counts->times, half * sizeof *times);
    free(counts->places);
    counts->places = places;
    counts->found = found != NULL ? found : counts->found;
    counts->times = times != NULL ? times : counts->times;
    counts->log = log;
    if (places == NULL || found == NULL || times == NULL)
        return -1;
    for (size_t number = 0; number < counts->size; number++)
        *place_of(counts, found[number]) = (uint32_t)number + 1;
    return 0;
}

/* -1 where there is no memory */
static int count(Counts *counts, const uint32_t *points, size_t size)
{
    int done = grow(counts);
    for (size_t at = 0; done == 0 && at < size; at++) {
        uint32_t *place = place_of(counts, points[at]);
        if (*place) {
            counts->times[*place - 1]++;
            continue;
        }
        counts->found[counts->size] = points[at];
        counts->times[counts->size] = 1;
        *place = (uint32_t)++counts->size;
        if (2 * counts->size == (size_t)1 << counts->log)
            done = grow(counts);
    }
    return done;
}

static PyObject *as_dict(const Counts *counts)
{
    PyObject *dict = PyDict_New();
    for (size_t at = 0; dict != NULL && at < counts->size; at++) {
        PyObject *character = PyUnicode_FromOrdinal((int)counts->found[at]);
        PyObject *number = PyLong_FromSize_t(counts->times[at]);
        if (character == NULL || number == NULL || PyDict_SetItem(dict, character, number) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(character);
        Py_XDECREF(number);
    }
    return dict;
}

/* counts(text): each character of the text, and how often it is there, in the order in which they first appear */
PyObject *wic_counts(PyObject *self, PyObject *args)
{
    PyObject *text, *result = NULL;
    Counts counts = {0};
    (void)self;
    if (!PyArg_ParseTuple(args, "U", &text))
        return NULL;
    size_t size = (size_t)PyUnicode_GetLength(text);
    uint32_t *points = malloc((size + 1) * sizeof *points);
    if (points == NULL)
        PyErr_NoMemory();
    else if (PyUnicode_AsUCS4(text, points, (Py_ssize_t)size, 0) != NULL) {
        if (count(&counts, points, size) < 0)
            PyErr_NoMemory();
        else
            result = as_dict(&counts);
    }
    free(counts.places);
    free(counts.found);
    free(counts.times);
    free(points);
    return result;
}
