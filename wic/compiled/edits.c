/* Edits applied, and two rounds of them as one, as wic/document.py does it. */

#include "compiled.h"

/* The fields of an edit. */
enum { RULE, START, END, BEFORE, AFTER, CONFIDENCE, FIELDS };

/* One edit: the tuple, where it stands, and how many characters it puts there. */
typedef struct {
    PyObject *tuple;
    Py_ssize_t start, end, after;
} Edit;

static Py_ssize_t longer(const Edit *edit)
{
    return edit->after - (edit->end - edit->start);
}

/* Reads the edit `tuple`; -1 with an exception where it is none. */
static int read_edit(PyObject *tuple, Edit *edit)
{
    if (!PyTuple_Check(tuple) || PyTuple_Size(tuple) != FIELDS) {
        PyErr_SetString(PyExc_TypeError, "an edit has six fields");
        return -1;
    }
    edit->tuple = tuple;
    edit->start = PyLong_AsSsize_t(PyTuple_GetItem(tuple, START));
    edit->end = PyLong_AsSsize_t(PyTuple_GetItem(tuple, END));
    edit->after = PyUnicode_GetLength(PyTuple_GetItem(tuple, AFTER));
    return PyErr_Occurred() ? -1 : 0;
}

/* The edits of a sequence (kept alive by `*held`), and how many there are; NULL with an exception. */
static Edit *read_edits(PyObject *sequence, PyObject **held, Py_ssize_t *size)
{
    *held = PySequence_Tuple(sequence);
    if (*held == NULL)
        return NULL;
    *size = PyTuple_Size(*held);
    Edit *edits = malloc(((size_t)*size + 1) * sizeof *edits);
    if (edits == NULL)
        PyErr_NoMemory();
    for (Py_ssize_t at = 0; edits != NULL && at < *size; at++)
        if (read_edit(PyTuple_GetItem(*held, at), &edits[at]) < 0) {
            free(edits);
            edits = NULL;
        }
    return edits;
}

/* Appends a new reference, and gives it up; -1 with an exception. */
static int give(PyObject *list, PyObject *item)
{
    int done = item == NULL ? -1 : PyList_Append(list, item);
    Py_XDECREF(item);
    return done;
}

static PyObject *joined(const char *between, PyObject *parts)
{
    PyObject *separator = PyUnicode_FromString(between);
    PyObject *whole = separator == NULL ? NULL : PyUnicode_Join(separator, parts);
    Py_XDECREF(separator);
    return whole;
}

/* What the edits make of `text`, which begins at `origin` of the text that they are about. */
static PyObject *applied(const Edit *edits, Py_ssize_t size, PyObject *text, Py_ssize_t origin)
{
    PyObject *whole = NULL, *parts = PyList_New(0);
    Py_ssize_t position = 0;
    int done = parts == NULL ? -1 : 0;
    for (Py_ssize_t at = 0; done == 0 && at < size; at++) {
        Py_ssize_t start = edits[at].start - origin;
        if (start > position)
            done = give(parts, PyUnicode_Substring(text, position, start));
        if (done == 0)
            done = PyList_Append(parts, PyTuple_GetItem(edits[at].tuple, AFTER));
        position = edits[at].end - origin;
    }
    if (done == 0 && give(parts, PyUnicode_Substring(text, position, PyUnicode_GetLength(text))) == 0)
        whole = joined("", parts);
    Py_XDECREF(parts);
    return whole;
}

/* apply(edits, text) */
PyObject *wic_apply(PyObject *self, PyObject *args)
{
    PyObject *sequence, *text, *held = NULL, *result = NULL;
    Py_ssize_t size;
    (void)self;
    if (!PyArg_ParseTuple(args, "OU", &sequence, &text))
        return NULL;
    Edit *edits = read_edits(sequence, &held, &size);
    if (edits != NULL)
        result = applied(edits, size, text, 0);
    free(edits);
    Py_XDECREF(held);
    return result;
}

/* A new object of `type` with these fields; `rule`, `before`, `after` and `confidence` are borrowed. */
static PyObject *new_edit(PyTypeObject *type, PyObject *rule, Py_ssize_t start, Py_ssize_t end, PyObject *before,
                          PyObject *after, PyObject *confidence)
{
    newfunc make = (newfunc)PyType_GetSlot(&PyTuple_Type, Py_tp_new);
    PyObject *edit = NULL, *from = PyLong_FromSsize_t(start), *to = PyLong_FromSsize_t(end);
    if (from != NULL && to != NULL) {
        PyObject *fields = PyTuple_Pack(FIELDS, rule, from, to, before, after, confidence);
        PyObject *args = fields == NULL ? NULL : PyTuple_Pack(1, fields);
        if (args != NULL)
            edit = make(type, args, NULL);
        Py_XDECREF(args);
        Py_XDECREF(fields);
    }
    Py_XDECREF(from);
    Py_XDECREF(to);
    return edit;
}

