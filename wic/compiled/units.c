/* Bytes, written as characters of the same number, cut into what they were meant to say, as wic/clean/units.py does it. */

#include "compiled.h"

enum { HOLE = 0xFFFF, BLANK = 0xA0 };

/* The text in UTF-32, and room for as many units; `lengths` is NULL with an exception where there is no memory. */
typedef struct {
    uint32_t *points;
    uint8_t *lengths;
    uint32_t *meant;
    Py_ssize_t size, count;
} Units;

static Units begin(PyObject *octets)
{
    Units units = {0};
    units.size = PyUnicode_GetLength(octets);
    size_t room = (size_t)units.size + 1;
    uint8_t *memory = malloc(room * (2 * sizeof(uint32_t) + 1));
    if (memory == NULL)
        PyErr_NoMemory();
    else if (PyUnicode_AsUCS4(octets, (uint32_t *)memory, units.size, 0) == NULL)
        free(memory);
    else {
        units.points = (uint32_t *)memory;
        units.meant = units.points + room;
        units.lengths = (uint8_t *)(units.meant + room);
    }
    return units;
}

static PyObject *text_of(const uint32_t *points, Py_ssize_t size)
{
    int order = -1; /* of the bytes: little endian */
    return PyUnicode_DecodeUTF32((const char *)points, size * 4, NULL, &order);
}

/* `(lengths, meant)` */
static PyObject *end(Units *units)
{
    PyObject *lengths = PyBytes_FromStringAndSize((const char *)units->lengths, units->count);
    PyObject *meant = text_of(units->meant, units->count);
    PyObject *both = lengths != NULL && meant != NULL ? PyTuple_Pack(2, lengths, meant) : NULL;
    Py_XDECREF(lengths);
    Py_XDECREF(meant);
    return both;
}

static int is_tail(uint32_t octet)
{
    return octet >= 0x80 && octet <= 0xBF;
}

/* How many bytes of UTF-8 begin at `at`, of which `left` are there, or 1 where none do. Those for C1 controls and for
   private use beyond U+FFFFF are no text. In place of the last byte of a Thai character a blank may stand: U+00A0. */
static int utf8_length(const uint32_t *at, Py_ssize_t left)
{
    uint32_t first = at[0];
    if (first < 0xC2 || first > 0xF3 || left < 2)
        return 1;
    uint32_t second = at[1];
    if (!is_tail(second) || (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90))
        return 1;
    if (first < 0xE0)
        return 2;
    if (left < 3)
        return 1;
    if (first == 0xE0 && (second == 0xB8 || second == 0xB9) && at[2] == ' ')
        return 3;
    if (!is_tail(at[2]))
        return 1;
    if (first < 0xF0)
        return 3;
    return left > 3 && is_tail(at[3]) ? 4 : 1;
}

static uint32_t utf8_character(const uint32_t *at, int length)
{
    uint32_t point = length == 2 ? at[0] & 0x1F : length == 3 ? at[0] & 0x0F : at[0] & 0x07;
    for (int next = 1; next < length; next++)
        point = point << 6 | ((at[next] == ' ' ? 0xA0 : at[next]) & 0x3F);
    return point;
}

/* utf8_units(octets): the lengths of the units, and for each its character, or U+FFFF where it is no UTF-8. */
PyObject *wic_utf8_units(PyObject *self, PyObject *args)
{
    PyObject *octets;
    (void)self;
    if (!PyArg_ParseTuple(args, "U", &octets))
        return NULL;
    Units units = begin(octets);
    if (units.lengths == NULL)
        return NULL;
    for (Py_ssize_t at = 0; at < units.size; at += units.lengths[units.count++]) {
        int length = utf8_length(units.points + at, units.size - at);
        units.lengths[units.count] = (uint8_t)length;
        units.meant[units.count] = length == 1 ? HOLE : utf8_character(units.points + at, length);
    }
    PyObject *result = end(&units);
    free(units.points);
    return result;
}

static int is_trail(uint32_t octet)
{
    return octet >= 0x40 && octet <= 0xFE && octet != 0x7F;
}

/* pair_units(octets, table): the lengths of the units, for each its character, or U+FFFF where it is none, and how many
   bytes are lost. The table has the character for each pair of bytes, or 0. */
PyObject *wic_pair_units(PyObject *self, PyObject *args)
{
    PyObject *octets, *result = NULL;
    Py_buffer table;
    (void)self;
    if (!PyArg_ParseTuple(args, "Uy*", &octets, &table))
        return NULL;
    if (table.len != 4 * 65536)
        PyErr_SetString(PyExc_ValueError, "a table must have 65536 entries of 32 bits");
    else {
        Units units = begin(octets);
        const uint32_t *points = units.points, *characters = table.buf;
        Py_ssize_t lost = 0;
        for (Py_ssize_t at = 0; units.lengths != NULL && at < units.size; at += units.lengths[units.count++]) {
            uint32_t octet = points[at], meant = 0;
            if (octet >= 0x81 && octet <= 0xFE && at + 1 < units.size && is_trail(points[at + 1]))
                meant = characters[octet << 8 | points[at + 1]];
            units.lengths[units.count] = meant ? 2 : 1;
            units.meant[units.count] = meant ? meant : HOLE;
            lost += !meant && ((octet >= 0x80 && octet <= 0xFF && octet != BLANK) || octet == HOLE);
        }
        PyObject *both = units.lengths == NULL ? NULL : end(&units);
        if (both != NULL)
            result = Py_BuildValue("OOn", PyTuple_GetItem(both, 0), PyTuple_GetItem(both, 1), lost);
        Py_XDECREF(both);
        free(units.points);
    }
    PyBuffer_Release(&table);
    return result;
}
