/* How much of a text fits into some cells of a terminal, as wic/query/concordance.py cuts its columns. */

#include "compiled.h"

/* What a character adds: nothing yet known of it, no cell (a mark), one, two, one that stays with the letter before it
   (Thai and Lao AM), or what only its neighbours can tell. */
enum { UNKNOWN, MARK, NARROW, WIDE, AM, HARD };

static const int CELLS[] = {0, 0, 1, 2, 1, 0};

/* The bytes of the character that begins there, and its code point; 0 where there is no character. */
static int character(const uint8_t *data, Py_ssize_t left, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    int size = data[0] < 0x80 ? 1 : data[0] < 0xC2 ? 0 : data[0] < 0xE0 ? 2 : data[0] < 0xF0 ? 3 : data[0] < 0xF5 ? 4 : 0;
    if (size == 0 || size > left)
        return 0;
    uint32_t value = size == 1 ? data[0] : data[0] & (0xFFu >> (size + 1));
    for (int at = 1; at < size; at++) {
        if ((data[at] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (data[at] & 0x3Fu);
    }
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *point = value;
    return size;
}

/* A walk over UTF-8 text: how far it came, the cells up to there, and what stopped it: 0, -1 for a character that is not
   known, whose code point is `point`, -2 for one that is hard or no UTF-8. */
typedef struct {
    Py_ssize_t place, cells, trouble;
    uint32_t point;
} Walk;

/* How much of the text between two places fits into `room` cells and `most` characters, from its beginning or from its
   end; a mark does not stay without its letter. `kinds` is a byte for each code point. */
static Walk walk(
    const uint8_t *octets, Py_ssize_t begin, Py_ssize_t end, Py_ssize_t room, Py_ssize_t most, const Py_buffer *kinds,
    int backwards
)
{
    const uint8_t *table = kinds->buf;
    Walk now = {backwards ? end : begin, 0, 0, 0};
    Walk sure = now; /* at the last place that does not part a mark from its letter */
    for (; most > 0 && (backwards ? now.place > begin : now.place < end); most--) {
        Py_ssize_t at = now.place;
        if (backwards)
            for (at--; at > begin && now.place - at < 4 && (octets[at] & 0xC0) == 0x80;)
                at--;
        int size = character(octets + at, (backwards ? now.place : end) - at, &now.point);
        int kind = size == 0 || (backwards && at + size != now.place) || (Py_ssize_t)now.point >= kinds->len
                       ? HARD
                       : table[now.point];
        if (kind == UNKNOWN || kind >= HARD) {
            now.trouble = kind == UNKNOWN ? -1 : -2;
            return now;
        }
        int glued = kind == MARK || kind == AM;
        if (!glued && !backwards)
            sure = now;
        if (now.cells + CELLS[kind] > room)
            return sure;
        now.place = backwards ? at : at + size;
        now.cells += CELLS[kind];
        if (!glued && backwards)
            sure = now;
    }
    return now;
}

/* fit(data, begin, end, room, most, kinds, backwards): how far `walk` comes, and the cells up to there; (-1, code point)
   or (-2, 0) where something is in its way. */
PyObject *wic_fit(PyObject *self, PyObject *args)
{
    Py_buffer data, kinds;
    Py_ssize_t begin, end, room, most;
    int backwards;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*nnnny*p", &data, &begin, &end, &room, &most, &kinds, &backwards))
        return NULL;
    begin = begin < 0 ? 0 : begin;
    end = end > data.len ? data.len : end;
    Walk found = walk(data.buf, begin, end, room, most, &kinds, backwards);
    PyBuffer_Release(&data);
    PyBuffer_Release(&kinds);
    if (found.trouble)
        return Py_BuildValue("nI", found.trouble, found.trouble == -1 ? found.point : 0);
    return Py_BuildValue("nn", found.place, found.cells);
}

static char *put(char *to, const uint8_t *from, Py_ssize_t size)
{
    for (Py_ssize_t at = 0; at < size; at++)
        to[at] = from[at] == '\n' ? ' ' : (char)from[at]; /* a line end is shown as a blank */
    return to + size;
}

static char *blanks(char *to, Py_ssize_t size)
{
    memset(to, ' ', (size_t)size);
    return to + size;
}

/* columns(data, start, end, (room, most, free, most), kinds): the line of a concordance: what stands before the match
   `start:end`, at its cell, the match, and what stands after it, two blanks between them and none at the end. A code point
   where that is unknown, -1 where something is in the way. */
PyObject *wic_columns(PyObject *self, PyObject *args)
{
    Py_buffer data, kinds;
    Py_ssize_t start, end, room, left, space, right;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*nn(nnnn)y*", &data, &start, &end, &room, &left, &space, &right, &kinds))
        return NULL;
    PyObject *result = NULL;
    const uint8_t *octets = data.buf;
    if (start < 0 || end < start || end > data.len || room < 0)
        PyErr_SetString(PyExc_ValueError, "a match that is not in the data");
    else {
        Walk before = walk(octets, 0, start, room, left, &kinds, 1);
        Walk after = before.trouble ? before : walk(octets, end, data.len, space, right, &kinds, 0);
        if (after.trouble)
            result = PyLong_FromLong(after.trouble == -1 ? (long)after.point : -1);
        else {
            Py_ssize_t pad = room - before.cells, size = pad + (start - before.place) + 2 + (end - start) + 2;
            char *line = malloc((size_t)(size + after.place - end)), *to = line;
            if (line == NULL)
                PyErr_NoMemory();
            else {
                to = put(blanks(to, pad), octets + before.place, start - before.place);
                to = put(blanks(to, 2), octets + start, end - start);
                to = put(blanks(to, 2), octets + end, after.place - end);
                while (to > line && to[-1] == ' ')
                    to--;
                result = PyBytes_FromStringAndSize(line, to - line);
                free(line);
            }
        }
    }
    PyBuffer_Release(&data);
    PyBuffer_Release(&kinds);
    return result;
}
