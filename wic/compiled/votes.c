/* The votes of wic's word model: what wic/segment/model.py computes with numpy, number for number. */

#include "compiled.h"

#define REACH 16 /* as in model.py: padding on either side of the text */
#define TABLES 64
#define BEGIN_BITS 18 /* as in model.py */

typedef struct {
    Py_ssize_t length, first, steps, size, shifts, classes;
    const uint16_t *shift, *check;
    const int8_t *votes;      /* [steps][size], where there are no classes */
    const int16_t *by_class;  /* [steps][classes] */
    const uint8_t *class_of;  /* NULL where there are none */
} Table;

static inline uint64_t longer(uint64_t key, uint16_t code)
{
    key *= 0x9E3779B97F4A7C15u;
    return (key ^ key >> 32) + code;
}

static inline uint64_t finished(uint64_t key)
{
    key *= 0xD6E8FEB86659FD93u;
    key ^= key >> 32;
    return key * 0xD6E8FEB86659FD93u;
}

/* Where a hashed pattern is kept: the upper half picks a shift, which moves the place that the lower half gives. */
static inline uint32_t slot_of(const Table *table, uint64_t hashed)
{
    uint64_t moved = table->shift[(hashed >> 32) * (uint64_t)table->shifts >> 32];
    uint32_t slot = (uint32_t)hashed + (uint32_t)moved * 0x9E3779B1u;
    slot ^= slot >> 15;
    slot *= 0x85EBCA77u;
    return (uint32_t)((uint64_t)slot * (uint64_t)table->size >> 32);
}

static inline void add(const Table *table, uint32_t slot, Py_ssize_t place, int32_t *total)
{
    Py_ssize_t at = place + table->first, step = at < 0 ? -at : 0;
    if (table->class_of != NULL) {
        const int16_t *votes = table->by_class + table->class_of[slot];
        for (; step < table->steps; step++)
            total[at + step] += votes[step * table->classes];
    } else {
        const int8_t *votes = table->votes + slot;
        for (; step < table->steps; step++)
            total[at + step] += votes[step * table->size];
    }
}

struct Model {
    Py_buffer held[6 + 4 * TABLES];
    Py_ssize_t kept;
    const uint16_t *codes;
    const uint8_t *kinds;
    const int16_t *singles, *window;
    const uint8_t *begins;
    Py_ssize_t row, rows, first, base, windows, begin, used, everywhere; /* the tables after those are of long words */
    Table tables[TABLES];
};

typedef struct {
    uint32_t slot, place;
} Hit;

/* A place where a long word may begin. */
typedef struct {
    uint64_t key;
    uint32_t place;
} Begun;

static const char NAME[] = "wic.compiled._module.model";

static void release(Model *model)
{
    while (model->kept > 0)
        PyBuffer_Release(&model->held[--model->kept]);
    free(model);
}

static void forget(PyObject *capsule)
{
    release(PyCapsule_GetPointer(capsule, NAME));
}

static int wrong(const char *what)
{
    PyErr_SetString(PyExc_ValueError, what);
    return -1;
}

/* The memory of an object that has `items` items of `itemsize` bytes, any number where `items` is negative. */
static Py_ssize_t hold(Model *model, PyObject *object, Py_ssize_t itemsize, Py_ssize_t items, const void *memory)
{
    Py_buffer *buffer = &model->held[model->kept];
    if (PyObject_GetBuffer(object, buffer, PyBUF_SIMPLE) < 0)
        return -1;
    model->kept++;
    if (buffer->len % itemsize || (items >= 0 && buffer->len != items * itemsize))
        return wrong("an array of another size than the model says");
    *(const void **)memory = buffer->buf;
    return buffer->len / itemsize;
}

