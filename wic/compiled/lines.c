/* Lines of words that stand between blanks, as numbers: wic/stats/tally.py does the same with strings. */

#include "compiled.h"

static const char NAME[] = "wic.compiled.Lexicon";

enum { OTHER = -1, END = 0 }; /* the numbers that wic/stats/tally.py has for what is no word, and for the end of a line */

/* A word as it is written, in UTF-8, and its number. Of a word of up to SHORT bytes `first` and `second` are these bytes
   with zeros behind them; of a longer one its hash and where it begins in the text of the lexicon. No word has no bytes. */
typedef struct {
    uint64_t first, second;
    uint32_t length;
    int32_t number;
} Word;

enum { SHORT = 16, SMALLEST = 1 << 16 };

/* The words that were met: a hash table with open addressing, at most half full, and the long ones one after the other. */
typedef struct {
    Word *words;
    size_t room, count;
    char *text;
    size_t used, size;
} Lexicon;

static void destroy(PyObject *capsule)
{
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, NAME);
    free(lexicon->words);
    free(lexicon->text);
    free(lexicon);
}

/* lexicon(): one without words. */
PyObject *wic_lexicon(PyObject *self, PyObject *args)
{
    (void)self;
    if (!PyArg_ParseTuple(args, ""))
        return NULL;
    Lexicon *lexicon = calloc(1, sizeof *lexicon);
    PyObject *capsule = NULL;
    if (lexicon != NULL && (lexicon->words = calloc(SMALLEST, sizeof(Word))) != NULL) {
        lexicon->room = SMALLEST;
        capsule = PyCapsule_New(lexicon, NAME, destroy);
    } else
        PyErr_NoMemory();
    if (capsule == NULL && lexicon != NULL) {
        free(lexicon->words);
        free(lexicon);
    }
    return capsule;
}

