/* The module wic.compiled._module. */

#include "compiled.h"

/* votes(model, text): the sums of the votes as bytes, 32-bit numbers, for each place of a text in UTF-32 of the machine. */
static PyObject *votes(PyObject *self, PyObject *args)
{
    PyObject *capsule;
    Py_buffer text;
    (void)self;
    if (!PyArg_ParseTuple(args, "Oy*", &capsule, &text))
        return NULL;
    const Model *model = wic_model_of(capsule);
    PyObject *result = model == NULL ? NULL : PyBytes_FromStringAndSize(NULL, text.len / 4 * 4);
    if (result != NULL) {
        int32_t *sums = (int32_t *)PyBytes_AsString(result);
        int failed;
        Py_BEGIN_ALLOW_THREADS
        failed = wic_votes(model, text.buf, text.len / 4, sums) < 0;
        Py_END_ALLOW_THREADS
        if (failed) {
            Py_DECREF(result);
            result = PyErr_NoMemory();
        }
    }
    PyBuffer_Release(&text);
    return result;
}

/* cluster_ends(text): for each place of a text in UTF-32 whether no Thai character cluster has it inside. */
static PyObject *cluster_ends(PyObject *self, PyObject *args)
{
    Py_buffer text;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*", &text))
        return NULL;
    PyObject *result = PyBytes_FromStringAndSize(NULL, text.len / 4);
    if (result != NULL)
        wic_cluster_ends(text.buf, text.len / 4, (uint8_t *)PyBytes_AsString(result));
    PyBuffer_Release(&text);
    return result;
}

static PyMethodDef functions[] = {
    {"model", wic_model, METH_VARARGS, "A word model, checked, for the other functions."},
    {"votes", votes, METH_VARARGS, "The sums of the votes for each place of a text in UTF-32."},
    {"cluster_ends", cluster_ends, METH_VARARGS, "Where a text in UTF-32 may be cut as far as Thai clusters go."},
    {"cut", wic_cut, METH_VARARGS, "The pieces of a text."},
    {"fold", wic_fold, METH_VARARGS, "A text folded for search, and where characters were dropped."},
    {"find", wic_find, METH_VARARGS, "Where bytes are in bytes."},
    {"fit", wic_fit, METH_VARARGS, "How much of a text fits into some cells."},
    {"columns", wic_columns, METH_VARARGS, "The line of a concordance."},
    {"apply", wic_apply, METH_VARARGS, "The text that edits make of another."},
    {"compose", wic_compose, METH_VARARGS, "Two rounds of edits as one."},
    {"replacements", wic_replacements, METH_VARARGS, "The edits that put one character for each unit of a text."},
    {"utf8_units", wic_utf8_units, METH_VARARGS, "What bytes mean as UTF-8."},
    {"pair_units", wic_pair_units, METH_VARARGS, "What bytes mean two by two."},
    {"counts", wic_counts, METH_VARARGS, "How often a text has each character."},
    {"classed", wic_classed, METH_VARARGS, "How many characters of a text are of each class."},
    {"lexicon", wic_lexicon, METH_VARARGS, "A lexicon without words."},
    {"number_lines", wic_number_lines, METH_VARARGS, "The words of lines as numbers."},
    {"ends", wic_ends, METH_VARARGS, "Where pieces end whose lengths are given."},
    {"sentences", wic_sentences, METH_VARARGS, "Sentences as JSON."},
    {"new_types", wic_new_types, METH_VARARGS, "The types of all windows of a text."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "wic.compiled._module", "The compiled part of wic.", 0, functions, NULL, NULL,
    NULL, NULL,
};

PyMODINIT_FUNC PyInit__module(void)
{
    return PyModuleDef_Init(&definition);
}