static int add_table(Model *model, PyObject *facts)
{
    Table *table = &model->tables[model->used];
    PyObject *shift, *check, *cast, *classes;
    if (!PyArg_ParseTuple(facts, "nnnOOOO", &table->length, &table->first, &table->steps, &shift, &check, &cast,
                          &classes))
        return -1;
    if (table->length < 1 || table->length > REACH || table->first < -REACH || table->steps < 1 ||
        table->first + table->steps > REACH + 1)
        return wrong("a table that reaches too far");
    if ((table->shifts = hold(model, shift, 2, -1, &table->shift)) < 0 ||
        (table->size = hold(model, check, 2, -1, &table->check)) < 0)
        return -1;
    if (!table->shifts || !table->size)
        return wrong("an empty table");
    if (classes == Py_None)
        return hold(model, cast, 1, table->steps * table->size, &table->votes) < 0 ? -1 : 0;
    Py_ssize_t numbers = hold(model, cast, 2, -1, &table->by_class);
    if (numbers < 0 || hold(model, classes, 1, table->size, &table->class_of) < 0)
        return -1;
    table->classes = numbers / table->steps;
    for (Py_ssize_t slot = 0; slot < table->size; slot++)
        if (table->class_of[slot] >= table->classes)
            return wrong("a class that the table does not have");
    return 0;
}

/* Adds tables in the order of their lengths, none of which is less than `least`. */
static int add_tables(Model *model, PyObject *listed, Py_ssize_t least)
{
    if (model->used + PyTuple_Size(listed) > TABLES)
        return wrong("a model of too many tables");
    for (Py_ssize_t number = 0; number < PyTuple_Size(listed); number++) {
        if (add_table(model, PyTuple_GetItem(listed, number)) < 0)
            return -1;
        if (model->tables[model->used].length < least)
            return wrong("tables that are not in the order of their lengths");
        least = model->tables[model->used++].length;
    }
    return 0;
}

static int fill(Model *model, PyObject *args)
{
    PyObject *codes, *kinds, *singles, *window, *tables, *words, *begins;
    if (!PyArg_ParseTuple(args, "OOOnOnO!O!nO", &codes, &kinds, &singles, &model->first, &window, &model->base,
                          &PyTuple_Type, &tables, &PyTuple_Type, &words, &model->begin, &begins))
        return -1;
    if (model->begin < 1 || model->begin > REACH)
        return wrong("a beginning of no size");
    if (model->base < 1 || model->base > 16)
        return wrong("a model of too many kinds");
    model->windows = 1;
    for (int step = 0; step < 6; step++)
        model->windows *= model->base;
    Py_ssize_t numbers;
    if (hold(model, codes, 2, 65536, &model->codes) < 0 || hold(model, kinds, 1, 65536, &model->kinds) < 0 ||
        (numbers = hold(model, singles, 2, -1, &model->singles)) < 0 ||
        hold(model, window, 2, model->windows, &model->window) < 0 ||
        hold(model, begins, 1, (Py_ssize_t)1 << BEGIN_BITS >> 3, &model->begins) < 0)
        return -1;
    Py_ssize_t most = 0;
    for (Py_ssize_t point = 0; point < 65536; point++) {
        if (model->codes[point] > most)
            most = model->codes[point];
        if (model->kinds[point] >= model->base)
            return wrong("a kind that the model does not have");
    }
    model->row = most + 1; /* codes are numbered without a gap */
    model->rows = numbers / model->row;
    if (!model->rows || numbers % model->row || model->first < -REACH || model->first + model->rows > REACH + 1)
        return wrong("singles of another size than the model says");
    if (add_tables(model, tables, 1) < 0)
        return -1;
    model->everywhere = model->used;
    if (add_tables(model, words, model->begin + 1) < 0)
        return -1;
    return 0;
}

/* model(codes, kinds, singles, first, window, base, tables, long, begin, begins): a model, checked, for `votes`. A table is
   (length, first, steps, shift, check, votes, classes or None). */
PyObject *wic_model(PyObject *self, PyObject *args)
{
    (void)self;
    Model *model = calloc(1, sizeof *model);
    if (model == NULL)
        return PyErr_NoMemory();
    PyObject *capsule = fill(model, args) < 0 ? NULL : PyCapsule_New(model, NAME, forget);
    if (capsule == NULL)
        release(model);
    return capsule;
}

Model *wic_model_of(PyObject *capsule)
{
    return PyCapsule_GetPointer(capsule, NAME);
}

