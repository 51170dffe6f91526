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

/* fit(data, begin, end, room, most, kinds, backwards): how much of the UTF-8 text between two places fits into `room`
   cells and `most` characters, from its beginning or from its end, as the place that it reaches and the cells that it
   takes; a mark does not stay without its letter. `kinds` has a byte for each code point. (-1, code point) where that
   is unknown, (-2, 0) where something stands in the way that is hard or no UTF-8. */
PyObject *wic_fit(PyObject *self, PyObject *args)
{
    Py_buffer data, kinds;
    Py_ssize_t begin, end, room, most;
    int backwards;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*nnnny*p", &data, &begin, &end, &room, &most, &kinds, &backwards))
        return NULL;
    const uint8_t *octets = data.buf, *table = kinds.buf;
    if (begin < 0)
        begin = 0;
    if (end > data.len)
        end = data.len;
    Py_ssize_t place = backwards ? end : begin, cells = 0;
    Py_ssize_t sure = place, sure_cells = 0; /* the last place that does not part a mark from its letter */
    Py_ssize_t trouble = 0;
    uint32_t point = 0;
    int full = 0;
    for (; most > 0 && (backwards ? place > begin : place < end); most--) {
        Py_ssize_t at = place;
        if (backwards)
            for (at--; at > begin && place - at < 4 && (octets[at] & 0xC0) == 0x80;)
                at--;
        int size = character(octets + at, (backwards ? place : end) - at, &point);
        int kind = size == 0 || (backwards && at + size != place) || (Py_ssize_t)point >= kinds.len ? HARD : table[point];
        if (kind == UNKNOWN || kind >= HARD) {
            trouble = kind == UNKNOWN ? -1 : -2;
            break;
        }
        int glued = kind == MARK || kind == AM;
        if (!glued && !backwards)
            sure = place, sure_cells = cells;
        if (cells + CELLS[kind] > room) {
            full = 1;
            break;
        }
        place = backwards ? at : at + size;
        cells += CELLS[kind];
        if (!glued && backwards)
            sure = place, sure_cells = cells;
    }
    PyBuffer_Release(&data);
    PyBuffer_Release(&kinds);
    if (trouble)
        return Py_BuildValue("nI", trouble, trouble == -1 ? point : 0);
    return full ? Py_BuildValue("nn", sure, sure_cells) : Py_BuildValue("nn", place, cells);
}