/* Mixes by multiplication; the high bits, which depend on all others, come down. */
static uint64_t mixed(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* The first `length` bytes, 8 at most, as a number with zeros for the others; what is left in `room` may be read. */
static uint64_t eight(const char *word, size_t length, size_t room)
{
    uint64_t value = 0;
    if (room < 8) {
        memcpy(&value, word, length);
        return value;
    }
    memcpy(&value, word, 8); /* a size that the compiler knows is one load */
    if (length >= 8)
        return value;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return length ? value & ~(uint64_t)0 << 8 * (8 - length) : 0;
#else
    return value & (((uint64_t)1 << 8 * length) - 1);
#endif
}

/* The word as it stands in the table, without its number and its place in the text; `hash` is where it is looked for.
   `room` bytes may be read from where it begins. */
static Word key_of(const char *word, size_t length, size_t room, uint64_t *hash)
{
    Word key = {0, 0, (uint32_t)length, 0};
    if (length <= SHORT) {
        key.first = eight(word, length, room);
        if (length > 8)
            key.second = eight(word + 8, length - 8, room - 8);
        *hash = mixed(mixed(length, key.first), key.second);
        return key;
    }
    *hash = length;
    while (length > 0) {
        size_t some = length < 8 ? length : 8;
        *hash = mixed(*hash, eight(word, some, length));
        word += some;
        length -= some;
    }
    key.first = *hash;
    return key;
}

/* Where in the table the search for a word begins. */
static Word *first_place(const Lexicon *lexicon, uint64_t hash)
{
    return &lexicon->words[(hash ^ hash >> 32) & (lexicon->room - 1)];
}

/* The place of a word, or the empty one where it belongs. */
static Word *place_of(const Lexicon *lexicon, const Word *key, const char *word, uint64_t hash)
{
    size_t mask = lexicon->room - 1;
    for (size_t at = (size_t)(first_place(lexicon, hash) - lexicon->words);; at = (at + 1) & mask) {
        Word *known = &lexicon->words[at];
        if (!known->length)
            return known;
        if (known->length != key->length || known->first != key->first)
            continue;
        if (key->length <= SHORT ? known->second == key->second
                                 : !memcmp(lexicon->text + known->second, word, key->length))
            return known;
    }
}

/* Makes room for twice as many words; -1 where there is no memory. */
static int widen(Lexicon *lexicon)
{
    Lexicon wider = *lexicon;
    wider.room *= 2;
    wider.words = calloc(wider.room, sizeof(Word));
    if (wider.words == NULL)
        return -1;
    for (size_t at = 0; at < lexicon->room; at++) {
        const Word *known = &lexicon->words[at];
        uint64_t hash;
        if (!known->length)
            continue;
        const char *word = known->length <= SHORT ? (const char *)known : lexicon->text + known->second;
        Word key = key_of(word, known->length, known->length, &hash);
        *place_of(&wider, &key, word, hash) = *known;
    }
    free(lexicon->words);
    *lexicon = wider;
    return 0;
}

/* Keeps the bytes of a long word; -1 where there is no memory. */
static int keep(Lexicon *lexicon, const char *word, size_t length)
{
    if (lexicon->used + length > lexicon->size) {
        size_t size = 2 * lexicon->size + length + 4096;
        char *grown = realloc(lexicon->text, size);
        if (grown == NULL)
            return -1;
        lexicon->text = grown;
        lexicon->size = size;
    }
    memcpy(lexicon->text + lexicon->used, word, length);
    lexicon->used += length;
    return 0;
}

/* The number that `missing` gives a word; -1 with an exception, or without one. */
static int32_t asked(const char *word, size_t length, PyObject *missing)
{
    PyObject *text = PyUnicode_DecodeUTF8(word, (Py_ssize_t)length, "strict");
    PyObject *found = text == NULL ? NULL : PyObject_CallFunctionObjArgs(missing, text, NULL);
    long number = found == NULL ? -1 : PyLong_AsLong(found);
    Py_XDECREF(text);
    Py_XDECREF(found);
    return (int32_t)number;
}

/* A word that was met and is not looked up yet, or the end of a line, which has no bytes. */
typedef struct {
    Word key;
    const char *word;
    uint64_t hash;
} Met;

/* The number of a word; -1 with an exception. */
static int number_of(Lexicon *lexicon, const Met *met, PyObject *missing, int32_t *number)
{
    Word *place = place_of(lexicon, &met->key, met->word, met->hash);
    if (!place->length) {
        Word key = met->key;
        size_t length = key.length;
        key.number = asked(met->word, length, missing);
        if (PyErr_Occurred())
            return -1;
        if (length > SHORT)
            key.second = lexicon->used;
        if ((length > SHORT && keep(lexicon, met->word, length) < 0) ||
            (2 * (lexicon->count + 1) > lexicon->room && widen(lexicon) < 0)) {
            PyErr_NoMemory();
            return -1;
        }
        place = place_of(lexicon, &met->key, met->word, met->hash);
        *place = key;
        lexicon->count++;
    }
    *number = place->number;
    return 0;
}

/* How many bytes the white space at `at` has, as str.split() takes it, or a NUL; 0 where there is none. */
static size_t blank(const unsigned char *at, const unsigned char *end)
{
    if (at[0] <= 0x20)
        return at[0] == 0x20 || (at[0] >= 9 && at[0] <= 13) || at[0] >= 0x1C || at[0] == 0;
    if (at[0] == 0xC2 && end - at > 1)
        return at[1] == 0x85 || at[1] == 0xA0 ? 2 : 0;
    if (at[0] < 0xE1 || at[0] > 0xE3 || end - at < 3)
        return 0;
    if (at[0] == 0xE1)
        return at[1] == 0x9A && at[2] == 0x80 ? 3 : 0;
    if (at[0] == 0xE3)
        return at[1] == 0x80 && at[2] == 0x80 ? 3 : 0;
    if (at[1] == 0x80)
        return at[2] <= 0x8A || at[2] == 0xA8 || at[2] == 0xA9 || at[2] == 0xAF ? 3 : 0;
    return at[1] == 0x81 && at[2] == 0x9F ? 3 : 0;
}

enum { MANY = 64 };

/* What is found in a block, and what of it waits to be looked up: the table is larger than the caches of a processor, so
   that many places in it are asked for before the first one is needed. */
typedef struct {
    int32_t *numbers;
    size_t size, tokens, sentences;
    size_t begun; /* tokens before the line */
    Met waiting[MANY];
    size_t waits;
} Found;

/* Looks up what waits; -1 with an exception. */
static int look_up(Lexicon *lexicon, PyObject *missing, Found *found)
{
    for (size_t at = 0; at < found->waits; at++) {
        const Met *met = &found->waiting[at];
        int32_t number;
        if (!met->key.length) {
            found->numbers[found->size++] = END;
            found->sentences += found->tokens > found->begun;
            found->begun = found->tokens;
            continue;
        }
        if (number_of(lexicon, met, missing, &number) < 0)
            return -1;
        found->tokens++;
        if (number != OTHER)
            found->numbers[found->size++] = number;
    }
    found->waits = 0;
    return 0;
}

/* Numbers the words of a block; -1 with an exception. */
static int number_block(Lexicon *lexicon, const unsigned char *at, const unsigned char *end, PyObject *missing, Found *found)
{
    while (at < end) {
        size_t width = blank(at, end);
        if (width && *at != '\n') {
            at += width;
            continue;
        }
        if (found->waits == MANY && look_up(lexicon, missing, found) < 0)
            return -1;
        Met *met = &found->waiting[found->waits++];
        if (width) {
            met->key.length = 0;
            at++;
            continue;
        }
        const unsigned char *start = at;
        /* Nothing but ASCII and the first bytes of a few characters can be white space. */
        do
            at++;
        while (at < end && ((*at > 0x20 && *at < 0xC2) || *at > 0xE3 || !blank(at, end)));
        met->word = (const char *)start;
        met->key = key_of(met->word, (size_t)(at - start), (size_t)(end - start), &met->hash);
#ifdef __GNUC__
        __builtin_prefetch(first_place(lexicon, met->hash));
#endif
    }
    if (look_up(lexicon, missing, found) < 0)
        return -1;
    found->sentences += found->tokens > found->begun;
    return 0;
}

/* How many characters there are in UTF-8: the bytes that continue none. */
static Py_ssize_t characters(const unsigned char *octets, Py_ssize_t size)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t at = 0; at < size; at++)
        found += (octets[at] & 0xC0) != 0x80;
    return found;
}