/* The edits of two rounds, `early` and `late` the next ones; `grown` says how much longer the text between the rounds is
   than the first text, up to there. */
typedef struct {
    PyTypeObject *type;
    PyObject *text, *merged;
    const Edit *first, *second;
    Py_ssize_t first_size, second_size, early, late, grown;
} Rounds;

/* The names of the rules in the edits, each once, added to the keys of `names`; -1 with an exception. */
static int name_rules(PyObject *names, const Edit *edits, Py_ssize_t size)
{
    PyObject *plus = PyUnicode_FromString("+");
    int done = plus == NULL ? -1 : 0;
    for (Py_ssize_t at = 0; done == 0 && at < size; at++) {
        PyObject *parts = PyUnicode_Split(PyTuple_GetItem(edits[at].tuple, RULE), plus, -1);
        Py_ssize_t count = parts == NULL ? -1 : PyList_Size(parts);
        done = count < 0 ? -1 : 0;
        for (Py_ssize_t part = 0; done == 0 && part < count; part++)
            done = PyDict_SetItem(names, PyList_GetItem(parts, part), Py_None);
        Py_XDECREF(parts);
    }
    Py_XDECREF(plus);
    return done;
}

/* The least confidence of the edits and of `least`; all are borrowed. */
static PyObject *less_sure(PyObject *least, const Edit *edits, Py_ssize_t size)
{
    for (Py_ssize_t at = 0; least != NULL && at < size; at++) {
        PyObject *own = PyTuple_GetItem(edits[at].tuple, CONFIDENCE);
        int less = PyObject_RichCompareBool(own, least, Py_LT);
        least = less < 0 ? NULL : less ? own : least;
    }
    return least;
}

/* Appends the edit that does what the edits do together that cover `start` to `end` of the text, which is at `between` in
   the text between the rounds; none where they cancel out. -1 with an exception. */
static int append_one(const Rounds *rounds, const Edit *early, Py_ssize_t early_size, const Edit *late,
                      Py_ssize_t late_size, Py_ssize_t start, Py_ssize_t end, Py_ssize_t between)
{
    int done = -1;
    PyObject *names = NULL, *rule = NULL;
    PyObject *before = PyUnicode_Substring(rounds->text, start, end);
    PyObject *halfway = before == NULL ? NULL : applied(early, early_size, before, start);
    PyObject *after = halfway == NULL ? NULL : applied(late, late_size, halfway, between);
    if (after != NULL && PyUnicode_Compare(before, after) == 0)
        done = 0;
    else if (after != NULL && (names = PyDict_New()) != NULL && name_rules(names, early, early_size) == 0 &&
             name_rules(names, late, late_size) == 0 && (rule = joined("+", names)) != NULL) {
        PyObject *sure = PyTuple_GetItem((early_size ? early : late)->tuple, CONFIDENCE);
        sure = less_sure(less_sure(sure, early, early_size), late, late_size);
        if (sure != NULL)
            done = give(rounds->merged, new_edit(rounds->type, rule, start, end, before, after, sure));
    }
    Py_XDECREF(before);
    Py_XDECREF(halfway);
    Py_XDECREF(after);
    Py_XDECREF(names);
    Py_XDECREF(rule);
    return done;
}

/* Takes the edits that meet, beginning with the next ones of both rounds, as one; -1 with an exception. */
static int meet(Rounds *rounds)
{
    Py_ssize_t early = rounds->early, late = rounds->late, grown = rounds->grown, shift = grown;
    Py_ssize_t start = -1, end = -1, empty = -1;
    for (;;) {
        const Edit *one = early < rounds->first_size ? &rounds->first[early] : NULL;
        const Edit *two = late < rounds->second_size ? &rounds->second[late] : NULL;
        Py_ssize_t at, to;
        if (one != NULL && (two == NULL || one->start + grown <= two->start)) {
            at = one->start + grown;
            to = at + one->after;
        } else if (two != NULL) {
            one = NULL;
            at = two->start;
            to = two->end;
        } else
            break;
        if (end < 0)
            start = at;
        else if (at > end || (at == end && at != to && empty != end))
            break;
        if (to > end)
            end = to;
        if (at == to)
            empty = at;
        if (one != NULL) {
            grown += longer(one);
            early++;
        } else
            late++;
    }
    int done = append_one(rounds, rounds->first + rounds->early, early - rounds->early, rounds->second + rounds->late,
                          late - rounds->late, start - shift, end - grown, start);
    rounds->early = early;
    rounds->late = late;
    rounds->grown = grown;
    return done;
}

/* Takes the next edit of the second round, with those of the first before it and those that it meets; -1 with an
   exception. */
