/* The rules over the votes, as wic/segment/wic.py has them: stretches of Thai and of other text, words and marks held
   together, what is fixed, white space. */

#include "compiled.h"

/* Bits of the class of a character, set in wic/segment/wic.py. */
enum { THAI = 1, HAN = 2, LETTER = 4, MARK = 8, INNER = 16, SPACE = 32, DIGIT = 64, ALONE = 128 };

typedef struct {
    const uint32_t *points;
    const uint8_t *classes; /* by point, up to U+FFFF */
    uint8_t *cuts;
    Py_ssize_t size;
} Work;

#define CLASS(place, bits) (work->classes[work->points[place]] & (bits))

static void hold(const Work *work, Py_ssize_t start, Py_ssize_t end)
{
    if (end > start + 1)
        memset(work->cuts + start + 1, 0, (size_t)(end - start - 1));
}

static void edges(const Work *work, Py_ssize_t start, Py_ssize_t end)
{
    work->cuts[start] = 1;
    if (end < work->size)
        work->cuts[end] = 1;
}

static int stretches(const Work *work, const Model *thai, const Model *han, int32_t lean)
{
    int32_t *sums = malloc((size_t)work->size * sizeof *sums);
    uint8_t *ends = malloc((size_t)work->size);
    int enough = sums != NULL && ends != NULL;
    for (Py_ssize_t start = 0, end; enough && start < work->size; start = end) {
        int is_thai = CLASS(start, THAI) != 0;
        for (end = start + 1; end < work->size && !CLASS(end, is_thai ? HAN : THAI);)
            end++;
        enough = wic_votes(is_thai ? thai : han, work->points + start, end - start, sums) == 0;
        if (enough && is_thai)
            wic_cluster_ends(work->points + start, end - start, ends);
        for (Py_ssize_t place = start; enough && place < end; place++)
            work->cuts[place] = sums[place - start] > -lean && (!is_thai || ends[place - start]);
        work->cuts[start] = 1;
    }
    free(sums), free(ends);
    return enough ? 0 : -1;
}

/* Signs that stand alone, but for runs of one of them. */
static void signs(const Work *work)
{
    for (Py_ssize_t start = 0, end; start < work->size; start = end) {
        end = start + 1;
        if (!CLASS(start, ALONE))
            continue;
        while (end < work->size && work->points[end] == work->points[start])
            end++;
        edges(work, start, end);
    }
}

static void words(const Work *work)
{
    for (Py_ssize_t start = 0, end; start < work->size; start = end) {
        end = start + 1;
        if (!CLASS(start, LETTER))
            continue;
        while (end < work->size && (CLASS(end, LETTER | MARK) || (CLASS(end, INNER) && end + 1 < work->size &&
                                                                  CLASS(end + 1, LETTER))))
            end++;
        hold(work, start, end);
    }
}

static Py_ssize_t digits(const Work *work, Py_ssize_t place)
{
    while (place < work->size && CLASS(place, DIGIT))
        place++;
    return place;
}

/* Where a separator at `place` and the digits behind it end; `place` itself where none stand there. */
static Py_ssize_t separated(const Work *work, Py_ssize_t place)
{
    static const uint32_t separators[] = {'.', ',', ':', 0xFF0E, 0x066B, 0x066C, 0x060C};
    Py_ssize_t end = place < work->size ? digits(work, place + 1) : place;
    if (end <= place + 1)
        return place;
    if (work->points[place] == 0xFF0C) /* a full-width comma mostly stands between numbers, and not in one */
        return end == place + 4 ? end : place;
    for (size_t number = 0; number < sizeof separators / sizeof *separators; number++)
        if (work->points[place] == separators[number])
            return end;
    return place;
}

static void numbers(const Work *work)
{
    for (Py_ssize_t start = 0, end, next; start < work->size; start = end) {
        end = start + 1;
        if (!CLASS(start, DIGIT))
            continue;
        end = digits(work, end);
        while ((next = separated(work, end)) > end) {
            end = next;
            hold(work, start, end);
        }
    }
}