/* number_lines(lexicon, block, missing): the words of a block of lines in UTF-8 as bytes of 32-bit numbers, with 0 at the
   end of each line, how many tokens there are, how many lines have some, and how many characters there are. `missing`
   gives the number of a word that is not in the lexicon yet, or -1 if it is to be left out. A UnicodeDecodeError if the
   block is not UTF-8: its white space is, and of every word it shows when `missing` is asked. */
PyObject *wic_number_lines(PyObject *self, PyObject *args)
{
    PyObject *capsule, *missing, *result = NULL;
    const char *block;
    Py_ssize_t size;
    (void)self;
    if (!PyArg_ParseTuple(args, "Oy#O", &capsule, &block, &size, &missing))
        return NULL;
    Lexicon *lexicon = PyCapsule_GetPointer(capsule, NAME);
    if (lexicon == NULL)
        return NULL;
    Found found = {.numbers = malloc(((size_t)size + 1) * sizeof(int32_t))};
    const unsigned char *start = (const unsigned char *)block;
    if (found.numbers == NULL)
        PyErr_NoMemory();
    else if (number_block(lexicon, start, start + size, missing, &found) == 0)
        result = Py_BuildValue("y#nnn", (const char *)found.numbers, (Py_ssize_t)(found.size * sizeof(int32_t)),
                               (Py_ssize_t)found.tokens, (Py_ssize_t)found.sentences, characters(start, size));
    free(found.numbers);
    return result;
}

/* ends(lengths, width): where pieces end whose lengths are given as numbers of `width` bytes, as bytes of 64-bit numbers
   that begin with 0. */
PyObject *wic_ends(PyObject *self, PyObject *args)
{
    Py_buffer lengths;
    int width;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*i", &lengths, &width))
        return NULL;
    PyObject *result = NULL;
    if (width != 1 && width != 2 && width != 4)
        PyErr_SetString(PyExc_ValueError, "lengths have 1, 2 or 4 bytes");
    else
        result = PyBytes_FromStringAndSize(NULL, (lengths.len / width + 1) * 8);
    if (result != NULL) {
        int64_t *ends = (int64_t *)PyBytes_AsString(result), end = 0;
        Py_ssize_t count = lengths.len / width;
        ends[0] = 0;
        for (Py_ssize_t at = 0; at < count; at++) {
            if (width == 1)
                end += ((const uint8_t *)lengths.buf)[at];
            else if (width == 2)
                end += ((const uint16_t *)lengths.buf)[at];
            else
                end += ((const uint32_t *)lengths.buf)[at];
            ends[at + 1] = end;
        }
    }
    PyBuffer_Release(&lengths);
    return result;
}
