/* The compiled part of wic. All functions without PyObject run without the lock of the interpreter. */

#ifndef WIC_COMPILED_H
#define WIC_COMPILED_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct Model Model;

/* votes.c: the word model */
PyObject *wic_model(PyObject *module, PyObject *args);
Model *wic_model_of(PyObject *capsule); /* NULL, with an exception, where it is none */
/* The sums of the votes for each of `size` points, into `sums`; -1 where there is no memory. */
int wic_votes(const Model *model, const uint32_t *points, Py_ssize_t size, int32_t *sums);

/* clusters.c: for each of `size` points, whether no Thai character cluster has it inside, into `ends` */
void wic_cluster_ends(const uint32_t *points, Py_ssize_t size, uint8_t *ends);

/* cut.c: the rules over the votes */
PyObject *wic_cut(PyObject *module, PyObject *args);

/* fold.c: folding for search */
PyObject *wic_fold(PyObject *module, PyObject *args);

/* find.c: a string in bytes */
PyObject *wic_find(PyObject *module, PyObject *args);

/* cells.c: columns of a terminal */
PyObject *wic_fit(PyObject *module, PyObject *args);
PyObject *wic_columns(PyObject *module, PyObject *args);

/* edits.c: edits of a text */
PyObject *wic_apply(PyObject *module, PyObject *args);
PyObject *wic_compose(PyObject *module, PyObject *args);
PyObject *wic_replacements(PyObject *module, PyObject *args);

/* counts.c: the characters of a text */
PyObject *wic_counts(PyObject *module, PyObject *args);

/* classes.c: classes of characters */
PyObject *wic_classed(PyObject *module, PyObject *args);

/* units.c: bytes and what they were meant to say */
PyObject *wic_utf8_units(PyObject *module, PyObject *args);
PyObject *wic_pair_units(PyObject *module, PyObject *args);

/* lines.c: words between blanks, as numbers */
PyObject *wic_lexicon(PyObject *module, PyObject *args);
PyObject *wic_number_lines(PyObject *module, PyObject *args);
PyObject *wic_ends(PyObject *module, PyObject *args);

/* records.c: sentences as JSON */
PyObject *wic_sentences(PyObject *module, PyObject *args);

/* windows.c: types in moving windows */
PyObject *wic_new_types(PyObject *module, PyObject *args);

#endif
