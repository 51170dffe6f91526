/* Types in windows that move over a text, as wic/stats/measures/diversity.py counts them. */

#include "compiled.h"

/* new_types(words, highest, window, count): the sum of the types of the first `count` windows of so many words; the words
   are 32-bit numbers from 0 to `highest`. A word adds to every window that holds it and not its occurrence before. */
PyObject *wic_new_types(PyObject *self, PyObject *args)
{
    Py_buffer words;
    Py_ssize_t highest, window, count;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*nnn", &words, &highest, &window, &count))
        return NULL;
    const int32_t *numbers = words.buf;
    Py_ssize_t size = words.len / 4;
    int64_t sum = 0;
    int wrong = highest < 0;
    Py_ssize_t *last = wrong ? NULL : malloc(((size_t)highest + 1) * sizeof *last);
    if (last != NULL) {
        Py_BEGIN_ALLOW_THREADS
        for (Py_ssize_t number = 0; number <= highest; number++)
            last[number] = -1;
        for (Py_ssize_t place = 0; place < size; place++) {
            int32_t number = numbers[place];
            if (number < 0 || number > highest) {
                wrong = 1;
                break;
            }
            Py_ssize_t first = place - window + 1 > last[number] + 1 ? place - window + 1 : last[number] + 1;
            Py_ssize_t until = place < count - 1 ? place : count - 1;
            sum += until >= first ? until - first + 1 : 0;
            last[number] = place;
        }
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&words);
    if (wrong) {
        free(last);
        PyErr_SetString(PyExc_ValueError, "a word has a number that is out of range");
        return NULL;
    }
    if (last == NULL)
        return PyErr_NoMemory();
    free(last);
    return PyLong_FromLongLong(sum);
}