static void count(const Model *model, const uint16_t *codes, const uint8_t *kinds, uint64_t *keys, Hit *found,
                  Begun *begins, int32_t *total, Py_ssize_t padded)
{
    const Py_ssize_t top = model->windows / model->base;
    Py_ssize_t seen = 0;
    for (int step = 0; step < 5; step++)
        seen = seen * model->base + kinds[step];
    for (Py_ssize_t place = 0; place + 5 < padded; place++) {
        seen = seen % top * model->base + kinds[place + 5];
        total[place + 3] += model->window[seen]; /* the place is in the middle of the six */
    }
    for (Py_ssize_t step = 0; step < model->rows; step++) {
        const int16_t *single = model->singles + step * model->row;
        Py_ssize_t moved = model->first + step;
        for (Py_ssize_t place = moved < 0 ? -moved : 0; place < padded; place++)
            total[place + moved] += single[codes[place]];
    }
    for (Py_ssize_t place = 0; place < padded; place++)
        keys[place] = codes[place];
    const Table *table = model->tables, *words = table + model->everywhere, *end = table + model->used;
    Py_ssize_t begun = 0, longest = model->everywhere ? words[-1].length : 1;
    for (Py_ssize_t length = 1;; length++) {
        if (length == model->begin && words < end)
            for (Py_ssize_t place = 0; place + REACH < padded; place++) {
                uint64_t number = finished(keys[place]) >> (64 - BEGIN_BITS);
                begins[begun] = (Begun){keys[place], (uint32_t)place};
                begun += model->begins[number >> 3] >> (number & 7) & 1;
            }
        for (; table < words && table->length == length; table++) {
            /* First all that are found, without a branch that the processor would have to guess; then their votes. */
            Py_ssize_t hits = 0;
            for (Py_ssize_t place = 0; place + length <= padded; place++) {
                uint64_t hashed = finished(keys[place]);
                uint32_t slot = slot_of(table, hashed);
                found[hits] = (Hit){slot, (uint32_t)place};
                hits += table->check[slot] == (uint16_t)(hashed >> 32);
            }
            for (Py_ssize_t hit = 0; hit < hits; hit++)
                add(table, found[hit].slot, found[hit].place, total);
        }
        if (length >= longest && length >= model->begin)
            break;
        for (Py_ssize_t place = 0; place + length < padded; place++)
            keys[place] = longer(keys[place], codes[place + length]);
    }
    Py_ssize_t length = model->begin;
    for (table = words; table < end; table++) {
        for (; length < table->length; length++)
            for (Py_ssize_t number = 0; number < begun; number++)
                begins[number].key = longer(begins[number].key, codes[begins[number].place + length]);
        for (Py_ssize_t number = 0; number < begun; number++) {
            uint64_t hashed = finished(begins[number].key);
            uint32_t slot = slot_of(table, hashed);
            if (table->check[slot] == (uint16_t)(hashed >> 32))
                add(table, slot, begins[number].place, total);
        }
    }
}

int wic_votes(const Model *model, const uint32_t *points, Py_ssize_t size, int32_t *sums)
{
    Py_ssize_t padded = size + 2 * REACH;
    /* what stands before and after the text counts as the edge of a line, which has code and kind 0 */
    uint16_t *codes = calloc((size_t)padded, sizeof *codes);
    uint8_t *kinds = calloc((size_t)padded, sizeof *kinds);
    uint64_t *keys = malloc((size_t)padded * sizeof *keys);
    int32_t *total = calloc((size_t)padded + 2 * REACH, sizeof *total);
    Hit *found = malloc((size_t)padded * sizeof *found);
    Begun *begins = malloc((size_t)padded * sizeof *begins);
    int enough = codes != NULL && kinds != NULL && keys != NULL && total != NULL && found != NULL && begins != NULL;
    if (enough) {
        for (Py_ssize_t place = 0; place < size; place++) {
            uint32_t point = points[place] < 0xFFFF ? points[place] : 0xFFFF;
            codes[REACH + place] = model->codes[point];
            kinds[REACH + place] = model->kinds[point];
        }
        count(model, codes, kinds, keys, found, begins, total, padded);
        memcpy(sums, total + REACH, (size_t)size * sizeof *sums);
    }
    free(codes), free(kinds), free(keys), free(found), free(begins), free(total);
    return enough ? 0 : -1;
}