static void marks(const Work *work)
{
    for (Py_ssize_t start = 0, end; start < work->size; start = end > start ? end : start + 1) {
        end = start;
        while (end + 1 < work->size && CLASS(end + 1, MARK)) {
            end++;
            while (end < work->size && CLASS(end, MARK))
                end++;
            if (end < work->size && work->points[end - 1] == 0x200D && !CLASS(end, SPACE))
                end++;
        }
        hold(work, start, end);
    }
}

static void spaces(const Work *work)
{
    for (Py_ssize_t start = 0, end; start < work->size; start = end) {
        end = start + 1;
        if (!CLASS(start, SPACE))
            continue;
        while (end < work->size && CLASS(end, SPACE))
            end++;
        hold(work, start, end);
        edges(work, start, end);
    }
}

static PyObject *pieces(PyObject *text, const Work *work)
{
    Py_ssize_t many = 0, number = 0;
    for (Py_ssize_t place = 0; place < work->size; place++)
        many += work->cuts[place] != 0;
    PyObject *list = PyList_New(many);
    for (Py_ssize_t start = 0, end; list != NULL && start < work->size; start = end) {
        for (end = start + 1; end < work->size && !work->cuts[end];)
            end++;
        PyObject *piece = PyUnicode_Substring(text, start, end);
        if (piece == NULL || PyList_SetItem(list, number++, piece) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* cut(text, classes, thai, han, fixed, lean): the pieces of a text; None if it has a character beyond U+FFFF. `fixed` has,
   as 64-bit numbers, start and end of each fixed span and whether it is cut off, or is None where numbers are all that can
   be fixed, which are then found here; a place is cut where the votes for it are above `-lean`. */
PyObject *wic_cut(PyObject *self, PyObject *args)
{
    PyObject *text, *thai, *han, *fixed, *list = NULL;
    Py_buffer classes, spans = {0};
    int lean;
    (void)self;
    if (!PyArg_ParseTuple(args, "Uy*OOOi", &text, &classes, &thai, &han, &fixed, &lean))
        return NULL;
    const Model *for_thai = wic_model_of(thai), *for_han = for_thai == NULL ? NULL : wic_model_of(han);
    Py_ssize_t size = PyUnicode_GetLength(text);
    int beyond = 0, listed = fixed != Py_None;
    uint32_t *points = malloc(((size_t)size + 1) * sizeof *points);
    Work whole = {points, classes.buf, malloc((size_t)size + 1), size}, *work = &whole;
    if (for_han == NULL || (listed && PyObject_GetBuffer(fixed, &spans, PyBUF_SIMPLE) < 0))
        goto done;
    if (points == NULL || work->cuts == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    if (PyUnicode_AsUCS4(text, points, size, 0) == NULL)
        goto done;
    int wrong = classes.len != 65536 || spans.len % 24;
    for (Py_ssize_t place = 0; !wrong && place < size; place++)
        beyond |= work->points[place] > 0xFFFF;
    const int64_t *span = spans.buf;
    for (Py_ssize_t number = 0; !wrong && number < spans.len / 24; number++)
        wrong = span[3 * number] < 0 || span[3 * number] >= span[3 * number + 1] || span[3 * number + 1] > size;
    if (wrong) {
        PyErr_SetString(PyExc_ValueError, "classes or spans that are not those of the text");
        goto done;
    }
    if (beyond) {
        list = Py_BuildValue("");
        goto done;
    }
    int enough;
    Py_BEGIN_ALLOW_THREADS
    enough = stretches(work, for_thai, for_han, lean) == 0;
    if (enough) {
        signs(work);
        words(work);
        marks(work);
        if (!listed)
            numbers(work);
        for (Py_ssize_t number = 0; number < spans.len / 24; number++, span += 3) {
            hold(work, span[0], span[1]);
            if (span[2])
                edges(work, span[0], span[1]);
        }
        spaces(work);
    }
    Py_END_ALLOW_THREADS
    list = enough ? pieces(text, work) : PyErr_NoMemory();
done:
    free(points), free(work->cuts);
    PyBuffer_Release(&classes), PyBuffer_Release(&spans);
    return list;
}