static int step(Rounds *rounds)
{
    const Edit *edit = &rounds->second[rounds->late];
    while (rounds->early < rounds->first_size) { /* edits of the first round that meet none of the second stay */
        const Edit *one = &rounds->first[rounds->early];
        Py_ssize_t grown = rounds->grown + longer(one);
        if (one->end + grown >= edit->start)
            break;
        if (PyList_Append(rounds->merged, one->tuple) < 0)
            return -1;
        rounds->grown = grown;
        rounds->early++;
    }
    int apart = (rounds->early == rounds->first_size ||
                 edit->end < rounds->first[rounds->early].start + rounds->grown) &&
                (rounds->late + 1 == rounds->second_size || edit->end < edit[1].start);
    if (!apart)
        return meet(rounds);
    rounds->late++;
    PyObject *own = edit->tuple;
    return give(rounds->merged, new_edit(rounds->type, PyTuple_GetItem(own, RULE), edit->start - rounds->grown,
                                         edit->end - rounds->grown, PyTuple_GetItem(own, BEFORE),
                                         PyTuple_GetItem(own, AFTER), PyTuple_GetItem(own, CONFIDENCE)));
}

/* compose(text, first, second, type): two rounds of edits on a text as one, a list of objects of `type`. */
PyObject *wic_compose(PyObject *self, PyObject *args)
{
    PyObject *text, *first, *second, *first_held = NULL, *second_held = NULL, *type;
    Rounds rounds = {0};
    (void)self;
    if (!PyArg_ParseTuple(args, "UOOO!", &text, &first, &second, &PyType_Type, &type))
        return NULL;
    Edit *one = read_edits(first, &first_held, &rounds.first_size);
    Edit *two = one == NULL ? NULL : read_edits(second, &second_held, &rounds.second_size);
    int done = -1;
    if (two != NULL && (rounds.merged = PyList_New(0)) != NULL) {
        rounds.type = (PyTypeObject *)type;
        rounds.text = text;
        rounds.first = one;
        rounds.second = two;
        done = 0;
        while (done == 0 && rounds.late < rounds.second_size)
            done = step(&rounds);
        for (; done == 0 && rounds.early < rounds.first_size; rounds.early++)
            done = PyList_Append(rounds.merged, one[rounds.early].tuple);
    }
    free(one);
    free(two);
    Py_XDECREF(first_held);
    Py_XDECREF(second_held);
    if (done < 0)
        Py_CLEAR(rounds.merged);
    return rounds.merged;
}

/* A part of the text, one object for all its places; NULL with an exception. */
static PyObject *part(PyObject *text, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *one = PyUnicode_Substring(text, start, end);
    if (one != NULL)
        PyUnicode_InternInPlace(&one); /* a page has a few hundred different ones, and an edit for each place */
    return one;
}

/* replacements(rule, text, lengths, meant, hole, start, type): the edits that put the characters of `meant` for the units
   of a text that begins at `start`, whose lengths are given as bytes; none for a `hole`, or where nothing changes. */
PyObject *wic_replacements(PyObject *self, PyObject *args)
{
    PyObject *rule, *text, *meant, *hole, *type, *edits = NULL;
    const char *lengths;
    Py_ssize_t start, count, at = 0;
    (void)self;
    if (!PyArg_ParseTuple(args, "UUy#UUnO!", &rule, &text, &lengths, &count, &meant, &hole, &start, &PyType_Type,
                          &type))
        return NULL;
    Py_UCS4 left = PyUnicode_ReadChar(hole, 0);
    if (left == (Py_UCS4)-1 && PyErr_Occurred())
        return NULL;
    Py_ssize_t size = PyUnicode_GetLength(text), sum = 0;
    for (Py_ssize_t unit = 0; unit < count; unit++)
        sum += (unsigned char)lengths[unit];
    if (PyUnicode_GetLength(meant) != count || sum != size) {
        PyErr_SetString(PyExc_ValueError, "the units are not those of the text");
        return NULL;
    }
    PyObject *sure = PyFloat_FromDouble(1.0);
    int done = sure == NULL || (edits = PyList_New(0)) == NULL ? -1 : 0;
    for (Py_ssize_t unit = 0; done == 0 && unit < count; unit++) {
        Py_ssize_t end = at + (unsigned char)lengths[unit];
        Py_UCS4 character = PyUnicode_ReadChar(meant, unit);
        if (character != left && (end != at + 1 || character != PyUnicode_ReadChar(text, at))) {
            PyObject *before = part(text, at, end), *after = part(meant, unit, unit + 1);
            if (before == NULL || after == NULL)
                done = -1;
            else
                done = give(edits, new_edit((PyTypeObject *)type, rule, start + at, start + end, before, after, sure));
            Py_XDECREF(before);
            Py_XDECREF(after);
        }
        at = end;
    }
    Py_XDECREF(sure);
    if (done < 0)
        Py_CLEAR(edits);
    return edits;
}
